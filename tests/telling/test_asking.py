"""What waits for a person's word: the asked administration reads it as a question, the officer with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.digest import Purpose, Sheet
from audits.health import MassChange
from audits.listing import Listed, ReadList
from audits.model import Drift, DriftStage, Outcome
from audits.triage import Answer, Decision, Whose
from tests.builders import NIGHT, a_candidate, a_finding, an_occasion
from tests.storage.nights import a_night, looked, seen
from tests.telling.letters import facts_in
from tests.telling.offices import PAGE, Office, a_row, ask_about_a_channel, body, office
from worker.ports import Compared
from worker.steps.public_list import follow_published
from worker.steps.telling import hash_of
from worker.steps.triage import answer
from worker.storage.lists import SqlLists
from worker.storage.sightings import SqlSightings
from worker.storage.triage import SqlTriage
from worker.wiring.awaiting import asked_about


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def weekly(office: Office) -> str:
    [letter] = [each for each in office.write() if each["To"] == "kultur@almestad.example"]
    return f"{letter['Subject']}\n{body(letter)}"


def test_the_asked_administration_reads_the_question_in_its_next_letter(an_office: Office):
    ask_about_a_channel(an_office)
    letter = weekly(an_office)
    assert "1 fråga" in letter
    assert "är de här kanalerna era?" in letter.casefold()
    assert "https://www.instagram.com/almestad/" in letter
    assert f"Länkas från en av stadens sidor: {PAGE}" in " ".join(letter.split())


def test_the_letter_has_a_button_to_answer_with(an_office: Office):
    ask_about_a_channel(an_office)
    links = an_office.links()
    link = an_office.letters.stored.find(hash_of(links["ours"].rpartition("/")[2]))
    assert link is not None
    assert (link.purpose, link.candidate_id, link.account_id) == (Purpose.OURS, 1, None)


def test_who_has_answered_is_asked_no_longer_until_the_question_is_put_anew(an_office: Office):
    desk = ask_about_a_channel(an_office)
    answer(desk.desk, 1, Answer.UNKNOWN, an_occasion(by="Bea"))
    assert asked_about(an_office.deployment) == {}
    desk.decide(1, Decision(act="ask", by="KA", at=NIGHT, administration="Miljöförvaltningen"))
    assert set(asked_about(an_office.deployment)) == {"Miljöförvaltningen"}


def test_the_officer_reads_the_answer_before_what_nobody_has_answered(an_office: Office):
    desk = ask_about_a_channel(an_office)
    assert "Almestads kultur" not in facts_in(overview_of(an_office)), "whoever is asked has the word"
    SqlTriage(an_office.store.db).keep_found([a_candidate(id=None, key="instagram:annan", name="En annan")])
    answer(desk.desk, 1, Answer.OURS, an_occasion(by="Bea", why="startad i maj"))
    lines = [line for line in facts_in(overview_of(an_office)).splitlines() if line.startswith(("1: ", "2: "))]
    assert [line[:2] for line in lines] == ["1:", "2:"]
    assert "Bea svarar: den är vår (startad i maj)" in lines[0]


def test_another_administration_is_not_asked(an_office: Office):
    ask_about_a_channel(an_office, "Miljöförvaltningen")
    assert "almestad/" not in weekly(an_office)


def test_what_was_decided_since_is_asked_no_longer(an_office: Office):
    desk = ask_about_a_channel(an_office)
    desk.decide(1, Decision(act="not_ours", by="KA", at=NIGHT, whose=Whose.SCHOOL))
    assert asked_about(an_office.deployment) == {}


def test_what_was_registered_by_another_way_is_asked_no_longer(tmp_path: Path):
    candidate = a_candidate()
    with office(tmp_path, a_row(platform=candidate.platform, key=candidate.key, address=candidate.url)) as opened:
        ask_about_a_channel(opened)
        assert asked_about(opened.deployment) == {}


def overview_of(office: Office) -> Sheet:
    return office.letters.overview_now()


def test_a_discovery_is_told_to_the_officer_by_its_number_and_with_the_command(an_office: Office):
    SqlTriage(an_office.store.db).keep_found([a_candidate(id=None, name="Almestads kultur")])
    assert "1: Almestads kultur: " in facts_in(overview_of(an_office))
    assert "kanalkoll triage list" in facts_in(overview_of(an_office))


def hold_what_is_seen(office: Office) -> None:
    """A night finds too much at once, of the first account in the register."""
    store, now, number = office.store, office.clock(), office.store.accounts()[0].id
    run = a_night(store, [number], now)
    looked(store, run, now, lambda account: seen(account.id, now, [a_finding(account_id=account.id)]))
    store.begin_comparing(run.id, now)
    drift = Drift(finding=a_finding(account_id=number), before=Outcome.PASSED, stage=DriftStage.HELD)
    store.save_compared(run.id, [Compared(account_id=number, standings={}, drifts=(drift,))], [], [], now)
    store.hold(run.id, MassChange(platform="board", rule="gone", changed=7, seen=9), now)
    store.close_run(run.id, now)


def test_a_held_change_is_told_to_the_officer_with_whose_it_is_and_what_lets_it_through(an_office: Office):
    hold_what_is_seen(an_office)
    first, line = an_office.store.accounts()[0], facts_in(overview_of(an_office))
    assert "7 av 9 konton inom några nätter" in line
    assert "kanalkoll held believe board gone" in line
    assert f"Det gäller {first.name} ({first.id})." in line


def test_a_list_that_lost_much_at_once_is_told_to_the_officer(an_office: Office):
    def read(*numbers: int) -> None:
        lines = [Listed(number=at, url=f"https://x.com/konto{at}", key=f"x:konto{at}", platform="x") for at in numbers]
        db, now = an_office.store.db, an_office.clock()
        follow_published(ReadList(listed=tuple(lines)), "test", SqlSightings(db), SqlLists(db), now)

    read(1, 2, 3, 4)
    an_office.clock.pass_hours(24)
    read(1)
    assert "kanalkoll public-list diff --remember --confirm-removals 3" in facts_in(overview_of(an_office))
