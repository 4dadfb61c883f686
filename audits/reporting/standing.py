"""What stands confirmed, and the last look that showed it.

latest finding + standing ─is_shown▶ it was seen again ─ no ▶ Dossier.last_shown: what the last look that did found
id of another than the registered account ─registered_id▶ what the register has instead
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audits.controls import DOUBTED
from audits.model import Case, CaseState, Finding, Observation, Outcome, RegisteredId, Standing, without_counts
from audits.reporting.values import Dossier
from audits.rulebook import Ground, Routine

STANDS = frozenset({
    CaseState.CONFIRMED, CaseState.ACKNOWLEDGED, CaseState.CLAIMED_FIXED, CaseState.EXPLAINED, CaseState.SAID_NOT_OURS,
})  # fmt: skip


def is_shown(finding: Finding, standing: Standing, routine: Routine, look: Observation | None) -> bool:
    """Whether the latest look showed what stands confirmed, and may be believed."""
    same = (finding.outcome, finding.fingerprint) == (Outcome.FAILED, standing.fingerprint)
    doubted = routine.check.ground is Ground.LOOK and look is not None and look.reason == DOUBTED
    return same and not doubted


def hides(
    findings: Sequence[tuple[Finding, Standing]], routines: Mapping[str, Routine], look: Observation | None
) -> bool:
    """Whether something stands confirmed that the latest look did not show."""
    return any(
        standing.outcome is Outcome.FAILED and not is_shown(finding, standing, routines[finding.rule], look)
        for finding, standing in findings
        if finding.rule in routines
    )


def unshown(dossier: Dossier, routines: Mapping[str, Routine]) -> Iterator[tuple[Finding, Standing]]:
    """What stands confirmed, and is told, though the latest look did not show it: as the last look had it that did."""
    cases = {(case.rule, case.fingerprint): case for case in dossier.cases if case.state in STANDS}
    for finding, standing in dossier.findings:
        case, routine = cases.get((finding.rule, standing.fingerprint)), routines.get(finding.rule)
        if case is None or routine is None or standing.outcome is not Outcome.FAILED:
            continue
        if not is_shown(finding, standing, routine, dossier.observation):
            yield last_sight(dossier, case, standing), standing


def registered_id(dossier: Dossier, seen: Mapping[str, str]) -> RegisteredId | None:
    """What the register has where a look saw another id of the same kind."""
    namespace = seen.get("platform_id", "").partition(":")[0]
    return next((each for each in dossier.registered if each.id.namespace == namespace), None)


def last_sight(dossier: Dossier, case: Case, standing: Standing) -> Finding:
    """What the last look that showed a case found; where none is kept, what the case has, as of its confirmation."""
    shown = dossier.last_shown.get((case.rule, case.fingerprint))
    if shown is not None:
        return shown._replace(severity=case.severity)
    return Finding(
        account_id=case.account_id,
        rule=case.rule,
        outcome=Outcome.FAILED,
        observed_at=standing.decided_at or case.opened_at,
        severity=case.severity,
        fingerprint=case.fingerprint,
        seen=without_counts(case.seen),
    )
