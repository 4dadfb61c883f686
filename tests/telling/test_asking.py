"""What waits for a person's word: the asked administration reads it as a question, the officer with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.digest import Sheet
from audits.listing import Listed, ReadList
from audits.model import Look, Source
from audits.triage import Decision, Whose
from tests.builders import NIGHT, a_candidate, a_sighting
from tests.telling.offices import Office, a_row, body, office
from worker.ports import RunKind
from worker.steps.public_list import follow_published
from worker.storage.lists import SqlLists
from worker.storage.sightings import SqlSightings
from worker.storage.triage import SqlTriage
from worker.wiring.awaiting import asked_about
from worker.wiring.reconciling import Reconciling

PAGE = "https://almestad.example/kultur"
CULTURE = "Kulturförvaltningen"


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def ask(office: Office, administration: str = CULTURE) -> Reconciling:
    """The officer asks about a channel that one page names."""
    SqlSightings(office.store.db).save_look(Source.SITE, PAGE, Look(seen=(a_sighting(page=PAGE),)), NIGHT)
    SqlTriage(office.store.db).keep_found([a_candidate(id=None, name="Almestads kultur")])
    desk = Reconciling(office.deployment)
    desk.decide(1, Decision(act="ask", by="KA", at=NIGHT, administration=administration))
    return desk


def weekly(office: Office) -> str:
    [letter] = [each for each in office.write() if each["To"] == "kultur@almestad.example"]
    return f"{letter['Subject']}\n{body(letter)}"


def test_the_asked_administration_reads_the_question_in_its_next_letter(an_office: Office):
    ask(an_office)
    letter = weekly(an_office)
    assert "1 fråga" in letter
    assert "är de här kanalerna era?" in letter.casefold()
    assert "https://www.instagram.com/almestad/" in letter
    assert f"Länkas från en av stadens sidor: {PAGE}" in " ".join(letter.split())


def test_another_administration_is_not_asked(an_office: Office):
    ask(an_office, "Miljöförvaltningen")
    assert "almestad/" not in weekly(an_office)


def test_what_was_decided_since_is_asked_no_longer(an_office: Office):
    desk = ask(an_office)
    desk.decide(1, Decision(act="not_ours", by="KA", at=NIGHT, whose=Whose.SCHOOL))
    assert asked_about(an_office.deployment) == {}


def test_what_was_registered_by_another_way_is_asked_no_longer(tmp_path: Path):
    candidate = a_candidate()
    with office(tmp_path, a_row(platform=candidate.platform, key=candidate.key, address=candidate.url)) as opened:
        ask(opened)
        assert asked_about(opened.deployment) == {}


def overview_of(office: Office) -> Sheet:
    return office.letters.overview_now()


def told(sheet: Sheet) -> str:
    facts = (fact for block in sheet.blocks for entry in block.entries for fact in entry.facts)
    return "\n".join(f"{fact.label}: {fact.text}" for fact in facts)


def test_a_discovery_is_told_to_the_officer_by_its_number_and_with_the_command(an_office: Office):
    SqlTriage(an_office.store.db).keep_found([a_candidate(id=None, name="Almestads kultur")])
    assert "1: Almestads kultur: " in told(overview_of(an_office))
    assert "kanalkoll triage list" in told(overview_of(an_office))


def test_a_held_change_is_told_to_the_officer_with_what_lets_it_through(an_office: Office):
    store = an_office.store
    run, _ = store.start_run(RunKind.NIGHTLY, an_office.clock().date(), an_office.clock(), [])
    store.begin_comparing(run.id, an_office.clock())
    store.hold(run.id, "board", "gone", 7, 9, an_office.clock())
    store.close_run(run.id, an_office.clock())
    assert "7 av 9 konton samma natt" in told(overview_of(an_office))
    assert "kanalkoll held believe board gone" in told(overview_of(an_office))


def test_a_list_that_lost_much_at_once_is_told_to_the_officer(an_office: Office):
    def read(*numbers: int) -> None:
        lines = [Listed(number=at, url=f"https://x.com/konto{at}", key=f"x:konto{at}", platform="x") for at in numbers]
        db, now = an_office.store.db, an_office.clock()
        follow_published(ReadList(listed=tuple(lines)), "test", SqlSightings(db), SqlLists(db), now)

    read(1, 2, 3, 4)
    an_office.clock.pass_hours(24)
    read(1)
    assert "kanalkoll public-list diff --confirm-removals 3" in told(overview_of(an_office))
