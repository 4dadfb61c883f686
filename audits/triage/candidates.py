"""A channel that waits for a decision, and how it came to wait.

Discrepancy (linked or listed, not registered) ─▶ Candidate about a new account
what an editor reports                         ─▶ Candidate about a new, a changed or a closed one
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from audits.reconciling import Disagreement, Discrepancy


class About(StrEnum):
    """What the register should do about the channel."""

    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"


class CandidateState(StrEnum):
    """What has been decided of a candidate."""

    OPEN = "open"
    REGISTERED = "registered"  # carried into the register: added, changed or closed there
    NOT_OURS = "not_ours"
    ASKED = "asked"  # an administration was asked


class Origin(StrEnum):
    """How a channel came to wait: linked by a page, on the public list, or reported by somebody."""

    LINKED = "linked"
    LISTED = "listed"
    REPORTED = "reported"


class Whose(StrEnum):
    """Whose a channel is that is not the city's."""

    SCHOOL = "school"
    COMPANY = "company"
    ASSOCIATION = "association"
    PARTNER = "partner"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One channel and what it is about. Times are UTC.

    `key` is the channel's; of a changed or closed account it is the one in the register, and `url` of a changed one
    its new address. `note` is what the reporter said. `administration` is who was asked, or who answers for it.
    """

    key: str
    about: About
    platform: str
    url: str
    origin: Origin
    first_seen_at: datetime
    name: str = ""
    id: int | None = None  # None: not yet kept
    state: CandidateState = CandidateState.OPEN
    changed_at: datetime | None = None
    account_id: int | None = None
    administration: str | None = None
    whose: Whose | None = None
    by: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageEvent:
    """One line of a candidate's history. `import_id` is the change of the register that went with it."""

    at: datetime
    act: str
    state: CandidateState
    by: str
    reason: str = ""
    administration: str | None = None
    whose: Whose | None = None
    account_id: int | None = None
    import_id: int | None = None


_WAITING: Final = {
    Disagreement.LINKED_NOT_REGISTERED: Origin.LINKED,
    Disagreement.LISTED_NOT_REGISTERED: Origin.LISTED,
}


def candidates_from(found: Iterable[Discrepancy], now: datetime) -> Iterator[Candidate]:
    """A candidate for every channel that is linked or listed and not registered."""
    for each in found:
        origin = _WAITING.get(each.what)
        if origin is not None:
            yield Candidate(
                key=each.key,
                about=About.NEW,
                platform=each.platform,
                url=each.url,
                name=each.name,
                origin=origin,
                first_seen_at=now,
                changed_at=now,
            )
