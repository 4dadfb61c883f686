"""What counts as seen is one thing, in every tongue that tells it: one table of looks, asked of Python and of SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from audits.controls import Side
from audits.model import Account, Existence, Route, Transport
from audits.reporting import was_seen
from tests.builders import NIGHT, STOCKHOLM, a_control_reading
from tests.storage.nights import a_night, looked, registered, seen
from worker.ports import Seen
from worker.storage import SqlStore
from worker.storage.letters import SqlLetters

MISREAD, READ_RIGHT = Route.PAGE, Route.OPEN  # the control of the page reads as gone tonight, though it is there
LOOKS: Final = [  # how a look ended, what it said, by which route, and whether the account was seen
    (Transport.OK, Existence.PRESENT, READ_RIGHT, True),
    (Transport.OK, Existence.PRESENT_LIMITED, READ_RIGHT, True),
    (Transport.OK, Existence.GONE, READ_RIGHT, True),
    (Transport.OK, Existence.SUSPENDED, READ_RIGHT, True),
    (Transport.OK, Existence.UNKNOWN, READ_RIGHT, False),
    (Transport.OK, Existence.UNKNOWN, None, False),
    (Transport.OK, Existence.PRESENT, MISREAD, True),
    (Transport.OK, Existence.RENAMED, MISREAD, True),
    (Transport.OK, Existence.GONE, MISREAD, False),
    (Transport.OK, Existence.PRIVATE, MISREAD, False),
    (Transport.OK, Existence.UNKNOWN, MISREAD, False),
    (Transport.OK, Existence.GONE, None, True),
    *((each, Existence.UNKNOWN, READ_RIGHT, False) for each in Transport if each is not Transport.OK),
]
CONTROLS: Final = [
    a_control_reading(route=MISREAD, platform="mastodon", existence=Existence.GONE, right=False),
    a_control_reading(route=READ_RIGHT, platform="mastodon"),
    *(a_control_reading(Side.ABSENT, route=route, platform="mastodon") for route in (MISREAD, READ_RIGHT)),
]


def test_whoever_tells_what_was_seen_tells_the_same(store: SqlStore) -> None:
    ids = registered(store, len(LOOKS))
    told = dict(zip(ids, LOOKS, strict=True))

    def look(account: Account) -> Seen:
        transport, existence, route, _ = told[account.id]
        return seen(account.id, transport=transport, existence=existence, route=route)

    run = a_night(store, ids)
    store.save_control_readings(run.id, CONTROLS)
    looked(store, run, look=look)
    store.begin_comparing(run.id, NIGHT)
    store.close_run(run.id, NIGHT)

    wanted = {id_ for id_, (*_, saw) in told.items() if saw}
    early = NIGHT - timedelta(days=1)
    known = store.last_known(store.accounts())
    histories = store.histories(ids, early)
    assert {id_ for id_, each in known.items() if was_seen(each)} == wanted
    assert {id_ for id_, each in histories.items() if each.last_read} == wanted
    assert SqlLetters(store.db, STOCKHOLM).last_reads().keys() == wanted
    assert store.counts(run.id).seen == len(wanted)
    assert [night.read for night in store.nights(early, 9)] == [len(wanted)]


def test_an_answer_that_leaves_it_open_moves_no_day_on_which_the_account_was_last_seen(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    looked(store, a_night(store, [id_]))
    later = NIGHT + timedelta(days=1)
    open_ended = seen(id_, later, existence=Existence.UNKNOWN)
    looked(store, a_night(store, [id_], later), later, lambda _: open_ended)
    assert SqlLetters(store.db, STOCKHOLM).last_reads() == {id_: NIGHT}
    assert store.histories([id_], NIGHT)[id_].last_read == NIGHT
