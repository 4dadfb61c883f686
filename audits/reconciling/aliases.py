"""One account under several addresses: which key is another name for which.

an unchanging id that the register has pinned ─▶ the key that an address by id would have
an address that sends its visitors on         ─▶ the key it leads to
a channel that shows a registered id          ─▶ the account that has it
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from audits.model import Account, Address
from audits.reconciling.sources import LinkedChannel

Identify = Callable[[str, str | None], Address]

_BY_ID: Final[Mapping[tuple[str, str], str]] = {
    ("youtube", "channel"): "youtube:channel:{}",
    ("facebook", "page"): "facebook:id:{}",
    ("facebook", "profile"): "facebook:id:{}",
    ("x", "user"): "x:id:{}",
    ("bluesky", "did"): "bluesky:{}",
    ("flickr", "nsid"): "flickr:{}",
}


def aliases_of(accounts: Iterable[Account], linked: Iterable[LinkedChannel], identify: Identify) -> Mapping[str, str]:
    """From each other name to the key in the register, or to where it leads; no key is its own alias."""
    registered = [account for account in accounts if account.key]
    found = dict(named_by_id(registered))
    holders = dict(_holders(registered))
    for channel in linked:
        platform = channel.key.partition(":")[0]
        ahead = identify(channel.leads_to, platform).key if channel.leads_to else None
        found.setdefault(channel.key, ahead or holders.get((platform, channel.shown or ""), ""))
    return {key: other for key, other in found.items() if other and key != other}


def named_by_id(accounts: Iterable[Account]) -> Iterator[tuple[str, str]]:
    """The keys of the accounts' addresses by id, which stay theirs under any name, and the keys they now have."""
    for account in accounts:
        for pin in account.pinned:
            form = _BY_ID.get((account.platform, pin.namespace))
            if form:
                yield form.format(pin.value), account.key or ""


def _holders(accounts: Iterable[Account]) -> Iterator[tuple[tuple[str, str], str]]:
    """Who has which id, by platform and by the id as a linked channel shows it."""
    for account in accounts:
        for pin in account.pinned:
            yield (account.platform, f"{pin.namespace} {pin.value}"), account.key or ""
