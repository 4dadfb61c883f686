"""How right the readers are, as figures: readings held against labels that people made by hand.

    (labelled class, truth) × reading ─score▶ Score(verdict, facts) ─add up▶ Tally per platform and class
                                                                           └─ held against ▶ recorded Figures

A false accusation is any absence read from a page that is not labelled as that absence. A label that is in doubt is
scored as what it stands for, and is always named beside the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import unquote

from audits.days import utc_day
from audits.model import ACCUSING, ALIVE, Existence, Transport
from audits.reading.written_values import moment

FACTS = (
    "display_name", "handle", "platform_id", "description", "followers", "posts_count", "last_post_at", "avatar_url",
    "website_link", "verified",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """What a labelled class must be read as: one of the transports, one of the existences."""

    transports: frozenset[Transport]
    existences: frozenset[Existence]


def _absent(*existences: Existence) -> Expected:
    return Expected(frozenset({Transport.OK}), frozenset(existences))


def _wall(*transports: Transport) -> Expected:
    return Expected(frozenset(transports), frozenset({Existence.UNKNOWN}))


EXPECTED: Final[Mapping[str, Expected]] = {
    "live": Expected(frozenset({Transport.OK}), ALIVE),
    "login_wall": _wall(Transport.WALLED),
    "blocked": _wall(Transport.BLOCKED, Transport.RATE_LIMITED, Transport.WALLED),
    "consent": _wall(Transport.CONSENT),
    "gone": _absent(Existence.GONE),
    "suspended": _absent(Existence.SUSPENDED, Existence.DEACTIVATED),
    "private": _absent(Existence.PRIVATE),
    "moved": _absent(Existence.MOVED),
}
"""Every other class (subresource, website, other) says nothing of an account: whatever accuses nobody is right."""

_NAMED_BY_HAND: Final = frozenset({"website"})  # their truth is the labeller's own name for the site


class Verdict(StrEnum):
    """How one labelled response was read."""

    RIGHT = "right"
    COULD_NOT_TELL = "could not tell"
    WRONG = "wrong"
    FALSE_ACCUSATION = "false accusation"


class FactVerdict(StrEnum):
    """How one fact of a labelled response was read."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSEEN = "unseen"
    INVENTED = "invented"  # a value, where the label says that there was nothing to see
    BEYOND = "beyond the label"  # a value that is really there, and that the label leaves out


