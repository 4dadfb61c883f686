"""What a platform is to the audit: an address grammar, routes in order, and one reader.

    Account ─▶ RouteOffer.ask(subject) ─Probe▶ … ─Page▶ Platform.read ─▶ Reading

A platform is declared in one small file under `audits/platforms`; nothing else knows how it works.
The order of the routes is the order in which they are tried: official interface by id, by handle,
open feed or interface, documented oEmbed, public page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias
from unicodedata import normalize

from audits.addresses import Grammar
from audits.model import Page, PlatformId, Probe, Reading, Route
from audits.reading.markers import Packs
from audits.reading.urls import host, parameters, path_parts
from audits.wording import catalogue, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a page should be about: what the register, or a pasted address, says."""

    platform: str
    key: str | None = None
    url: str | None = None
    pinned: tuple[PlatformId, ...] = ()

    @property
    def handle(self) -> str | None:
        return self.key.rsplit(":", 1)[-1] if self.key else None

    def id_in(self, namespace: str, in_key: str | None = None) -> str | None:
        """The pinned id in this namespace, without its namespace; else the one that the key is made of.

        `in_key` is the form of such keys behind the platform's name, its group the id: `id:(.+)`.
        """
        pinned = next((pinned.value for pinned in self.pinned if pinned.namespace == namespace), None)
        named = re.fullmatch(rf"[a-z]+:{in_key}", self.key or "") if in_key else None
        return pinned or (named[1] if named else None)


class Reader(Protocol):
    """Reads one page, whatever it turned out to be. Raises nothing on any page."""

    def __call__(self, page: Page, subject: Subject, packs: Packs, /) -> Reading: ...


Asking: TypeAlias = Generator[Probe, Page, Reading]
Ask: TypeAlias = Callable[[Subject, Packs], Asking | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOffer:
    """One way to look. `ask` returns None where the subject lacks what the route needs (an id, a handle).

    `key` names the credential without which the route is closed, `unless` the one that closes it: some terms
    forbid to mix an official interface with the platform's pages.
    """

    route: Route
    ask: Ask
    key: str | None = None
    unless: str | None = None
    sees: frozenset[str] = frozenset()  # names of what the route can show: "existence", "identity", "activity", ...


def routed(table: Mapping[str, Route], otherwise: Route = Route.PAGE) -> Callable[[str], Route]:
    """Which route an address belongs to: the first whose sign it shows.

    A sign is its host, with or without its first label, a segment of its path, a parameter with its value
    (`method=info`), or the host with a parameter (`api.example?login`) or any number in its path
    (`api.example/{number}`).
    """

    def route_of(url: str) -> Route:
        home, asked, within = host(url), parameters(url), path_parts(url)
        homes = (home, home.partition(".")[2])
        more = (*(f"?{name}" for name, _ in asked), *("/{number}" for part in within if part.isdigit()))
        signs = {*homes, *within, *map("=".join, asked), *(f"{each}{what}" for each in homes for what in more)}
        return next((route for sign, route in table.items() if sign in signs), otherwise)

    return route_of


page_route: Final = routed({})


def fold_handle(handle: str) -> str:
    """A handle as platforms compare them: without @, in small letters, each in one piece with its mark."""
    return normalize("NFC", handle.removeprefix("@").lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform, declared: how its addresses look, how it is asked, and who reads its answers."""

    label: str
    grammar: Grammar
    read: Reader
    routes: tuple[RouteOffer, ...] = ()
    route_of: Callable[[str], Route] = page_route  # which route an address belongs to
    fold: Callable[[str], str] = fold_handle  # handles that fold alike name the same account
    named_kinds: frozenset[str] = frozenset()  # kinds whose keys name a handle as well: `linkedin:company:name`
    interfaces: tuple[str, ...] = ()  # hosts, with a path where they are shared, that answer and hold no profiles
    paths: tuple[str, ...] = ()  # beginnings of paths by which its interface is known on any host
    questions: tuple[str, ...] = ()  # words of its own in what an interface is asked that serves several platforms
    reads_as_well: tuple[str, ...] = ()  # platforms with addresses of their own, whose answers its reader knows

    @property
    def name(self) -> str:
        """As its grammar calls it."""
        return str(self.grammar.platform)

    def called(self, language: str) -> str:
        """What people call it in that language: most have one name everywhere."""
        key = f"platform.{self.name}"
        return phrase(key, language) if key in catalogue(language) else self.label

    def handle_in(self, key: str | None) -> str | None:
        """The handle that a key names; None for keys of another form (`x:id:1`, `youtube:user:name`)."""
        match (key or "").split(":"):
            case [_, handle]:
                return handle
            case [_, kind, handle] if kind in self.named_kinds:
                return handle
        return None


Platforms: TypeAlias = Mapping[str, Platform]


def keyless(platforms: Platforms) -> tuple[str, ...]:
    """The platforms that no key opens: none of their routes asks for one."""
    return tuple(sorted(name for name, each in platforms.items() if not any(offer.key for offer in each.routes)))
