"""What the register holds: accounts, their addresses, and the ids that never change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class AddressKind(StrEnum):
    """What a pasted address points at. Only a `PROFILE` has a key."""

    PROFILE = "profile"
    POST = "post"
    SHARE = "share"
    SEARCH = "search"
    HASHTAG = "hashtag"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Address:
    """A pasted text, understood. `key` has the form `x:name` or `facebook:id:123`."""

    raw: str
    platform: str | None
    kind: AddressKind
    canonical_url: str | None = None
    key: str | None = None
    owner_key: str | None = None
    suggest_key: str | None = None  # for a person to accept; letters are never guessed
    notes: tuple[str, ...] = ()


APP_SCOPED: Final = "app"
"""The namespace of ids that platforms make for one app: equal ones are the same account, others prove nothing."""


@dataclass(frozen=True, slots=True)
class PlatformId:
    """An id that never changes, in its own namespace: Instagram alone has two (`pk`, `graph`).

    `unproven_since` says of a registered one that it was seen then (UTC) under the registered name, and `again_at` on
    which later night (UTC): until a third one has shown it there, those pages may have been mixed up, or the address
    have led to a stranger. It is the same id for all that.
    """

    namespace: str
    value: str
    unproven_since: datetime | None = field(default=None, compare=False)
    again_at: datetime | None = field(default=None, compare=False)

    @property
    def holds_for_one_app(self) -> bool:
        """Whether another key would be told another id for the same account."""
        return self.namespace == APP_SCOPED

    def __str__(self) -> str:
        return f"{self.namespace}:{self.value}"


def surely_its(pinned: Sequence[PlatformId]) -> tuple[PlatformId, ...]:
    """Those of the registered ids that are proven: what an account is asked for by, and what makes another one a
    stranger's or a new holder's.
    """
    return tuple(known for known in pinned if known.unproven_since is None)


@dataclass(frozen=True, slots=True)
class RegisteredId:
    """An unchanging id that an account is registered by, since a moment (UTC)."""

    id: PlatformId
    since: datetime


class Kind(StrEnum):
    """What the register says an account is for; some kinds make silence legitimate."""

    ORDINARY = "ordinary"
    SEASONAL = "seasonal"
    ROTA = "rota"
    CRISIS_PARKED = "crisis_parked"
    ROLE = "role"
    SIGNPOSTED_CLOSED = "signposted_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One registered presence. `id` is the register's own surrogate and outlives every handle."""

    id: int
    platform: str
    name: str
    administration: str | None = None
    unit: str | None = None
    address: str | None = None  # canonical URL
    key: str | None = None
    pinned: tuple[PlatformId, ...] = ()
    waiting: tuple[PlatformId, ...] = ()  # ids of other kinds, not proven yet: it is not known by them
    kind: Kind = Kind.ORDINARY
    purpose: str | None = None
    language: str | None = None
    registered_on: date | None = None
    ends_on: date | None = None
    season_months: tuple[int, ...] = ()  # 1..12
    limits: Mapping[str, int] = field(default_factory=dict)  # an account's own limits, over rules.toml's

    @property
    def handle(self) -> str | None:
        """The last part of the key: a handle, or an id where the platform has no handles."""
        return self.key.rsplit(":", 1)[-1] if self.key else None

    def has_ended(self, today: date) -> bool:
        """Whether the day until which the register wants it open has passed."""
        return self.ends_on is not None and self.ends_on < today
