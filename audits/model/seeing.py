"""What is looked at, and what is seen.

    Account ─visit─▶ Probe ⇄ Page ─▶ Reading ─▶ Observation

Every field of an observation is a value, `None` (looked, there was none) or `UNSEEN` (could not look).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Final, TypeAlias, TypeVar

from audits.model.accounts import PlatformId

T = TypeVar("T")


class Unseen(Enum):
    """The one value that says: nobody could look, so nothing may be concluded."""

    UNSEEN = "unseen"

    def __repr__(self) -> str:
        return "UNSEEN"

    def __bool__(self) -> bool:
        return False


UNSEEN: Final = Unseen.UNSEEN
Seen: TypeAlias = T | Unseen | None


class Transport(StrEnum):
    """How far the look came. Only `OK` lets anything else be concluded."""

    OK = "ok"
    WALLED = "walled"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    CONSENT = "consent"
    NOT_PERMITTED = "not_permitted"
    UNREACHABLE = "unreachable"
    NOT_RECORDED = "not_recorded"
    UNREADABLE = "unreadable"


class Existence(StrEnum):
    """What was seen of the account itself; everything but `UNKNOWN` needs a positive marker."""

    PRESENT = "present"
    PRESENT_LIMITED = "present_limited"
    PRIVATE = "private"
    MOVED = "moved"
    RENAMED = "renamed"
    SUSPENDED = "suspended"
    DEACTIVATED = "deactivated"
    GONE = "gone"
    UNKNOWN = "unknown"


ALIVE: Final = frozenset({Existence.PRESENT, Existence.PRESENT_LIMITED, Existence.RENAMED})
ACCUSING: Final = frozenset(  # what is said against an account, and wants a positive sign
    {Existence.GONE, Existence.SUSPENDED, Existence.DEACTIVATED, Existence.PRIVATE, Existence.MOVED}
)


class Identity(StrEnum):
    """Whether the platform's own unchanging id is the one pinned in the register."""

    SAME = "same"
    FIRST_SEEN = "first_seen"
    DIFFERENT = "different"
    NOT_READABLE = "not_readable"


class Precision(StrEnum):
    """How exactly a date was stated."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"


class Route(StrEnum):
    """The ways to look, in the order in which they are tried."""

    API_BY_ID = "api_by_id"
    API_BY_HANDLE = "api_by_handle"
    OPEN = "open"  # a feed or interface that the platform opens to everyone
    OEMBED = "oembed"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Batch:
    """A question that may be asked for many accounts at once: `endpoint` holds `{items}`."""

    endpoint: str
    item: str
    limit: int
    separator: str = ","


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What to ask. The edge decides whether it may be asked, and adds the credential named by `key`."""

    url: str
    platform: str
    route: Route
    accept: str = "*/*"
    batch: Batch | None = None
    key: str | None = None  # name of a credential; its value never enters `audits`
    accounts: int = 1  # how many accounts this one request asks about: some interfaces are paid by the account
    named_by: str | None = None  # the page that named this address; None: the register or a declaration did


