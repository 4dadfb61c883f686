"""What people answer for where no look reaches: was it confirmed in time, and what was said?

Asked and not answered by the last day fails as overdue; a "no" fails as denied; an answer holds until it expires.
"""

from __future__ import annotations

from audits.attesting import ASKED_ON, DUE_ON
from audits.days import Now
from audits.model import Circumstances, Closing
from audits.rulebook import Verdict, failed, inapplicable, passed, rule
from audits.wording.said import said


@rule
def attested(
    circumstances: Circumstances, is_main: bool, now: Now, *, question: str, days: int
) -> Verdict:  # what a check sees
    """A question was answered with yes in the last days; of a main account the level `main` is told."""
    level = "main" if is_main else ""
    answer, asked = circumstances.answers.get(question), circumstances.asked.get(question)
    if asked is not None and now.today > asked.due_on:
        overdue = said("evidence.overdue", day=asked.due_on)
        return failed(overdue, level=level, **{ASKED_ON: now.day_of(asked.at), DUE_ON: asked.due_on})
    if answer is None:
        return inapplicable(said("evidence.never_asked") if asked is None else said("evidence.in_time"))
    answered_on = now.day_of(answer.at)
    if not answer.yes:
        denied = said("evidence.denied", day=answered_on)
        return failed(denied, level=level, answered_by=answer.by, answered_on=answered_on)
    if (now.today - answered_on).days > days:
        return inapplicable(said("evidence.expired"))
    return passed(said("evidence.confirmed", by=answer.by, day=answered_on))


@rule
def not_denied(circumstances: Circumstances, now: Now, *, question: str) -> Verdict:
    """Nobody has answered a question with no; silence is another rule's."""
    answer = circumstances.answers.get(question)
    if answer is None:
        return inapplicable(said("evidence.never_answered"))
    answered_on = now.day_of(answer.at)
    if answer.yes:
        return passed(said("evidence.confirmed", by=answer.by, day=answered_on))
    return failed(said("evidence.denied", day=answered_on), answered_by=answer.by, answered_on=answered_on)


@rule
def closed_in_time(closing: Closing | None, now: Now) -> Verdict:
    """A decided closing is done on the day it was decided for."""
    if closing is None:
        return inapplicable(said("evidence.no_closing"))
    if now.today <= closing.closes_on:
        return passed(said("evidence.until", day=closing.closes_on))
    return failed(closing.closes_on, closes_on=closing.closes_on, decided_by=closing.by)
