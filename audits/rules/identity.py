"""Is the account there, and is it still the one that was registered?

A state that was seen fails its own rule. It acquits of another only where it shows that other to be over: an
account that is gone has not been opened again, and one that has moved has not got its name back.
"""

from __future__ import annotations

from audits.days import Now
from audits.model import Account, Existence, Identity, PlatformId, surely_its
from audits.rulebook import Verdict, failed, inapplicable, passed, rule
from audits.wording.said import said

_OFF = frozenset({Existence.SUSPENDED, Existence.DEACTIVATED})
_SHUT = _OFF | {Existence.GONE}
_OWN_SERVERS = frozenset({"website", "feed"})  # where no platform answers


def _unless(existence: Existence, hiding: frozenset[Existence]) -> Verdict:
    """Acquitted, unless what was seen says nothing of the question."""
    return inapplicable(existence) if existence in hiding else passed(existence)


@rule
def gone(account: Account, existence: Existence, now: Now) -> Verdict:
    """The platform, or a site's own server, says that there is none; after its end date that is as it should be."""
    if existence in _SHUT and account.has_ended(now.today):
        return inapplicable(said("evidence.ended", day=account.ends_on))
    if existence is not Existence.GONE:
        return _unless(existence, _OFF)
    return failed("gone", **{"site_state" if account.platform in _OWN_SERVERS else "state": existence})


@rule
def suspended(account: Account, existence: Existence, now: Now) -> Verdict:
    """The platform has closed the account, or its owner has switched it off before its end date."""
    if existence in _SHUT and account.has_ended(now.today):
        return inapplicable(said("evidence.ended", day=account.ends_on))
    if existence in _OFF:
        return failed(existence, state=existence)
    return _unless(existence, frozenset({Existence.GONE}))


@rule
def private(existence: Existence) -> Verdict:
    """Residents cannot read the account."""
    return failed("private", state=existence) if existence is Existence.PRIVATE else _unless(existence, _SHUT)


@rule
def moved(existence: Existence, moved_to: str | None) -> Verdict:
    """The account sends its followers on to another one."""
    if existence is not Existence.MOVED:
        return _unless(existence, _SHUT)
    return failed(moved_to or "moved", to=moved_to or "")


@rule
def renamed(existence: Existence, handle: str | None) -> Verdict:
    """The same account lives under another name than the registered one. A page without a name tells of none: it is
    no sign that the registered one has been taken back.
    """
    if existence is Existence.RENAMED:
        return failed(handle or "renamed", handle=handle or "")
    if existence is not Existence.PRESENT:
        return inapplicable(existence)
    return passed(existence) if handle else inapplicable(said("evidence.not_shown"))


@rule
def taken_over(account: Account, identity: Identity, platform_id: PlatformId | None) -> Verdict:
    """The name is held by another account than the one that was registered.

    An id of another kind than those it is registered by tells nothing of it.
    """
    if identity is Identity.FIRST_SEEN and surely_its(account.pinned):
        return inapplicable(said("evidence.another_kind_of_id"))
    return failed(platform_id, platform_id=platform_id) if identity is Identity.DIFFERENT else passed(platform_id)
