"""The use cases, written against `ports`: no queue, no network library, no SQL; one file a concern.

a night        beginning     what is due ─▶ nights, rounds, releases
               night         begin ─▶ look ─▶ compare
               comparing     guard ─▶ drift ─▶ cases ─▶ close
               instruments   what an audit looks and judges with    beside       what rules see beside a look
               letting_go    which rules let go of what they found  pictures     profile pictures looked at
people         deciding      on cases             holding     on held changes      attesting   rounds and answers
               resting       rests, closings      ruling      changed rules        reorganising   administrations
               answering     buttons of letters
telling        telling       letters written      alerting    what cannot wait
               posting       letters sent         bouncing    letters that came back
elsewhere      discovering   the walk             short_links where they lead      linked      linked channels looked at
               public_list   read and published   reconciling the register held against everything else
               lookalikes    who may be taken for ours        triage           what waits for a decision

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
