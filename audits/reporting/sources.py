"""What a rule rests on, in words: a proposal and the law are never called the city's routine.

Routine ─source_of▶ the city's own sentence, the law's, or that the city has none yet
        └foreign▶ the language of that sentence, where it is not the reader's
"""

from __future__ import annotations

from audits.rulebook import PROPOSALS, Routine
from audits.wording import phrase


def source_of(routine: Routine, language: str) -> str:
    """The sentence behind a rule; what only stands where a city's own is to come is told as that."""
    return phrase("digest.proposed", language) if routine.source in PROPOSALS.values() else routine.source


def foreign(routine: Routine, language: str) -> str:
    """The language of the sentence behind a rule, for a screen reader to say it in; "" where it is the reader's own.

    A city writes a rule's title first in the language of its routine, so the first one of the title is taken for it.
    """
    written = next(iter(routine.title), language)
    return "" if written == language or source_of(routine, language) != routine.source else written
