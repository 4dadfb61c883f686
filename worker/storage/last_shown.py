"""Which look last showed what stands confirmed or is suspected, whatever the looks since then could see.

standings ─the newest compared look that found the same, and may be believed▶ its run ─▶ that look's finding

The looks of an account are walked from the newest back, so the price is that of the nights since it was last seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias

from sqlalchemy import BigInteger, ColumnElement, Connection, ScalarSelect, case, cast, exists, not_, or_, select, true

from audits.model import Finding, Outcome
from worker.storage import controls
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import finding_from
from worker.storage.dialect import elements
from worker.storage.seen import is_doubted

_STANDS: Final = t.standing.c.outcome == Outcome.FAILED.value
Shown: TypeAlias = Mapping[tuple[str, str], Finding]
"""By rule and fingerprint, what the last look that showed it found."""


def of(conn: Connection, ids: Collection[int]) -> Mapping[int, Shown]:
    """By account, the last counted sight of each thing that stands confirmed, or else is suspected; what no kept look
    shows is left out.
    """
    standing, slot, found = t.standing.c, t.run_account.alias(), t.finding.alias()
    stands = select(standing.account_id, standing.rule, standing.fingerprint, _last_run(conn).label("run_id"))
    holds = or_(_STANDS, standing.pending_outcome.is_not(None))
    last = stands.where(among(standing.account_id, ids), holds).subquery()
    each = elements(conn, slot.c.findings)
    query = (
        select(found, slot.c.observed_at.label("shown_at"), t.observation.c.route.label("shown_by"))
        .select_from(last)
        .join(slot, (slot.c.run_id == last.c.run_id) & (slot.c.account_id == last.c.account_id))
        .join(t.observation, t.observation.c.id == slot.c.observation_id)
        .join(each, true())
        .join(found, found.c.id == cast(each.c.value, BigInteger))
        .where(found.c.rule == last.c.rule)
    )
    shown: dict[int, dict[tuple[str, str], Finding]] = {}
    for row in conn.execute(query).mappings():
        finding = finding_from(row, row["shown_at"], row["shown_by"])
        shown.setdefault(row["account_id"], {})[finding.rule, finding.fingerprint] = finding
    return shown


def _last_run(conn: Connection) -> ScalarSelect[Any]:
    """The run of the newest look that showed what a row of `standing` holds."""
    slot, seen = t.run_account.c, t.observation.c
    return (
        select(slot.run_id)
        .join(t.observation, seen.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(
            slot.account_id == t.standing.c.account_id,
            slot.compared == true(),
            not_(is_doubted(controls.read_wrong_ever(conn))),
            _shows(conn),
        )
        .order_by(slot.finished_at.desc(), slot.run_id.desc())
        .limit(1)
        .correlate(t.standing)
        .scalar_subquery()
    )


def _shows(conn: Connection) -> ColumnElement[bool]:
    each, found, standing = elements(conn, t.run_account.c.findings), t.finding.c, t.standing.c
    return exists(
        select(found.id)
        .select_from(each)
        .join(t.finding, found.id == cast(each.c.value, BigInteger))
        .where(
            found.rule == standing.rule,
            found.outcome == Outcome.FAILED.value,
            found.fingerprint == case((_STANDS, standing.fingerprint), else_=standing.pending_fingerprint),
        )
        .correlate(t.standing, t.run_account)
    )
