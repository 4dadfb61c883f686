"""What becomes of a channel that somebody found or reported.

    found by reconciling, reported by an editor ─▶ Candidate ─deciding▶ registered · not ours · asked ─undo▶ open
    sightings around it                         ─evidence▶ why it may be the city's, and whose there
    an administration that is asked             ─answering▶ its word, for whoever decides

candidates   a channel that waits            registering   a decision as a change of the register
reporting    an editor's form, understood    telling       what speaks for a candidate, in words

A candidate is known by its channel, never by a walk or a run: what people decided of it holds whatever is found again.
"""

from audits.triage.answering import ANSWERS, Answer, answer_event, answer_in_words, answer_of
from audits.triage.candidates import (
    About,
    Candidate,
    CandidateState,
    Origin,
    TriageEvent,
    Whose,
    candidates_from,
)
from audits.triage.deciding import Decision, TriageRefused, decide, undo
from audits.triage.evidence import Evidence, Guess, evidence_of
from audits.triage.registering import Called, change_for
from audits.triage.reporting import Understood, understood
from audits.triage.telling import channel_in_words, evidence_in_words, state_in_words
