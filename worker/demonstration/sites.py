"""The invented city's own sites walked and its public list read, and the register held against both.

Discovering ─walked▶ sightings ─┐
the published list ─────────────┼─find_out▶ Discrepancy …, and what waits for a person's decision
register ───────────────────────┘
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audits.reconciling import CODES, Discrepancy
from worker.ports.walks import WalkKind
from worker.wiring.discovering import Discovering
from worker.wiring.reconciling import Reconciling


def explored(discovering: Discovering) -> Sequence[Discrepancy]:
    """Walk the sites to the end and read the list; gives what they and the register disagree about."""
    walk, _ = discovering.begin(WalkKind.ASKED, discovering.today())
    while walk.ended_by is None:
        discovering.on(walk)
        walk = discovering.walks.latest_walk() or walk
    discovering.walks.close_walk(walk.id, discovering.deployment.clock())
    reconciling = Reconciling(discovering.deployment)
    reconciling.follow_list()
    return reconciling.find_out()


def discrepancy_row(found: Discrepancy) -> Mapping[str, Any]:
    """One disagreement as plain values."""
    code, severity = CODES[found.what]
    return {**asdict(found), "what": found.what.value, "code": code, "severity": severity.value}
