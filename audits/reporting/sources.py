"""What a rule rests on, in words: a proposal and the law are never called the city's routine.

Routine ─source_of▶ the city's own sentence, the law's, or that the city has none yet
"""

from __future__ import annotations

from audits.rulebook import PROPOSALS, Routine
from audits.wording import phrase


def source_of(routine: Routine, language: str) -> str:
    """The sentence behind a rule; what only stands where a city's own is to come is told as that."""
    return phrase("digest.proposed", language) if routine.source in PROPOSALS.values() else routine.source
