"""What triage and the public list need to remember.

TriageStore    candidates and what was decided of them        ListStore   what the public list said when
SourceStore    what the register is held against, besides sightings
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from audits.model import Look, Source
from audits.reconciling import Former, LinkedChannel
from audits.registering import RegisterChange
from audits.triage import About, Candidate, CandidateState, TriageEvent

THE_LIST: Final = ""  # a list is one place


class CandidateMoved(Exception):
    """The candidate is no longer as it was read, so nothing was written; read it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCandidate:
    """A candidate with all that was said and decided of it, in order."""

    candidate: Candidate
    events: tuple[TriageEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a decision does to the register, planned as it stood after the import `after_import`. `why` is in the words
    of whoever decided, "" where they gave none.
    """

    change: RegisterChange
    why: str
    after_import: int


class TriageStore(Protocol):
    """Every method is one transaction. Times are UTC."""

    def keep_found(self, found: Sequence[Candidate]) -> int:
        """Keep those that are new, by key and what they are about; the others stay as they were decided."""
        ...

    def candidates(self, states: Collection[CandidateState] | None = None) -> Sequence[Candidate]:
        """In the order in which they were first seen."""
        ...

    def candidate(self, id_: int) -> KeptCandidate | None: ...
    def candidate_of(self, key: str, about: About) -> KeptCandidate | None: ...
    def histories(self, ids: Collection[int]) -> Mapping[int, Sequence[TriageEvent]]:
        """What was said and decided of each candidate, the oldest first; one without a line is left out."""
        ...

    def turned_changes(self, import_id: int) -> Sequence[RegisterChange]:
        """What would take a change of the register back."""
        ...

    def keep_event(self, before: Candidate, after: Candidate, event: TriageEvent) -> None:
        """Write the candidate as it is after, with the event. Raises `CandidateMoved`."""
        ...

    def keep_carried(self, before: Candidate, after: Candidate, event: TriageEvent, carried: Carried) -> Candidate:
        """The same together with the change of the register; returns the candidate with the account's number.

        Raises `CandidateMoved` or `RegisterMoved`; then neither is written.
        """
        ...


class Copied(StrEnum):
    """Which list a copy is of: the one that was published, or the one that was generated."""

    PUBLISHED = "published"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCopy:
    """The list as it said the same from `first_at` to `last_at` (UTC). `held`: so many missing of so many at once that
    nothing was believed. A line names an account by its `key`, or hides one behind a `short_link`.
    """

    what: Copied
    source: str
    first_at: datetime
    last_at: datetime
    lines: Sequence[Mapping[str, Any]]
    held: tuple[int, int] | None = None
    id: int | None = None

    @property
    def named(self) -> Sequence[Mapping[str, Any]]:
        """The lines that name an account."""
        return [line for line in self.lines if "key" in line]

    @property
    def short_links(self) -> Sequence[str]:
        """The addresses that may lead to any account."""
        return [line["short_link"] for line in self.lines if "short_link" in line]


class ListStore(Protocol):
    """The public list over time; every method is one transaction."""

    def last_copy(self, what: Copied) -> ListCopy | None: ...
    def keep_copy(self, copy: ListCopy) -> bool:
        """Keep what was read or written at `copy.last_at`; False where the last copy says the same: it lasts longer."""
        ...

    def keep_reading(self, copy: ListCopy, look: Look, after: datetime | None) -> bool:
        """Keep the copy, and what the reading changes of the list's sightings, together.

        False, and nothing is kept, where the list was read by somebody else since `after`, its last reading then.
        """
        ...

    def forget_reading(self, now: datetime) -> ListCopy | None:
        """Take back the last copy of the published list, and what it changed of the list's sightings; which it was.

        None where no list was ever read.
        """
        ...

    def copies(self) -> Sequence[ListCopy]:
        """The newest first."""
        ...


class SourceStore(Protocol):
    """What the register is held against besides sightings; every method is one transaction."""

    def former_keys(self) -> Mapping[str, int]:
        """Keys that accounts of the register bore before, with the account's id; no key that one bears today."""
        ...

    def left(self) -> Mapping[str, Former]:
        """Accounts that left the register, by the key they had; no key that one bears today."""
        ...

    def hidden(self) -> Mapping[Source, Collection[str | None]]:
        """By source, the platforms of short links that stand there and may lead to any account; None: of any."""
        ...

    def linked_channels(self) -> Sequence[LinkedChannel]: ...
    def sources_read(self) -> frozenset[Source]:
        """The sources that were read as a whole at least once."""
        ...
