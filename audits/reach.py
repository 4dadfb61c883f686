"""How far the look can come today, and what would take it further, cheapest first.

    accounts × routes ─ways▶ open │ wants a key │ closed by terms │ … ─▶ Reach: a row a platform, a step a remedy

Nothing is asked: of each route only its first question is looked at. A host's own robots.txt is read at the look
itself, so a route that is open here may yet be found closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

from audits.model import Account, AddressKind, Probe, Route, surely_its
from audits.platform import Platform, Platforms, RouteOffer, Subject
from audits.reading.markers import Packs

EXISTENCE: Final = "existence"
ACTIVITY: Final = "activity"
NIGHTS: Final = 30  # of a month, for what a key costs
_TOLD: Final = frozenset({EXISTENCE, ACTIVITY})

Leave: TypeAlias = Callable[[Probe], bool]
"""Whether the platform's terms, and the decisions on file, let this be asked."""


class State(StrEnum):
    """Why a route is open to an account today, or is not."""

    OPEN = "open"
    KEY = "key"  # wants a key that is not held, not usable, or may not see this account
    TERMS = "terms"  # closed by the platform's terms; a decision on file would open it
    CHOSEN = "chosen"  # the interface was chosen, and the platform forbids both
    LACKING = "lacking"  # the register lacks what the route needs: an id, a handle


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One route to one account."""

    route: Route
    state: State
    sees: frozenset[str]
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a deployment may use. `held` are its keys, `usable` those that have neither ended nor been spent; `refused`
    says of which accounts the last look heard that a key may not see them, `granted` names one that would see them all.
    """

    platforms: Platforms
    packs: Packs
    leave: Leave
    held: frozenset[str] = frozenset()
    usable: frozenset[str] = frozenset()
    refused: frozenset[tuple[int, Route]] = frozenset()
    granted: str = ""
    decided: frozenset[str] = frozenset()  # platforms whose pages a further decision would open

    def with_key(self, name: str) -> Means:
        return replace(self, held=self.held | {name}, usable=self.usable | {name}, granted=name)

    def with_decision(self, platform: str) -> Means:
        return replace(self, decided=self.decided | {platform})


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a key costs for each account and night, in thousandths of `unit`."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformReach:
    """The accounts on one platform: how many each route can read, and of how many the two chief things can be seen."""

    platform: str
    accounts: int
    routes: Mapping[Route, int]
    existence: int
    activity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that would open accounts. `subject` is the key or the platform; `monthly` is a price, None for none."""

    what: str  # address · key · decision · link · attestation
    subject: str
    opens: int
    monthly: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Of how many accounts existence and activity can be seen today, and what would open more, cheapest first."""

    accounts: int
    existence: int
    activity: int
    platforms: tuple[PlatformReach, ...]
    steps: tuple[Step, ...]


def reach(accounts: Sequence[Account], means: Means, keys: Sequence[str], prices: Mapping[str, Price]) -> Reach:
    """What can be read today, and what would open the rest. `keys` names every key there is, cheapest first."""
    seen = {account.id: sees(account, means) for account in accounts}
    rows = tuple(_row(name, accounts, means, seen) for name in sorted({account.platform for account in accounts}))
    return Reach(
        accounts=len(accounts),
        existence=sum(row.existence for row in rows),
        activity=sum(row.activity for row in rows),
        platforms=rows,
        steps=tuple(step for step in _steps(accounts, means, seen, keys, prices) if step.opens),
    )


def ways(account: Account, means: Means) -> tuple[Way, ...]:
    """Every route of the account's platform, in the order tried; none where the platform cannot be read."""
    platform = means.platforms.get(account.platform)
    return tuple(_way(account, platform, offer, means) for offer in platform.routes) if platform else ()


def sees(account: Account, means: Means) -> frozenset[str]:
    """What the first open route that tells of the account's existence shows; a lesser route's where none does."""
    open_ways = [way for way in ways(account, means) if way.state is State.OPEN]
    telling = next((way for way in open_ways if EXISTENCE in way.sees), None)
    return telling.sees if telling else frozenset[str]().union(*(way.sees for way in open_ways))


def _way(account: Account, platform: Platform, offer: RouteOffer, means: Means) -> Way:
    probe = _first_probe(account, platform, offer, means.packs)
    state = State.LACKING if probe is None else _state(account, offer, probe, means)
    return Way(route=offer.route, state=state, sees=offer.sees, key=offer.key)


def _first_probe(account: Account, platform: Platform, offer: RouteOffer, packs: Packs) -> Probe | None:
    if account.address is None:
        return None
    subject = Subject(platform=platform.name, key=account.key, url=account.address, pinned=surely_its(account.pinned))
    asking = offer.ask(subject, packs)
    if asking is None:
        return None
    probe = next(asking, None)
    asking.close()
    return probe


def _state(account: Account, offer: RouteOffer, probe: Probe, means: Means) -> State:
    if offer.key is not None:
        is_refused = (account.id, offer.route) in means.refused and offer.key != means.granted
        return State.OPEN if offer.key in means.usable and not is_refused else State.KEY
    if offer.unless in means.held:
        return State.CHOSEN
    is_decided = probe.platform in means.decided and probe.route is Route.PAGE
    return State.OPEN if is_decided or means.leave(probe) else State.TERMS


def _row(platform: str, accounts: Iterable[Account], means: Means, seen: Mapping[int, frozenset[str]]) -> PlatformReach:
    own = [account for account in accounts if account.platform == platform]
    opened: Counter[Route] = Counter()
    for account in own:
        opened.update({way.route for way in ways(account, means) if way.state is State.OPEN})
    return PlatformReach(
        platform=platform,
        accounts=len(own),
        routes={route: opened[route] for route in Route if opened[route]},
        existence=sum(EXISTENCE in seen[account.id] for account in own),
        activity=sum(ACTIVITY in seen[account.id] for account in own),
    )


def _steps(
    accounts: Sequence[Account],
    means: Means,
    seen: Mapping[int, frozenset[str]],
    keys: Sequence[str],
    prices: Mapping[str, Price],
) -> Iterator[Step]:
    yield Step(what="address", subject="", opens=sum(account.address is None for account in accounts))
    for name in keys:
        opens = _opened(accounts, means.with_key(name), seen)
        yield Step(what="key", subject=name, opens=opens, monthly=_monthly(prices.get(name), opens))
    for platform in sorted({account.platform for account in accounts}):
        opens = _opened(accounts, means.with_decision(platform), seen)
        yield Step(what="decision", subject=platform, opens=opens)
    yield Step(what="link", subject="", opens=sum(_takes_a_link(each, means, seen[each.id]) for each in accounts))
    yield Step(what="attestation", subject="", opens=sum(EXISTENCE not in seen[each.id] for each in accounts))


def _opened(accounts: Iterable[Account], means: Means, seen: Mapping[int, frozenset[str]]) -> int:
    """Of how many accounts more would be told than today."""
    return sum(bool((sees(account, means) - seen[account.id]) & _TOLD) for account in accounts)


def _takes_a_link(account: Account, means: Means, seen: frozenset[str]) -> bool:
    """Whether the link of a post would tell when the account was last used, and nothing else does."""
    platform = means.platforms.get(account.platform)
    if platform is None or account.address is None or ACTIVITY in seen:
        return False
    return any(form.kind is AddressKind.POST for form in platform.grammar.forms)


def _monthly(price: Price | None, accounts: int) -> Price | None:
    return replace(price, amount=price.amount * accounts * NIGHTS) if price else None
