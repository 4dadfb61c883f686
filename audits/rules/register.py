"""Is the register itself in order? These need no look at any platform."""

from __future__ import annotations

from audits.model import Account
from audits.rulebook import Verdict, failed, passed, rule
from audits.sights import Register


@rule
def has_administration(account: Account, register: Register) -> Verdict:
    """Exactly one administration that still stands answers for the account."""
    if not account.administration:
        return failed("none")
    if register.administrations and account.administration not in register.administrations:
        return failed(account.administration, administration=account.administration)
    return passed(account.administration)


@rule
def registered_once(account: Account, register: Register) -> Verdict:
    """No other row holds the same account."""
    others = [each for each in register.sharing.get(account.key or "", ()) if each != account.id]
    return failed(account.key, same_as=", ".join(map(str, others))) if others else passed(account.key)


@rule
def has_address(account: Account) -> Verdict:
    """Somebody has stated where the account is."""
    return passed(account.key) if account.key or account.address else failed("no address")
