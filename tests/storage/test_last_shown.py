"""When something that stands confirmed was last seen: by the newest look that counts and showed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from audits.controls import Side
from audits.model import Existence, Finding, Outcome, Route, Transport
from tests.builders import NIGHT, a_control_reading, a_finding
from tests.storage.nights import a_night, judged, looked, registered, saved, seen
from worker.storage import SqlStore

KEY = ("gone", "gone")


def a_look(
    store: SqlStore,
    id_: int,
    night: int,
    findings: Sequence[Finding],
    *,
    misread: bool = False,
    existence: Existence = Existence.GONE,
    **changes: Any,
) -> datetime:
    """One night with one account, compared; when it was."""
    at = NIGHT + timedelta(days=night)
    run = a_night(store, [id_], at)
    if misread:
        store.save_control_readings(run.id, [
            a_control_reading(route=Route.PAGE, platform="mastodon", existence=Existence.GONE, right=False),
            a_control_reading(Side.ABSENT, route=Route.PAGE, platform="mastodon"),
        ])  # fmt: skip
    look = seen(id_, at, findings, existence=existence, **{"route": Route.PAGE, **changes})
    looked(store, run, at, lambda _: look)
    assert store.begin_comparing(run.id, at)
    saved(store, run, judged(id_, now=at))
    store.close_run(run.id, at)
    return at


def failed(id_: int, rule: str = "gone") -> Finding:
    return a_finding(account_id=id_, rule=rule, route=Route.PAGE)


def blind(id_: int) -> Finding:
    return a_finding(Outcome.CANNOT_TELL, account_id=id_, fingerprint="")


def test_it_is_the_newest_look_that_showed_it_and_not_the_one_that_confirmed_it(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    a_look(store, id_, 0, [failed(id_)])
    last = a_look(store, id_, 3, [failed(id_)])
    a_look(store, id_, 4, [blind(id_)], transport=Transport.WALLED, existence=Existence.UNKNOWN)
    shown = store.last_shown([id_])[id_][KEY]
    assert (shown.observed_at, shown.route, shown.fingerprint) == (last, Route.PAGE, "gone")


def test_a_look_that_a_misread_route_took_against_the_account_does_not_count(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    first = a_look(store, id_, 0, [failed(id_)])
    a_look(store, id_, 1, [failed(id_)], misread=True)
    assert store.last_shown([id_])[id_][KEY].observed_at == first


@pytest.mark.parametrize("other", ["another", "rule"])
def test_a_look_that_showed_something_else_does_not_count(store: SqlStore, other: str) -> None:
    [id_] = registered(store, 1)
    first = a_look(store, id_, 0, [failed(id_)])
    a_look(store, id_, 1, [a_finding(account_id=id_, fingerprint="another")] if other == "another" else [
        blind(id_), failed(id_, "sender"),
    ])  # fmt: skip
    assert store.last_shown([id_])[id_][KEY].observed_at == first


def test_what_no_kept_look_shows_is_left_out(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    a_look(store, id_, 0, [blind(id_)])
    assert store.last_shown([id_]) == store.last_shown([]) == {}
