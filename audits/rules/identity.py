"""Is the account there, and is it still the one that was registered?"""

from __future__ import annotations

from audits.model import Existence, Identity, PlatformId
from audits.rulebook import Verdict, failed, passed, rule


@rule
def gone(existence: Existence) -> Verdict:
    """The platform says that no such account exists."""
    return failed("gone") if existence is Existence.GONE else passed(existence)


@rule
def suspended(existence: Existence) -> Verdict:
    """The platform has closed the account, or its owner has switched it off."""
    off = existence in (Existence.SUSPENDED, Existence.DEACTIVATED)
    return failed(existence) if off else passed(existence)


@rule
def private(existence: Existence) -> Verdict:
    """Residents cannot read the account."""
    return failed("private") if existence is Existence.PRIVATE else passed(existence)


@rule
def moved(existence: Existence, moved_to: str | None) -> Verdict:
    """The account sends its followers on to another one."""
    if existence is not Existence.MOVED:
        return passed(existence)
    return failed(moved_to or "moved", to=moved_to or "")


@rule
def renamed(existence: Existence, handle: str | None) -> Verdict:
    """The same account lives under another name than the registered one."""
    if existence is not Existence.RENAMED:
        return passed(existence)
    return failed(handle or "renamed", handle=handle or "")


@rule
def taken_over(identity: Identity, platform_id: PlatformId | None) -> Verdict:
    """The name is held by another account than the one that was registered."""
    return failed(platform_id, platform_id=platform_id) if identity is Identity.DIFFERENT else passed(platform_id)
