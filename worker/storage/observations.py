"""What a look leaves behind, written in one transaction and only where it is new.

    lease + looks ─▶ slots still leased under this token ─▶ observation? ─▶ findings? ─▶ standing ─▶ slot done

A worker whose lease was taken over finds no slot of its own and writes nothing. One whose commit was lost on the way
finds its slots done under its own token and counts them without writing them again. What was seen at an address that
is not the account's any more is not written: the account is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, Table, bindparam, case, func, select, update

from worker.ports import Lease, Seen, SlotState
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import finding_columns, observation_columns
from worker.storage.columns import Columns, dumps
from worker.storage.dialect import Insert, binds, insert, lock_accounts, moment, take_ids, write_many
from worker.storage.newcomers import elsewhere
from worker.storage.register import IS_UNPROVEN, PROVEN, UNPROVEN

Known: TypeAlias = Mapping[Hashable, int]  # what the last rows say, digest included, and their ids


def record(conn: Connection, lease: Lease, looks: Sequence[Seen], now: datetime) -> int:
    """Write the looks at accounts that are still leased under this token; returns how many of all are written."""
    by_account = {look.observation.account_id: look for look in reversed(looks)}  # of two looks the first counts
    states = _slots(conn, lease, by_account)
    leased = sorted(id_ for id_, state in states.items() if state == SlotState.LEASED.value)
    written = _write(conn, lease, [by_account[id_] for id_ in leased], now) if leased else 0
    return written + sum(state == SlotState.DONE.value for state in states.values())


def _slots(conn: Connection, lease: Lease, ids: Collection[int]) -> Mapping[int, str]:
    """The slots that bear this lease's token, locked so that nobody takes them over meanwhile."""
    slot = t.run_account.c
    mine = (slot.run_id == lease.run_id, among(slot.account_id, ids), slot.lease_token == lease.token)
    rows = select(slot.account_id, slot.state).where(*mine).order_by(slot.account_id).with_for_update()
    return {row.account_id: row.state for row in conn.execute(rows).all()}


def _write(conn: Connection, lease: Lease, looks: Sequence[Seen], now: datetime) -> int:
    """Write the looks but for those at an address that the register has changed meanwhile; how many were written."""
    lock_accounts(conn, [look.observation.account_id for look in looks])  # another run may be writing the same ones
    moved = elsewhere(conn, lease.accounts)
    looks = [look for look in looks if look.observation.account_id not in moved]
    ids = [look.observation.account_id for look in looks]
    observations = _write_observations(conn, lease.run_id, looks, ids)
    written = _Written(observations, _write_findings(conn, lease.run_id, looks))
    _pin(conn, looks)
    _finish(conn, lease, looks, written, now)
    return len(looks)


_NEW_OBSERVATION = t.observation.insert().values(binds(t.observation.c.keys()))


def _write_observations(conn: Connection, run_id: int, looks: Sequence[Seen], ids: Sequence[int]) -> Mapping[int, int]:
    """Id of each account's observation: the last one, or a new row where this look differs from it."""
    known = _last_observations(conn, ids)
    rows = [observation_columns(look.observation) for look in looks]
    fresh = _news(rows, known, itemgetter("account_id", "digest"))
    _number(conn, t.observation, fresh, run_id)
    for row in fresh:
        row["observed_at"] = moment(conn, row["observed_at"])
    write_many(conn, _NEW_OBSERVATION, fresh)
    return {row["account_id"]: row["id"] for row in rows}


def _last_observations(conn: Connection, ids: Collection[int]) -> Known:
    seen = t.observation.c
    latest = select(func.max(seen.id)).where(among(seen.account_id, ids)).group_by(seen.account_id)
    rows = conn.execute(select(seen.account_id, seen.digest, seen.id).where(seen.id.in_(latest)))
    return {(account_id, digest): id_ for account_id, digest, id_ in rows.all()}


_NEW_FINDING = t.finding.insert().values(binds(t.finding.c.keys()))


def _write_findings(conn: Connection, run_id: int, looks: Sequence[Seen]) -> Mapping[int, list[int]]:
    """Ids of each account's findings in the order judged; a finding equal to its rule's last is that one."""
    found = {look.observation.account_id: [finding_columns(each) for each in look.findings] for look in looks}
    known = _last_findings(conn, found)
    fresh = _news(chain.from_iterable(found.values()), known, itemgetter("account_id", "rule", "digest"))
    _number(conn, t.finding, fresh, run_id)
    write_many(conn, _NEW_FINDING, fresh)
    _point_at(conn, run_id, found, fresh)
    return {account_id: [row["id"] for row in rows] for account_id, rows in found.items()}


