"""Which addresses may be dialled: an own table, because Python's `is_global` says yes to too much.

    IPv4: everything but the blocks below
    IPv6: 2000::/3 but for the blocks below, and no form that carries an IPv4 address, whatever it carries

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and later), RFC 6052 (NAT64), RFC 3056 (6to4),
RFC 4380 (Teredo), RFC 5214 (ISATAP).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_REFUSED_4: Final = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-grade NAT",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "IETF protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "automatic multicast tunnelling",
    "192.88.99.0/24": "6to4 relay",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "168.63.129.16/32": "a cloud's own interface",  # Azure's platform address, public in form only
}
_REFUSED_6: Final = {
    "2001::/32": "Teredo",
    "2001::/23": "IETF protocol assignments",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
}
_EMBEDDING_6: Final = {
    "::/96": "IPv4-compatible",
    "::ffff:0:0/96": "IPv4-mapped",
    "::ffff:0:0:0/96": "IPv4-translated",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "local NAT64",
}
_INSIDE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")

_GLOBAL_6: Final = IPv6Network("2000::/3")
_TABLE_4: Final = tuple((IPv4Network(block), name) for block, name in _REFUSED_4.items())
_TABLE_6: Final = tuple((IPv6Network(block), name) for block, name in (_EMBEDDING_6 | _REFUSED_6).items())
_INSIDE_4: Final = tuple(IPv4Network(block) for block in _INSIDE if "." in block)
_INSIDE_6: Final = tuple(IPv6Network(block) for block in _INSIDE if ":" in block)
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


def why_refused(address: str) -> str | None:
    """Why this address is not dialled, or None where it is public. Anything that is no plain address is refused."""
    if not is_address(address):
        return "no address"
    known = ip_address(address)
    return _refused_4(known) if isinstance(known, IPv4Address) else _refused_6(known)


def is_address(text: str) -> bool:
    """Whether a host is an IP address, and no name."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_inside(address: str) -> bool:
    """Whether this is an address of a private network: what a city's own site may resolve to from within.

    Loopback, link-local (where clouds keep their credentials) and multicast are not.
    """
    if not is_address(address):
        return False
    known = ip_address(address)
    if isinstance(known, IPv4Address):
        return any(known in block for block in _INSIDE_4)
    return known.scope_id is None and any(known in block for block in _INSIDE_6)


def _refused_4(address: IPv4Address) -> str | None:
    return next((name for block, name in _TABLE_4 if address in block), None)


def _refused_6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "zoned"
    listed = next((name for block, name in _TABLE_6 if address in block), None)
    if listed or address not in _GLOBAL_6:
        return listed or "not global unicast"
    return "ISATAP" if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP else None
