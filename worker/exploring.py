"""The invented city's own sites walked, and the register held against what they link to.

Discovering ─walked▶ sightings ─┐
register ───────────────────────┴─reconcile▶ Discrepancy …
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audits.model import Source
from audits.reconciling import CODES, Discrepancy, Sources, reconcile
from worker.ports.walks import WalkKind
from worker.wiring.discovering import Discovering


def walked(discovering: Discovering) -> Sequence[Discrepancy]:
    """Walk the sites to the end; gives what they and the register disagree about."""
    walk, _ = discovering.begin(WalkKind.ASKED, discovering.today())
    while walk.ended_by is None:
        discovering.on(walk)
        walk = discovering.walks.latest_walk() or walk
    discovering.walks.close_walk(walk.id, discovering.deployment.clock())
    sources = Sources(
        accounts=discovering.deployment.store.accounts(),
        sighted=tuple(discovering.sightings.each_sighting()),
        read={Source.SITE},
    )
    return reconcile(sources, discovering.today())


def discrepancy_row(found: Discrepancy) -> Mapping[str, Any]:
    """One disagreement as plain values."""
    code, severity = CODES[found.what]
    return {**asdict(found), "what": found.what.value, "code": code, "severity": severity.value}