def _point_at(conn: Connection, run_id: int, accounts: Collection[int], fresh: Sequence[Columns]) -> None:
    """Let each rule's standing name its latest finding; what is held true of it is decided when it is compared."""
    if not fresh:
        return
    written, first, last = t.finding.c, fresh[0]["id"], fresh[-1]["id"]
    # other workers' rows lie in between where ids are drawn from a sequence
    mine = (written.id.between(first, last), written.run_id == run_id, among(written.account_id, accounts))
    rows = select(written.account_id, written.rule, written.id).where(*mine).order_by(written.account_id, written.rule)
    adding = insert(conn, t.standing).from_select(["account_id", "rule", "finding_id"], rows)
    latest = {"finding_id": adding.excluded.finding_id}
    conn.execute(adding.on_conflict_do_update(index_elements=["account_id", "rule"], set_=latest))


def _last_findings(conn: Connection, ids: Collection[int]) -> Known:
    stands, found = t.standing.c, t.finding.c
    query = (
        select(stands.account_id, stands.rule, found.digest, found.id)
        .join(t.finding, found.id == stands.finding_id)
        .where(among(stands.account_id, ids))
    )
    rows = conn.execute(query).all()  # one fetch: row by row costs as much again
    return {(account_id, rule, digest): id_ for account_id, rule, digest, id_ in rows}


def _news(rows: Iterable[Columns], known: Known, what: Callable[[Columns], Hashable]) -> list[Columns]:
    """The rows that say something new; the others are given the id of the row that says the same."""
    fresh = []
    for row in rows:
        if (id_ := known.get(what(row))) is None:
            fresh.append(row)
        else:
            row["id"] = id_
    return fresh


def _number(conn: Connection, table: Table, rows: Sequence[Columns], run_id: int) -> None:
    """Give new rows their ids, and the run that saw them first."""
    for row, id_ in zip(rows, take_ids(conn, table, len(rows)), strict=True):
        row["id"], row["run_id"] = id_, run_id


def _pin(conn: Connection, looks: Sequence[Seen]) -> None:
    """Keep an id seen for the first time; one that is pinned already stays, unless it is not proven yet."""
    pins = [
        {
            "account_id": look.observation.account_id,
            "namespace": look.pin.namespace,
            "value": look.pin.value,
            "since": look.observation.observed_at,
            "how": UNPROVEN if look.pin.unproven_since else PROVEN,
            "again_at": look.pin.again_at,
        }
        for look in looks
        if look.pin is not None
    ]
    if pins:
        conn.execute(_pinning(conn), pins)


def _pinning(conn: Connection) -> Insert:
    adding, pin = insert(conn, t.account_pin), t.account_pin.c
    new = adding.excluded
    return adding.on_conflict_do_update(
        index_elements=["account_id", "namespace"],
        set_={
            "value": new.value,
            "since": case((pin.value == new.value, pin.since), else_=new.since),  # the night that showed it first
            "how": new.how,
            "again_at": new.again_at,
        },
        where=IS_UNPROVEN,
    )


_FINISHED = (
    update(t.run_account)
    .where(t.run_account.c.run_id == bindparam("run"), t.run_account.c.account_id == bindparam("account"))
    .values(binds(("state", "lease_until", "observation_id", "findings", "observed_at", "finished_at")))
)


class _Written(NamedTuple):
    """By account: the id of its observation, and those of its findings in the order judged."""

    observations: Mapping[int, int]
    findings: Mapping[int, list[int]]


def _finish(conn: Connection, lease: Lease, looks: Sequence[Seen], written: _Written, now: datetime) -> None:
    finished_at = moment(conn, now)
    rows = [
        {
            "run": lease.run_id,
            "account": (account_id := look.observation.account_id),
            "state": SlotState.DONE.value,
            "lease_until": None,
            "observation_id": written.observations[account_id],
            "findings": dumps(written.findings.get(account_id, [])),
            "observed_at": moment(conn, look.observation.observed_at),
            "finished_at": finished_at,
        }
        for look in looks
    ]
    write_many(conn, _FINISHED, rows)


# --- the statements of a night
