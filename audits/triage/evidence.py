"""Why a channel may be the city's: where it stands linked, what it is called, and whose pages those are.

    sightings of the channel ─▶ pages, how sure they are, which of our channels name it
    its handle × the city's names ─▶ likeness
    registered accounts on the same pages, or in the same part of the site ─▶ the administration's name, as a guess

All of it is for a person who decides; nothing here decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from audits.harvesting.likeness import Likeness, Name, likeness
from audits.model import Account, Own, Sighted, Source

_MOST: Final = 10  # pages told
_OF_A_HOST: Final = 3  # accounts that a whole site must name before it says whose it is
_ENOUGH: Final = 2  # of three votes: a guess that most of the neighbours support


@dataclass(frozen=True, slots=True)
class Guess:
    """The administration that most of the channels around it belong to; `where` is the page or part that says so."""

    administration: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a channel being the city's. It decides nothing."""

    pages: tuple[str, ...] = ()  # the surest first, at most ten
    pages_in_all: int = 0
    says: str = ""  # what the surest page does with it: "in what frames the site's pages"
    is_likely: bool = False
    is_listed: bool = False
    named_by: tuple[str, ...] = ()  # addresses of our own channels that name it
    likeness: Likeness = Likeness.NONE
    guess: Guess | None = None


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Which administrations' registered accounts each page names, and each part of a site."""

    by_place: Mapping[str, Counter[str]]

    def guess(self, pages: Iterable[str]) -> Guess | None:
        """The nearest place around the pages at which one administration has most of the accounts."""
        places = [list(_places(page)) for page in pages]
        for place in chain.from_iterable(zip(*_same_length(places), strict=True)):
            votes = self.by_place.get(place, Counter())
            fewest = _OF_A_HOST if place.count("/") == 1 else 1
            if votes.total() >= fewest:
                (name, most), total = votes.most_common(1)[0], votes.total()
                if most * 3 >= total * _ENOUGH:
                    return Guess(name, place)
        return None


def neighbours_of(sighted: Iterable[Sighted], accounts: Mapping[str, Account]) -> Neighbours:
    """What the city's pages say of its administrations, from the accounts in `accounts` (by key) that they name."""
    votes: dict[str, Counter[str]] = {}
    told: set[tuple[str, str]] = set()  # an account counts once at each place
    for each in sighted:
        account = accounts.get(each.sighting.key or "")
        if account is None or not account.administration or each.source is not Source.SITE or not each.stands:
            continue
        for place in _places(each.sighting.page):
            if (place, account.key or "") not in told:
                told.add((place, account.key or ""))
                votes.setdefault(place, Counter())[account.administration] += 1
    return Neighbours(by_place=votes)


def evidence_of(handle: str, seen: Sequence[Sighted], names: Iterable[str], neighbours: Neighbours) -> Evidence:
    """What speaks for a channel, from the sightings of it that stand; `names` are the city's."""
    standing = [each for each in seen if each.stands]
    sites = sorted((each for each in standing if each.source is Source.SITE), key=_surest)
    pages = tuple(dict.fromkeys(each.sighting.page for each in sites))
    return Evidence(
        pages=pages[:_MOST],
        pages_in_all=len(pages),
        says=sites[0].sighting.why if sites else "",
        is_likely=any(each.sighting.own is Own.LIKELY for each in sites),
        is_listed=any(each.source is Source.LIST for each in standing),
        named_by=tuple(dict.fromkeys(each.sighting.page for each in standing if each.source is Source.PROFILE)),
        likeness=max((likeness(handle, Name(name)) for name in names), default=Likeness.NONE),
        guess=neighbours.guess(pages),
    )


_ORDER: Final = (Own.LIKELY, Own.UNKNOWN, Own.UNLIKELY)


def _surest(sighted: Sighted) -> tuple[int, int, str]:
    return _ORDER.index(sighted.sighting.own), len(sighted.sighting.page), sighted.sighting.page


def _places(page: str) -> Iterable[str]:
    """The page, then the parts of the site around it, the nearest first, down to its host."""
    parts = urlsplit(page)
    steps = [step for step in parts.path.split("/") if step]
    yield page
    for length in range(len(steps) - 1, 0, -1):
        yield f"{parts.netloc}/{'/'.join(steps[:length])}/"
    yield f"{parts.netloc}/"


def _same_length(places: list[list[str]]) -> list[list[str]]:
    """The far ends told again, so that the nearest places of all pages come before the farther ones of any."""
    longest = max(map(len, places), default=0)
    return [each + each[-1:] * (longest - len(each)) for each in places]
