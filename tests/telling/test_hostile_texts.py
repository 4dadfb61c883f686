"""Two hundred hostile texts in every place where something is shown: nothing new is born of any."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from email import policy
from email.parser import BytesParser
from functools import cache
from typing import Any

import fast_mail_parser
from python_calamine import CalamineWorkbook

from audits.digest import Held, Sheet
from audits.digest.at_once import Notice, notice_sheet, urgent_sheet
from audits.reading.scrub import one_line
from audits.reporting import gather as gather_report
from console.asking import Given, page
from tests.builders import a_case, an_account, as_of
from tests.telling.envelopes import EXPECTED, an_envelope
from tests.telling.hostile import FORMULA, PLAIN, SHOWN, TEXTS, URL, link_to, links, skeleton, unprintable
from tests.telling.letters import ROUTINES, STOCKHOLM, TUESDAY, a_briefing, a_held, said, terms, told
from worker.cli.showing import plain
from worker.rendering import render_all
from worker.rendering.letters import letter_html, letter_text
from worker.sending.composing import compose
from worker.sending.connecting import said as said_by_server


def a_strangers(text: str, number: int = 1) -> Held:
    """An account in which a stranger has written the text wherever strangers may."""
    account = an_account(
        id=number, name=text, unit=text, address=f"https://x.com/konto{number}", key=f"x:konto{number}"
    )
    case = a_case(account_id=number, seen={"sender": text, "links": text}, by=text, reason=text)
    return a_held(account, case)


def letter(texts: Sequence[str]) -> Sheet:
    return said(told(*(a_strangers(text, number) for number, text in enumerate(texts, 1))))


@cache
def hostile() -> Sheet:
    return letter(SHOWN)


@cache
def harmless() -> Sheet:
    return letter([PLAIN] * len(SHOWN))


def test_there_are_enough_texts():
    assert len(SHOWN) >= 200


def test_a_mails_html_part_is_the_same_whatever_strangers_write():
    page_, wanted = letter_html(hostile(), link_to), letter_html(harmless(), link_to)
    assert skeleton(page_) == skeleton(wanted)
    assert links(page_) == links(wanted)


def test_a_mails_text_part_has_no_other_links_and_nothing_that_is_obeyed():
    text, wanted = letter_text(hostile(), link_to), letter_text(harmless(), link_to)
    assert URL.findall(text) == URL.findall(wanted)
    assert unprintable(text) == []


def test_a_mails_text_part_keeps_every_stranger_on_the_lines_of_their_own_entry():
    marks = [line for line in letter_text(hostile(), link_to).splitlines() if line.startswith("* ")]
    assert len(marks) == len(SHOWN)
    assert {line[:26] for line in marks} == {"* Kontot finns inte längre"}


def test_every_finished_mail_reads_as_it_was_meant_in_two_readers():
    for text in TEXTS:
        sheet = urgent_sheet(next(_remarks(a_strangers(text))), terms(), as_of())
        finished = compose(
            an_envelope(subject=f"{sheet.subject} {text}", sender=f"{one_line(text, 40)} <kanalkoll@almestad.example>"),
            letter_text(sheet, link_to),
            letter_html(sheet, link_to),
        )
        ours, theirs = BytesParser(policy=policy.default).parsebytes(finished), fast_mail_parser.parse_email(finished)
        assert ours.keys() == EXPECTED, ascii(text)
        parts = [part.get_content().replace("\r\n", "\n") for part in ours.iter_parts()]
        assert parts[0] == letter_text(sheet, link_to), ascii(text)
        assert [each.replace("\r\n", "\n") for each in theirs.text_plain] == parts[:1], ascii(text)
        assert theirs.subject == ours["subject"], ascii(text)


def _remarks(held: Held) -> Iterator[Any]:
    from audits.digest import remarks_of

    return remarks_of(held.dossier, a_briefing())


def pages(text: str) -> Iterator[str]:
    """Every page of the console that shows what a stranger wrote, or what was typed."""
    sheet = letter([text])
    entry, given = (
        sheet.blocks[0].entries[0],
        Given(by=text, reason=text, until=text, link=text, new_link=text, on=text, what="new"),
    )
    day = TUESDAY.date()
    forms: dict[str, Any] = {
        "entry": entry,
        "open": True,
        "being_fixed": False,
        "undo": "",
        "said": given,
        "wrong": "page.answered_since",
        "stood": one_line(text, 40),
        "since": one_line(text),
        "today": day,
        "last_day": day,
    }
    for name in ("fix.html", "explain.html", "not_ours.html"):
        yield bytes(page(name, "sv", **forms).body).decode()
    yield bytes(page("attest.html", "sv", entry=entry, said=given, wrong="", today=day).body).decode()
    yield bytes(page("report.html", "sv", said=given, wrong="", kinds=("new",)).body).decode()
    yield bytes(
        page("evidence.html", "sv", entry=entry, excerpts=[text], decided="", value=one_line(text)).body
    ).decode()
    yield bytes(
        page(
            "receipt.html",
            "sv",
            entry=entry,
            answer=one_line(text),
            taken_back=False,
            being_fixed=True,
            wrong="",
            said=given,
        ).body
    ).decode()
    yield bytes(
        page("refused.html", "sv", why="used", told={"by": text, "day": "i dag"}, answer=one_line(text)).body
    ).decode()
    yield bytes(
        page(
            "thanks.html", "sv", title="button.attest", told="page.attest.thanks", facts={"by": text, "day": "i dag"}
        ).body
    ).decode()
    stops: dict[str, Any] = {"address": text, "quiet": False, "said": Given(by=text), "wrong": ""}
    yield bytes(page("stop.html", "sv", **stops).body).decode()


def test_every_page_is_the_same_whatever_strangers_write():
    full, empty = ([(skeleton(each), links(each)) for each in pages(text)] for text in (PLAIN, ""))
    for text in TEXTS:
        clean = text.encode("utf-8", "replace").decode()  # a form cannot send half a surrogate pair
        wanted = full if one_line(clean) else empty
        assert [(skeleton(each), links(each)) for each in pages(clean)] == wanted, ascii(text)


def test_a_notice_to_the_officer_is_the_same_whatever_is_typed():
    wanted = skeleton(letter_html(a_notice(PLAIN), link_to))
    for text in SHOWN:
        sheet = a_notice(text)
        assert skeleton(letter_html(sheet, link_to)) == wanted, ascii(text)
        assert links(letter_html(sheet, link_to)) == set()
        assert unprintable(letter_text(sheet, link_to)) == []


def a_notice(text: str) -> Sheet:
    facts = {"address": "a@b.example", "by": text, "url": text, "note": text}
    return notice_sheet(Notice(what="report_new", facts=facts), terms(), as_of())


def report(texts: Sequence[str]) -> dict[str, bytes]:
    dossiers = [a_strangers(text, number).dossier for number, text in enumerate(texts, 1)]
    return render_all(gather_report(dossiers, ROUTINES, terms(), TUESDAY), STOCKHOLM)


@cache
def hostile_report() -> dict[str, bytes]:
    return report([text.encode("utf-8", "replace").decode() for text in TEXTS])


def test_a_csv_file_has_no_formula_and_no_row_of_a_strangers():
    rows = list(csv.reader(io.StringIO(hostile_report()["csv"].decode("utf-8-sig"), newline=""), delimiter=";"))
    wanted = list(
        csv.reader(io.StringIO(report([PLAIN] * len(TEXTS))["csv"].decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert [len(row) for row in rows] == [len(row) for row in wanted]
    assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []


def test_a_workbook_has_no_formula_no_link_and_no_row_of_a_strangers():
    raw = hostile_report()["xlsx"]
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert not any("hyperlink" in name.lower() for name in book.namelist())
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    table = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert len(table) == len(TEXTS) + 1


def test_a_terminal_is_told_nothing_that_it_obeys():
    for text in TEXTS:
        shown = plain(text)
        assert not any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in shown), ascii(text)


def test_a_servers_answer_is_one_line_in_whatever_keeps_it():
    for text in TEXTS:
        assert unprintable(said_by_server(250, text.encode("utf-8", "replace"))) == []
        assert "\n" not in said_by_server(250, text.encode("utf-8", "replace"))
