"""Whose page this is: the one question that comes before every fact.

    links to the app, route, log, JSON-LD, tabs, address ─▶ the owner's id
    objects with that id ─▶ delegate page, name, handle

Nothing but what carries the owner's own id is believed: pages also show other pages, and other people's posts.
Fields: mikf/gallery-dl, facebook.py; soxoj/socid-extractor, schemes.py; recorded pages of 2018 to 2023.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from audits.addresses import identify
from audits.model import UNSEEN, Address, AddressKind, PlatformId, Seen
from audits.platforms.facebook.grammar import GRAMMAR, SITE
from audits.platforms.facebook.ids import fold, platform_id
from audits.platforms.facebook.untagged import Tab, own_tabs, untagged_name
from audits.reading.embedded import Json, all_json, as_text, assignments, dig, find, find_objects, ld_json, objects
from audits.reading.entities import unescaped
from audits.reading.html import Document
from audits.reading.urls import host, path, path_parts

Node = dict[str, Json]
_APP_LINKS = ("al:android:url", "al:ios:url")
_APP_LINK = re.compile(r"fb://(?:page|profile)/(?:\?id=)?(\d{1,20})(?![\d\s])")
_ROUTE = re.compile(r"\"(?:userID|pageID)\":\s*\"([1-9]\d{4,19})\"|"
                    r"(?:[?&]rid=|/mbasic/more/\?owner_id=)([1-9]\d{4,19})(?=\D)")  # not cut off  # fmt: skip
_LOGGED = re.compile(r"\"?entity_id\"?:\s*\"?([1-9]\d{4,19})(?=\D)|"
                     r"content_owner_id_new\"?[:.]\s*\"?([1-9]\d{4,19})(?=\D)")  # fmt: skip
_VANITY = re.compile(r"\"user(?:ID\":\s*\"(\d{5,20})\",\s*\"user)?Vanity\":\s*\"([^\"]{1,60})\"")
_HEADER = "profile_header_renderer"
_MOST_NAMED = 100
_THINGS = ("Group", "Event")
_PLACEHOLDER = re.compile(r"^$|^error$|\bfacebook", re.IGNORECASE)  # "Log in to Facebook", in whatever language
_WALLS = frozenset({"login", "login.php", "checkpoint", "recover", "r.php", "reg", "unsupportedbrowser", "cookie"})
_ASKING = ("privacy", "consent")


def flattened(text: str) -> str:
    """Text in which JSON reads the same, whether it stood in a script, a string of a script or an attribute."""
    return unescaped(text).replace("\\", "")


@dataclass(frozen=True)
class PageOf:
    """A document, and whose it is."""

    document: Document
    landed: str

    @cached_property
    def flat(self) -> str:
        return flattened(self.document.source)

    @cached_property
    def _stated(self) -> list[str]:
        """What the page calls its own address. A path alone is none: it may have come with another site's head."""
        stated = (self.document.meta("og:url"), self.document.link("canonical"))
        return [each for each in stated if each and host(each)]

    @cached_property
    def _addresses(self) -> list[Address]:
        """Its own addresses, understood; where it is silent, where it was found."""
        return [_understood(each) for each in self._stated or [self.landed]]

    @property
    def is_two(self) -> bool:
        """Whether it calls itself by several names: then nothing says whose the numbers in it are."""
        own = {content.rstrip("/").lower() for name, content in self.document.metas if name == "og:url" and content}
        return len(own) > 1

    @property
    def is_wall(self) -> bool:
        places = [path_parts(each.lower()) for each in self._stated]
        return any(not parts or parts[0] in _WALLS or parts[:2] == _ASKING for parts in places)

    @cached_property
    def is_post(self) -> bool:
        return any(address.kind is AddressKind.POST for address in self._addresses)

    @property
    def is_profile(self) -> bool:
        """By its app link or its address; where it gives neither (photo tabs), by its owner and where it was found."""
        if self._is_in_the_app:
            return self.owner is not None
        addressed = any(address.kind is AddressKind.PROFILE for address in self._addresses)
        return addressed if self._stated else self._is_somebodys and (addressed or not self.landed)

    @property
    def _is_in_the_app(self) -> bool:
        """Whether it leads to a page or a person in the platform's app, as no wall does."""
        return any(_APP_LINK.search(self.document.meta(name) or "") for name in _APP_LINKS)

    @property
    def _is_somebodys(self) -> bool:
        """Whether the owner is a page or a person: groups and events have an id and a name as well."""
        return self.owner is not None and not any(node.get("__typename") in _THINGS for node in self.objects)

    @cached_property
    def owner(self) -> PlatformId | None:
        """The id that head, route, log, JSON-LD, a tab or the address of the page names, in this order."""
        return (
            None if self.is_two else next((known for number in self._numbers() if (known := platform_id(number))), None)
        )

    def _numbers(self) -> Iterator[str]:
        links = (self.document.meta(name) or "" for name in _APP_LINKS)
        yield from (found[1] for link in links if (found := _APP_LINK.search(link)))
        patterns = (_LOGGED,) if self.is_post else (_ROUTE, _LOGGED)
        yield from (found[1] or found[2] for each in patterns if (found := each.search(self.flat)))
        in_ld = (platform_id(node.get("identifier")) for node in self._own_in_ld)
        yield from (known.value for known in in_ld if known)
        yield from (tab.number for tab in self._own_tabs)
        yield from (key.removeprefix("facebook:id:") for key in sorted(self._keys))
        headers = (each for value in all_json(self.document, _HEADER) for each in find(value, _HEADER))
        headed = {number for each in headers if (number := as_text(dig(each, "user", "id")))}
        yield from headed if len(headed) == 1 else ()

    @cached_property
    def _nodes(self) -> list[Node]:
        """Every object of the JSON that names its owner: some thousands, gone through once for all that is asked."""
        if self.owner is None:
            return []
        values = (*all_json(self.document, self.owner.value), *assignments(self.document, "__bbox"))
        return [node for value in values for node in objects(value)]

    def having(self, *keys: str) -> list[Node]:
        """Those of them that have all the keys, whosever they are."""
        wanted = frozenset(keys)
        return [node for node in self._nodes if node.keys() >= wanted]

    @cached_property
    def objects(self) -> list[Node]:
        """Every object with the owner's id, the page's header first."""
        wanted = self.owner.value if self.owner else None
        own = [node for node in self.having("id") if node["id"] == wanted]
        return sorted(own, key=lambda node: "__isProfile" not in node)

    @cached_property
    def delegates(self) -> tuple[PlatformId, ...]:
        """The page that a profile stands for since it was moved."""
        found = (platform_id(dig(node, "delegate_page", "id")) for node in self.objects)
        return tuple(dict.fromkeys(each for each in found if each and each != self.owner))

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(each.value for each in (self.owner, *self.delegates) if each)

    @cached_property
    def handle(self) -> Seen[str]:
        """The owner's handle as the platform writes it; None where the page says that it has none."""
        names = [as_text(node["username"]) for node in self.objects if "username" in node]
        tabs = (tab.handle for tab in self._own_tabs)
        stated = (*self._vanities(), *names, *self._handles_in_addresses(), *tabs)
        return next((name for name in stated if name), None if names else UNSEEN)

    def _vanities(self) -> Iterator[str]:
        """The names in the page's route, the owner's own; the routes of posts hold the names of whoever shared them."""
        found = () if self.is_post else _VANITY.finditer(self.flat)
        yield from (name for whose, name in (each.groups() for each in found) if whose is None or whose in self.ids)

    @property
    def head_is_anothers(self) -> bool:
        """Whether the head names somebody else than the owner's own objects do: two pages came as one."""
        title = self.document.meta("og:title") or ""
        names = [name for node in self.objects if (name := as_text(node.get("name")))]
        alike = (title.startswith(name) or name.startswith(title) for name in names)
        return bool(title and names) and not self.is_post and not any(alike)

    def _handles_in_addresses(self) -> Iterator[str]:
        in_header = (as_text(node.get("url")) or "" for node in self.objects if "__isProfile" in node)
        for each in (*self._stated, *(_address_in_ld(node) for node in self._own_in_ld), *in_header):
            address = _understood(each)
            key = (address.key or address.owner_key or "").removeprefix("facebook:")
            yield from (part for part in unquote(path(each)).split("/") if part and fold(part) == key)

    @cached_property
    def _own_tabs(self) -> list[Tab]:
        """The tabs below the page's own name; links to the tabs of others stand beside them."""
        return [tab for tab in own_tabs(self.document) if self.leads_home(f"{SITE}/{tab.handle}")]

    def leads_home(self, url: str) -> bool:
        """Whether it is the address of the page itself, or of one of its tabs."""
        return _understood(url).key in self._keys

    @cached_property
    def _own_in_ld(self) -> list[Node]:
        """What the page's JSON-LD says of the owner, by whose address it is; it may name others too."""
        nodes = [*ld_json(self.document, "Organization", "Person")]
        for crumbs in ld_json(self.document, "BreadcrumbList"):
            nodes += find_objects(crumbs, "item", "name")
        return [node for node in nodes[:_MOST_NAMED] if _understood(_address_in_ld(node)).key in self._keys]

    @cached_property
    def _keys(self) -> frozenset[str]:
        """What the page's own addresses are keyed by: themselves, or who posted there."""
        return frozenset(key for each in self._addresses if (key := each.key or each.owner_key))

    @cached_property
    def name(self) -> str | None:
        objects = (as_text(node.get("name")) for node in self.objects)
        in_ld = (as_text(node.get("name")) for node in self._own_in_ld)
        return next((name for name in (*objects, *in_ld, self._title() or self._untagged()) if name), None)

    def _title(self) -> str | None:
        """The name in the head: with its town behind it on some pages, on posts only where it closes the title."""
        title = (self.document.meta("og:title") or "").removesuffix(" | Facebook")
        named_so = self._is_in_the_app and title.lower() not in ("", "facebook")
        closing = self.document.title.endswith(f"- {title} | Facebook")
        if (_PLACEHOLDER.search(title) and not named_so) or (self.is_post and not closing):
            return None
        alone, before = self.document.meta("og:image:alt") or "", title.partition(" | ")[0]
        if alone and title.startswith(alone):
            return alone
        described = self.document.meta("og:description") or ""
        return before if described.startswith((f"{before},", f"{before}.")) else title

    def _untagged(self) -> str | None:
        name = None if self.is_post or self.document.meta("og:title") else untagged_name(self.document)
        return None if name is None or _PLACEHOLDER.search(name) else name


def _address_in_ld(node: Node) -> str:
    stated = (node.get("@id"), dig(node, "item", "@id"), node.get("url"))
    return next((address for each in stated if (address := as_text(each))), "")


def _understood(url: str) -> Address:
    return identify(url, "facebook", (GRAMMAR,))
