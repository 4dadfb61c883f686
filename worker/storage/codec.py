"""Values to rows and back.

    Observation, Finding, Standing, Case, Run ⇄ row

Digests say whether a look saw anything new. They leave out when it was seen, how often it was tried, and the parts of
addresses that differ at every request: an asked address's query, and the host and signature of a picture's.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

import orjson

from audits.model import (
    Case,
    CaseState,
    Confirmation,
    Existence,
    Finding,
    Identity,
    Observation,
    Outcome,
    Pending,
    Route,
    Severity,
    Standing,
    Transport,
)
from worker.ports import Run, RunKind, RunState
from worker.storage.columns import Cells, Columns, clean, dumps
from worker.storage.facts import facts_from, facts_json, markers_from, markers_json


def digest_of(*parts: str | bool | None) -> str:
    """A short fingerprint of clean texts; equal parts give equal digests in every process."""
    return blake2b(orjson.dumps(parts), digest_size=16).hexdigest()


# --- what was seen


def observation_columns(observation: Observation) -> Columns:
    """All but the ids; `digest` covers what was seen and nothing else."""
    facts, url = facts_json(observation.facts), None if observation.url is None else clean(observation.url)
    said = {
        "transport": str(observation.transport),
        "existence": str(observation.existence),
        "identity": str(observation.identity),
        "route": str(observation.route) if observation.route else None,
        "reason": clean(observation.reason),
        "stated": observation.stated,
        "basis": clean(observation.basis),
        "markers": markers_json(observation.markers),
    }
    return {
        **said,
        "account_id": observation.account_id,
        "observed_at": observation.observed_at,
        "url": url,
        "facts": dumps(facts),
        "attempts": dumps(observation.attempts),
        "digest": digest_of(*said.values(), _without_query(url), dumps(_steady(facts))),
    }


def observation_from(cells: Cells, observed_at: datetime) -> Observation:
    """The observation of a row, as seen again at `observed_at`."""
    return Observation(
        account_id=cells["account_id"],
        observed_at=observed_at,
        transport=Transport(cells["transport"]),
        existence=Existence(cells["existence"]),
        identity=Identity(cells["identity"]),
        route=Route(cells["route"]) if cells["route"] else None,
        url=cells["url"],
        facts=facts_from(cells["facts"]),
        markers=markers_from(cells["markers"]),
        reason=cells["reason"],
        stated=cells["stated"],
        basis=cells["basis"],
        attempts=tuple(cells["attempts"]),
    )


def _steady(facts: Columns) -> Columns:
    """The facts without what a picture's address has of one request: its host and its signature."""
    picture = facts.get("avatar_url")
    return {**facts, "avatar_url": _path(picture)} if picture else facts


def _without_query(url: str | None) -> str | None:
    return url.partition("#")[0].partition("?")[0] if url else url


def _path(url: str) -> str:
    """`/a/b.jpg` of `https://cdn.example/a/b.jpg?signature`; never fails, whatever a page gave as an address."""
    return url.partition("?")[0].partition("//")[2].partition("/")[2]


# --- what was concluded


def finding_columns(finding: Finding) -> Columns:
    """All but the ids, ready for the driver; `digest` covers what makes a finding differ from the one before."""
    seen = dumps(dict(finding.seen)) if finding.seen else "{}"
    concluded = _concluded(
        finding.outcome, finding.severity, finding.fingerprint, finding.why, seen, finding.confirmation
    )
    evidence = markers_json(finding.evidence)
    return {"account_id": finding.account_id, "rule": finding.rule, "evidence": evidence, **concluded}


@lru_cache(2000)  # most rules conclude the same of most accounts: writing a night takes a sixth less
def _concluded(
    outcome: Outcome, severity: Severity, fingerprint: str, why: str, seen: str, confirmation: Confirmation
) -> Columns:
    parts = {
        "outcome": outcome.value,
        "severity": severity.value,
        "fingerprint": clean(fingerprint),
        "why": clean(why),
        "seen": seen,
        "confirmation": _confirmation_json(confirmation),
    }
    return {**parts, "digest": digest_of(*parts.values())}


