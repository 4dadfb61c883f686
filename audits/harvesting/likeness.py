"""Whether a handle is named like a publisher.

"CCLBA"                  Cook County Land Bank Authority     initials                    same
"ChiHousingAuthority"    Chicago Housing Authority           words cut short             same
"almestad_official"      almestad.example                    and what any name may have  same
"bibliotekalmestad"      almestad.example                    and words of its own        alike
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final
from unicodedata import normalize

from audits.harvesting.words import each_of

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})
_PART = re.compile(r"[a-z0-9]+")
_GLUE: Final = each_of(
    "the of and for in on at a an och i av de der die das des und fur den dem du la le les el los las y e da do "
    "dos di del della et van het og com org net www"
)
_COMMON: Final = each_of(
    "official officiell officielle offiziell oficial the city cityof town stad stads staden stadt kommun kommune "
    "kommunen gemeinde municipality county gov government tv news nyheter nytt live online web page hq int se no "
    "dk fi is de at ch uk us eu ca au nz fr es it nl be pl br com org net dot espanol english svenska deutsch "
    "francais info social media real my we ar en sv"
)
_GROUPS: Final = ("group", "gruppen", "gruppe", "groupe", "koncernen", "konzern", "holding", "corp", "corporate", "inc")
_LONGEST: Final = 100  # characters: names beyond that are sentences
_SHORTEST: Final = 3
_LONG: Final = 6


class Likeness(IntEnum):
    """How much a handle is named like a publisher."""

    NONE = 0
    ALIKE = 1  # the name, among other words
    SAME = 2  # the name, and nothing that another body could be called


@dataclass(frozen=True)
class Name:
    """A name that a publisher goes by."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        said = parts_of(self.text)
        return tuple(word for word in said if word not in _GLUE) or said

    @cached_property
    def whole(self) -> str:
        return "".join(self.words)

    @cached_property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)


def parts_of(text: str) -> tuple[str, ...]:
    """The words in lower-case ASCII: `Östra Älmestads-kommun` is `ostra almestads kommun`."""
    plain = normalize("NFKD", text[:_LONGEST].lower().translate(_LETTERS)).encode("ascii", "ignore").decode("ascii")
    return tuple(_PART.findall(plain))


def likeness(handle: str, name: Name) -> Likeness:
    """How much a handle is named like this name. Diacritics, case and separators do not count."""
    parts = parts_of(handle)
    whole = "".join(parts)
    if not whole or len(name.whole) < _SHORTEST - 1:
        return Likeness.NONE
    if _is_name(whole, parts, name):
        return Likeness.SAME
    return Likeness.ALIKE if _has_name(whole, parts, name) else Likeness.NONE


def is_group_of(handle: str, name: Name) -> bool:
    """Whether a handle is the name and a word for the group of companies above it."""
    return "".join(parts_of(handle)) in {f"{name.whole}{word}" for word in _GROUPS}


def _is_name(whole: str, parts: tuple[str, ...], name: Name) -> bool:
    spellings = {name.whole, name.text and "".join(parts_of(name.text))}
    if len(name.initials) >= _SHORTEST:
        spellings.add(name.initials)
    return any(_is_but_common(whole, spelling) for spelling in spellings) or (
        _initials_of(parts) == name.whole or _is_cut_short(whole, name.words)
    )


def _is_but_common(whole: str, name: str) -> bool:
    """Whether the name is all there is, apart from what any name may have before and after it."""
    if len(name) < 2:
        return False
    before, found, after = whole.partition(name)
    return bool(found) and _is_common(before) and _is_common(after)


def _is_common(text: str) -> bool:
    """Whether a text is made of common words and digits only."""
    ends = {0}
    for end in range(1, len(text) + 1):
        if any(text[start:end] in _COMMON or text[start:end].isdigit() for start in ends):
            ends.add(end)
    return len(text) in ends


def _initials_of(parts: tuple[str, ...]) -> str:
    words = [part for part in parts if not part.isdigit()]
    return "".join(word[0] for word in words) if len(words) >= _SHORTEST else "-"


def _is_cut_short(whole: str, words: tuple[str, ...]) -> bool:
    """Whether a handle is the words one after the other, each at least begun; some may be left out."""
    text = whole.rstrip("0123456789")
    reached = {(0, 0)}  # how far the handle is explained, by how many words
    for word in words:
        longer = {
            (start + length, used + 1)
            for start, used in reached
            for length in range(2, len(word) + 1)
            if text.startswith(word[:length], start)
        }
        reached |= longer
    return len(text) > _SHORTEST + 1 and any(end == len(text) and used > 1 for end, used in reached)


def _has_name(whole: str, parts: tuple[str, ...], name: Name) -> bool:
    size = len(name.whole)
    if name.whole in parts or (size >= _LONG and name.whole in whole):
        return True
    if size >= _SHORTEST and (whole.startswith(name.whole) or (size > _SHORTEST and whole.endswith(name.whole))):
        return True
    return len(whole) > _SHORTEST and 2 * len(whole) >= size and name.whole.startswith(whole)
