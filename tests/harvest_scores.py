"""How well official pages are harvested: `python -m tests.harvest_scores [--misses]`.

recorded official pages, their links labelled by hand ─▶ harvest ─▶ found, called own, taken for accounts

What the labels mean (`truth.social_links`, one for each link that a person found):

    own           an account of the page's publisher          kind profile, own: likely
    other_org     an account of somebody else: a person, an   kind profile, own: unlikely or unknown; never likely
                  author, a partner, the body above; also a
                  platform's page about privacy               kind other
    share_button  passes the page on                          kind share
    embed         one post or video, shown or linked; also    kind post or embed (other, where the platform has no
                  scripts, pictures and pixels                form for it); never profile

The same account may be labelled several times, once for each way in which its address is written. The words for
places and invitations were written from every second page, in the order of their names, and held against the others.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from audits.addresses import identify
from audits.harvesting import harvest
from audits.model import Own, Sighting, SightingKind
from audits.platforms import GRAMMARS
from config.exclusions import load_exclusions
from tests.corpus import Recording, recordings

NO_ACCOUNT: Final = ("share_button", "embed")


@dataclass(slots=True)
class Score:
    """Labels counted by what became of them, and every miss in words."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    @property
    def found(self) -> float:
        """The share of own accounts that were seen at all."""
        return self.share("own seen", "own")

    @property
    def called_own(self) -> float:
        """The share of own accounts that were called likely."""
        return self.share("own likely", "own")

    @property
    def others_called_own(self) -> float:
        return self.share("other_org likely", "other_org")

    @property
    def taken_for_accounts(self) -> int:
        """Share buttons, posts and embeds that were told as profiles."""
        return sum(self.counts[f"{kind} profile"] for kind in NO_ACCOUNT)

    def __str__(self) -> str:
        return (
            f"own {self.counts['own']}: found {self.found:.1%}, called own {self.called_own:.1%}; "
            f"others {self.counts['other_org']}: called own {self.others_called_own:.1%}; "
            f"share buttons and embeds {sum(self.counts[kind] for kind in NO_ACCOUNT)}: "
            f"taken for accounts {self.taken_for_accounts}"
        )


def pages() -> tuple[Recording, ...]:
    """The recorded official pages, by name."""
    return tuple(sorted(recordings("website"), key=lambda each: each.file))


def halves() -> tuple[Sequence[Recording], Sequence[Recording]]:
    """Those that the words were written from, and those that they were held against."""
    given = pages()
    return given[::2], given[1::2]


def score(given: Sequence[Recording]) -> Score:
    told = Score()
    exclusions = load_exclusions()
    for recording in given:
        seen = harvest(recording.page(), GRAMMARS, exclusions)
        for label in recording.truth.get("social_links") or ():
            _hold(told, recording.file, label, seen)
    return told


def _hold(told: Score, file: str, label: dict[str, Any], seen: Sequence[Sighting]) -> None:
    kind, key = label["kind"], identify(label["url"], None, GRAMMARS).key
    told.counts[kind] += 1
    for word in _became(kind, label["url"], key, seen):
        told.counts[f"{kind} {word}"] += 1
    if miss := _miss(kind, label["url"], key, seen):
        told.misses.append(f"{file}: {kind} {label['url'][:120]}: {miss}")


def _became(kind: str, url: str, key: str | None, seen: Sequence[Sighting]) -> Iterator[str]:
    if kind in NO_ACCOUNT:
        yield from {each.kind.value for each in seen if each.url == url} or {"left out"}
    else:
        account = _account(key, seen)
        yield from ("seen", account.own.value) if account else ("unseen",)


def _account(key: str | None, seen: Sequence[Sighting]) -> Sighting | None:
    profiles = (each for each in seen if each.kind is SightingKind.PROFILE)
    return next((each for each in profiles if each.key == key), None)


def _miss(kind: str, url: str, key: str | None, seen: Sequence[Sighting]) -> str:
    if kind in NO_ACCOUNT:
        return next((each.why for each in seen if each.url == url and each.kind is SightingKind.PROFILE), "")
    account = _account(key, seen)
    if kind == "own":
        return f"{account.own.value}: {account.why}" * (account.own is not Own.LIKELY) if account else "not seen"
    return account.why if account and account.own is Own.LIKELY else ""


def seconds_for_three_megabytes(recording: Recording) -> float:
    """The processor time for one page that is repeated until it is 3 MB long."""
    body = recording.body()
    page = recording.page(body=(body * (3_000_000 // len(body) + 1))[:3_000_000])
    began = time.process_time()
    harvest(page, GRAMMARS, load_exclusions())
    return time.process_time() - began


def main() -> None:
    written, held = halves()
    for name, given in (("written from", written), ("held against", held), ("all", pages())):
        told = score(given)
        sys.stdout.write(f"{name}, {len(given)} pages: {told}\n")
        if "--misses" in sys.argv:
            sys.stdout.write("".join(f"  {miss}\n" for miss in told.misses))
    slowest = max((seconds_for_three_megabytes(each), each.file) for each in pages())
    sys.stdout.write(f"3 MB, the slowest of the pages: {slowest[0]:.2f} s of processor time ({slowest[1]})\n")


if __name__ == "__main__":
    main()
