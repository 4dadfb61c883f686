"""A letter's subject: what there is to do stands first, whose it is last, and no more than a list of letters shows.

counts + who ─headline▶ 1 akut, 7 nya – Kulturförvaltningen
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from audits.digest.voice import in_short
from audits.wording import phrase

LONGEST: Final = 60  # letters; a telephone shows about 40 of them, a desk about 70
_WHO: Final = 36


def headline(key: str, language: str, counts: Sequence[str], who: str = "") -> str:
    """As many of the counts as have room, the gravest first and one at least; `key` says where they stand.

    What is left out stands in the letter itself.
    """
    owner = in_short(who, _WHO)
    tried = (
        phrase(key, language, counts=_begun(", ".join(counts[:kept])), who=owner) for kept in range(len(counts), 0, -1)
    )
    shortest = ""
    for shortest in tried:
        if len(shortest) <= LONGEST:
            break
    return shortest


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
