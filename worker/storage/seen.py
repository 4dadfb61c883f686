"""Which looks saw their account, as SQL: `audits.model.is_seen` over the tables of the ledger.

runs ─read_wrong▶ what was doubted in each ─┐
transport, existence of an observation ─────┴▶ a condition over run_account ⋈ observation ⋈ account
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, false, func, not_, tuple_

from audits.controls import ControlReading, trust_in
from audits.model import ACCUSING, Existence, Transport
from worker.storage import tables as t


def said_how_it_stands() -> ColumnElement[bool]:
    """Whether an observation came through and says how its account stands, believed or not."""
    seen = t.observation.c
    return and_(seen.transport == Transport.OK.value, seen.existence != Existence.UNKNOWN.value)


def is_seen(wrong: Mapping[int, Sequence[ControlReading]]) -> ColumnElement[bool]:
    """Whether the look of a slot saw its account; `wrong` are the readings of runs of which a control was misread.

    What a doubted route said against an account saw nothing.
    """
    return and_(said_how_it_stands(), not_(is_doubted(wrong)))


def is_doubted(wrong: Mapping[int, Sequence[ControlReading]]) -> ColumnElement[bool]:
    """Whether the look of a slot says something against its account by a route that was misread in its run."""
    doubted = [
        (run_id, platform, route.value)
        for run_id, readings in wrong.items()
        for trust in [trust_in(readings)]
        for platform, route in trust.controlled - trust.trusted
    ]
    if not doubted:
        return false()
    seen = t.observation.c
    by_route = tuple_(t.run_account.c.run_id, t.account.c.platform, func.coalesce(seen.route, ""))
    return and_(seen.existence.in_([each.value for each in ACCUSING]), by_route.in_(doubted))
