"""One spelling for each page of a site, so that none is asked for twice.

link, base ─join─▶ absolute ─drop─▶ without what says nothing of the page ─w3lib─▶ canonical
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

from w3lib.url import canonicalize_url

from audits.addresses import ascii_host

LONGEST: Final = 1000  # characters: what is longer was made by a machine going round in circles
_PORTS: Final = {"http": 80, "https": 443}
_PARAMETER = re.compile(r";[^/?]*")  # of a path: ;jsessionid=…
_SLASHES = re.compile(r"/{2,}")
_NEVER = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Hygiene:
    """Names of query parameters that say nothing of the page; one that ends in `*` stands for all that begin so."""

    dropped: frozenset[str] = frozenset()

    def drops(self, name: str) -> bool:
        folded = name.lower()
        return folded in self.dropped or any(
            each.endswith("*") and folded.startswith(each[:-1]) for each in self.dropped
        )


_NOTHING_DROPPED: Final = Hygiene()


def canonical(link: str, base: str = "", hygiene: Hygiene | None = None) -> str | None:
    """The one spelling of the page that a link leads to; None where it leads to no page of the web.

    RFC 3986, section 6: scheme and host in lower case, no default port, no dot segments, no fragment; percent-encoding
    in one form. Parameters are sorted, and those that count visits are dropped.
    """
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or parts.username is not None or port not in (None, _PORTS[parts.scheme]):
        return None
    url = _spelt(parts._replace(netloc=host), hygiene or _NOTHING_DROPPED)
    return url if url and len(url) <= LONGEST else None


def _spelt(parts: SplitResult, hygiene: Hygiene) -> str | None:
    path = _SLASHES.sub("/", _PARAMETER.sub("", parts.path))
    query = urlencode(list(_kept(parts.query, hygiene))) if parts.query else ""
    written = parts._replace(path=path, query=query, fragment="").geturl()
    try:
        return None if _NEVER.search(written) else str(canonicalize_url(written))
    except ValueError:
        return None


def _kept(query: str, hygiene: Hygiene) -> Iterator[tuple[str, str]]:
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if not hygiene.drops(name):
            yield name, value


def host_in(url: str) -> str:
    """The host of a canonical address."""
    return urlsplit(url).hostname or ""
