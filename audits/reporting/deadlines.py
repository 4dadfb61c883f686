"""By when a remark is to be mended: one rule, for the report and for every letter.

the rule's days + the day on which the administration was first told ─due_on▶ a day
"""

from __future__ import annotations

from datetime import date, timedelta

from audits.rulebook import Routine


def due_on(routine: Routine, told_on: date | None) -> date | None:
    """A local date; None where the rule sets no days, and while nobody has been told: nothing is late unheard."""
    if routine.due_days is None or told_on is None:
        return None
    return told_on + timedelta(days=routine.due_days)
