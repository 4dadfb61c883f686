"""Where a short link leads, as its own host says it; what it leads to is never asked for.

    sighting without an account ─is_short▶ one request to the shortener ─ahead_of▶ the address ahead
    Leads ─┬ address ─▶ what it means, with the account that a short link hid
           └ sighting ─▶ the same, of that account

A short link whose target nobody knows may lead to any account of its platform, so nothing may be concluded from what a
page or a list does not name beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from audits.addresses import Grammar, identify, is_shortened
from audits.model import Address, AddressKind, Page, Sighting, SightingKind, Transport

LONGEST: Final = 500  # characters of a short link that is followed
WHY: Final = "a short link leads there"
_SHORT: Final = "short-link"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What became of asking for a short link at `asked_at` (UTC); `leads_to` is "" where that is not known."""

    url: str
    asked_at: datetime
    leads_to: str = ""
    reason: str = ""


def is_short(url: str, grammars: tuple[Grammar, ...]) -> bool:
    """Whether one request to a host that does nothing but send on may tell where the address leads."""
    return is_shortened(url) and len(url) <= LONGEST and _SHORT in identify(url, None, grammars).notes


def ahead_of(page: Page) -> str:
    """The address that a shortener's answer sends its visitors on to, "" where it names none."""
    target = page.headers.get("location", "")
    if page.transport is not Transport.OK or page.status not in _REDIRECTS or not target:
        return ""
    try:
        return urljoin(page.url, target)
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Leads:
    """What is known of short links: where each leads, by its address."""

    grammars: tuple[Grammar, ...]
    known: Mapping[str, str] = field(default_factory=dict)

    def identify(self, raw: str, context: str | None = None) -> Address:
        """What an address means, under a column that says `context`; a short link means what it leads to."""
        return identify(self.known.get(raw) or raw, context, self.grammars)

    def account(self, url: str) -> Address | None:
        """The account that a short link leads to; None where it leads to none, or nobody knows."""
        address = self.identify(url) if self.known.get(url) else None
        return address if address and address.kind is AddressKind.PROFILE and address.key else None

    def named(self, sighting: Sighting) -> Sighting:
        """The sighting of the account that a short link hid; any other as it is."""
        address = self.account(sighting.url) if sighting.key is None else None
        if address is None:
            return sighting
        return replace(sighting, kind=SightingKind.PROFILE, platform=address.platform, key=address.key, why=WHY)
