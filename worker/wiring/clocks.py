"""Whether a deployment's clock can be right, in words.

newest run, dated answers, the clock ─▶ what speaks against it, and what would mend it
"""

from __future__ import annotations

from datetime import datetime

from audits.clocks import doubt
from audits.wording.said import Said, said
from worker.storage import SqlStore
from worker.storage.clocks import dated_answers, newest_row

_HOURS = 3600


def clock_doubt(store: SqlStore, now: datetime) -> Said | None:
    """What speaks against a clock that says `now` (UTC); None where nothing does. Letters wait by it, and the doctor
    says the same.
    """
    found = doubt(now, newest_row(store.db), dated_answers(store.db))
    if found is None:
        return None
    days, hours = found.by.days, int(found.by.total_seconds()) // _HOURS
    off = said("clock.days", count=days) if days else said("clock.hours", count=hours)
    return said(f"clock.{found.why.value}", off=off)