_FIRST_ERROR: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What came back. `transport` is what the edge already knows; readers conclude the rest from the body.

    `status` is None where a recording did not keep it; header names are lower case.
    """

    url: str
    fetched_at: datetime
    status: int | None = None
    final_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    transport: Transport = Transport.OK
    reason: str = ""
    truncated: bool = False
    basis: str = ""  # the recorded decision that opened this page, where one was needed
    copied: bool = False  # an archive's copy: it shows what was there on its day, and nothing of today's silence
    of_several: bool = False  # the answer to a question about several accounts

    @property
    def is_an_error(self) -> bool:
        """Whether its status says that the request failed (RFC 9110, sections 15.5 and 15.6)."""
        return self.status is not None and self.status >= _FIRST_ERROR

    @property
    def landed(self) -> str:
        """The address that answered, after redirects."""
        return self.final_url or self.url


_A_FIELD: Final = re.compile(r'"?[A-Za-z_]+"?: \S+$')


@dataclass(frozen=True, slots=True)
class Marker:
    """The evidence for a reading: which known sign was found, what it means, and the words that were there."""

    id: str
    means: str
    excerpt: str = ""
    is_words: bool = False  # whether the excerpt is what people read on the page, and no field, address or status

    @property
    def is_a_field(self) -> bool:
        """Whether it quotes a field of an answer to programs, as `suspended: true`, and no words of a page."""
        return _A_FIELD.match(self.excerpt) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, as far as it was shown."""

    url: str | None = None
    at: datetime | None = None
    pinned: bool = False
    repost: bool = False
    has_picture: Seen[bool] = UNSEEN
    has_video: Seen[bool] = UNSEEN
    has_captions: Seen[bool] = UNSEEN  # authored captions; machine-made ones do not count
    has_machine_captions: Seen[bool] = UNSEEN
    has_alt_text: Seen[bool] = UNSEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The latest post. `sees_newest` is False where the route may miss newer posts: then the date may prove life but
    never silence. `stirred` is a later sign of life of another kind, as when others' posts were passed on or one
    was pinned that is newer than the rest: nothing is dated by it, and silence is counted from it.
    """

    at: datetime | None
    source: str
    precision: Precision = Precision.SECOND
    sees_newest: bool = False
    stirred: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a profile states about itself."""

    display_name: Seen[str] = UNSEEN
    handle: Seen[str] = UNSEEN
    platform_id: Seen[PlatformId] = UNSEEN
    more_ids: tuple[PlatformId, ...] = ()
    description: Seen[str] = UNSEEN
    followers: Seen[int] = UNSEEN
    posts_count: Seen[int] = UNSEEN
    activity: Seen[Activity] = UNSEEN
    avatar_url: Seen[str] = UNSEEN
    website_link: Seen[str] = UNSEEN
    links: Seen[tuple[str, ...]] = UNSEEN
    more_links: Seen[bool] = UNSEEN  # the page says that it keeps further ones elsewhere
    verified: Seen[bool] = UNSEEN
    created_at: Seen[datetime] = UNSEEN
    language: Seen[str] = UNSEEN
    posts: Seen[tuple[Post, ...]] = UNSEEN
    moved_to: Seen[str] = UNSEEN

    @property
    def ids(self) -> tuple[PlatformId, ...]:
        """All ids that are shown, the own one first."""
        return (self.platform_id, *self.more_ids) if isinstance(self.platform_id, PlatformId) else self.more_ids


NO_FACTS: Final = Facts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one page says, before it is held against the register."""

    transport: Transport
    existence: Existence = Existence.UNKNOWN
    facts: Facts = NO_FACTS
    markers: tuple[Marker, ...] = ()
    reason: str = ""
    stated: bool = False  # an official interface stated this existence in so many words
    is_left_out: bool = False  # the answer is about several accounts, and this one is not among them
    torn: bool = False  # nothing ties the name that is shown to the number: they may be of two accounts
    goes_by: tuple[str, ...] = ()  # of an absence: the addresses by which the page that tells of it goes


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was seen of one account, dated, without opinion, on four axes that are never collapsed."""

    account_id: int
    observed_at: datetime
    transport: Transport
    existence: Existence
    identity: Identity
    route: Route | None
    url: str | None = None
    facts: Facts = NO_FACTS
    markers: tuple[Marker, ...] = ()
    reason: str = ""
    stated: bool = False
    basis: str = ""
    attempts: tuple[str, ...] = ()  # "page: walled", in the order tried

    @property
    def activity(self) -> Seen[Activity]:
        return self.facts.activity


def is_seen(transport: Transport, existence: Existence, *, doubted: bool = False) -> bool:
    """What it means, wherever coverage is told, that an account was seen: an answer came through, it said how the
    account stands, and it may be believed. Whatever else an answer showed, one that leaves that open has not seen it.
    """
    return transport is Transport.OK and existence is not Existence.UNKNOWN and not doubted


class SightingKind(StrEnum):
    """What an address found on a page is. Only a `PROFILE` is an account."""

    PROFILE = "profile"
    SHARE = "share"
    EMBED = "embed"  # something of the platform's that the page shows or loads
    POST = "post"
    OTHER = "other"


class Own(StrEnum):
    """Whether an account seen on a page seems to be its publisher's. Evidence for a person, never a decision."""

    LIKELY = "likely"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A channel seen named somewhere. `url` is the address as it stands there, made absolute."""

    page: str
    url: str
    kind: SightingKind
    place: str  # where on the page: "footer", "json-ld", ...
    platform: str | None = None
    key: str | None = None
    text: str = ""  # what the page calls it
    own: Own = Own.UNKNOWN
    why: str = ""


Visit: TypeAlias = Generator[Probe, Page, Observation]
