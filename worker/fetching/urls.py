"""Addresses, taken apart once, by the parser whose result is dialled.

    text ─vetted─▶ httpx.URL        (base, Location) ─next_hop─▶ httpx.URL

What is checked is what is dialled, so no two parsers can disagree about the host.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv4Address, ip_address
from typing import Final

import httpx

from audits.wording.reasons import quoted
from worker.fetching.outcomes import Failure, NoPage

LONGEST: Final = 4096
PORTS: Final = frozenset({80, 443})
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff]")  # signs that no address that is asked for may hold
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?")  # a host in ASCII, as the DNS takes it
# A host that is a number, which some resolvers take for an address: 0x7f, 127.
_NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)\.?")


def vetted(text: str) -> httpx.URL:
    """The address, fit to be dialled; raises `NoPage` (`bad_url`, `port`)."""
    if len(text) > LONGEST or _NEVER.search(text):
        raise NoPage(Failure.BAD_URL, "too_long" if len(text) > LONGEST else "odd_character")
    url = _parsed(text)
    _check_form(url)
    _check_host(host_of(url))
    return url


def next_hop(base: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads; raises `NoPage`. An https page never leads to http."""
    if len(location) > LONGEST:
        raise NoPage(Failure.BAD_REDIRECT, "too_long")
    try:
        url = vetted(str(base.join(location.strip(" ").replace(" ", "%20"))))
    except (NoPage, httpx.InvalidURL, UnicodeError, ValueError) as wrong:
        raise _in_a_redirect(wrong) from wrong
    if base.scheme == "https" and url.scheme == "http":
        raise NoPage(Failure.DOWNGRADE, host_of(url))
    return url


def _in_a_redirect(wrong: Exception) -> NoPage:
    if isinstance(wrong, NoPage) and wrong.failure is not Failure.BAD_URL:
        return wrong
    return NoPage(Failure.BAD_REDIRECT, wrong.detail if isinstance(wrong, NoPage) else "")


def refuse_inside(start: str, ahead: httpx.URL, own_internal_hosts: Collection[str]) -> None:
    """Nobody else's page may send us to a host of the city's own that lies inside; raises `NoPage`."""
    inside = host_of(ahead) in own_internal_hosts
    if inside and httpx.URL(start).raw_host.decode("ascii") not in own_internal_hosts:
        raise NoPage(Failure.NOT_PUBLIC, f"led_inside: {host_of(ahead)}")


def host_of(url: httpx.URL) -> str:
    """The host as it is dialled: lower case, IDNA, without brackets."""
    return url.raw_host.decode("ascii")


def without_fragment(url: httpx.URL) -> httpx.URL:
    """The address as it is asked for: a fragment is never sent."""
    return url.copy_with(fragment=None) if url.fragment else url


def _parsed(text: str) -> httpx.URL:
    try:
        return httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError, ValueError) as wrong:
        raise NoPage(Failure.BAD_URL) from wrong


def _check_form(url: httpx.URL) -> None:
    if url.scheme not in {"http", "https"}:
        raise NoPage(Failure.BAD_URL, f"scheme: {quoted(url.scheme[:20])}")
    if url.userinfo:
        raise NoPage(Failure.BAD_URL, "holds_login")
    if url.port is not None and url.port not in PORTS:  # None is the scheme's own
        raise NoPage(Failure.PORT, str(url.port))


def _check_host(host: str) -> None:
    if ":" in host:
        return _check_literal(host)
    if not _HOST.fullmatch(host) or ".." in host:
        raise NoPage(Failure.BAD_URL, "no_host")
    last = host.rstrip(".").rpartition(".")[2]
    return _check_literal(host) if _NUMERIC.fullmatch(last) else None


def _check_literal(host: str) -> None:
    """A host that ends in a number is an IPv4 address to some readers: it must be one, written the plain way."""
    try:
        known = ip_address(host)
    except ValueError as wrong:
        raise NoPage(Failure.BAD_URL, "odd_number") from wrong
    if isinstance(known, IPv4Address) and str(known) != host:
        raise NoPage(Failure.BAD_URL, "odd_number")
