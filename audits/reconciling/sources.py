"""All that the register is held against, read once.

register (today's accounts, names they bore before, accounts that left)  ┐
sightings (public list, own sites, other profiles, Wikidata)             ├▶ Sources
what was seen of linked channels (gone, leads elsewhere)                 │
cases that stand confirmed (gone, another's)                             ┤
decisions of the triage (not ours)                                       ┘
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from audits.listing import Listed
from audits.model import Account, Existence, Own, Sighted, SightingKind, Source
from audits.reconciling.discrepancies import Disagreement
from audits.reconciling.forms import Held, held_as, may_be_one

_LOOKS: Final = 3  # that must see a channel gone before it is said, as of a registered account
_HOURS: Final = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedChannel:
    """What was positively seen of a channel that is linked. `looks` saw it in a row, from `since` to `last` (UTC)."""

    key: str
    url: str
    existence: Existence = Existence.UNKNOWN
    since: datetime | None = None
    last: datetime | None = None
    looks: int = 0
    stated: bool = False  # an official interface said so
    pinned: str | None = None  # the first unchanging id seen under this address often enough, as "namespace value"
    shown: str | None = None  # and the last one
    leads_to: str | None = None  # the address that it sends its visitors on to

    @property
    def is_gone(self) -> bool:
        """Whether it is surely gone: seen so often and so long, or said by an official interface."""
        if self.existence is not Existence.GONE:
            return False
        long = self.since is not None and self.last is not None and self.last - self.since >= _HOURS
        return self.stated or (self.looks >= _LOOKS and long)

    @property
    def is_anothers(self) -> bool:
        """Whether the address shows another account today than when it was first looked at."""
        return bool(self.pinned and self.shown and self.pinned != self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An account that left the register, under the key it had."""

    account_id: int
    name: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Sources:
    """`former` tells which registered account bore a key before; `aliases` whither a key leads, by redirect or id.

    `sighted` may leave out most of very many places of one channel; `pages` then tells how many there are, by key.
    `listed` is what the public list says of each key, as it was last read. `hidden` are, by source, the
    platforms of short links that may lead to any account of theirs (None: of any platform), and keys of which words
    may speak. `links_back` is by account: whether its profile links to the city, None where that could not be seen.
    `lost` is by account, too: that it is confirmed to be gone, or another's; `outlived` are those that are confirmed to
    be open after their end date, `leaving` those that are being closed. `read` names the sources that were ever read:
    of the others nothing is concluded.
    """

    accounts: Sequence[Account]
    sighted: Sequence[Sighted] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    listed: Mapping[str, Listed] = field(default_factory=dict)
    hidden: Mapping[Source, Collection[str | None]] = field(default_factory=dict)
    former: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, Former] = field(default_factory=dict)
    linked: Mapping[str, LinkedChannel] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    links_back: Mapping[int, bool | None] = field(default_factory=dict)
    lost: Mapping[int, Disagreement] = field(default_factory=dict)
    outlived: Collection[int] = frozenset()
    leaving: Collection[int] = frozenset()
    not_ours: Collection[str] = frozenset()
    read: Collection[Source] = frozenset()

    @cached_property
    def by_key(self) -> Mapping[str, Account]:
        return {account.key: account for account in self.accounts if account.key}

    @cached_property
    def owners(self) -> Mapping[str, Collection[str]]:
        """The administrations of each channel, by key: more than one where the register holds it more than once."""
        found: dict[str, set[str]] = {}
        for account in self.accounts:
            if account.key and account.administration:
                found.setdefault(account.key, set()).add(account.administration)
        return found

    @cached_property
    def by_id(self) -> Mapping[int, Account]:
        return {account.id: account for account in self.accounts}

    @cached_property
    def places(self) -> Mapping[str, Sequence[Sighted]]:
        """Where each channel is named today, by key."""
        found: dict[str, list[Sighted]] = {}
        for each in self.sighted:
            key = each.sighting.key
            if key and each.stands and each.sighting.kind is SightingKind.PROFILE:
                found.setdefault(key, []).append(each)
        return found

    @cached_property
    def held(self) -> Collection[Held]:
        """Which kinds of accounts the register holds."""
        return {held_as(account) for account in self.accounts if account.key}

    @cached_property
    def hinted(self) -> Collection[tuple[Source, Held]]:
        """Of which kinds an account may be named at a source, by an address that names none of ours."""
        strange = [key for key in self.places if self.account_of(key) is None and key not in self.former]
        return {
            (place.source, held)
            for key in strange
            for held in self.held
            if may_be_one(key, held, self.linked)
            for place in self.places[key]
        }

    def among(self, source: Source, key: str) -> Sequence[Sighted]:
        return [each for each in self.places.get(key, ()) if each.source is source]

    def named_as_ours(self, key: str) -> Sequence[Sighted]:
        """Where a site names the channel, but for places that speak of somebody else's."""
        return [each for each in self.among(Source.SITE, key) if each.sighting.own is not Own.UNLIKELY]

    def names_of(self, account: Account, key: str) -> Collection[str]:
        """Every key by which a registered account may be named: its own, other names for it, and former ones."""
        others = {each for each, ahead in self.aliases.items() if ahead == key}
        return {key, *others, *(former for former, id_ in self.former.items() if id_ == account.id)}

    def may_hide(self, source: Source, account: Account) -> bool:
        """Whether a short link there may lead to the account, or words may speak of it: none such is missing."""
        return not {None, account.platform, account.key}.isdisjoint(self.hidden.get(source, ()))

    def lost_as(self, key: str) -> Disagreement | None:
        """What became of the registered account that a key names, where it is confirmed gone or another's."""
        account = self.account_of(key)
        return self.lost.get(account.id) if account else None

    def account_of(self, key: str) -> Account | None:
        """The registered account that a key names, or leads to."""
        return self.by_key.get(key) or self.by_key.get(self.aliases.get(key, ""))
