"""What stands beside the accounts: rests, closings, what was asked and answered, pictures, and when each was last seen.

account ids ─▶ {id: Circumstances}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from audits.model import Answer, Asked, Circumstances, Closing, Picture, Rest, StepDone
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells
from worker.storage.seen import said_how_it_stands


@dataclass(frozen=True, slots=True)
class _Beside:
    """What was read of all the accounts, by account id."""

    answers: Mapping[int, dict[str, Answer]]
    asked: Mapping[int, dict[str, Asked]]
    rests: Mapping[int, Rest]
    closings: Mapping[int, Closing]
    added: Mapping[int, datetime]
    seen: Mapping[int, datetime]
    pictures: Mapping[int, Picture]

    def of(self, id_: int) -> Circumstances:
        return Circumstances(
            answers=self.answers.get(id_, {}),
            asked=self.asked.get(id_, {}),
            rest=self.rests.get(id_),
            closing=self.closings.get(id_),
            added_at=self.added.get(id_),
            last_seen_at=self.seen.get(id_),
            picture=self.pictures.get(id_),
        )


def of(conn: Connection, ids: Collection[int]) -> Mapping[int, Circumstances]:
    """Everything that stands beside these accounts."""
    beside = _Beside(
        answers(conn, ids), open_items(conn, ids), rests(conn, ids), closings(conn, ids), _added(conn, ids),
        _seen(conn, ids), pictures(conn, ids),
    )  # fmt: skip
    return {id_: beside.of(id_) for id_ in ids}


def answers(conn: Connection, ids: Collection[int]) -> Mapping[int, dict[str, Answer]]:
    """The latest answer to each question."""
    said = t.attestation_answer.c
    latest = select(func.max(said.id)).where(among(said.account_id, ids)).group_by(said.account_id, said.question)
    found: dict[int, dict[str, Answer]] = {}
    for row in conn.execute(select(t.attestation_answer).where(said.id.in_(latest))).mappings():
        found.setdefault(row["account_id"], {})[row["question"]] = answer_from(row)
    return found


def answer_from(cells: Cells) -> Answer:
    return Answer(
        account_id=cells["account_id"],
        question=cells["question"],
        yes=cells["yes"],
        by=cells["by"],
        at=cells["at"],
        note=cells["note"],
        source_url=cells["source_url"],
    )


def open_items(conn: Connection, ids: Collection[int]) -> Mapping[int, dict[str, Asked]]:
    """What was asked and has not been answered since; asked twice, the earlier time counts."""
    item, asked, said = t.attestation_item.c, t.attestation_round.c, t.attestation_answer.c
    answered = exists().where(
        said.account_id == item.account_id, said.question == item.question, said.at >= asked.opened_at
    )
    query = (
        select(t.attestation_item, asked.opened_at, asked.due_on)
        .join(t.attestation_round, asked.id == item.round_id)
        .where(among(item.account_id, ids), ~answered)
        .order_by(asked.opened_at.desc())
    )
    found: dict[int, dict[str, Asked]] = {}
    for row in conn.execute(query).mappings():
        found.setdefault(row["account_id"], {})[row["question"]] = Asked(
            round_id=row["round_id"],
            account_id=row["account_id"],
            question=row["question"],
            at=row["opened_at"],
            due_on=row["due_on"],
        )
    return found


def rests(conn: Connection, ids: Collection[int]) -> Mapping[int, Rest]:
    """The rest that ends last, of those that nobody took back."""
    planned = t.rest.c
    query = select(t.rest).where(among(planned.account_id, ids), planned.ended_at.is_(None))
    rows = conn.execute(query.order_by(planned.until, planned.id)).mappings()
    return {row["account_id"]: rest_from(row) for row in rows}


def rest_from(cells: Cells) -> Rest:
    return Rest(
        id=cells["id"],
        account_id=cells["account_id"],
        starts_on=cells["starts_on"],
        until=cells["until"],
        reason=cells["reason"],
        by=cells["by"],
    )


def closings(conn: Connection, ids: Collection[int] | None) -> Mapping[int, Closing]:
    """The closings that are under way, of these accounts or of all."""
    under_way = t.closing.c
    query = select(t.closing).where(under_way.ended_at.is_(None)).order_by(under_way.id)
    if ids is not None:
        query = query.where(among(under_way.account_id, ids))
    rows = conn.execute(query).mappings().all()
    done = _steps(conn, [row["id"] for row in rows])
    return {row["account_id"]: closing_from(row, done.get(row["id"], {})) for row in rows}


def closing_from(cells: Cells, done: Mapping[str, StepDone]) -> Closing:
    return Closing(
        id=cells["id"],
        account_id=cells["account_id"],
        started_at=cells["started_at"],
        closes_on=cells["closes_on"],
        by=cells["by"],
        reason=cells["reason"],
        successor=cells["successor"],
        done=done,
    )


def _steps(conn: Connection, ids: Collection[int]) -> Mapping[int, dict[str, StepDone]]:
    found: dict[int, dict[str, StepDone]] = {}
    query = select(t.closing_step).where(t.closing_step.c.closing_id.in_(ids)).order_by(t.closing_step.c.at)
    for row in conn.execute(query).mappings() if ids else ():
        found.setdefault(row["closing_id"], {})[row["step"]] = StepDone(
            step=row["step"], at=row["at"], by=row["by"], how=row["how"], note=row["note"]
        )
    return found


def _added(conn: Connection, ids: Collection[int]) -> Mapping[int, datetime]:
    registered = t.account.c
    rows = conn.execute(select(registered.id, registered.added_at).where(among(registered.id, ids)))
    return {row.id: row.added_at for row in rows}


def _seen(conn: Connection, ids: Collection[int]) -> Mapping[int, datetime]:
    """The last look that could tell whether the account is there."""
    slot = t.run_account.c
    last = (
        select(slot.observed_at)
        .join(t.observation, t.observation.c.id == slot.observation_id)
        .where(slot.account_id == t.account.c.id, said_how_it_stands())
        .order_by(slot.finished_at.desc())
        .limit(1)
        .correlate(t.account)
        .scalar_subquery()
    )
    rows = conn.execute(select(t.account.c.id, last).where(among(t.account.c.id, ids)))
    return {id_: at for id_, at in rows if at is not None}


def pictures(conn: Connection, ids: Collection[int]) -> Mapping[int, Picture]:
    shown = t.picture.c
    rows = conn.execute(select(shown.account_id, shown.url, shown.fingerprint).where(among(shown.account_id, ids)))
    return {row.account_id: Picture(url=row.url, fingerprint=row.fingerprint) for row in rows}
