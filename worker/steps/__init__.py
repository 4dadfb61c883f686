"""The use cases, written against `ports`: no queue, no network library, no SQL; one file a concern.

beginning    what is due ─▶ nights, rounds, releases
night        begin ─▶ look ─▶ compare
comparing    guard ─▶ drift ─▶ cases ─▶ close

The steps of a night can be had from here; every other concern from its own file.
"""

from __future__ import annotations

from worker.steps.comparing import compare, compare_account, follow_cases
from worker.steps.instruments import MOST_ACCOUNTS, Instruments
from worker.steps.night import (
    LEASE_MARGIN,
    NO_ADDRESS,
    PATIENCE,
    RECHECK_AFTER,
    Told,
    advance_run,
    begin_audit,
    begin_confirmations,
    begin_due_nights,
    judged,
    lane_of,
    look,
    nights_due,
    slots,
    usual_visit,
    visit_of,
)

__all__ = [
    "LEASE_MARGIN",
    "MOST_ACCOUNTS",
    "NO_ADDRESS",
    "PATIENCE",
    "RECHECK_AFTER",
    "Instruments",
    "Told",
    "advance_run",
    "begin_audit",
    "begin_confirmations",
    "begin_due_nights",
    "compare",
    "compare_account",
    "follow_cases",
    "judged",
    "lane_of",
    "look",
    "nights_due",
    "slots",
    "usual_visit",
    "visit_of",
]
