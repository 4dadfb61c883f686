"""From mentions to what they mean: a mention whose address names nothing on any platform is dropped.

mention ─locate─▶ address ─exclude─▶ kind ─▶ Spotted
                              └▶ a widget shows one thing by its address, and may name an account besides
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from audits.addresses import Grammar, host_of
from audits.harvesting.exclusions import Effect, Exclusion, Exclusions, Named, exclusion_of
from audits.harvesting.handles import handle_of
from audits.harvesting.kinds import kind_of
from audits.harvesting.locating import Locator, is_certain
from audits.harvesting.mentions import Mention, Standing, Use
from audits.harvesting.publisher import Publisher
from audits.model import Address, SightingKind

_BESIDE: Final = 80  # characters: so few words say something of the one link they stand beside


@dataclass(frozen=True, slots=True)
class Spotted:
    """A mention that means something: its address made absolute, what that is, and why it is no account."""

    mention: Mention
    url: str
    address: Address
    kind: SightingKind
    why: str = ""
    exclusion: Exclusion | None = None

    @property
    def account(self) -> str | None:
        """The key of the account that is named, if one is."""
        return self.address.key if self.kind is SightingKind.PROFILE else None

    def standing_as(self, standing: Standing) -> Spotted:
        return replace(self, mention=replace(self.mention, standing=standing))


@dataclass(frozen=True, slots=True)
class Spotter:
    """Reads the mentions of one page."""

    publisher: Publisher
    locator: Locator
    exclusions: Exclusions

    def spotted(self, mentions: Iterable[Mention]) -> Iterator[Spotted]:
        """Every mention that means something, in the same order."""
        given = tuple(mentions)
        structured = {each.raw for each in given if each.place == "json-ld"}
        for mention in given:
            if mention.place == "script" and mention.raw in structured:
                continue  # read already, together with the entity that it belongs to
            if found := self.locator.locate(mention.raw, mention.read_as):
                yield from self._meant(mention, *found)

    def _meant(self, mention: Mention, url: str, address: Address) -> Iterator[Spotted]:
        if self._is_inner(mention, url, address) or not _is_sure(mention, url, address, self.locator.grammars):
            return
        if mention.use is not Use.LINK:
            mention = replace(mention, standing=_shown(mention.standing))
        handle = handle_of(address.key, url) if address.key else ""
        named = Named(url, address.platform, handle, _beside(mention))
        exclusion = exclusion_of(named, self.publisher, self.exclusions)
        kind, why = kind_of(address, mention, exclusion)
        if mention.read_as is None or kind is SightingKind.PROFILE:
            yield Spotted(mention, url, address, kind, why, exclusion)
        is_account = exclusion is None or exclusion.effect is not Effect.NOT_AN_ACCOUNT
        if mention.use is Use.WIDGET and is_account and address.key and address.canonical_url:
            yield Spotted(mention, address.canonical_url, address, SightingKind.PROFILE, "", exclusion)

    def _is_inner(self, mention: Mention, url: str, address: Address) -> bool:
        """Whether an address is a page of the site itself; a city's own fediverse server is more than that."""
        if mention.read_as is not None:
            return False
        host = host_of(url)
        return self.publisher.is_host(host) or (address.platform != "mastodon" and self.publisher.is_at(host))


def _is_sure(mention: Mention, url: str, address: Address, grammars: tuple[Grammar, ...]) -> bool:
    """Whether the platform is certain: only the fediverse has addresses on hosts that nobody names."""
    if address.platform != "mastodon" or mention.read_as:
        return True
    return is_certain(url, " ".join((mention.text, mention.place, *mention.near[:1])), grammars)


def _beside(mention: Mention) -> str:
    """The words right beside a link, where they are all that its element says."""
    return mention.near[0] if mention.near and len(mention.near[0]) <= _BESIDE else ""


def _shown(standing: Standing) -> Standing:
    """A player or timeline that shows one account, in a place that says nothing, was put there by the publisher."""
    return Standing.INVITED if standing is Standing.OPEN else standing
