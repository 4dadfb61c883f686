"""Is this account really the city's? What may be answered to whoever asks about an address.

address + what the register knows ─whose_is▶ Reply: ours │ ours, by way of another host │ in doubt │ closed
                                             │ an earlier address │ no longer ours │ like ours │ not registered
                                             │ a short link │ a host where none of ours is │ no account
                                             │ a name that accounts of ours bear │ the city's own site

Yes is said of an address that opens the account itself and of no other. An account that merely looks like one of the
city's is a question, and nothing is said of whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

from audits.addresses import host_of, is_own_host, leads_elsewhere, registered_name
from audits.columns import folded
from audits.harvesting.handles import handle_of
from audits.listing import Entry, ListState
from audits.lookalikes import Likeness
from audits.model import Address, AddressKind

_SHORT, _MAIL = "short-link", "mail-address"
_NAMED: Final = re.compile(r"/@?([^/?#\s]{1,200})/?(?:[?#]|\Z)")  # what an address names last, before any question
_ROUNDABOUT: Final = frozenset({"link-shim", "remote-view"})  # another host sends on to the account, or shows a copy


class Whose(StrEnum):
    """What is known of an address; the values end `terminal.whose_is.…`."""

    OURS = "ours"
    ROUNDABOUT = "roundabout"  # it names an account of the city's, and opens another host
    DOUBTED = "doubted"  # registered, and confirmed to be another's, gone, moved or suspended, or said to be
    CLOSED = "closed"
    EARLIER = "earlier"  # an account of the city's had this address before, and has another now
    LEFT = "left"  # it was in the register until a day
    LIKE = "like"
    UNKNOWN = "unknown"
    SHORT = "short"
    ELSEWHERE = "elsewhere"  # it leads to a host where none of the city's accounts is
    NAMED = "named"  # a name, and no address: whose account bears it elsewhere, it does not tell
    SITE = "site"  # the city's own
    NONE = "none"  # no address of an account


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An account that has left the register: what it was called, and until which of the city's days it stood there."""

    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register knows, by key: its accounts, `doubted` ones by number, their addresses `by_id`, which stay
    theirs, earlier ones, and what has left; `domains` are the city's own.
    """

    entries: Mapping[str, Entry]
    doubted: Collection[int] = frozenset()
    by_id: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, Left] = field(default_factory=dict)
    domains: Collection[str] = ()

    def is_at(self, host: str) -> bool:
        """Whether the city has an account, or anything else, at this host or beside it under one name."""
        hosts = {host_of(each.url or "") for each in self.entries.values()} - {None}
        return is_own_host(host, {*self.domains, *(registered_name(own) for own in hosts if own)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered; `entry` is the city's own account that it is about, `like` one that it could be taken for,
    `host` where the address leads in place of an account's own, `named` are those of ours that bear a given name.
    """

    whose: Whose
    key: str | None = None
    entry: Entry | None = None
    left: Left | None = None
    like: Likeness | None = None
    host: str | None = None
    named: tuple[Entry, ...] = ()


def whose_is(address: Address, known: Known, likest: Callable[[Address], Likeness | None]) -> Reply:
    """The reply to one pasted address; the account of a post or of a film is meant where its address names it."""
    if _SHORT in address.notes:
        return Reply(whose=Whose.SHORT)
    key = address.key if address.kind is AddressKind.PROFILE else address.owner_key
    if key is None:
        return _in_other_letters(address, likest) or _no_account(address, known)
    if own := known.entries.get(key) or known.entries.get(known.by_id.get(key, "")):
        return _registered(key, own, known, address)
    if own := known.entries.get(known.earlier.get(key, "")):
        return Reply(whose=Whose.DOUBTED if own.account_id in known.doubted else Whose.EARLIER, key=key, entry=own)
    if key in known.left:
        return Reply(whose=Whose.LEFT, key=key, left=known.left[key])
    like = likest(address)
    return Reply(whose=Whose.LIKE if like else Whose.UNKNOWN, key=key, like=like)


def _in_other_letters(address: Address, likest: Callable[[Address], Likeness | None]) -> Reply | None:
    """The reply to a name in letters of another script, which no account bears and which may look like one of ours."""
    name = _NAMED.search(address.raw)
    written = unquote(name[1]) if name else ""
    if address.platform is None or written.isascii():
        return None
    like = likest(replace(address, key=f"{address.platform}:{written}"))
    return Reply(whose=Whose.LIKE, like=like) if like else None


def _no_account(address: Address, known: Known) -> Reply:
    """Of a post or a film that names nobody the host counts on which it lies: youtu.be has none of it."""
    host = None if _MAIL in address.notes else host_of(address.canonical_url or address.raw)
    if leads_elsewhere(address.raw):
        return Reply(whose=Whose.SHORT)
    if host and _leads_to(host, address.raw) and is_own_host(host, known.domains):
        return Reply(whose=Whose.SITE, host=host)
    if named := tuple(each for each in known.entries.values() if _is_called(address.raw, each, known)):
        return Reply(whose=Whose.NAMED, named=named)
    return Reply(whose=Whose.NONE) if host is None or known.is_at(host) else Reply(whose=Whose.ELSEWHERE, host=host)


def _is_called(given: str, entry: Entry, known: Known) -> bool:
    """Whether words are the account's name or handle, with or without its platform's name before or behind it."""
    words = [word for word in folded(given).split() if word.rstrip(":") != entry.platform]
    bare = " ".join(words).removeprefix("@")
    is_trusted = entry.account_id not in known.doubted and entry.state is not ListState.CLOSED
    return is_trusted and bare != "" and bare in (folded(entry.name), folded(handle_of(entry.key, entry.url)))


def _leads_to(host: str, given: str) -> bool:
    """Whether an address begins with the host itself, and with nobody's name before it."""
    return re.match(rf"\s*(?:https?://)?{re.escape(host)}(?:[/?#]|\s*\Z)", given, re.IGNORECASE) is not None


def _registered(key: str, entry: Entry, known: Known, address: Address) -> Reply:
    if entry.account_id in known.doubted:
        return Reply(whose=Whose.DOUBTED, key=key, entry=entry)
    if not _ROUNDABOUT.isdisjoint(address.notes):
        return Reply(whose=Whose.ROUNDABOUT, key=key, entry=entry, host=host_of(address.raw))
    return Reply(whose=Whose.CLOSED if entry.state is ListState.CLOSED else Whose.OURS, key=key, entry=entry)
