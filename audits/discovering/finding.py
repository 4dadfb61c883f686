"""What one answered page of a site adds: channels, and where to go on.

not had ─▶ nothing; the page is as it was       unchanged ─▶ nothing new
redirect ─▶ its target, a channel or a page     404, 410 ─▶ gone: it names nothing any more
200 ─▶ channels and links                       a sitemap ─▶ pages
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from audits.discovering.frontier import Guide, Role, Spot, linked, listed
from audits.harvesting import TARGET_UNKNOWN, harvest
from audits.model import Page, Sighting, SightingKind, Transport
from audits.reading.answer import Answer
from audits.reading.leads import read_leads
from audits.reading.sitemaps import read_sitemap

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_UNCHANGED: Final = 304
_LARGEST: Final = 3_000_000  # bytes of a page that are read
_READABLE: Final = ("text/html", "application/xhtml", "application/json", "text/plain", "application/xml", "text/xml")


class Outcome(StrEnum):
    """What became of asking for a page."""

    READ = "read"
    UNCHANGED = "unchanged"
    GONE = "gone"  # the server says that there is no such page
    NOT_HAD = "not_had"  # a wall, a refusal, trouble on the way, or nothing that can be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a page adds. Where it is not `whole`, what it does not name may still stand in the part that is missing."""

    outcome: Outcome
    sightings: tuple[Sighting, ...] = ()
    spots: tuple[Spot, ...] = ()
    whole: bool = True
    digest: str = ""
    reason: str = ""


def found(page: Page, spot: Spot, guide: Guide, now: datetime) -> Found:
    """What the answer to a spot adds; never raises. `now` is UTC."""
    if page.transport is not Transport.OK or page.status is None:
        return Found(outcome=Outcome.NOT_HAD, reason=page.reason)
    if page.status == _UNCHANGED:
        return Found(outcome=Outcome.UNCHANGED)
    if page.status in _REDIRECTS:
        return _redirected(page, spot, guide, now)
    if page.status in _GONE:
        return Found(outcome=Outcome.GONE, reason=f"HTTP {page.status}")
    if page.status != 200:
        return Found(outcome=Outcome.NOT_HAD, reason=f"HTTP {page.status}")
    told = _listing(page, guide, now) if spot.role is Role.SITEMAP else _told(page, spot, guide, now)
    return replace(told, digest=sha256(page.body).hexdigest(), whole=not page.truncated)


def _redirected(page: Page, spot: Spot, guide: Guide, now: datetime) -> Found:
    """A page that sends its visitors to a channel names it, as a link does."""
    target = page.headers.get("location", "")
    body = f'<nav><a href="{_quoted(target)}"></a></nav>'.encode()
    named = harvest(replace(page, body=body, headers={}), guide.grammars, guide.exclusions)
    channels = tuple(replace(each, place="redirect", why="a page of the site leads there") for each in _kept(named))
    return Found(outcome=Outcome.READ, sightings=channels, spots=linked([target], spot.url, spot.depth - 1, guide, now))


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "%22")


def _listing(page: Page, guide: Guide, now: datetime) -> Found:
    sitemap = read_sitemap(page.body)
    if sitemap is None:
        return Found(outcome=Outcome.NOT_HAD, reason="no sitemap")
    return Found(outcome=Outcome.READ, spots=listed(sitemap.pages, sitemap.sitemaps, page.landed, guide, now))


def _told(page: Page, spot: Spot, guide: Guide, now: datetime) -> Found:
    kind = page.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if not kind.startswith(_READABLE) and not kind.endswith(("+json", "+xml")):
        return Found(outcome=Outcome.NOT_HAD, reason=f"{kind} holds no links")
    short = replace(page, body=page.body[:_LARGEST])
    leads = read_leads(Answer(short).text, page.landed)
    return Found(
        outcome=Outcome.READ,
        sightings=tuple(_kept(harvest(short, guide.grammars, guide.exclusions))),
        spots=linked(leads.addresses, leads.base, spot.depth, guide, now),
    )


def _kept(sightings: Iterable[Sighting]) -> Iterable[Sighting]:
    """Accounts, and addresses that may lead to one; share buttons, posts and players are no channels."""
    return (
        each
        for each in sightings
        if each.kind is SightingKind.PROFILE or (each.kind is SightingKind.OTHER and each.why in TARGET_UNKNOWN)
    )
