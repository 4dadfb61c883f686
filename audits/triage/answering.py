"""What an administration says of a channel that it is asked about.

asked candidate + what was said ─answer_event▶ a line of its history      it stays asked: the officer decides
history ─answer_of▶ the last word since it was asked        ─answer_in_words▶ a sentence for the officer
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from audits.model import Occasion
from audits.reading.scrub import one_line
from audits.triage.candidates import Candidate, CandidateState, TriageEvent
from audits.triage.deciding import ASK, TriageRefused
from audits.wording import phrase
from audits.wording.said import said


class Answer(StrEnum):
    """The acts by which an administration answers; none of them is a decision."""

    OURS = "said_ours"
    NOT_OURS = "said_not_ours"
    UNKNOWN = "said_unknown"


ANSWERS: Final = tuple(Answer)


def answer_event(candidate: Candidate, answer: Answer, occasion: Occasion) -> TriageEvent:
    """The answer as a line of the candidate's history. Raises `TriageRefused` where nobody is asked any more."""
    if candidate.state is not CandidateState.ASKED:
        raise TriageRefused(said("refused.triage.not_asked", key=candidate.url or candidate.key))
    if not occasion.by:
        raise TriageRefused(said("refused.who_answers"))
    return TriageEvent(
        at=occasion.at,
        act=answer.value,
        state=candidate.state,
        by=occasion.by,
        reason=occasion.why,
        administration=candidate.administration,
    )


def answer_of(history: Sequence[TriageEvent]) -> TriageEvent | None:
    """The last answer to the last question; None where it was asked anew since."""
    last: TriageEvent | None = None
    for event in history:
        if event.act == ASK:
            last = None
        elif event.act in ANSWERS:
            last = event
    return last


def answer_in_words(event: TriageEvent, language: str) -> str:
    """Who said what, and why, on one line."""
    told = phrase(f"triage.answer.{event.act}", language, by=one_line(event.by, 120))
    return f"{told} ({one_line(event.reason, 400)})" if event.reason else told
