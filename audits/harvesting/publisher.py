"""Who a page speaks for: by its host, and by what it calls itself.

https://bibliotek.almestad.example/ ─▶ names: bibliotek, Almestads bibliotek   above: almestad
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from audits.addresses import host_of, is_own_host, named_host
from audits.harvesting.likeness import Likeness, Name, is_group_of, likeness
from audits.harvesting.words import each_of
from audits.reading.html import Document
from audits.reading.site import site_name

_SAYS_NOTHING: Final = each_of(
    "www w3 ww2 www2 m mobile en sv se de fr no dk fi es blog blogs news nyheter info web site sites start home "
    "archive archives gov com org net co ac edu gob gouv gc govt go or admin portal new old beta test stage dev "
    "press media shop app apps my min mitt public pages cms prod secure"
)
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Publisher:
    """`above` are the names of the body whose domain the host lies under."""

    host: str
    names: tuple[Name, ...] = ()
    above: tuple[Name, ...] = ()

    def likeness(self, handle: str) -> Likeness:
        """How much a handle is named like this publisher."""
        return max((likeness(handle, name) for name in self.names), default=Likeness.NONE)

    def is_above(self, handle: str) -> bool:
        """Whether a handle is named like the body above, and not like this publisher itself."""
        like = self.likeness(handle)
        if like is Likeness.SAME:
            return False
        is_group = any(is_group_of(handle, name) for name in self.names)
        return is_group or (not like and any(likeness(handle, name) for name in self.above))

    def is_at(self, host: str | None) -> bool:
        """Whether a host is this site's own, or lies under it."""
        return bool(host and self.host) and is_own_host(host or "", [self.host.removeprefix("www.")])

    def is_host(self, host: str | None) -> bool:
        """Whether a host is this site's very own; `www.` makes no other."""
        return (host or "").removeprefix("www.") == self.host.removeprefix("www.")

    def is_under(self, host: str | None) -> bool:
        """Whether this site lies under the host."""
        return bool(host and self.host) and is_own_host(self.host, [(host or "").removeprefix("www.")])


def publisher_of(url: str, document: Document) -> Publisher:
    """The publisher of the page at `url`."""
    host = host_of(url) or ""
    labels = [label for label in host.split(".")[:-1] if label not in _SAYS_NOTHING]
    called = document.meta("og:site_name"), document.meta("application-name"), site_name(document, url)
    texts = [*labels[:1], *(_without_ending(text) for text in called if isinstance(text, str))]
    names = {name.whole: name for name in map(Name, texts) if len(name.whole) >= _ENOUGH}
    above = (Name(label) for label in labels[1:] if len(label) >= _ENOUGH and label not in names)
    return Publisher(host, tuple(names.values()), tuple(above))


def _without_ending(name: str) -> str:
    """`almestad.example` is called Almestad."""
    return name.strip().rpartition(".")[0].removeprefix("www.") if named_host(name.strip()) else name
