"""An account that one route shows under another name, while a stranger bears its own by another route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

import pytest

from audits.days import Now
from audits.model import Account, Facts, PlatformId, Route
from audits.observing import Look, observe
from audits.reading.pages import present
from config.rules import load_rules
from tests.worker.nights import City
from worker.steps import Instruments
from worker.steps.deciding import release_cases
from worker.storage import SqlStore
from worker.storage.deciding import SqlDecisions

NAME, OWN, STRANGERS = "konto0", PlatformId("board", "7"), PlatformId("board", "666")
AS_EVER = (Route.API_BY_ID, OWN, NAME)
RENAMED = (Route.API_BY_ID, OWN, "nytt")
TAKEN = (Route.PAGE, STRANGERS, NAME)


@pytest.fixture
def city(store: SqlStore) -> City:
    city = City(store, 1)
    city.instruments = replace(city.instruments, rulebook=load_rules())
    return city


def night(city: City, seen: tuple[Route, PlatformId, str]) -> Mapping[str, str]:
    """One more night on which this is seen; the state of each case of these two rules after it."""
    route, number, name = seen

    def visit(account: Account, instruments: Instruments, now):
        yield from ()
        reading = present(Facts(handle=name, platform_id=number))
        return observe(account, instruments.platforms["board"], [Look(route=route, reading=reading)], now)

    city.instruments = replace(city.instruments, visit=visit)
    release_cases(SqlDecisions(city.store.db), city.store, city.instruments.rulebook.routines, Now(city.clock(), UTC))
    city.night()
    cases = city.store.cases(open_only=False)
    return {each.rule: each.state.value for each in cases if each.rule in ("renamed", "taken-over")}


def test_that_an_account_bears_another_name_is_told_once_whatever_other_routes_show_of_its_old_one(city: City):
    seen = [*[AS_EVER] * 3, RENAMED, RENAMED, TAKEN, TAKEN, TAKEN, TAKEN, RENAMED, RENAMED]
    assert [night(city, each).get("renamed") for each in seen][4:] == ["confirmed"] * 7


def test_a_takeover_is_told_once_while_the_account_is_seen_under_another_name_in_between(city: City):
    told = [night(city, each).get("taken-over") for each in (*[AS_EVER] * 3, *(TAKEN, RENAMED) * 5)]
    assert told[-5:] == ["confirmed"] * 5


AWAY = (Route.PAGE, STRANGERS, "annan")
THERE = (Route.PAGE, OWN, NAME)


@pytest.mark.parametrize("nights", [1, 2, 3, 6])
def test_an_account_that_shows_a_strangers_page_at_its_first_looks_is_no_takeover_once_it_shows_its_own(
    city: City, nights: int
):
    for _ in range(nights):
        night(city, AWAY)
    told = [night(city, THERE) for _ in range(4)]
    (account,) = city.store.accounts()
    assert {each.get("taken-over") for each in told} == {None}
    assert told[-1].get("renamed") in (None, "verified_fixed")
    assert account.pinned == (OWN,)


def test_who_is_seen_under_the_registered_name_and_then_replaced_is_told_whatever_was_seen_before(city: City):
    seen = [AWAY, AWAY, *[TAKEN] * 3, *[THERE] * 3]
    assert [night(city, each).get("taken-over") for each in seen][-1] == "confirmed"


@pytest.mark.parametrize("nights", [1, 2])
def test_an_id_that_was_wrong_on_the_first_nights_alone_makes_the_account_no_takeover_of_its_own(
    city: City, nights: int
):
    for _ in range(nights):
        night(city, TAKEN)
    told = [night(city, THERE).get("taken-over") for _ in range(4)]
    (account,) = city.store.accounts()
    assert (told, account.pinned) == ([None] * 4, (OWN,))
    assert [night(city, TAKEN).get("taken-over") for _ in range(3)][-1] == "confirmed"
