"""What Wikidata says of a body's accounts.

    item as JSON ─claims▶ property → platform, value ─identify▶ Sighting
                     └ deprecated, ended or without a value ─▶ left out

Source: Wikibase's JSON of an entity (claims, rank, qualifiers); P582 is the end of a statement's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from audits.model import Address, Own, Sighting, SightingKind
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, try_loads
from audits.refusal import Refused
from audits.wording.said import said

Identify = Callable[[str, str | None], Address]

_ENDED: Final = "P582"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which items speak of the city, and what each property means: its platform, and the address that is made of its
    value, for which `{}` stands.
    """

    items: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @staticmethod
    def address_of(item: str) -> str:
        return f"https://www.wikidata.org/wiki/Special:EntityData/{item}.json"

    @staticmethod
    def page_of(item: str) -> str:
        """The item as people see it, where it can be mended."""
        return f"https://www.wikidata.org/wiki/{item}"


class NoItem(Refused):
    """The answer holds no such item."""


def accounts_of(text: str, item: str, wanted: Wanted, identify: Identify) -> tuple[Sighting, ...]:
    """Every account that an item names today. Raises `NoItem`: an answer without the item is not an empty one."""
    entity = as_object(dig(as_object(try_loads(text)), "entities", item))
    if as_text(entity.get("id")) != item or "claims" not in entity:
        raise NoItem(said("refused.item", item=item))
    return tuple(_sightings(as_object(entity["claims"]), item, wanted, identify))


def _sightings(claims: Mapping[str, Json], item: str, wanted: Wanted, identify: Identify) -> Iterator[Sighting]:
    for number, (platform, form) in wanted.properties.items():
        for claim in map(as_object, as_list(claims.get(number))):
            value = _value(claim)
            address = identify(form.replace("{}", value), platform) if value else None
            if address is not None and address.key:
                yield Sighting(
                    page=Wanted.page_of(item),
                    url=address.canonical_url or "",
                    kind=SightingKind.PROFILE,
                    place=number,
                    platform=address.platform,
                    key=address.key,
                    text=value,
                    own=Own.UNKNOWN,
                )


def _value(claim: Mapping[str, Json]) -> str:
    """The value of a statement that holds today, else ""."""
    if claim.get("rank") == "deprecated" or as_list(dig(dict(claim), "qualifiers", _ENDED)):
        return ""
    return (as_text(dig(dict(claim), "mainsnak", "datavalue", "value")) or "").strip()
