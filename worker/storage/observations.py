"""What a look leaves behind, written in one transaction and only where it is new.

    lease + looks ─▶ slots still leased under this token ─▶ observation? ─▶ findings? ─▶ standing ─▶ slot done

A worker whose lease was taken over finds no slot of its own and writes nothing. One whose commit was lost on the way
finds its slots done under its own token and counts them without writing them again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, func, select, update

from worker.ports import Lease, Seen, SlotState
from worker.storage import tables as t
from worker.storage.codec import finding_columns, observation_columns
from worker.storage.columns import Columns, dumps
from worker.storage.dialect import binds, insert, lock_accounts, moment, take_ids, write_many

FIRST_LOOK = "first look"  # how an id came to be pinned


@dataclass(frozen=True, slots=True)
class _Known:
    """A row that stands, and the digest of what it says."""

    id: int
    digest: str


def record(conn: Connection, lease: Lease, looks: Sequence[Seen], now: datetime) -> int:
    """Write the looks at accounts that are still leased under this token; returns how many of all are written."""
    by_account = {look.observation.account_id: look for look in reversed(looks)}  # of two looks the first counts
    states = _slots(conn, lease, by_account)
    leased = sorted(id_ for id_, state in states.items() if state == SlotState.LEASED.value)
    if leased:
        _write(conn, lease, [by_account[id_] for id_ in leased], now)
    return sum(state in (SlotState.LEASED.value, SlotState.DONE.value) for state in states.values())


def _slots(conn: Connection, lease: Lease, ids: Collection[int]) -> Mapping[int, str]:
    """The slots that bear this lease's token, locked so that nobody takes them over meanwhile."""
    slot = t.run_account.c
    mine = (slot.run_id == lease.run_id, slot.account_id.in_(ids), slot.lease_token == lease.token)
    rows = select(slot.account_id, slot.state).where(*mine).order_by(slot.account_id).with_for_update()
    return {row.account_id: row.state for row in conn.execute(rows)}


def _write(conn: Connection, lease: Lease, looks: Sequence[Seen], now: datetime) -> None:
    ids = [look.observation.account_id for look in looks]
    lock_accounts(conn, ids)  # another run may be writing the same accounts
    observation_ids = _write_observations(conn, lease.run_id, looks, ids)
    finding_ids = _write_findings(conn, lease.run_id, looks)
    _pin(conn, looks)
    _finish(conn, lease, looks, observation_ids, finding_ids, now)


def _write_observations(conn: Connection, run_id: int, looks: Sequence[Seen], ids: Sequence[int]) -> Mapping[int, int]:
    """Id of each account's observation: the last one, or a new row where this look differs from it."""
    known = _last_observations(conn, ids)
    rows = [observation_columns(look.observation) for look in looks]
    fresh = [row for row in rows if not _same(known.get(row["account_id"]), row)]
    _number(conn, t.observation, fresh, run_id)
    for row in fresh:
        row["observed_at"] = moment(conn, row["observed_at"])
    write_many(conn, insert(conn, t.observation).values(binds(t.observation.c.keys())), fresh)
    return {
        **{account_id: each.id for account_id, each in known.items()},
        **{row["account_id"]: row["id"] for row in fresh},
    }


def _last_observations(conn: Connection, ids: Collection[int]) -> Mapping[int, _Known]:
    seen = t.observation.c
    latest = select(func.max(seen.id)).where(seen.account_id.in_(ids)).group_by(seen.account_id)
    rows = conn.execute(select(seen.account_id, seen.id, seen.digest).where(seen.id.in_(latest)))
    return {account_id: _Known(id_, digest) for account_id, id_, digest in rows}


def _write_findings(conn: Connection, run_id: int, looks: Sequence[Seen]) -> Mapping[int, list[int]]:
    """Ids of each account's findings in the order judged; a finding equal to its rule's last is that one."""
    known = _last_findings(conn, [look.observation.account_id for look in looks])
    rows = [finding_columns(finding) for look in looks for finding in look.findings]
    fresh = [row for row in rows if not _same(known.get((row["account_id"], row["rule"])), row)]
    _number(conn, t.finding, fresh, run_id)
    write_many(conn, insert(conn, t.finding).values(binds(t.finding.c.keys())), fresh)
    _stand(conn, fresh)
    ids: dict[int, list[int]] = {}
    for row in rows:
        ids.setdefault(row["account_id"], []).append(row.get("id") or known[row["account_id"], row["rule"]].id)
    return ids


def _last_findings(conn: Connection, ids: Collection[int]) -> Mapping[tuple[int, str], _Known]:
    stands, found = t.standing.c, t.finding.c
    query = (
        select(stands.account_id, stands.rule, found.id, found.digest)
        .join(t.finding, found.id == stands.finding_id)
        .where(stands.account_id.in_(ids))
    )
    return {(account_id, rule): _Known(id_, digest) for account_id, rule, id_, digest in conn.execute(query)}


def _same(known: _Known | None, row: Columns) -> bool:
    return known is not None and known.digest == row["digest"]


def _number(conn: Connection, table: Table, rows: Sequence[Columns], run_id: int) -> None:
    """Give new rows their ids, and the run that saw them first."""
    for row, id_ in zip(rows, take_ids(conn, table, len(rows)), strict=True):
        row["id"], row["run_id"] = id_, run_id


def _stand(conn: Connection, fresh: Sequence[Columns]) -> None:
    """Point each rule's standing at its latest finding; what is held true of it is decided when it is compared."""
    adding = insert(conn, t.standing).values(
        account_id=bindparam("account_id"), rule=bindparam("rule"), finding_id=bindparam("id")
    )
    latest = {"finding_id": adding.excluded.finding_id}
    write_many(conn, adding.on_conflict_do_update(index_elements=["account_id", "rule"], set_=latest), fresh)


def _pin(conn: Connection, looks: Sequence[Seen]) -> None:
    """Keep an id seen for the first time; one that is pinned already stays."""
    pins = [
        {
            "account_id": look.observation.account_id,
            "namespace": look.pin.namespace,
            "value": look.pin.value,
            "since": look.observation.observed_at,
            "how": FIRST_LOOK,
        }
        for look in looks
        if look.pin is not None
    ]
    if pins:
        conn.execute(insert(conn, t.account_pin).on_conflict_do_nothing(), pins)


def _finish(
    conn: Connection,
    lease: Lease,
    looks: Sequence[Seen],
    observation_ids: Mapping[int, int],
    finding_ids: Mapping[int, list[int]],
    now: datetime,
) -> None:
    slot, finished_at = t.run_account.c, moment(conn, now)
    given = ("state", "lease_until", "observation_id", "findings", "observed_at", "finished_at")
    done = update(t.run_account).where(slot.run_id == bindparam("run"), slot.account_id == bindparam("account"))
    rows = [
        {
            "run": lease.run_id,
            "account": (account_id := look.observation.account_id),
            "state": SlotState.DONE.value,
            "lease_until": None,
            "observation_id": observation_ids[account_id],
            "findings": dumps(finding_ids.get(account_id, [])),
            "observed_at": moment(conn, look.observation.observed_at),
            "finished_at": finished_at,
        }
        for look in looks
    ]
    write_many(conn, done.values(binds(given)), rows)
