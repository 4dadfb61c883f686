"""What people answer for where no look reaches: was it confirmed in time, and what was said?

Asked and not answered by the last day fails as overdue; a "no" fails as denied; an answer holds until it expires.
"""

from __future__ import annotations

from datetime import datetime

from audits.model import Circumstances, Closing
from audits.rulebook import Verdict, failed, inapplicable, passed, rule


@rule
def attested(
    circumstances: Circumstances, is_main: bool, now: datetime, *, question: str, days: int
) -> Verdict:  # what a check sees
    """A question was answered with yes in the last days; of a main account the level `main` is told."""
    level = "main" if is_main else ""
    answer, asked = circumstances.answers.get(question), circumstances.asked.get(question)
    if asked is not None and now.date() > asked.due_on:
        return failed(f"overdue since {asked.due_on}", level=level, asked_on=asked.at.date(), due_on=asked.due_on)
    if answer is None:
        return inapplicable("never asked" if asked is None else "asked, and still in time")
    said = answer.at.date()
    if not answer.yes:
        return failed(f"denied on {said}", level=level, answered_by=answer.by, answered_on=said)
    if (now.date() - said).days > days:
        return inapplicable("the answer has expired; it is asked for anew")
    return passed(f"confirmed by {answer.by} on {said}")


@rule
def not_denied(circumstances: Circumstances, *, question: str) -> Verdict:
    """Nobody has answered a question with no; silence is another rule's."""
    answer = circumstances.answers.get(question)
    if answer is None:
        return inapplicable("never answered")
    said = answer.at.date()
    if answer.yes:
        return passed(f"confirmed by {answer.by} on {said}")
    return failed(f"denied on {said}", answered_by=answer.by, answered_on=said)


@rule
def closed_in_time(closing: Closing | None, now: datetime) -> Verdict:
    """A decided closing is done on the day it was decided for."""
    if closing is None:
        return inapplicable("no closing under way")
    if now.date() <= closing.closes_on:
        return passed(f"until {closing.closes_on}")
    return failed(closing.closes_on, closes_on=closing.closes_on, decided_by=closing.by)
