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
from worker.storage.codec import Columns, finding_columns, observation_columns
from worker.storage.columns import dumps
from worker.storage.dialect import insert, lock_accounts, take_ids

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
    rows = [{**observation_columns(look.observation), "run_id": run_id} for look in looks]
    fresh = [row for row in rows if not _same(known.get(row["account_id"]), row)]
    _insert(conn, t.observation, fresh)
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
    rows = [{**finding_columns(finding), "run_id": run_id} for look in looks for finding in look.findings]
    fresh = [row for row in rows if not _same(known.get((row["account_id"], row["rule"])), row)]
    _insert(conn, t.finding, fresh)
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


def _insert(conn: Connection, table: Table, rows: Sequence[Columns]) -> None:
    """Number the rows and write them."""
    if rows:
        for row, id_ in zip(rows, take_ids(conn, table, len(rows)), strict=True):
            row["id"] = id_
        conn.execute(table.insert(), rows)


def _stand(conn: Connection, fresh: Sequence[Columns]) -> None:
    """Point each rule's standing at its latest finding; what is held true of it is decided when it is compared."""
    if fresh:
        adding = insert(conn, t.standing)
        adding = adding.on_conflict_do_update(
            index_elements=["account_id", "rule"], set_={"finding_id": adding.excluded.finding_id}
        )
        rows = [{"account_id": row["account_id"], "rule": row["rule"], "finding_id": row["id"]} for row in fresh]
        conn.execute(adding, rows)


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
    slot = t.run_account.c
    done = (
        update(t.run_account)
        .where(slot.run_id == lease.run_id, slot.account_id == bindparam("id"))
        .values(state=SlotState.DONE.value, lease_until=None, finished_at=now)
    )
    conn.execute(
        done,
        [
            {
                "id": (account_id := look.observation.account_id),
                "observation_id": observation_ids[account_id],
                "findings": dumps(finding_ids.get(account_id, [])),
                "observed_at": look.observation.observed_at,
            }
            for look in looks
        ],
    )
