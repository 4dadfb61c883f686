"""Whether an account stands on the public list: by every name it has, and never by a list that may not be believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audits.addresses import identify
from audits.model import Kind, PlatformId
from audits.platforms import GRAMMARS
from audits.reconciling import KnownList, LinkedChannel, standing_on
from tests.builders import NIGHT, TODAY, an_account

KEY = "instagram:almestad"
MUSEUM = an_account(id=1, platform="instagram", key=KEY, address="https://www.instagram.com/almestad")
CLOSED = replace(MUSEUM, kind=Kind.SIGNPOSTED_CLOSED)
SINCE = NIGHT - timedelta(hours=12)


def a_list(*keys: str, **changes: Any) -> KnownList:
    return KnownList(**{"read_at": NIGHT, "states": dict.fromkeys(keys, ""), "standing": frozenset(keys), **changes})


def stands(known: KnownList | None, account: Any = MUSEUM) -> bool | None:
    found = standing_on(known, [account], SINCE, TODAY, lambda raw, context: identify(raw, context, GRAMMARS))
    return found.get(account.id)


@pytest.mark.parametrize(("keys", "listed"), [((KEY, "x:other"), True), (("x:other",), False)])
def test_an_account_stands_where_its_key_is_named(keys, listed):
    assert stands(a_list(*keys)) is listed


def test_an_account_of_which_the_lists_words_may_speak_is_not_said_to_be_missing():
    other = replace(MUSEUM, id=2, key="instagram:museet")
    hidden = a_list("x:other", hidden={KEY})
    assert (stands(hidden), stands(hidden, other)) == (None, False)


def test_an_account_that_the_register_holds_twice_stands_there_for_both():
    twin = replace(MUSEUM, id=2)
    found = standing_on(
        a_list(KEY), [MUSEUM, twin], SINCE, TODAY, lambda raw, context: identify(raw, context, GRAMMARS)
    )
    assert found == {1: True, 2: True}


def test_of_a_list_that_was_never_read_nothing_is_known():
    assert stands(None) is None


@pytest.mark.parametrize("account", [MUSEUM, CLOSED])
@pytest.mark.parametrize("keys", [(KEY,), ("x:other",)])
def test_a_list_that_was_held_says_nothing_of_anybody(account, keys):
    assert stands(a_list(*keys, is_held=True), account) is None


@pytest.mark.parametrize(("age", "listed"), [(timedelta(hours=12), False), (timedelta(hours=12, seconds=1), None)])
def test_a_list_that_was_read_too_long_ago_says_nothing(age, listed):
    assert stands(a_list("x:other", read_at=NIGHT - age)) is listed


def test_an_account_without_a_key_cannot_be_compared():
    assert stands(a_list(KEY), replace(MUSEUM, key=None)) is None


def test_a_name_that_it_bore_before_is_its_name_on_the_list():
    assert stands(a_list("instagram:museet", former={"instagram:museet": 1})) is True


def test_an_address_that_leads_to_it_is_its_name_on_the_list():
    ahead = LinkedChannel(key="instagram:gammal", url="https://www.instagram.com/gammal", leads_to=MUSEUM.address)
    assert stands(a_list("instagram:gammal", linked=[ahead])) is True


def test_an_address_by_its_unchanging_id_is_its_name_on_the_list():
    page = an_account(id=1, platform="facebook", key="facebook:almestad", pinned=(PlatformId("page", "123"),))
    assert stands(a_list("facebook:id:123"), page) is True


def test_an_account_that_was_missed_for_the_first_time_still_stands():
    assert stands(a_list("x:other", standing=frozenset({KEY, "x:other"}))) is True


def test_a_closed_account_that_was_taken_off_is_not_held_to_stand_there_still():
    assert stands(a_list("x:other", standing=frozenset({KEY, "x:other"})), CLOSED) is False


@pytest.mark.parametrize(("state", "listed"), [("", True), ("Avslutat 2025", False)])
def test_a_closed_account_stands_as_in_use_unless_the_list_says_that_it_is_closed(state, listed):
    assert stands(a_list(KEY, states={KEY: state}), CLOSED) is listed


@pytest.mark.parametrize("hidden", ["instagram", None])
def test_an_account_that_a_short_link_on_the_list_may_lead_to_is_not_missing(hidden):
    assert stands(a_list("x:other", hidden=frozenset({hidden}))) is None
    assert stands(a_list(KEY, hidden=frozenset({hidden}))) is True
    assert stands(a_list("x:other", hidden=frozenset({"x"}))) is False


PAGE = an_account(id=1, platform="facebook", key="facebook:almestad", address="https://www.facebook.com/almestad")
CHANNEL = an_account(id=1, platform="youtube", key="youtube:@almestad", address="https://www.youtube.com/@almestad")
COMPANY = an_account(id=1, platform="linkedin", key="linkedin:company:almestad")
PERSON = an_account(id=1, platform="linkedin", key="linkedin:in:almestad")
SHOW = an_account(id=1, platform="spotify", key="spotify:show:almestad")


@pytest.mark.parametrize(
    ("account", "named"),
    [
        (PAGE, "facebook:id:123"),
        (CHANNEL, "youtube:user:almestadsstad"),
        (CHANNEL, "youtube:c:almestad"),
        (CHANNEL, "youtube:channel:UCabcdefghijklmnopqrstuv"),
        (COMPANY, "linkedin:company:4711"),
        (COMPANY, "linkedin:school:almestad"),
        (PERSON, "linkedin:pub:almestad/1/2/3"),
    ],
)
def test_an_account_is_not_missing_while_an_address_of_another_kind_may_be_its_own(account, named):
    assert stands(a_list(named), account) is None
    assert stands(a_list("x:other"), account) is False


@pytest.mark.parametrize(
    ("account", "named"),
    [
        (PAGE, "facebook:grannby"),
        (replace(PAGE, pinned=(PlatformId("page", "124"),)), "facebook:id:123"),
        (CHANNEL, "youtube:@grannby"),
        (COMPANY, "linkedin:showcase:almestad"),
        (COMPANY, "linkedin:in:almestad"),
        (PERSON, "linkedin:company:almestad"),
        (SHOW, "spotify:playlist:sommarlista"),
    ],
)
def test_an_address_that_cannot_be_its_own_hides_nobody(account, named):
    assert stands(a_list(named), account) is False


def test_an_address_of_another_registered_account_hides_nobody_whoever_is_looked_at_beside_it():
    others = "youtube:channel:UCabcdefghijklmnopqrstuv"
    assert stands(a_list(others, registered={others}), CHANNEL) is False
    assert stands(a_list(others, former={others: 7}), CHANNEL) is False


def test_an_address_that_has_been_followed_to_another_account_hides_nobody():
    ours = replace(CHANNEL, pinned=(PlatformId("channel", "UCa"),))
    other = LinkedChannel(key="youtube:user:other", url="https://www.youtube.com/user/other", shown="channel UCb")
    assert stands(a_list("youtube:user:other"), ours) is None
    assert stands(a_list("youtube:user:other", linked=[other]), ours) is False
