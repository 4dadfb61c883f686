"""Candidates: kept once by key and what they are about, and changed only by decisions.

found ─▶ inserted where new        keep: only onto the candidate as it was read, with its event and its change of the
                             register, in one transaction
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, select, update
from sqlalchemy import insert as plain_insert

from audits.model import Occasion
from audits.registering import RegisterChange
from audits.triage import About, Candidate, CandidateState, Origin, TriageEvent, Whose
from audits.triage.deciding import UNDO
from worker.ports.triage import CandidateMoved, Carried, KeptCandidate
from worker.storage import importing
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells, Columns
from worker.storage.dialect import insert
from worker.storage.engine import OnDatabase

_DECIDED = ("state", "changed_at", "account_id", "administration", "whose", "by", "reason", "note", "url")


@dataclass(frozen=True, slots=True)
class SqlTriage(OnDatabase):
    """`ports.triage.TriageStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def keep_found(self, found: Sequence[Candidate]) -> int:
        return self.db.write(lambda conn: _keep_found(conn, found))

    def candidates(self, states: Collection[CandidateState] | None = None) -> Sequence[Candidate]:
        query = select(t.candidate).order_by(t.candidate.c.first_seen_at, t.candidate.c.id)
        if states is not None:
            query = query.where(t.candidate.c.state.in_([each.value for each in states]))
        return self.db.read(lambda conn: tuple(map(_candidate, conn.execute(query).mappings())))

    def candidate(self, id_: int) -> KeptCandidate | None:
        return self.db.read(lambda conn: _kept(conn, select(t.candidate).where(t.candidate.c.id == id_)))

    def candidate_of(self, key: str, about: About) -> KeptCandidate | None:
        one = t.candidate.c
        query = select(t.candidate).where(one.key == key, one.about == about.value)
        return self.db.read(lambda conn: _kept(conn, query))

    def histories(self, ids: Collection[int]) -> Mapping[int, Sequence[TriageEvent]]:
        return self.db.read(lambda conn: _histories(conn, ids))

    def turned_changes(self, import_id: int) -> Sequence[RegisterChange]:
        return self.db.read(lambda conn: importing.turned_changes(conn, import_id))

    def keep_event(self, before: Candidate, after: Candidate, event: TriageEvent) -> None:
        self.db.write(lambda conn: _keep_event(conn, before, after, event))

    def keep_carried(self, before: Candidate, after: Candidate, event: TriageEvent, carried: Carried) -> Candidate:
        with importing.told_apart():
            return self.db.write(lambda conn: _keep_carried(conn, before, after, event, carried))


def _keep_found(conn: Connection, found: Sequence[Candidate]) -> int:
    """How many were new; counted by their ids, since a conflict tells no number on one of the databases."""
    if not found:
        return 0
    fresh = insert(conn, t.candidate).on_conflict_do_nothing(index_elements=["key", "about"])
    return len(conn.scalars(fresh.returning(t.candidate.c.id), list(map(_row, found))).all())


def _keep_event(conn: Connection, before: Candidate, after: Candidate, event: TriageEvent) -> None:
    one = t.candidate.c
    still = (one.id == before.id, one.state == before.state.value, one.changed_at == before.changed_at)
    row = _row(after)
    changed = update(t.candidate).where(*still).values({name: row[name] for name in _DECIDED})
    if conn.execute(changed).rowcount != 1:
        raise CandidateMoved(f"candidate {before.id} was decided by somebody else just now; look again")
    conn.execute(plain_insert(t.candidate_event).values(candidate_id=before.id, **_event_row(event)))


def _keep_carried(
    conn: Connection, before: Candidate, after: Candidate, event: TriageEvent, carried: Carried
) -> Candidate:
    entry = importing.Entry(Occasion(by=event.by, at=event.at, why=carried.why), "triage")
    import_id = importing.apply(conn, [carried.change], entry, after_import=carried.after_import)
    (back,) = importing.turned_changes(conn, import_id)
    numbered = after if event.act == UNDO else replace(after, account_id=back.account_id)
    _keep_event(conn, before, numbered, replace(event, account_id=numbered.account_id, import_id=import_id))
    return numbered


def _kept(conn: Connection, query: Select[Any]) -> KeptCandidate | None:
    row = conn.execute(query).mappings().one_or_none()
    if row is None:
        return None
    events = _histories(conn, [row["id"]]).get(row["id"], ())
    return KeptCandidate(candidate=_candidate(row), events=tuple(events))


def _histories(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[TriageEvent]]:
    found: dict[int, list[TriageEvent]] = {}
    event = t.candidate_event.c
    query = select(t.candidate_event).where(among(event.candidate_id, ids)).order_by(event.id)
    for row in conn.execute(query).mappings():
        found.setdefault(row["candidate_id"], []).append(_event(row))
    return found


def _row(each: Candidate) -> Columns:
    return {
        "key": each.key,
        "about": each.about.value,
        "platform": each.platform,
        "url": each.url,
        "name": each.name,
        "origin": each.origin.value,
        "first_seen_at": each.first_seen_at,
        "state": each.state.value,
        "changed_at": each.changed_at or each.first_seen_at,
        "account_id": each.account_id,
        "administration": each.administration,
        "whose": each.whose.value if each.whose else None,
        "by": each.by,
        "reason": each.reason,
        "note": each.note,
    }


def _candidate(cells: Cells) -> Candidate:
    return Candidate(
        id=cells["id"],
        key=cells["key"],
        about=About(cells["about"]),
        platform=cells["platform"],
        url=cells["url"],
        name=cells["name"],
        origin=Origin(cells["origin"]),
        first_seen_at=cells["first_seen_at"],
        state=CandidateState(cells["state"]),
        changed_at=cells["changed_at"],
        account_id=cells["account_id"],
        administration=cells["administration"],
        whose=Whose(cells["whose"]) if cells["whose"] else None,
        by=cells["by"],
        reason=cells["reason"],
        note=cells["note"],
    )


def _event_row(event: TriageEvent) -> Columns:
    return {
        "at": event.at,
        "act": event.act,
        "state": event.state.value,
        "by": event.by,
        "reason": event.reason,
        "administration": event.administration,
        "whose": event.whose.value if event.whose else None,
        "account_id": event.account_id,
        "import_id": event.import_id,
    }


def _event(cells: Cells) -> TriageEvent:
    return TriageEvent(
        at=cells["at"],
        act=cells["act"],
        state=CandidateState(cells["state"]),
        by=cells["by"],
        reason=cells["reason"],
        administration=cells["administration"],
        whose=Whose(cells["whose"]) if cells["whose"] else None,
        account_id=cells["account_id"],
        import_id=cells["import_id"],
    )
