"""The register as the public list: what is told, and how each account's state is called.

Account ─ has an address ─▶ Entry, by administration, name and platform
Entry ─known_as▶ the name that it has there, for whoever compares
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from audits.harvesting.handles import handle_of
from audits.listing.entries import Entry, ListState
from audits.model import Account, Kind

_STATES = {
    Kind.SEASONAL: ListState.SEASONAL,
    Kind.CRISIS_PARKED: ListState.PARKED,
    Kind.SIGNPOSTED_CLOSED: ListState.CLOSED,
}


_AT_SIGN: Final = frozenset(
    {"bluesky", "instagram", "mastodon", "medium", "telegram", "threads", "tiktok", "x", "youtube"}
)


def publish(accounts: Iterable[Account], today: date) -> tuple[Entry, ...]:
    """Every account that has an address, in the order in which a reader looks for it. `today` is local."""
    entries = (entry_of(account, today) for account in accounts if account.address and account.key)
    return tuple(sorted(entries, key=_order))


def entry_of(account: Account, today: date) -> Entry:
    """The account's line of the list as of `today`, the city's day."""
    return Entry(
        account_id=account.id,
        key=account.key or "",
        platform=account.platform,
        name=function_of(account),
        url=account.address or "",
        administration=account.administration or "",
        unit=account.unit or "",
        state=state_of(account, today),
        purpose=account.purpose or "",
        language=account.language or "",
        since=account.registered_on.isoformat() if account.registered_on else "",
    )


def function_of(account: Account) -> str:
    """What the account is called in public. An office's account bears its holder's name: the office is told instead."""
    office = (account.purpose or account.unit) if account.kind is Kind.ROLE else None
    return office or account.name


def known_as(entry: Entry) -> str:
    """The account's own name on its platform, as that writes it; "" where a number stands for it."""
    handle = handle_of(entry.key, "")
    return f"@{handle}" if handle and entry.platform in _AT_SIGN and entry.key.count(":") == 1 else handle


def state_of(account: Account, today: date) -> ListState:
    """An account that has ended is closed, whatever it was."""
    if account.ends_on is not None and account.ends_on <= today:
        return ListState.CLOSED
    return _STATES.get(account.kind, ListState.ACTIVE)


def told_state(
    entry: Entry, *, unclear: Collection[int], outlived: Collection[int], unproven: Collection[int]
) -> ListState:
    """What residents are told of the account: no more than is known, and nothing about anybody else.

    By number: `unclear` accounts are confirmed not to be as the register has them, `outlived` ones are open after their
    last day, and of `unproven` ones nothing shows that they are in use.
    """
    if entry.state is ListState.CLOSED:
        return ListState.LEAVING if entry.account_id in outlived else entry.state
    if entry.account_id in unclear:
        return ListState.UNCLEAR
    is_unproven = entry.state is ListState.ACTIVE and entry.account_id in unproven
    return ListState.REGISTERED if is_unproven else entry.state


def _order(entry: Entry) -> tuple[bool, str, str, str, str]:
    """Whom nobody answers for stands last."""
    who = entry.administration.casefold()
    return not who, who, entry.unit.casefold(), entry.name.casefold(), entry.key