@lru_cache  # the rules' few
def _confirmation_json(confirmation: Confirmation) -> str:
    return dumps((confirmation.looks, confirmation.hours, confirmation.gap_hours))


def finding_from(cells: Cells, observed_at: datetime, route: str | None) -> Finding:
    """The finding of a row, as it was found again at `observed_at` by way of `route`."""
    outcome, severity, confirmation = _graded(cells["outcome"], cells["severity"], *cells["confirmation"])
    return Finding(
        account_id=cells["account_id"],
        rule=cells["rule"],
        outcome=outcome,
        observed_at=observed_at,
        severity=severity,
        confirmation=confirmation,
        fingerprint=cells["fingerprint"],
        seen=cells["seen"],
        why=cells["why"],
        route=Route(route) if route else None,
        evidence=markers_from(cells["evidence"]),
    )


@lru_cache  # the rules' few
def _graded(
    outcome: str, severity: str, looks: int, hours: int, gap_hours: int
) -> tuple[Outcome, Severity, Confirmation]:
    confirmation = Confirmation(looks=looks, hours=hours, gap_hours=gap_hours)
    return Outcome(outcome), Severity(severity), confirmation


def standing_columns(standing: Standing) -> Columns:
    """All but the ids, ready for the driver but for its times."""
    pending = standing.pending
    return {
        "outcome": standing.outcome.value,
        "fingerprint": clean(standing.fingerprint),
        "severity": standing.severity.value if standing.severity else None,
        "decided_at": standing.decided_at,
        "pending_outcome": pending.outcome.value if pending else None,
        "pending_fingerprint": clean(pending.fingerprint) if pending else None,
        "pending_since": pending.since if pending else None,
        "pending_last": pending.last if pending else None,
        "pending_looks": pending.looks if pending else None,
    }


def standing_from(cells: Cells) -> Standing:
    return Standing(
        outcome=Outcome(cells["outcome"]),
        fingerprint=cells["fingerprint"],
        severity=Severity(cells["severity"]) if cells["severity"] else None,
        decided_at=cells["decided_at"],
        pending=_pending_from(cells) if cells["pending_outcome"] else None,
    )


def _pending_from(cells: Cells) -> Pending:
    return Pending(
        outcome=Outcome(cells["pending_outcome"]),
        fingerprint=cells["pending_fingerprint"],
        since=cells["pending_since"],
        last=cells["pending_last"],
        looks=cells["pending_looks"],
    )


def case_columns(case: Case) -> Columns:
    return {
        "account_id": case.account_id,
        "rule": case.rule,
        "fingerprint": case.fingerprint,
        "fingerprint_digest": digest_of(clean(case.fingerprint)),
        "state": case.state.value,
        "severity": case.severity.value,
        "opened_at": case.opened_at,
        "changed_at": case.changed_at,
        "seen": dumps(dict(case.seen)),
        "by": case.by,
        "reason": case.reason,
        "until": case.until,
    }


def case_from(cells: Cells) -> Case:
    return Case(
        account_id=cells["account_id"],
        rule=cells["rule"],
        fingerprint=cells["fingerprint"],
        state=CaseState(cells["state"]),
        severity=Severity(cells["severity"]),
        opened_at=cells["opened_at"],
        changed_at=cells["changed_at"],
        seen=cells["seen"],
        by=cells["by"],
        reason=cells["reason"],
        until=cells["until"],
    )


def run_from(cells: Cells) -> Run:
    return Run(
        id=cells["id"],
        kind=RunKind(cells["kind"]),
        local_date=cells["local_date"],
        state=RunState(cells["state"]),
        started_at=cells["started_at"],
        finished_at=cells["finished_at"],
        request_id=cells["request_id"],
        silent=cells["silent"],
    )
