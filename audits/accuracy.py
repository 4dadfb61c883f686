"""How right the readers are, as figures: readings held against labels that people made by hand.

    (labelled class, truth) × reading ─score▶ Score(verdict, facts) ─add up▶ Tally per platform and class

A false accusation is any absence read from a page that is not labelled as that absence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from audits.model import ALIVE, Existence, Transport
from audits.reading.fields import moment

ACCUSING = frozenset({Existence.GONE, Existence.SUSPENDED, Existence.PRIVATE, Existence.MOVED, Existence.DEACTIVATED})
FACTS = (
    "display_name", "handle", "platform_id", "description", "followers", "posts_count", "last_post_at", "avatar_url",
    "website_link", "verified",
)  # fmt: skip
_WALLS: Mapping[str, frozenset[Transport]] = {
    "login_wall": frozenset({Transport.WALLED}),
    "blocked": frozenset({Transport.BLOCKED, Transport.RATE_LIMITED, Transport.WALLED}),
    "consent": frozenset({Transport.CONSENT}),
}
_ABSENT: Mapping[str, frozenset[Existence]] = {
    "gone": frozenset({Existence.GONE}),
    "suspended": frozenset({Existence.SUSPENDED, Existence.DEACTIVATED}),
}


class Verdict(StrEnum):
    RIGHT = "right"
    COULD_NOT_TELL = "could not tell"
    WRONG = "wrong"
    FALSE_ACCUSATION = "false accusation"


class FactVerdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNSEEN = "unseen"
    INVENTED = "invented"


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


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts that add up; `wrong` names every response that was not right, with why."""

    verdicts: dict[tuple[str, str], dict[Verdict, int]] = field(default_factory=dict)
    facts: dict[str, dict[FactVerdict, int]] = field(default_factory=dict)
    wrong: list[Score] = field(default_factory=list)

    def add(self, score: Score) -> None:
        row = self.verdicts.setdefault((score.platform, score.label), dict.fromkeys(Verdict, 0))
        row[score.verdict] += 1
        for name, verdict in score.facts.items():
            self.facts.setdefault(name, dict.fromkeys(FactVerdict, 0))[verdict] += 1
        if score.verdict is not Verdict.RIGHT or FactVerdict.WRONG in score.facts.values():
            self.wrong.append(score)

    def total(self, verdict: Verdict, *labels: str) -> int:
        """How many responses of these labels (all, where none is named) were so."""
        return sum(row[verdict] for (_, label), row in self.verdicts.items() if not labels or label in labels)

    def share_right(self, *labels: str) -> float | None:
        """The share of these labels' responses that were read right; None where there are none."""
        everything = sum(self.total(verdict, *labels) for verdict in Verdict)
        return self.total(Verdict.RIGHT, *labels) / everything if everything else None

    def share_of_facts(self) -> float | None:
        """Of the facts that people could see, the share that was read, and read right."""
        counts = [row for name, row in self.facts.items()]
        right = sum(row[FactVerdict.RIGHT] for row in counts)
        visible = right + sum(row[FactVerdict.WRONG] + row[FactVerdict.UNSEEN] for row in counts)
        return right / visible if visible else None


def tally(scores: Iterable[Score]) -> Tally:
    result = Tally()
    for score in scores:
        result.add(score)
    return result


def score(name: str, label: str, truth: Mapping[str, Any], answer: Mapping[str, Any]) -> Score:
    """Hold one answer of `inspect` against its label and the facts that were read by hand."""
    transport, existence = Transport(answer["transport"]), Existence(answer["existence"])
    verdict = _verdict(label, transport, existence)
    return Score(
        name=name,
        platform=answer["platform"],
        label=label,
        verdict=verdict,
        read_as=f"{transport.value}/{existence.value}",
        facts=_facts(truth, answer["facts"]) if label in ("live", "subresource") else {},
        why=answer.get("reason", "") or ", ".join(each["id"] for each in answer["markers"]),
    )


def _verdict(label: str, transport: Transport, existence: Existence) -> Verdict:
    if label in _ABSENT and existence in _ABSENT[label]:
        return Verdict.RIGHT
    if existence in ACCUSING:
        return Verdict.FALSE_ACCUSATION
    if label == "live":
        return Verdict.RIGHT if existence in ALIVE else Verdict.COULD_NOT_TELL
    if label in _ABSENT:
        return Verdict.WRONG if existence in ALIVE else Verdict.COULD_NOT_TELL
    if label in _WALLS:
        return _at_a_wall(label, transport, existence)
    return Verdict.RIGHT


def _at_a_wall(label: str, transport: Transport, existence: Existence) -> Verdict:
    if transport in _WALLS[label]:
        return Verdict.RIGHT
    return Verdict.WRONG if existence in ALIVE else Verdict.COULD_NOT_TELL


def _facts(truth: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, FactVerdict]:
    judged = ((name, _fact(name, truth.get(name), facts.get(name))) for name in FACTS)
    return {name: verdict for name, verdict in judged if verdict is not None}


def _fact(name: str, true: Any, read: Any) -> FactVerdict | None:
    if true is None:
        return FactVerdict.INVENTED if read not in (None, False) else None
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
    return first.date() == second.date() if len(true) <= len("2026-01-01") else _to_the_second(first, second)


def _to_the_second(first: datetime, second: datetime) -> bool:
    return abs((first - second).total_seconds()) < 1


def _handle(text: str) -> str:
    return unquote(text).strip().lstrip("@").casefold()


def _bare(link: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", link.strip()).rstrip("/").casefold()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
