"""robots.txt, asked before the first page of a host and kept for at most a day (RFC 9309).

page of /robots.txt ─▶ Copy ─▶ allows(url)
    2xx: its rules, read by Protego        4xx: no rules, everything may be asked
    5xx, 429, unreachable: nothing may be asked for now, but that is no refusal
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from protego import Protego

from audits.model import Page, Transport
from audits.reading.charsets import decode
from worker.fetching.outcomes import Failure, NoPage, failure_of

_DAY: Final = timedelta(hours=24)
_AGAIN: Final = timedelta(minutes=1)  # how soon a host whose robots.txt could not be had is asked for it again
_MOST: Final = 512_000  # characters; RFC 9309 wants at least 500 KiB read
# A line that names an agent, with what it names.
_TOKEN_LINE: Final = re.compile(r"[ \t]*user[- ]?agent(?:[ \t]*:|[ \t])([^\r\n]{0,300})", re.IGNORECASE)
_PRODUCT: Final = re.compile(r"[a-z_-]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """What was had of one host's robots.txt, and until when it holds. Without `rules`, `unread` says why."""

    until: datetime
    rules: Protego | None = field(default=None, repr=False)
    unread: NoPage | None = None

    def allows(self, url: str, product: str) -> bool:
        return self.rules is None or bool(self.rules.can_fetch(url, product))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The lists of pages that the file names (sitemaps.org protocol, "Specifying the Sitemap location")."""
        return tuple(self.rules.sitemaps) if self.rules else ()

    def pause(self, product: str) -> float:
        """Seconds that the host wants between requests (Crawl-delay), 0 where it says nothing."""
        return float(self.rules.crawl_delay(product) or 0.0) if self.rules else 0.0


Copies = MutableMapping[str, Copy]
"""Copies by origin; a plain dict serves one process."""


def copy_of(page: Page, product: str, now: datetime) -> Copy:
    """What the answer to /robots.txt means for `product`, which is us."""
    if page.transport is not Transport.OK or page.status is None:
        return Copy(now + _AGAIN, unread=_unreachable(page))
    if page.status >= 300:
        return Copy(now + _DAY, read_rules("", product))
    return Copy(now + _DAY, read_rules(decode(page.body, page.headers.get("content-type")), product))


def _unreachable(page: Page) -> NoPage:
    """A host that cannot be reached is told as that; one that answers with its own trouble, as unreachable rules."""
    failure = failure_of(page)
    if failure is None or page.status is not None:
        return NoPage(Failure.ROBOTS_UNREACHABLE, page.reason or f"HTTP {page.status}", page.transport)
    return NoPage(failure, page.reason.partition(": ")[2], page.transport)


def read_rules(text: str, product: str) -> Protego:
    """The rules that concern us; nothing in the text can make reading it slow."""
    return Protego.parse("\n".join(_that_concern(text[:_MOST], product.lower())))


_OTHERS = "User-agent: -"


def _that_concern(text: str, product: str) -> list[str]:
    """Names of other agents become one: Protego's time grows with the number of names times that of rules."""
    kept: list[str] = []
    for line in text.splitlines():
        named = _TOKEN_LINE.match(line)
        plain = _named(named[1], product) if named else line
        if not (kept and plain == kept[-1] == _OTHERS):
            kept.append(plain)
    return kept


def _named(value: str, product: str) -> str:
    """Whom a line names: everyone, us (by product token, whatever version follows) or others."""
    name = value.partition("#")[0].strip().lower()
    if not name or name == "*":
        return f"User-agent: {name}"
    own = _PRODUCT.match(name)
    return f"User-agent: {product}" if own and own[0] == product else _OTHERS
