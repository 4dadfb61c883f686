"""What a list names in words: addresses without a link, and names that may be an account's.

line ─┬ an address in plain text                           ─▶ the account
      ├ a registered account's name beside its platform's  ─▶ the account
      └ its name alone, behind an at sign or in a cell     ─▶ nobody knows which; it may stand there

Of an address that nothing on its host shows to be an account's, only a registered one is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from audits.listing.holding import Held, Identify
from audits.model import AddressKind
from audits.reading.listed import Line

_AROUND: Final = ".,;:!?()[]<>\"'”“’«»|–-"
_MOST_LABELS: Final = 40
_LONGEST: Final = 300  # a longer word is no address that anybody typed


@dataclass(frozen=True, slots=True)
class Worded:
    """An account that a line names; where `is_sure` is False, another may be meant."""

    number: int
    url: str
    line: str
    key: str
    platform: str
    is_sure: bool


def read_words(lines: Iterable[Line], held: Held, identify: Identify) -> Iterator[Worded]:
    """The accounts that the words of a list name, in order; links have been read before."""
    for line in lines:
        whole = " ".join((*line.words, *line.linked))
        for key, word, is_sure in _named_in(line, held, identify):
            platform = held.platforms.get(key, key.partition(":")[0])
            url = identify(word, platform).canonical_url or word
            yield Worded(line.number, url, whole, key, platform, is_sure)


def _named_in(line: Line, held: Held, identify: Identify) -> Iterator[tuple[str, str, bool]]:
    for part in line.words:
        for word in _split(part):
            yield from ((key, word, True) for key in _addressed(word, held, identify))
    labels = _labels(line)
    for part in (*line.words, *line.linked):
        for word, key in _names_in(part, held):
            name = word.removeprefix("@")
            is_apart = word != name or word == part.strip(_AROUND + " ")
            is_beside = any(identify(f"{label}: {name}", None).key == key for label in labels)
            is_told = identify(part, None).key == key or (is_apart and is_beside)
            if is_apart or (is_beside and part in line.words):
                yield key, word, is_told and part in line.words


def _names_in(part: str, held: Held) -> Collection[tuple[str, str]]:
    """The words that are some registered account's name, with its key; each once."""
    found = ((word, held.called.get(word.removeprefix("@").casefold(), ())) for word in _split(part))
    return dict.fromkeys((word, key) for word, keys in found for key in keys)


def _labels(line: Line) -> Collection[str]:
    """Words that may be a platform's name: of a long text those at its beginning."""
    words = (word for text in (line.heading, *line.words, *line.linked) for word in _split(text) if word.isalpha())
    return dict.fromkeys(islice(words, _MOST_LABELS))


def _split(text: str) -> list[str]:
    """Its words, without the signs around them; "Facebook:almestad" is two, an address one."""
    words = (word if "/" in word else word.replace(":", " ") for word in text.split())
    bare = (each.strip(_AROUND) for word in words for each in word.split())
    return [each for each in bare if 0 < len(each) <= _LONGEST]


def _addressed(word: str, held: Held, identify: Identify) -> Iterator[str]:
    if "." not in word:
        return
    if registered := held.named_by(word, "", identify):
        yield from registered
        return
    address = identify(word, None)
    if address.key and address.platform and address.kind is AddressKind.PROFILE:
        yield address.key
