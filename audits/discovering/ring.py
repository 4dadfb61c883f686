"""The second ring: what the city's own profiles link to.

account, what was last seen of it ─┬ alive, its links read ─▶ sightings, the profile's address as their page
                                   └ anything else         ─▶ None: nothing is known of its links now
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audits.addresses import Grammar, identify
from audits.model import ALIVE, Account, AddressKind, Facts, Observation, Sighting, SightingKind, Transport

_WHY = "one of the city's registered channels links to it"


@dataclass(frozen=True, slots=True)
class Ring:
    """The channels that a profile links to; not `whole` where it says that it keeps further links elsewhere."""

    sightings: tuple[Sighting, ...]
    whole: bool


def ring_of(account: Account, seen: Observation | None, grammars: tuple[Grammar, ...]) -> Ring | None:
    """The channels that a registered account's profile links to, but for itself."""
    if account.address is None or seen is None or seen.transport is not Transport.OK or seen.existence not in ALIVE:
        return None
    facts = seen.facts
    if not isinstance(facts.links, tuple) and not isinstance(facts.website_link, str):
        return None
    return Ring(
        tuple(_linked(account, facts, grammars)), isinstance(facts.links, tuple) and facts.more_links is not True
    )


def _linked(account: Account, facts: Facts, grammars: tuple[Grammar, ...]) -> Iterator[Sighting]:
    links = facts.links if isinstance(facts.links, tuple) else ()
    website = (facts.website_link,) if isinstance(facts.website_link, str) else ()
    for link in dict.fromkeys((*website, *links)):
        address = identify(link, None, grammars)
        if address.kind is AddressKind.PROFILE and address.key and address.key != account.key:
            yield Sighting(
                page=account.address or "",
                url=address.canonical_url or link,
                kind=SightingKind.PROFILE,
                place="website" if link in website else "links",
                platform=address.platform,
                key=address.key,
                text=account.name,
                why=_WHY,
            )
