"""Attestation rounds, what they ask, who answers instead, and the answers.

Round ─open▶ attestation_round, attestation_item        Answer ─keep▶ attestation_answer
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from audits.attesting import Round
from audits.model import Answer, Circumstances
from worker.ports.attesting import AskedRound, HandOver
from worker.storage import circumstances
from worker.storage import tables as t
from worker.storage.columns import Cells
from worker.storage.dialect import insert
from worker.storage.engine import OnDatabase


@dataclass(frozen=True, slots=True)
class SqlAttestations(OnDatabase):
    """`ports.attesting.AttestationStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def every_circumstance(self) -> Mapping[int, Circumstances]:
        return self.db.read(_everything)

    def begun_rounds(self) -> frozenset[tuple[str, str]]:
        return self.db.read(_begun)

    def open_rounds(self, rounds: Sequence[Round], now: datetime) -> Sequence[int]:
        return self.db.write(lambda conn: [id_ for each in rounds if (id_ := _open(conn, each, now)) is not None])

    def rounds(self) -> Sequence[AskedRound]:
        return self.db.read(_rounds)

    def round(self, round_id: int) -> AskedRound | None:
        return self.db.read(lambda conn: next(iter(_rounds(conn, round_id)), None))

    def keep_answers(self, answers: Sequence[Answer]) -> None:
        self.db.write(lambda conn: keep(conn, answers))

    def hand_over(self, round_id: int, hand_over: HandOver) -> None:
        self.db.write(lambda conn: _hand_over(conn, round_id, hand_over))


def _everything(conn: Connection) -> Mapping[int, Circumstances]:
    return circumstances.of(conn, conn.scalars(select(t.account.c.id).where(t.account.c.removed_at.is_(None))).all())


def _begun(conn: Connection) -> frozenset[tuple[str, str]]:
    asked = t.attestation_round.c
    return frozenset(
        (row.administration, row.period) for row in conn.execute(select(asked.administration, asked.period))
    )


def _open(conn: Connection, due: Round, now: datetime) -> int | None:
    """The new round's id; None where somebody else has opened it."""
    values = {
        "administration": due.administration,
        "period": due.period,
        "opened_at": now,
        "due_on": due.due_on,
    }
    adding = insert(conn, t.attestation_round).values(values).on_conflict_do_nothing()
    id_ = conn.execute(adding.returning(t.attestation_round.c.id)).scalar_one_or_none()
    if id_ is not None:
        items = [{"round_id": id_, "account_id": account, "question": question} for account, question in due.items]
        conn.execute(insert(conn, t.attestation_item), items)
    return id_


def _rounds(conn: Connection, round_id: int | None = None) -> Sequence[AskedRound]:
    asked = t.attestation_round.c
    query = select(t.attestation_round).order_by(asked.opened_at.desc(), asked.id.desc())
    if round_id is not None:
        query = query.where(asked.id == round_id)
    return tuple(_round(conn, row) for row in conn.execute(query).mappings().all())


def _round(conn: Connection, cells: Cells) -> AskedRound:
    item = t.attestation_item.c
    rows = conn.execute(
        select(item.account_id, item.question).where(item.round_id == cells["id"]).order_by(item.account_id)
    )
    items = tuple((row.account_id, row.question) for row in rows)
    waiting = circumstances.open_items(conn, {account for account, _ in items})
    return AskedRound(
        id=cells["id"],
        administration=cells["administration"],
        period=cells["period"],
        opened_at=cells["opened_at"],
        due_on=cells["due_on"],
        items=items,
        open=frozenset(each for each in items if each[1] in waiting.get(each[0], {})),
        hand_overs=_hand_overs(conn, cells["id"]),
    )


def _hand_overs(conn: Connection, round_id: int) -> tuple[HandOver, ...]:
    given = t.attestation_hand_over.c
    query = select(t.attestation_hand_over).where(given.round_id == round_id).order_by(given.id)
    return tuple(
        HandOver(to=row["to"], by=row["by"], at=row["at"], account_id=row["account_id"])
        for row in conn.execute(query).mappings()
    )


def keep(conn: Connection, answers: Sequence[Answer]) -> None:
    """Beside the earlier ones."""
    rows = [
        {
            "account_id": each.account_id,
            "question": each.question,
            "yes": each.yes,
            "by": each.by,
            "at": each.at,
            "note": each.note,
            "source_url": each.source_url,
        }
        for each in answers
    ]
    if rows:
        conn.execute(insert(conn, t.attestation_answer), rows)


def _hand_over(conn: Connection, round_id: int, given: HandOver) -> None:
    values = {"round_id": round_id, "account_id": given.account_id, "to": given.to, "by": given.by, "at": given.at}
    conn.execute(insert(conn, t.attestation_hand_over).values(values))
