"""Two accounts of our own choosing, looked at first: one that is there, one that is not.

    Control (present, absent) ─visits▶ Observation ─read▶ ControlReading ─trusted▶ {(platform, route)} ─▶ Trust

What a route says against an account counts only while both of its controls read right that night: where the present
one reads as gone a template has changed, where the absent one reads as present nothing that is there proves anything.
A route that is closed to the controls as well has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from audits.model import ACCUSING, ALIVE, NO_FACTS, Account, Existence, Observation, Route, Transport, Visit
from audits.platform import Platform
from audits.reading.markers import Packs
from audits.visiting import visit

DOUBTED: Final = "the control did not read right"

Pair: TypeAlias = tuple[str, Route]
"""A platform and one of its routes."""


class Side(StrEnum):
    """Which of the two control accounts: the one that is there, or the one that is not."""

    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Two accounts of one platform for one route. `absent_reads` is UNKNOWN where the route cannot prove an absence."""

    platform: str
    route: Route
    accounts: Mapping[Side, Account]
    absent_reads: Existence = Existence.GONE

    @property
    def pair(self) -> Pair:
        return self.platform, self.route

    def is_right(self, side: Side, seen: Observation) -> bool:
        if seen.transport is not Transport.OK:
            return False
        return seen.existence in ALIVE if side is Side.PRESENT else seen.existence is self.absent_reads


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlReading:
    """What one look at one control account saw, and whether that was right."""

    platform: str
    route: Route
    side: Side
    transport: Transport
    existence: Existence
    reason: str
    right: bool
    at: datetime

    @property
    def pair(self) -> Pair:
        return self.platform, self.route

    @property
    def closed(self) -> bool:
        """Whether nobody may look this way: then there is nothing to control."""
        return self.transport is Transport.NOT_PERMITTED

    @property
    def misread(self) -> bool:
        """Whether it was read as what it is not; one that could not be seen was not."""
        return not self.right and self.transport is Transport.OK

    @property
    def unseen(self) -> bool:
        """Whether it was asked for and could not be seen, which tells nothing of the platform's pages."""
        return not (self.right or self.misread or self.closed)


@dataclass(frozen=True, slots=True)
class Trust:
    """Which platforms and routes are controlled tonight, and which of them may be believed."""

    controlled: frozenset[Pair] = frozenset()
    trusted: frozenset[Pair] = frozenset()

    def doubts(self, platform: str, route: Route | None, existence: Existence) -> bool:
        """Whether a look says against its account what its route may not be believed in tonight."""
        pair = (platform, route) if route else None
        return existence in ACCUSING and pair in self.controlled and pair not in self.trusted

    def believed(self, platform: str, seen: Observation) -> Observation:
        """What may be held against rules: an observation whose route is doubted says nothing against the account."""
        if not self.doubts(platform, seen.route, seen.existence):
            return seen
        return replace(seen, existence=Existence.UNKNOWN, facts=NO_FACTS, markers=(), reason=DOUBTED, stated=False)


UNCONTROLLED: Final = Trust()


def visits(
    control: Control, platform: Platform, packs: Packs, keys: frozenset[str], now: datetime
) -> Mapping[Side, Visit]:
    """A visit to each of the two by the control's own route alone; `now` is UTC."""
    offers = tuple(offer for offer in platform.routes if offer.route is control.route)
    by_that_route = replace(platform, routes=offers)
    return {side: visit(account, by_that_route, packs, keys, now) for side, account in control.accounts.items()}


def read(control: Control, side: Side, seen: Observation) -> ControlReading:
    """What one look at a control came to, and whether it is right for that side; `at` is UTC."""
    return ControlReading(
        platform=control.platform,
        route=control.route,
        side=side,
        transport=seen.transport,
        existence=seen.existence,
        reason=seen.reason,
        right=control.is_right(side, seen),
        at=seen.observed_at,
    )


def trusted(readings: Iterable[ControlReading]) -> frozenset[Pair]:
    """The platforms and routes on which both controls read right."""
    right: dict[Pair, set[Side]] = {}
    for reading in readings:
        if reading.right:
            right.setdefault(reading.pair, set()).add(reading.side)
    return frozenset(pair for pair, sides in right.items() if sides == set(Side))


def misread(readings: Iterable[ControlReading]) -> tuple[str, ...]:
    """The platforms of which a control was read as what it is not, each once, in the order of the readings."""
    wrong = (each.platform for each in readings if each.misread)
    return tuple(dict.fromkeys(wrong))


def trust_in(readings: Iterable[ControlReading]) -> Trust:
    """How far a night's negatives count, by the readings of its controls."""
    known = tuple(readings)
    return Trust(frozenset(each.pair for each in known if not each.closed), trusted(known))
