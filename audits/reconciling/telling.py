"""What the sources disagree about, in words and grouped, for the terminal, the report and the digest.

Discrepancy … ─▶ Group(what, title, lines) …        ─▶ the one sentence for the first day
Linked        ─▶ the pages to mend
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from audits.reconciling.discrepancies import Disagreement, Discrepancy
from audits.reconciling.lost import Linked
from audits.wording import phrase

NAMED: Final = 5  # pages to mend, where many still link to one account


@dataclass(frozen=True, slots=True)
class Group:
    """All discrepancies of one kind, and what would mend them."""

    what: Disagreement
    title: str
    remedy: str
    lines: tuple[Discrepancy, ...]


def grouped(found: Iterable[Discrepancy], language: str) -> tuple[Group, ...]:
    """The discrepancies by kind, in the order in which they came."""
    groups = ((what, tuple(lines)) for what, lines in groupby(found, key=lambda each: each.what))
    return tuple(
        Group(
            what=what,
            title=phrase(f"reconcile.{what}", language, count=len(lines)),
            remedy=phrase(f"reconcile.{what}.remedy", language),
            lines=lines,
        )
        for what, lines in groups
    )


def unregistered(found: Iterable[Discrepancy]) -> Sequence[Discrepancy]:
    """The channels that the city's sites link to and nobody registered; one that the list names as well counts too."""
    linked, listed = Disagreement.LINKED_NOT_REGISTERED, Disagreement.LISTED_NOT_REGISTERED
    return [each for each in found if each.what is linked or (each.what is listed and each.pages)]


def first_sentence(found: Sequence[Discrepancy], language: str) -> str:
    """What a city learns before any key is connected: "14 channels you link to are not registered"."""
    unknown = unregistered(found)
    sure = sum(each.is_likely for each in unknown)
    if not unknown:
        return phrase("reconcile.first.none", language)
    said = phrase("reconcile.first", language, count=sure) if sure else ""
    unsure = len(unknown) - sure
    if not said:
        return phrase("reconcile.first.unsure", language, count=unsure)
    return f"{said} {phrase('reconcile.unsure', language, count=unsure)}" if unsure else said


def where_told(found: Sequence[Discrepancy], language: str) -> str:
    """In which group each of the channels that the first sentence counts is told, where that is more than one."""
    unknown = unregistered(found)
    linked = sum(each.what is Disagreement.LINKED_NOT_REGISTERED for each in unknown)
    if linked == len(unknown):
        return ""
    return phrase("reconcile.spread", language, count=len(unknown), linked=linked, listed=len(unknown) - linked)


def pages_told(linked: Linked, language: str) -> str:
    """The pages to mend, the first of them by name; "" where there is none."""
    told = linked.pages[:NAMED]
    rest = linked.count - len(told)
    more = (phrase("reconcile.more_pages", language, count=rest),) if rest else ()
    return " · ".join((*told, *more))
