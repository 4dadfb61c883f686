"""The register as the public list: what is told, and how each account's state is called.

Account ─ has an address and is not internal ─▶ Entry, by administration, name and platform
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from audits.listing.entries import Entry, ListState
from audits.model import Account, Kind

_STATES = {
    Kind.SEASONAL: ListState.SEASONAL,
    Kind.CRISIS_PARKED: ListState.PARKED,
    Kind.SIGNPOSTED_CLOSED: ListState.CLOSED,
}


def publish(accounts: Iterable[Account], today: date) -> tuple[Entry, ...]:
    """Every account that has an address, in the order in which a reader looks for it. `today` is local."""
    entries = (entry_of(account, today) for account in accounts if account.address and account.key)
    return tuple(sorted(entries, key=_order))


def entry_of(account: Account, today: date) -> Entry:
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


def state_of(account: Account, today: date) -> ListState:
    """An account that has ended is closed, whatever it was."""
    if account.ends_on is not None and account.ends_on <= today:
        return ListState.CLOSED
    return _STATES.get(account.kind, ListState.ACTIVE)


def _order(entry: Entry) -> tuple[bool, str, str, str, str]:
    """Whom nobody answers for stands last."""
    who = entry.administration.casefold()
    return not who, who, entry.unit.casefold(), entry.name.casefold(), entry.key
