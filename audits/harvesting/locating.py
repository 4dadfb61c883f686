"""What the addresses of a page mean, each read once.

"//facebook.com/almestad"      ─▶ https://facebook.com/almestad
"facebook.com/almestad"        ─▶ the same: a scheme was forgotten
"/till?url=https://fb.com/a"   ─▶ https://fb.com/a: the site's own redirector
"javascript:open('https://…')" ─▶ the address inside
"/kontakt"                     ─▶ nothing: the site itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from audits.addresses import Grammar, Strangers, host_of, identify
from audits.model import Address

_LONGEST: Final = 4000
_BARE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+/", re.IGNORECASE)
_INSIDE = re.compile(r"https?://[^\s\"'<>\\)]+", re.IGNORECASE)
_FEDIVERSE_HOST = re.compile(r"mastodon|mstdn|pixelfed|peertube|misskey|toot|fedi|friendica|(?:^|\.)(?:social|tube)\.")
_SPACE = re.compile(r"\s+")
_VERSION = re.compile(r"(facebook\.com)/v\d+\.\d+/", re.IGNORECASE)


@dataclass(slots=True)
class Locator:
    """Reads the addresses of one page."""

    page: str
    grammars: tuple[Grammar, ...]
    known: dict[tuple[str, str | None], tuple[str, Address] | None] = field(default_factory=dict)

    def locate(self, raw: str, read_as: str | None) -> tuple[str, Address] | None:
        """The address made absolute, and what it is; None where it names nothing on any platform."""
        asked = (raw, read_as)
        if asked not in self.known:
            self.known[asked] = self._read(raw.strip()[:_LONGEST], read_as)
        return self.known[asked]

    def _read(self, raw: str, read_as: str | None) -> tuple[str, Address] | None:
        for text in self._meant(raw, read_as):
            address = identify(_VERSION.sub(r"\1/", _SPACE.sub("%20", text)), read_as, self.grammars)
            if "://" in text and address.platform is not None:
                return text, address
            if address.canonical_url is not None:
                return address.canonical_url, address
        return None

    def _meant(self, raw: str, read_as: str | None) -> Iterator[str]:
        """What may be meant, the likeliest first."""
        if raw.startswith("//"):
            yield f"https:{raw}"
        elif raw.lower().startswith(("http:", "https:")):
            yield from (raw, *(_targets(raw) if host_of(raw) == host_of(self.page) else ()))
        elif raw.lower().startswith("javascript:"):
            yield from _INSIDE.findall(raw)
        elif read_as:
            yield raw
        else:
            yield from ([f"https://{raw}"] if _BARE.match(raw) else _targets(raw))


def joined(page: str, raw: str) -> str:
    """The address made absolute; as it was where it cannot be read."""
    try:
        return urljoin(page, raw.strip())
    except ValueError:
        return raw


def _targets(raw: str) -> Iterator[str]:
    """Addresses that another one carries in its parameters."""
    try:
        query = urlsplit(raw).query
    except ValueError:
        return
    yield from (value for _, value in parse_qsl(query, errors="replace") if value.startswith(("http://", "https://")))


def is_certain(url: str, words: str, grammars: tuple[Grammar, ...]) -> bool:
    """Whether a host that may be of the fediverse is said to be: many unrelated sites have addresses like `/@name`."""
    name = (host_of(url) or "").removeprefix("www.")
    hosts, called = _fediverse(grammars)
    return name in hosts or bool(_FEDIVERSE_HOST.search(name) or called.search(words))


@lru_cache(maxsize=8)
def _fediverse(grammars: tuple[Grammar, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    books = [each for each in grammars if each.strangers is Strangers.BY_FORM]
    names = "|".join(re.escape(name) for each in books for name in each.names) or r"\b\B"
    return frozenset(host.name for each in books for host in each.hosts), re.compile(names, re.IGNORECASE)


_DOMAIN = re.compile(r"(?<![a-z0-9-])[a-z0-9-]{1,63}+(?>(?:\.[a-z0-9-]{1,63}+){1,6})", re.IGNORECASE)
_FEDIVERSE_PATH = re.compile(r"//[^/\s]{3,99}/(?:@|users/)\w", re.IGNORECASE)


def names_platform(text: str, grammars: tuple[Grammar, ...]) -> bool:
    """Whether a host of any platform stands anywhere in the text, or a path as the fediverse has them."""
    hosts = platform_hosts(grammars)
    text = unquote(text) if "%2" in text else text  # a redirector's parameter: or `%2F` would be a part of the host
    return any(is_platform(found[0], hosts) for found in _DOMAIN.finditer(text)) or bool(_FEDIVERSE_PATH.search(text))


def is_platform(host_name: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of the hosts, or lies under one."""
    name = host_name.lower()
    while name:
        if name in hosts:
            return True
        name = name.partition(".")[2]
    return False


@lru_cache(maxsize=8)
def platform_hosts(grammars: tuple[Grammar, ...]) -> frozenset[str]:
    """Every host of which some platform's grammar knows addresses."""
    return frozenset(host.name for each in grammars for host in each.hosts)
