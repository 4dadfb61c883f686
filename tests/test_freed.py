"""An address that the city links to is said to be free, or another's, only once that was seen often enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from audits.freed import TAKEOVER_LOOKS, Watch, as_id, as_text, watched
from audits.model import Existence, Identity, Observation, PlatformId, Transport
from audits.reconciling import LinkedChannel
from tests.builders import NIGHT, a_blind_observation, an_observation, some_facts

KEY, URL = "board:almestad", "https://board.example/almestad"
WEEK = timedelta(days=7)
OURS, THEIRS = PlatformId("board", "7"), PlatformId("board", "8")


def at(week: float) -> datetime:
    return NIGHT + week * WEEK


def gone(week: float, **changes: Any) -> Observation:
    return an_observation(**{"existence": Existence.GONE, "observed_at": at(week), "facts": some_facts(), **changes})


def alive(week: float, owner: PlatformId = OURS) -> Observation:
    return an_observation(observed_at=at(week), facts=some_facts(platform_id=owner))


def after(*seen: Observation) -> Watch:
    watch = None
    for each in seen:
        watch = watched(watch, KEY, URL, each)
    assert watch is not None
    return watch


def test_one_look_frees_nothing():
    assert not after(alive(0), gone(1)).channel.is_gone


def test_an_official_interface_is_believed_at_once():
    assert after(alive(0), gone(1, stated=True)).channel.is_gone


def test_three_looks_over_days_free_it():
    assert not after(gone(0), gone(1)).channel.is_gone
    assert after(gone(0), gone(1), gone(2)).channel.is_gone


def test_looks_that_are_close_count_as_one():
    assert not after(*(gone(hours / 168) for hours in (0, 1, 2, 3, 4))).channel.is_gone


@pytest.mark.parametrize(
    "transport",
    [each for each in Transport if each is not Transport.OK],
)
def test_a_look_that_saw_nothing_changes_nothing_and_lets_nothing_age(transport: Transport):
    before = after(alive(0), gone(1), gone(2))
    blind = a_blind_observation(transport, observed_at=at(9))
    watch = watched(before, KEY, URL, blind)
    assert watch.channel == before.channel
    assert (watch.looked_at, watch.transport) == (at(9), transport)


def test_a_layout_that_nobody_knows_says_nothing():
    unknown = an_observation(existence=Existence.UNKNOWN, observed_at=at(3))
    assert after(gone(0), gone(1), unknown).channel == after(gone(0), gone(1)).channel


def test_one_that_is_seen_again_was_never_free():
    assert not after(gone(0), gone(1), gone(2), alive(3)).channel.is_gone
    assert not after(gone(0), gone(1), alive(2), gone(3)).channel.is_gone


def test_the_first_id_is_the_one_that_later_looks_are_held_against():
    watch = after(alive(0), alive(1))
    assert (watch.pinned, watch.channel.is_anothers) == ((OURS,), False)


PROVEN = [alive(week) for week in range(-TAKEOVER_LOOKS, 0)]


def test_an_address_is_anothers_once_so_many_looks_in_a_row_show_it():
    seen = [*PROVEN, *(alive(week, THEIRS) for week in range(TAKEOVER_LOOKS - 1))]
    assert not after(*seen).channel.is_anothers
    assert after(*seen, alive(TAKEOVER_LOOKS, THEIRS)).channel.is_anothers


@pytest.mark.parametrize("wrong", [1, 2])
def test_an_id_that_the_first_looks_alone_have_shown_makes_nothing_anothers(wrong: int):
    seen = [alive(week, THEIRS) for week in range(wrong)] + [alive(week) for week in range(wrong, 9)]
    assert not any(after(*seen[:looks]).channel.is_anothers for looks in range(1, 10))
    assert after(*seen).pinned == (OURS,)


def test_looks_that_are_close_or_show_another_name_prove_no_id():
    close = [alive(hours / 168, THEIRS) for hours in range(5)]
    renamed = [
        replace(alive(week, THEIRS), existence=Existence.RENAMED, identity=Identity.SAME) for week in range(1, 4)
    ]
    seen = [*close, *renamed, *(alive(week) for week in range(4, 9))]
    assert (after(*seen).pinned, after(*seen).channel.is_anothers) == ((OURS,), False)


def test_what_an_older_release_has_pinned_counts_as_proven():
    known = LinkedChannel(key=KEY, url=URL, pinned=as_text(OURS), shown=as_text(OURS))
    watch = Watch(channel=known, looked_at=at(0), transport=Transport.OK)
    for week in range(1, TAKEOVER_LOOKS + 1):
        watch = watched(watch, KEY, URL, alive(week, THEIRS))
    assert (watch.pinned, watch.channel.is_anothers) == ((OURS,), True)


def test_a_mixed_up_answer_in_between_starts_the_count_anew():
    seen = [*PROVEN, alive(1, THEIRS), alive(2, THEIRS), alive(3), alive(4, THEIRS)]
    assert not after(*seen).channel.is_anothers


def test_ids_of_different_kinds_are_never_compared():
    other_kind = PlatformId("board:graph", "9")
    seen = [*PROVEN, *(alive(week, other_kind) for week in range(1, 6))]
    assert not after(*seen).channel.is_anothers


def test_where_a_renamed_or_moved_channel_leads_is_kept():
    renamed = an_observation(existence=Existence.RENAMED, facts=some_facts(handle="almestad2"))
    moved = an_observation(existence=Existence.MOVED, facts=some_facts(moved_to="https://board.example/ny"))
    assert after(renamed).channel.leads_to == "almestad2"
    assert after(moved).channel.leads_to == "https://board.example/ny"


def test_an_id_comes_back_as_it_was_written():
    assert as_id(as_text(PlatformId("mastodon:uri", "https://a.example/users/b c"))) == PlatformId(
        "mastodon:uri", "https://a.example/users/b c"
    )
