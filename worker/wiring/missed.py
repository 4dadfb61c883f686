"""What to say of nights in which nobody looked, once the next one has begun.

the latest night before a tick, the latest one after it ─▶ the dates between them, in words; "" where there are none
"""

from __future__ import annotations

from audits.wording.said import said
from worker.ports import Run, RunKind
from worker.schedule import missed_nights
from worker.wiring import Deployment


def latest_night(deployment: Deployment) -> Run | None:
    """The latest night that has begun."""
    return deployment.store.latest_run(RunKind.NIGHTLY)


def missed_since(before: Run | None, deployment: Deployment) -> str:
    """That the nights between `before` and the latest one were missed; they are not made up."""
    begun = latest_night(deployment)
    missed = missed_nights(before.local_date, begun.local_date) if before and begun else ()
    return said("terminal.up.missed", count=len(missed), first=missed[0], last=missed[-1]) if missed else ""
