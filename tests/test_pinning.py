"""Which ids an account is known by, and when they are proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import APP_SCOPED, Account, Existence, Facts, Identity, PlatformId, Route
from audits.observing import Look, observe
from audits.pinning import kept_beside, to_pin, told_apart
from audits.reading.pages import present, undecided
from tests.builders import NIGHT
from tests.fakes import BOARD
from tests.whose import LED_TO, OTHER_KIND, OTHERS, PINNED, by_two_routes, registered, seen


def pinned_by(
    account: Account, number: PlatformId, handle: str, hours: float
) -> tuple[PlatformId, datetime | None, datetime | None] | None:
    """What such a look, so many hours after NIGHT, leaves to be pinned, since when it waits to be proven, and on which
    later night it was seen.
    """
    at = NIGHT + timedelta(hours=hours)
    pin = to_pin(account, BOARD, replace(seen(account, platform_id=number, handle=handle), observed_at=at))
    return (pin, pin.unproven_since, pin.again_at) if pin else None


NEXT = NIGHT + timedelta(hours=24)
ONCE = registered(pinned=(replace(PINNED, unproven_since=NIGHT),))
TWICE = registered(pinned=(replace(PINNED, unproven_since=NIGHT, again_at=NEXT),))


def test_an_id_is_proven_by_looks_of_three_nights_that_show_it_under_the_registered_name() -> None:
    assert pinned_by(registered(pinned=()), PINNED, "almestad", 0) == (PINNED, NIGHT, None)
    assert pinned_by(ONCE, PINNED, "hamnstad", 24) is None
    assert pinned_by(ONCE, PINNED, "almestad", 24) == (PINNED, NIGHT, NEXT)
    assert pinned_by(TWICE, PINNED, "hamnstad", 48) is None
    assert pinned_by(TWICE, PINNED, "almestad", 48) == (PINNED, None, None)
    assert pinned_by(registered(), PINNED, "almestad", 24) is None


@pytest.mark.parametrize(
    ("account", "hours"), [(ONCE, 1), (ONCE, 12), (TWICE, 25), (TWICE, 36.5)], ids=lambda each: str(each)[:7]
)
def test_a_recheck_before_the_next_night_proves_no_id(account: Account, hours: float) -> None:
    """It may be brought the same mixed-up answer."""
    assert pinned_by(account, PINNED, "almestad", hours) is None


@given(st.lists(st.floats(0.1, 60), min_size=1, max_size=20))
def test_whoever_looks_however_often_no_id_is_proven_within_36_hours(waits: list[float]) -> None:
    account, hours = registered(pinned=()), 0.0
    for wait in (0.0, *waits):
        hours += wait
        at = NIGHT + timedelta(hours=hours)
        shown = replace(seen(account, platform_id=PINNED, handle="almestad"), observed_at=at)
        if pin := to_pin(account, BOARD, shown):
            account = replace(account, pinned=kept_beside(account.pinned, pin))
        assert account.pinned[0].unproven_since or hours >= 36


def test_an_id_that_is_not_proven_gives_way_to_another_under_the_registered_name_and_tells_of_no_takeover() -> None:
    for account in (ONCE, TWICE):
        assert seen(account, platform_id=OTHERS, handle="almestad").identity is Identity.FIRST_SEEN
        assert pinned_by(account, OTHERS, "almestad", 48) == (OTHERS, NIGHT + timedelta(hours=48), None)


def test_an_id_that_the_register_itself_states_is_proven_by_its_first_look() -> None:
    assert pinned_by(registered(pinned=(), key="board:id:7"), PINNED, "almestad", 0) == (PINNED, None, None)


def test_an_id_that_an_address_led_to_is_proven_once_the_registered_name_stands_beside_it() -> None:
    assert pinned_by(registered(pinned=()), OTHERS, "hamnstad", 0) is None
    assert pinned_by(registered(pinned=(LED_TO,)), OTHERS, "hamnstad", 24) is None
    assert pinned_by(registered(pinned=(LED_TO,)), OTHERS, "almestad", 24) == (OTHERS, NIGHT, NEXT)
    again = registered(pinned=(replace(LED_TO, again_at=NEXT),))
    assert pinned_by(again, OTHERS, "almestad", 48) == (OTHERS, None, None)


def test_beside_a_proven_id_none_is_kept_that_is_not_and_of_those_the_latest() -> None:
    assert kept_beside((LED_TO,), replace(PINNED, unproven_since=NIGHT)) == (PINNED,)
    assert kept_beside((PINNED,), LED_TO) == (PINNED,)
    assert kept_beside((PINNED,), OTHER_KIND) == (PINNED, OTHER_KIND)
    assert kept_beside((PINNED,), OTHERS) == (PINNED,)


def test_an_id_of_another_kind_waits_beside_the_first_from_the_night_on_that_shows_both() -> None:
    both = Facts(platform_id=PINNED, handle="almestad")
    told = by_two_routes(Facts(platform_id=OTHER_KIND, handle="almestad"), both)
    assert (told.identity, to_pin(registered(), BOARD, told)) == (Identity.SAME, OTHER_KIND)
    assert told_apart(kept_beside((PINNED,), replace(OTHER_KIND, unproven_since=NIGHT))) == ((PINNED,), (OTHER_KIND,))
    other_name = by_two_routes(Facts(platform_id=OTHER_KIND, handle="hamnstad"), both)
    assert to_pin(registered(), BOARD, other_name) is None


def after_nights(account: Account, *shown: Facts) -> Account:
    """The account after as many nights."""
    for night, facts in enumerate(shown):
        look = Look(route=Route.PAGE, reading=present(replace(facts, handle="almestad")))
        looked = observe(account, BOARD, [look], NIGHT + timedelta(days=night))
        assert looked.identity is not Identity.DIFFERENT
        if pin := to_pin(account, BOARD, looked):
            pinned, waiting = told_apart(kept_beside((*account.pinned, *account.waiting), pin))
            account = replace(account, pinned=pinned, waiting=waiting)
    return account


ALONE, BOTH = Facts(platform_id=OTHER_KIND), Facts(platform_id=PINNED, more_ids=(OTHER_KIND,))
STRANGE = PlatformId("graph", "666")
BOTH_WRONG = Facts(platform_id=PINNED, more_ids=(STRANGE,))


BESIDE_IT = Facts(platform_id=OTHER_KIND, more_ids=(PINNED,))


@pytest.mark.parametrize("shown", [BOTH, BESIDE_IT], ids=["after it", "before it"])
def test_an_id_of_another_kind_is_proven_by_three_nights_that_show_it_beside_the_first(shown: Facts) -> None:
    assert after_nights(registered(), shown, shown).pinned == (PINNED,)
    assert set(after_nights(registered(), shown, shown, shown).pinned) == {PINNED, OTHER_KIND}
    assert set(after_nights(registered(pinned=()), *[shown] * 6).pinned) == {PINNED, OTHER_KIND}


def test_an_id_of_another_kind_that_stands_alone_is_kept_of_nobody() -> None:
    """Whoever took the name while the known id could not be seen would be kept as the account, and the account itself
    told as a new holder once it has its name back.
    """
    for others in ((), (replace(STRANGE, unproven_since=NIGHT),)):
        account = replace(registered(), waiting=others)
        assert after_nights(account, *[ALONE] * 6) == account
    by_its_number = registered(key="board:id:9007")
    assert after_nights(by_its_number, ALONE).pinned == (PINNED, OTHER_KIND)
    of_one_app = PlatformId(APP_SCOPED, "1")
    for shown in (ALONE, Facts(platform_id=of_one_app, more_ids=(OTHER_KIND,))):
        assert after_nights(registered(pinned=(of_one_app,)), *[shown] * 3).pinned == (of_one_app, OTHER_KIND)


def test_nights_that_show_an_account_by_one_kind_of_id_and_then_by_two_count_together() -> None:
    first = Facts(platform_id=PINNED)
    assert after_nights(registered(pinned=()), first, BESIDE_IT, BESIDE_IT).pinned == (PINNED,)


def test_an_id_of_another_kind_that_was_wrong_on_two_nights_accuses_nobody() -> None:
    """A look that shows the own id of that kind alone is another's only where the wrong one was proven."""
    for nights in (1, 2):
        nights_after = (ALONE, BOTH, BOTH, BOTH)
        assert after_nights(registered(), *[BOTH_WRONG] * nights, *nights_after).pinned == (PINNED, OTHER_KIND)


def test_by_an_id_of_another_kind_that_waits_nobody_is_known_under_another_name() -> None:
    account = replace(registered(), waiting=(replace(STRANGE, unproven_since=NIGHT),))
    assert seen(account, platform_id=STRANGE, handle="hamnstad").existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("key", "handle", "pin"),
    [("board:almestad", "@Almestad", OTHERS), ("board:almestad", None, None), ("board:4711", "hamnstad", OTHERS)],
)
def test_a_first_look_that_shows_no_name_registers_no_id(key: str, handle: str | None, pin: PlatformId | None) -> None:
    account = registered(pinned=(), key=key)
    looked = seen(account, platform_id=OTHERS, handle=handle)
    assert to_pin(account, BOARD, looked) == pin


def test_what_a_single_post_says_in_passing_is_no_id_to_know_the_account_by() -> None:
    account = registered(pinned=())
    reading = undecided("one_post", facts=Facts(platform_id=OTHERS))
    looked = observe(account, BOARD, [Look(route=Route.PAGE, reading=reading)], NIGHT)
    assert to_pin(account, BOARD, looked) is None
