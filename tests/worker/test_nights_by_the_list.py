"""The rule about the public list, night after night: what it may say, and when it must be silent."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from audits.listing import Listed, ReadList
from audits.model import CaseState, Outcome
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from config.rules import read_rules
from tests.builders import NIGHT, STOCKHOLM, a_case, an_occasion
from tests.empty import migrated
from tests.fakes import DictAsker, HandClock, board, some_instruments
from worker.ports import RunKind
from worker.steps import advance_run, begin_audit, begin_due_night
from worker.steps.public_list import follow_published
from worker.storage import SqlStore, open_store
from worker.storage.lists import SqlLists
from worker.storage.sightings import SqlSightings

RULES = read_rules(
    '[city]\nnames = ["Almestad"]\ndomains = ["almestad.example"]\n'
    '[rule.public-list]\ncheck = "on_the_list"\nconfirm = { looks = 2, hours = 0 }\n'
)
ALL = tuple(range(1, 11))


class City:
    """Ten accounts, their boards, and a public list that is read before each night."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.clock = store, HandClock(NIGHT)
        self.web = {f"https://board.example/{at}": board(number=str(at)) for at in ALL}
        self.instruments = some_instruments(RULES)
        rows = [RegisterRow(platform="board", name=f"Konto {at}", administration="KF", key=f"board:konto{at}",
                            address=f"https://board.example/{at}") for at in ALL]  # fmt: skip
        changes = [RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows]
        store.apply_changes(changes, an_occasion(), source="test")

    def read(self, *numbers: int) -> None:
        lines = tuple(
            Listed(number=at, url=f"https://board.example/{at}", key=f"board:konto{at}", platform="board")
            for at in numbers
        )
        db = self.store.db
        follow_published(ReadList(listed=lines), "test", SqlSightings(db), SqlLists(db), self.clock())

    def night(self) -> None:
        run = begin_due_night(self.store, STOCKHOLM, time(3, 15), self.clock())
        assert run is not None
        self._through(run)
        self.clock.pass_hours(24)

    def recheck(self) -> None:
        self._through(begin_audit(self.store, RunKind.RECHECK, self.store.accounts(), NIGHT.date(), self.clock()))

    def _through(self, run) -> None:
        asker = DictAsker(self.web, self.clock)
        while advance_run(self.store, asker, self.instruments, run, self.clock, seconds=30):
            pass

    def told(self) -> list[int]:
        found = self.store.current_findings()
        return [account.id for account, _, standing in found if standing.outcome is Outcome.FAILED]

    def found(self) -> set[Outcome]:
        return {finding.outcome for _, finding, _ in self.store.current_findings()}


@pytest.fixture
def city(tmp_path: Path):
    url = migrated(tmp_path / "night.sqlite3")
    store = open_store(url)
    yield City(store)
    store.close()


def test_an_account_that_the_list_leaves_out_is_told_of_on_the_second_night(city: City):
    told = []
    for _ in range(2):
        city.read(*ALL[1:])
        city.night()
        told.append(city.told())
    assert told == [[], [1]]


def test_an_account_that_the_city_does_not_vouch_for_is_asked_of_nobody_though_the_list_leaves_it_out(city: City):
    city.store.save_case(a_case(state=CaseState.SAID_NOT_OURS), "not_ours", NIGHT)
    for _ in range(3):
        city.read(*ALL[1:])
        city.night()
    assert city.told() == []


def test_a_persons_own_profile_is_asked_of_nobody(city: City):
    row = RegisterRow(platform="linkedin", name="Karin", administration="KF", key="linkedin:in:karin-x",
                      address="https://www.linkedin.com/in/karin-x/")  # fmt: skip
    city.store.apply_changes([RegisterChange(kind=ChangeKind.ADD, after=row)], an_occasion(), source="test")
    for _ in range(3):
        city.read(*ALL)
        city.night()
    assert city.told() == []


def test_a_list_that_was_never_read_accuses_nobody(city: City):
    for _ in range(3):
        city.night()
    assert (city.told(), city.found()) == ([], {Outcome.CANNOT_TELL})


def test_a_list_that_was_held_accuses_nobody_however_long_it_lasts(city: City):
    city.read(*ALL)
    city.night()
    for _ in range(4):
        city.read(1, 2, 3)
        city.night()
    assert (city.told(), city.found()) == ([], {Outcome.CANNOT_TELL})


def test_a_list_that_cannot_be_read_any_more_accuses_nobody(city: City):
    city.read(*ALL[1:])
    for _ in range(4):
        city.night()
    assert city.told() == []


def test_a_list_that_names_half_of_the_city_is_not_believed_at_its_word(city: City):
    for _ in range(3):
        city.read(*ALL[5:])
        city.night()
    assert city.told() == []


def test_a_recheck_is_not_held_to_what_the_list_said_before_it(city: City):
    for _ in range(2):
        city.read(*ALL[1:])
        city.night()
    city.clock.pass_hours(-20)
    city.recheck()
    assert city.found() == {Outcome.CANNOT_TELL}


def test_a_recheck_may_be_held_to_a_list_that_was_read_after_it_began(city: City):
    begun = begin_audit(city.store, RunKind.RECHECK, city.store.accounts(), NIGHT.date(), city.clock())
    city.clock.now += timedelta(minutes=5)
    city.read(*ALL)
    city._through(begun)
    assert city.found() == {Outcome.PASSED}
