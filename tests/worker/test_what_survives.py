"""What people have decided stands through thirty nights, whatever becomes of handles, administrations and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audits.cases import Act
from audits.deciding import CaseRef
from audits.model import Case, CaseState
from audits.register_plan import plan_import
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.reorganising import Wish, WishKind
from tests.builders import STOCKHOLM, an_occasion
from tests.empty import migrated
from tests.fakes import GONE, board
from tests.worker.nights import City
from worker.steps.deciding import decide_case
from worker.steps.reorganising import carry_out
from worker.storage import open_store
from worker.storage.deciding import SqlDecisions

SILENT = CaseRef(account_id=1, rule="inactive")
WALL = "<title>Log in</title>"
LONG = date(2027, 10, 1)
KEPT = {
    "acknowledge": CaseState.ACKNOWLEDGED,
    "explain": CaseState.EXPLAINED,
    "not_ours": CaseState.SAID_NOT_OURS,
}


@pytest.fixture
def city(tmp_path: Path):
    url = migrated(tmp_path / "night.sqlite3")
    opened = open_store(url)
    city = City(opened, 6)
    city.web[city.addresses[0]] = board(posted="2026-07-20", number="0")
    changed(city, 6, administration="MF")
    city.night()
    city.night()
    yield city
    opened.close()


def nights(city: City, count: int) -> None:
    for _ in range(count):
        for at, address in enumerate(city.addresses[1:], 1):
            city.web[address] = board(posted=f"{city.clock():%Y-%m-%d}", number=str(at))
        city.night()


def changed(city: City, account_id: int, **cells: Any) -> None:
    """One account's row, and only it, as a person changes it."""
    row = dict(city.store.register_rows())[account_id]
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=account_id, before=row, after=replace(row, **cells))
    city.store.apply_changes([change], an_occasion(city.clock()), source="test")


def rename(city: City) -> None:
    """The account takes another handle, and somebody enters it."""
    old, new = city.addresses[0], "https://board.example/nytt"
    city.web[new] = city.web.pop(old)
    city.addresses[0] = new
    changed(city, 1, address=new, key="board:nytt", raw=new, name="Konto med nytt namn")


def merge(city: City) -> None:
    """The administration is merged with another into a new one, by the register's own step."""
    wish = Wish(
        kind=WishKind.MERGE, sources=("KF", "MF"), target="Stadsförvaltningen", effective_on=city.clock().date()
    )
    carry_out(city.store, wish, an_occasion(city.clock()))


def reimport(city: City) -> None:
    """The whole list is read again, in another order, from a file that knows no account numbers."""
    standing = dict(city.store.register_rows())
    stated = [replace(row, purpose="Nyheter") for row in reversed(standing.values())]
    plan = plan_import(standing, stated)
    assert not plan.of(ChangeKind.ADD)
    city.store.apply_changes(plan.changes, an_occasion(city.clock()), source="lista.csv")


def remove_and_take_up_again(city: City) -> None:
    """A list that forgot the account, and the next one that did not."""
    row: RegisterRow = dict(city.store.register_rows())[1]
    gone = RegisterChange(kind=ChangeKind.REMOVE, account_id=1, before=row)
    back = RegisterChange(kind=ChangeKind.ADD, account_id=1, after=row)
    for change in (gone, back):
        city.store.apply_changes([change], an_occasion(city.clock()), source="test")


def go_blind(city: City) -> None:
    page = city.web[city.addresses[0]]
    city.web[city.addresses[0]] = WALL
    city.night()
    city.web[city.addresses[0]] = page


def break_the_platform(city: City) -> None:
    page = city.web[city.addresses[0]]
    for address in city.addresses:
        city.web[address] = GONE
    city.night()
    city.web[city.addresses[0]] = page


def the_case(city: City) -> Case:
    [case] = [each for each in city.store.cases_of([1])[1] if each.rule == "inactive"]
    return case


@pytest.mark.parametrize("what", sorted(KEPT))
def test_a_decision_survives_thirty_nights_a_new_handle_a_merger_and_a_new_list(city: City, what: str):
    decisions = SqlDecisions(city.store.db)
    act = Act(what=what, by="KF", at=city.clock(), zone=STOCKHOLM, reason="ombyggnad", until=LONG)
    receipt = decide_case(decisions, SILENT, act)
    decided = the_case(city)
    for event in (go_blind, rename, merge, reimport, remove_and_take_up_again, break_the_platform):
        nights(city, 5)
        event(city)
    nights(city, 3)
    assert len(city.store.begun_nights(since=date(2026, 11, 10))) >= 30
    kept = decisions.case_of(CaseRef(id=receipt.case_id))
    assert kept is not None
    stays = ("state", "by", "reason", "until", "fingerprint", "opened_at", "changed_at")
    assert [getattr(kept.case, name) for name in stays] == [getattr(decided, name) for name in stays]
    assert kept.case.state is KEPT[what]
    assert kept.account.administration == "Stadsförvaltningen"
    assert kept.account.key == "board:nytt"
    assert [event.act for event in kept.events] == ["new", "confirmed", what]
    assert the_case(city) == kept.case
