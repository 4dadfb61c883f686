"""What an editor's form says of an account, held against the register.

    what, address, new address × accounts ─understood▶ Understood ─▶ a report that triage can take

People know addresses, triage knows accounts. A changed account whose former address the register does not know is new
to it at the address that the account has now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audits.addresses import Grammar, identify
from audits.model import Account
from audits.triage.candidates import About


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What is reported. `address` is a new account's, or the new one of a changed account; `was` what it had before,
    where the register does not know that.
    """

    about: About
    address: str = ""
    account_id: int | None = None
    was: str = ""


def understood(
    about: About, address: str, new_address: str, accounts: Iterable[Account], grammars: tuple[Grammar, ...]
) -> Understood:
    """What a form says; `address` is what the account has, or had before `new_address`."""
    if about is About.NEW:
        return Understood(about=about, address=address)
    key = identify(address, None, grammars).key
    account_id = next((each.id for each in accounts if key and each.key == key), None)
    moved_to = new_address if about is About.CHANGED else ""
    if account_id is None and moved_to:
        return Understood(about=About.NEW, address=moved_to, was=address)
    return Understood(about=about, address=moved_to, account_id=account_id)
