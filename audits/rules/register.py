"""Is the register itself in order? All but the last need no look at any platform."""

from __future__ import annotations

from audits.days import Now
from audits.model import Account, Closing, Existence, Kind
from audits.rulebook import Verdict, failed, inapplicable, passed, rule
from audits.sights import Register
from audits.wording.said import said

OPEN = frozenset({Existence.PRESENT, Existence.PRESENT_LIMITED, Existence.RENAMED})


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
def on_the_list(account: Account, listed: bool, vouched: bool, closing: Closing | None, now: Now) -> Verdict:
    """An account that is in use stands on the city's public list, and a closed one does not; either is right on its
    last day, and while it is being closed: to take it off is a step of that. One that the city does not vouch for is
    asked of nobody.
    """
    today = now.today
    closed = account.kind is Kind.SIGNPOSTED_CLOSED or account.has_ended(today)
    stands = said("evidence.listed") if listed else said("evidence.not_listed")
    if listed is not closed or account.ends_on == today or closing is not None:
        return passed(stands)
    if closed:
        return failed(said("evidence.closed_and_listed"), level="closed")
    return failed(stands) if vouched else passed(stands)


@rule
def has_address(account: Account) -> Verdict:
    """Somebody has stated where the account is."""
    return passed(account.key) if account.key or account.address else failed(said("evidence.no_address"))


@rule
def outlived(account: Account, existence: Existence, now: Now) -> Verdict:
    """An account with an end date, such as one that belongs to an office, is not open after it."""
    if account.ends_on is None:
        return inapplicable(said("evidence.no_end_date"))
    if not account.has_ended(now.today):
        return passed(said("evidence.until", day=account.ends_on))
    open_ = existence in OPEN and account.kind is not Kind.SIGNPOSTED_CLOSED
    return failed(account.ends_on, ends_on=account.ends_on) if open_ else passed(existence)
