"""A hint to people who write a reason: what is kept here may have to be handed out, so nobody's health belongs in it.

reason ─▶ True where a word of it speaks of health; a hint, never a refusal
"""

from __future__ import annotations

import re
from typing import Final

# Word beginnings, Swedish and English. Each is long enough, or held to a whole word, not to hint at everyday ones:
# "sjukhus" and "sjukvård" are places and services that a city writes about, and "ill" stands in "tills".
_BEGINNINGS: Final = (
    "sjukskriv", "sjukledig", "sjukdom", "sjukfrånvar", "långtidssjuk", "insjukn", "utbränd", "utmattning", "deprim",
    "depression", "diagnos", "cancer", "operera", "gravid", "missfall", "vab", "missbruk", "rehab", "hjärtinfarkt",
    "stroke", "sick leave", "illness", "burnout", "burned out", "burnt out", "pregnan", "miscarriage", "surgery",
    "depress", "diagnosed", "maternity", "hospitalised", "hospitalized", "medical leave",
)  # fmt: skip
_WHOLE: Final = ("sjuk", "sjuka", "sick", "ill", "unwell")
_SPEAKS: Final = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(map(re.escape, _BEGINNINGS))})|(?:{'|'.join(_WHOLE)})(?!\w))", re.IGNORECASE
)


def speaks_of_health(reason: str) -> bool:
    """Whether a reason seems to speak of somebody's health."""
    return _SPEAKS.search(reason) is not None
