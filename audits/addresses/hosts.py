"""Hosts: in one spelling, and compared label by label.

bawü.social ─ascii_host─▶ xn--baw-joa.social
evilhelsingborg.se ─is_own_host─▶ not helsingborg.se
oslo.kommune.no ─registered_name─▶ oslo.kommune.no   kommune.no lends its names, as github.io does

Public Suffix List (https://publicsuffix.org) with its private part, as the package tldextract ships it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from urllib.parse import urlsplit

import idna

_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")


def ascii_host(host: str) -> str | None:
    """The host in lower case and ASCII (RFC 5891, UTS 46); None where it cannot be a host name."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None


def ascii_mailbox(address: str) -> str:
    """An e-mail address in one spelling, for comparing: lower case, its domain in ASCII where it has such a form."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local.lower()}{at}{ascii_host(domain) or domain.lower()}"


def is_host_name(host: str) -> bool:
    """Whether this is a domain name with at least two labels: no port, no address in numbers."""
    return _NAME.fullmatch(host) is not None


def named_host(text: str) -> str | None:
    """The ASCII form of a text that is a domain name, else None."""
    host = ascii_host(text)
    return host if host and is_host_name(host) else None


@lru_cache(256)  # one look asks for that of the same address again and again
def host_of(link: str) -> str | None:
    """The host that a link leads to, in ASCII; None where it names none. A link may lack its scheme."""
    bare = link.strip()
    try:
        host = urlsplit(bare if "://" in bare else f"//{bare}").hostname
    except ValueError:
        return None
    return named_host(host) if host else None


def is_own_host(host: str, suffixes: Iterable[str]) -> bool:
    """Whether the host is one of the domains, or lies under one: whole labels only, any spelling of åäö."""
    own = ascii_host(host)
    domains = (ascii_host(suffix.removeprefix(".")) for suffix in suffixes)
    return bool(own) and any(own == domain or f".{own}".endswith(f".{domain}") for domain in domains if domain)


def with_parents(host: str) -> Iterator[str]:
    """`a.b.se`, `b.se`, `se`: to look a host in ASCII up among many domains, where each would be asked in turn."""
    while host:
        yield host
        host = host.partition(".")[2]


def registered_name(host: str) -> str:
    """The part of a host in ASCII that one owner has: what stands below a public suffix, else the last two labels.

    Empty for a host under which everybody may have a name.
    """
    name, suffix = _parted()(host)
    return ".".join(host.split(".")[-2:]) if not suffix else name


@cache
def _parted() -> Callable[[str], tuple[str, str]]:
    from tldextract import TLDExtract  # a tenth of a second, which only those pay who meet two hosts

    split = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)

    def part(host: str) -> tuple[str, str]:
        parts = split(host)
        return parts.ipv4 or parts.top_domain_under_public_suffix, parts.ipv4 or parts.suffix

    return part
