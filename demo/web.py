"""The invented city's little web, as a value.

    Presence (one account, day by day) … ─standing(day)▶ Day ─┐
    robots, keyed hosts ──────────────────────────────────────┴─answer(url, headers, at)▶ Answer | None: nobody answers

What a question is answered depends on nothing but its address, its key and the day, so that a server on loopback and
a test are answered alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from string import Template
from urllib.parse import parse_qs, urlsplit

from audits.days import utc_day

ROBOTS = "/robots.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server gives back. `headers` have lower-case names."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The days (UTC) on which something holds: from `since`, up to the day before `before`; or `on` single ones."""

    since: date | None = None
    before: date | None = None
    on: frozenset[date] = frozenset()

    def holds(self, day: date) -> bool:
        if self.on:
            return day in self.on
        return (self.since is None or self.since <= day) and (self.before is None or day < self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One account's part of a list that an interface gives of many; `names` are the words it can be asked for by."""

    names: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stands on the web of one account: answers by address, parts of lists by the list's address."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)


Presence = Sequence[tuple[Season, Look]]
"""Of several seasons the first that holds counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of an interface: `asked` says which of an item's names a parameter may hold, `around` what stands around.

    Where nobody is found, `empty` is the answer, if there is one; else the list is an empty one.
    """

    asked: Mapping[str, Sequence[str]]
    around: str = "$items"
    empty: Answer | None = None

    def answer(self, url: str, items: Sequence[Item]) -> Answer:
        query = parse_qs(urlsplit(url).query)
        wanted = {
            (name, each)
            for parameter, names in self.asked.items()
            for name in names
            for part in query.get(parameter, ())
            for each in part.split(",")
        }
        found = [item.text for item in items if wanted & item.names.items()]
        if not found and self.empty:
            return self.empty
        body = Template(self.around).substitute(count=len(found), items=",\n".join(found))
        return Answer(headers={"content-type": "application/json"}, body=body.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A host that answers nobody without a key in this header or parameter, but `refusal`."""

    header: str = ""
    param: str = ""
    refusal: Answer

    def opens(self, url: str, headers: Mapping[str, str]) -> bool:
        return self.header in headers or self.param in parse_qs(urlsplit(url).query)


@dataclass(frozen=True, slots=True, kw_only=True)
class LittleWeb:
    """Everything that the invented web says, by account and by host."""

    presences: Sequence[Presence]
    listings: Mapping[str, Listing] = field(default_factory=dict)
    keyed: Mapping[str, Keyed] = field(default_factory=dict)
    robots: Mapping[str, Answer] = field(default_factory=dict)  # of hosts that have one of their own
    silent: Sequence[tuple[Season, str]] = ()
    everywhere: Answer = field(default_factory=Answer)  # the robots.txt of every other host
    nothing: Answer = field(default_factory=Answer)

    def answer(self, url: str, at: datetime, headers: Mapping[str, str] | None = None) -> Answer | None:
        """What stands at `url` at the moment `at` (UTC); None where the host answers nobody."""
        day, host, bare = utc_day(at), urlsplit(url).hostname or "", url.partition("?")[0]
        if any(season.holds(day) for season, mute in self.silent if mute == host):
            return None
        if urlsplit(url).path == ROBOTS:
            return self.robots.get(host, self.everywhere)
        keyed = self.keyed.get(host)
        if keyed and not keyed.opens(url, headers or {}):
            return keyed.refusal
        looks = list(self._standing(day))
        answers = (look.answers[address] for address in (url, bare) for look in looks if address in look.answers)
        return next(answers, None) or self._listed(url, bare, looks)

    def addresses(self) -> frozenset[str]:
        """Every address at which anything stands on some day; lists without their questions."""
        looks = [look for presence in self.presences for _, look in presence]
        return frozenset(address for look in looks for address in look.answers) | frozenset(self.listings)

    def hosts(self) -> frozenset[str]:
        """Every host that says anything, for a resolver to lead to loopback."""
        named = (urlsplit(url).hostname for url in self.addresses())
        return frozenset(host for host in named if host) | frozenset(self.robots)

    def _standing(self, day: date) -> Iterator[Look]:
        """What is true of each account on that day."""
        for presence in self.presences:
            yield from [look for season, look in presence if season.holds(day)][:1]

    def _listed(self, url: str, bare: str, looks: Sequence[Look]) -> Answer:
        if bare not in self.listings:
            return self.nothing
        return self.listings[bare].answer(url, [look.items[bare] for look in looks if bare in look.items])
