"""A letter about two thousand accounts is shown whole: the gravest first, the rest counted and linked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from audits.digest import ROOM, Addressee, Block, Entry, Purpose, Sheet, Tone, fitted, remarks_of
from audits.digest.overview import Mailing, Overview, overview_sheet
from audits.model import Severity
from audits.registering import RegisterRow
from audits.reporting import gather as gather_report
from console.app import make_app
from tests.builders import NIGHT, an_account
from tests.telling.letters import ROUTINES, STOCKHOLM, TUESDAY, a_briefing, a_held, critical, terms
from tests.telling.offices import CONSOLE, a_row, body, office
from worker.rendering.letters import letter_html
from worker.steps.telling import finished, shown_whole

MANY: Final = 2_000
GMAIL: Final = 102_400
OFFICER: Final = Addressee(address="kommunikation@almestad.example")
ENTRIES: Final = re.compile(r"^\* ", re.MULTILINE)
REST: Final = re.compile(r"och (\d+) till, som inte fick plats")
WHOLE: Final = re.compile(r"/letter/[\w-]{43}")


def rows(count: int) -> list[RegisterRow]:
    return [
        a_row(name=f"Förskolan {number}", key=f"board:konto{number}", address=f"https://board.example/konto{number}")
        for number in range(count)
    ]


def a_sheet(blocks: Sequence[Block]) -> Sheet:
    return Sheet(language="sv", subject="", title="", opening="", blocks=tuple(blocks))


def a_large_city() -> Overview:
    """Two thousand accounts, each with something open, and every fourth of them taken over."""
    accounts = [an_account(id=number, name=f"Förskolan Åängsbacken {number}") for number in range(1, MANY + 1)]
    dossiers = [(a_held(each) if each.id % 4 else critical(each)).dossier for each in accounts]
    addresses = tuple(f"forskola{number}@almestad.example" for number in range(300))
    return Overview(
        slot="2026-W46",
        made_at=TUESDAY,
        remarks=tuple(remark for each in dossiers for remark in remarks_of(each, a_briefing())),
        coverage=gather_report(dossiers, ROUTINES, terms(), TUESDAY).coverage,
        mailings=tuple(
            Mailing(administration=f"Förvaltningen för allmänna ärenden {number}", accounts=50, remarks=50,
                    released_by="KA", silent=True, addresses=addresses)
            for number in range(40)
        ),
        bounced=dict.fromkeys(addresses, "550 5.1.1 no such mailbox"),
        paused=dict.fromkeys(addresses, date(2026, 12, 24)),
    )  # fmt: skip


def told(sheet: Sheet, heading: str) -> tuple[int, int]:
    """How many entries of a block stand in the letter, and how many more it says there are."""
    block = next(block for block in sheet.blocks if block.heading == heading)
    rest = [int(found[1]) for entry in block.entries if (found := REST.search(entry.title))]
    return len(block.entries) - len(rest), sum(rest)


def test_an_officers_overview_of_two_thousand_accounts_is_shown_whole_by_gmail(tmp_path: Path):
    sheet = overview_sheet(a_large_city(), terms(), STOCKHOLM)
    with office(tmp_path) as opened:
        telling = opened.letters.telling()
        letter = finished(telling, sheet, "overview:2026-W46", OFFICER, TUESDAY)
        shown = shown_whole(telling, sheet, "overview:2026-W46", OFFICER, TUESDAY)
    assert len(letter.message) <= ROOM < GMAIL
    stand, more = told(shown, "Inte längre det registrerade kontot")
    assert stand >= 15, "there is room for many"
    assert stand + more == MANY // 4
    assert told(shown, "Öppet längst") == (0, 10)
    assert "500" in letter.subject, "the subject counts all of them"
    assert [button.purpose for button in shown.buttons] == [Purpose.WHOLE]


def test_a_mailbox_that_answers_for_hundreds_of_accounts_gets_a_letter_that_is_shown_whole(tmp_path: Path):
    with office(tmp_path, *rows(120)) as opened:
        [message] = [each for each in opened.write() if each["To"] == "kultur@almestad.example"]
        assert len(bytes(message)) <= GMAIL
        [left] = REST.findall(body(message))
        assert len(ENTRIES.findall(body(message))) - 1 + int(left) == 120
        [path] = WHOLE.findall(body(message))
        visitor = TestClient(make_app(opened.deployment), base_url=CONSOLE)
        assert visitor.get(path).text.count("Förskolan") >= 120
        assert visitor.post(path).status_code == 405
        opened.clock.pass_hours(14 * 24)
        assert visitor.get(path).status_code == 410


def test_an_overviews_subject_counts_what_is_urgent_among_what_is_open_as_the_overview_itself_does(tmp_path: Path):
    with office(tmp_path, *rows(3)) as opened:
        opened.store.save_case(replace(opened.store.cases()[0], severity=Severity.CRITICAL), "test", NIGHT)
        [overview] = [each for each in opened.write() if each["Subject"].endswith("läget i staden")]
        assert overview["Subject"].startswith("1 akut, 3 öppna")
        assert "Hur mycket är öppet? 3 anmärkningar" in body(overview)


def test_the_page_behind_an_overview_has_all_of_the_overview(tmp_path: Path):
    with office(tmp_path, *rows(45)) as opened:
        for case in opened.store.cases():
            opened.store.save_case(replace(case, severity=Severity.CRITICAL), "test", NIGHT)
        [overview] = [each for each in opened.write() if each["Subject"].endswith("läget i staden")]
        [path] = WHOLE.findall(body(overview))
        page = TestClient(make_app(opened.deployment), base_url=CONSOLE).get(path).text
        assert page.count("[Akut]") == 45
        assert "Vad väntar på dig?" in page


def test_a_letter_that_fits_is_left_as_it_is():
    sheet = a_sheet([Block(heading="", entries=(Entry(title="a"),))])
    assert fitted(sheet, lambda _: ROOM) is sheet


def test_a_single_thing_is_said_rather_than_that_there_is_one_more():
    many = Block(heading="Att göra", tone=Tone.DO, entries=tuple(Entry(title=f"sak {number}") for number in range(9)))
    alone = Block(heading="Frågor", tone=Tone.DO, entries=(Entry(title="3 frågor väntar på svar"),))
    shown = fitted(a_sheet([many, alone]), lambda tried: sum(len(block.entries) for block in tried.blocks) * 400, 2_000)
    assert shown.blocks[1] == alone
    assert len(shown.blocks[0].entries) < 9


BLOCKS: Final = st.lists(
    st.builds(
        Block,
        heading=st.sampled_from(["Ett", "Två"]),
        tone=st.sampled_from(Tone),
        entries=st.lists(st.builds(Entry, title=st.text(max_size=30)), max_size=12).map(tuple),
    ),
    max_size=5,
)


@given(BLOCKS, st.integers(0, 30_000))
def test_whatever_is_told_nothing_is_lost_uncounted_and_what_is_less_grave_gives_way_first(blocks, room):
    sheet = a_sheet(blocks)
    shown = fitted(sheet, lambda tried: len(letter_html(tried, lambda _: "").encode("utf-8", "replace")), room)
    if shown is sheet:
        return
    kept = []
    for before, after in zip(sheet.blocks, shown.blocks, strict=True):
        rest = [int(found[1]) for entry in after.entries[-1:] if (found := REST.search(entry.title))]
        stand = len(after.entries) - len(rest)
        assert after.entries[:stand] == before.entries[:stand]
        assert stand + sum(rest) == len(before.entries)
        kept.append((list(Tone).index(before.tone), stand, len(before.entries)))
    cut = min(rank for rank, stand, had in kept if stand < had)
    assert all(stand == 0 for rank, stand, _ in kept if rank > cut)