_AS_LABELLED: Final = frozenset({FactVerdict.RIGHT, FactVerdict.BEYOND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A label that its own note disputes, or is unsure of; scored as `stands_for`."""

    file: str
    stands_for: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Facts that a person found in a response after its label had left them out."""

    file: str
    facts: frozenset[str]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the labels of a folder: those in doubt, and what they leave out. By file."""

    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    beyond: Mapping[str, Beyond] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. No part of nothing is a share."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    def below(self, other: Share) -> bool:
        """Whether this share is smaller; what could not be measured is not."""
        return self.value is not None and other.value is not None and self.value < other.value

    def __str__(self) -> str:
        return f"{self.right} of {self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How right the readers were on a day, by class and over all facts that people could see."""

    measured_on: date
    classes: Mapping[str, Share]
    facts: Share
    invented: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One labelled response and what became of it."""

    name: str
    platform: str
    label: str
    verdict: Verdict
    read_as: str
    facts: Mapping[str, FactVerdict] = field(default_factory=dict)
    why: str = ""
    doubt: Doubt | None = None


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts that add up; `wrong` names every response that was not right, with why, and `doubtful` every label."""

    verdicts: dict[tuple[str, str], dict[Verdict, int]] = field(default_factory=dict)
    facts: dict[str, dict[FactVerdict, int]] = field(default_factory=dict)
    wrong: list[Score] = field(default_factory=list)
    doubtful: list[Score] = field(default_factory=list)

    def add(self, score: Score) -> None:
        row = self.verdicts.setdefault((score.platform, score.label), dict.fromkeys(Verdict, 0))
        row[score.verdict] += 1
        for name, verdict in score.facts.items():
            self.facts.setdefault(name, dict.fromkeys(FactVerdict, 0))[verdict] += 1
        if score.verdict is not Verdict.RIGHT or not set(score.facts.values()) <= _AS_LABELLED:
            self.wrong.append(score)
        if score.doubt:
            self.doubtful.append(score)

    def total(self, verdict: Verdict, *labels: str) -> int:
        """How many responses of these labels (all, where none is named) were so."""
        return sum(row[verdict] for (_, label), row in self.verdicts.items() if not labels or label in labels)

    def labels(self) -> list[str]:
        return sorted({label for _, label in self.verdicts})

    def share_right(self, *labels: str) -> Share:
        """How many of these labels' responses were read right."""
        return Share(self.total(Verdict.RIGHT, *labels), sum(self.total(verdict, *labels) for verdict in Verdict))

    def share_of_facts(self) -> Share:
        """Of the facts that people could see, how many were read, and read right."""
        right = self.total_facts(FactVerdict.RIGHT)
        return Share(right, right + self.total_facts(FactVerdict.WRONG) + self.total_facts(FactVerdict.UNSEEN))

    def total_facts(self, verdict: FactVerdict) -> int:
        return sum(row[verdict] for row in self.facts.values())

    def figures(self, on: date) -> Figures:
        """What this tally comes to, to be recorded."""
        return Figures(
            measured_on=on,
            classes={label: self.share_right(label) for label in self.labels()},
            facts=self.share_of_facts(),
            invented=self.total_facts(FactVerdict.INVENTED),
        )


def sunk(now: Figures, recorded: Figures) -> Iterator[str]:
    """Every figure that is worse than the recorded one, in words."""
    for label, share in recorded.classes.items():
        measured = now.classes.get(label, Share(0, 0))
        if measured.below(share):
            yield f"{label}: {measured} read right; recorded on {recorded.measured_on} were {share}"
    if now.facts.below(recorded.facts):
        yield f"facts: {now.facts} read right; recorded on {recorded.measured_on} were {recorded.facts}"
    if now.invented > recorded.invented:
        yield f"facts: {now.invented} invented; recorded on {recorded.measured_on} were {recorded.invented}"


def tally(scores: Iterable[Score]) -> Tally:
    """All scores added up."""
    result = Tally()
    for score in scores:
        result.add(score)
    return result


NOTHING_KNOWN: Final = Known()


def score(
    name: str, label: str, truth: Mapping[str, Any], answer: Mapping[str, Any], known: Known = NOTHING_KNOWN
) -> Score:
    """Hold one answer of `inspect` against its label and the facts that were read by hand."""
    transport, existence = Transport(answer["transport"]), Existence(answer["existence"])
    doubt = known.doubts.get(name)
    verdict = _verdict(doubt.stands_for if doubt else label, transport, existence)
    return Score(
        name=name,
        platform=answer["platform"],
        label=label,
        verdict=verdict,
        read_as=f"{transport.value}/{existence.value}",
        facts={} if label in _NAMED_BY_HAND else _facts(truth, answer["facts"], known.beyond.get(name)),
        why=answer.get("reason", "") or ", ".join(each["id"] for each in answer["markers"]),
        doubt=doubt,
    )


def _verdict(label: str, transport: Transport, existence: Existence) -> Verdict:
    expected = EXPECTED.get(label)
    if expected and transport in expected.transports and existence in expected.existences:
        return Verdict.RIGHT
    if existence in ACCUSING:
        return Verdict.FALSE_ACCUSATION
    if expected is None:
        return Verdict.RIGHT
    return Verdict.WRONG if existence in ALIVE and label != "live" else Verdict.COULD_NOT_TELL


def _facts(truth: Mapping[str, Any], facts: Mapping[str, Any], beyond: Beyond | None) -> dict[str, FactVerdict]:
    """A fact that the label says nothing of, not even null, was not looked for: nobody knows whether it is there."""
    left_out, looked_for = beyond.facts if beyond else frozenset(), (name for name in FACTS if name in truth)
    judged = ((name, _fact(name, truth[name], facts.get(name), name in left_out)) for name in looked_for)
    return {name: verdict for name, verdict in judged if verdict is not None}


def _fact(name: str, true: Any, read: Any, left_out: bool) -> FactVerdict | None:
    if true is None and read in (None, False):
        return None
    if true is None:
        return FactVerdict.BEYOND if left_out else FactVerdict.INVENTED
    if read is None:
        return FactVerdict.UNSEEN
    return FactVerdict.RIGHT if _same(name, true, read) else FactVerdict.WRONG


def _same(name: str, true: Any, read: Any) -> bool:
    match name:
        case "last_post_at":
            return _same_moment(true, read)
        case "handle":
            return bool(_handle(str(true)) == _handle(str(read)))
        case "website_link":
            return bool(_bare(str(true)) == _bare(str(read)))
        case "display_name" | "description" | "avatar_url" | "platform_id":
            return bool(_squeezed(str(true)) == _squeezed(str(read)))
        case _:
            return bool(true == read)


def _same_moment(true: str, read: str) -> bool:
    first, second = moment(true), moment(read)
    if first is None or second is None:
        return False
    return utc_day(first) == utc_day(second) if len(true) <= len("2026-01-01") else _to_the_second(first, second)


def _to_the_second(first: datetime, second: datetime) -> bool:
    return abs((first - second).total_seconds()) < 1


def _handle(text: str) -> str:
    return unquote(text).strip().lstrip("@").casefold()


def _bare(link: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", link.strip()).rstrip("/").casefold()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
