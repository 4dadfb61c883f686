"""Why something could not be had: named where it happened, in words where it is read.

"stopped: dns: museet.example" ─heard▶ what the names mean, one behind the other, and the fact ─in_words▶ as people read it

Each name (`reason.…`) stands before a colon, behind it what it comes of: another name, or a fact such as a host or a
number; what readers name so stands in `looks.po`. A wall is kept by the sign that it was known by. Somebody else's own words are quoted, and so is the answer of a mail
server (RFC 5321, 4.2: a code, then words).
"""

from __future__ import annotations

import re
from typing import Final

from audits.wording import catalogue, evidence
from audits.wording.said import FIRST, Said, said, told_in

_ANSWER: Final = re.compile(r"[2-5](\d\d[ -]|\.\d{1,3}\.\d)\S.*", re.S)
_SIGN: Final = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")  # how config/markers names its signs
_LONGEST: Final = 600  # of names and a fact; what is longer is told as it stands


def quoted(words: str) -> str:
    """Another's own words, as they may stand behind a name."""
    return f'"{words}"'


def in_words(kept: str, language: str) -> str:
    """A reason as people of that language read it; what was never named is told as evidence is."""
    told = heard(kept)
    return told_in(language, told) if isinstance(told, Said) else evidence.in_words(kept, language)


def heard(kept: str) -> str:
    """The sentence that a reason is: of names, of a mail server's answer, or one kept as evidence; else the text."""
    if isinstance(kept, Said) or len(kept) > _LONGEST:
        return kept
    if _ANSWER.fullmatch(kept):
        return said("reasons.answered", words=kept)
    named = _named(kept)
    if isinstance(named, Said):
        return named
    return said("reasons.sign", sign=kept) if _SIGN.fullmatch(kept) else evidence.sentence_of(kept)


def _named(kept: str) -> str:
    name, _, more = kept.partition(": ")
    if f"reason.{name}" not in catalogue(FIRST):
        return kept
    reason = said(f"reason.{name}")
    return said("reasons.because", reason=reason, of=_named(more)) if more else reason
