"""Instagram's HTML, of every year since 2015.

    2015–2021  window._sharedData and __additionalDataLoaded hold the account, JSON-LD some of it
    2022–      a shell: the title names it, props hold its id and picture, the description its counts and words
    any        og:type profile · og:url · al:ios:url name the account

What is read is the account that the page's own address names: shells also carry the visitor's, and accounts suggested.
Titles and descriptions are read by their signs, not their words, so that the language does not matter.
Meta tags and props: soxoj/socid-extractor, schemes.py; recorded pages of 2018 to 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from audits.model import UNSEEN, Existence, Facts, Marker, PlatformId, Reading, Seen, Unseen
from audits.platforms.instagram.accounts import (
    PK,
    Node,
    facts_of,
    is_blank,
    nodes_of,
    unwrapped,
    with_posts,
    without_placeholders,
)
from audits.platforms.instagram.rendered import followers_shown, said_private
from audits.reading.answer import Answer
from audits.reading.answer_fields import filled, or_unseen
from audits.reading.embedded import Json, all_json, as_object, as_text, assignments, dig, find, find_objects, ld_json
from audits.reading.entities import unescaped
from audits.reading.html import Document
from audits.reading.meta import head_picture, own_picture
from audits.reading.pages import explicit, nobodys, present, undecided
from audits.reading.urls import host, path
from audits.reading.written_values import exact_counts

_HANDLE = r"[A-Za-z0-9_.]{1,30}"
_TITLE = re.compile(
    rf"(?:(?P<name>(?:(?!: ?[“\"„«]).)*?)(?<!\s)\s*[(（]@(?P<handle>{_HANDLE})[)）]|@(?P<alone>{_HANDLE}))"
    r"[^\W\d_]{0,4}\s*(?:[•·|]|$)",  # a particle stands there in Korean and Japanese
    re.DOTALL,
)
_BYLINE = re.compile(rf"[^-–]{{1,90}}\s[-–]\s(?P<name>[^:\"“„«]*?)\s*[(（]@(?P<handle>{_HANDLE})[)）]")
_BIO = re.compile(rf"[(（]@{_HANDLE}[)）][^:]{{0,40}}:\s?[\"“„«](?P<bio>.*)[\"”“»]\s*$", re.DOTALL)
_STORY = re.compile(r"Watch this story by (?P<name>.+) on Instagram before it disappears")
_PROFILE_ID = re.compile(r"(?:profile|Stories)Page_(\d{1,20})(?=\D)|\"profile_id\":\s*\"(\d{1,20})\"")  # not cut off
_APP_LINK = re.compile(rf"[?&]username=({_HANDLE})|/_u/({_HANDLE})")
_IN_PATH = re.compile(rf"^/({_HANDLE})(?:/|$)")
_STORY_PATH = re.compile(rf"^/stories/({_HANDLE})/")
_POST_PATH = re.compile(rf"^(?:/{_HANDLE})?/(?:p|tv|reel|reels|share)/[\w-]+")
_NOT_HANDLES = frozenset({"p", "tv", "reel", "reels", "stories", "explore", "accounts", "about", "challenge", "legal",
                          "developer", "direct", "web", "share", "api", "_u", "_n", "privacy", "graphql"})  # fmt: skip
_LONGEST_HEAD = 1000
_CONNECTION = "xdt_api__v1__feed__user_timeline_graphql_connection"
_DATA = ("_sharedData", "_jscalls", "__additionalDataLoaded", "__bbox", "props")


def read_page(answer: Answer) -> Reading | None:
    """What a page says of the account that its own address names; None where it names none."""
    page = _Page(answer.document, answer.page.landed)
    now = answer.page.fetched_at
    if page.is_post:
        facts = _owners(page.facts())
        return undecided("one_post", facts=facts) if facts.handle or page.owner_id else None
    if not page.shows_account:
        return None
    told = _told(page, with_posts(page.facts(), page.nodes, now, "instagram.posts"))
    return nobodys(told) if page.is_two else told


def _owners(facts: Facts) -> Facts:
    """What a post's page tells of who wrote it; the words and numbers there are the post's."""
    return replace(facts, description=UNSEEN, website_link=UNSEEN, followers=UNSEEN, posts_count=UNSEEN)


def _told(page: _Page, facts: Facts) -> Reading:
    stated = page.account.get("is_private")
    said = '"is_private": true' if stated is True else said_private(page.document) if stated is None else None
    if said is None:
        return present(facts)
    marker = Marker("instagram.is-private", Existence.PRIVATE.value, said)
    return explicit(marker, replace(facts, posts=UNSEEN, activity=UNSEEN))


@dataclass(frozen=True)
class _Page:
    """One document, and where it was found."""

    document: Document
    landed: str

    @cached_property
    def addresses(self) -> list[str]:
        """The addresses that the page gives itself, the most reliable statement first."""
        return [each for each in (self.document.meta("og:url"), self.document.link("canonical")) if each]

    @cached_property
    def paths(self) -> list[str]:
        """The paths of its own address, where that is Instagram's."""
        return [found for each in self.addresses if (found := _path(each))]

    @property
    def is_anothers(self) -> bool:
        """Whether it calls itself another site's page: TikTok's titles name a handle as Instagram's do."""
        return bool(self.addresses) and not self.paths

    @cached_property
    def is_post(self) -> bool:
        return any(_POST_PATH.match(each) for each in self.paths or [_path(self.landed) or ""])

    @cached_property
    def shows_account(self) -> bool:
        """Only a page that names an account in its head shows one; walls name nobody."""
        profile = self.document.meta("og:type") == "profile"
        return bool(self.handle) and not self.is_anothers and (profile or bool(self.titled) or bool(self.account))

    @cached_property
    def titled(self) -> re.Match[str] | None:
        """Name and handle as the title gives them."""
        heads = (title[:_LONGEST_HEAD] for title in self.document.titles)
        return next(filter(None, map(_TITLE.match, heads)), None)

    @cached_property
    def described(self) -> str:
        """The description of a share's preview, which has the counts; else the one for search engines."""
        return (self.document.meta("og:description", "description") or "")[:_LONGEST_HEAD]

    @cached_property
    def handle(self) -> str | None:
        asked = _handle_in(_path(self.landed) or "")
        named = (*self._stated_handles, self._byline("handle"), asked)
        return next((handle for handle in named if handle), None)

    @cached_property
    def _stated_handles(self) -> tuple[str | None, ...]:
        """As the head's links to the app, its addresses and the title name the account, in this order."""
        titled = (self.titled["handle"] or self.titled["alone"]) if self.titled else None
        return (*self._app_links(), *(_handle_in(each) for each in self.paths), titled)

    @property
    def is_two(self) -> bool:
        """Whether the head names several accounts: so a page is kept that was left for another within the browser."""
        return len({handle.lower() for handle in self._stated_handles if handle}) > 1

    def _app_links(self) -> Iterator[str | None]:
        for link in (self.document.meta("al:ios:url"), self.document.meta("al:android:url")):
            found = _APP_LINK.search(link or "")
            yield (found[1] or found[2]) if found else None

    @cached_property
    def values(self) -> list[Json]:
        """The JSON of the page that may hold an account."""
        declared = list(all_json(self.document, '"username"')) + list(all_json(self.document, '"profile_pic_url"'))
        return declared + [value for name in _DATA for value in assignments(self.document, name)]

    @cached_property
    def account(self) -> Node:
        """The fullest object of the page's own account."""
        return max(self._own, key=len, default={})

    @cached_property
    def _own(self) -> list[Node]:
        """Every object of the page's own account: it may come twice, once with its posts alone."""
        wanted = (self.handle or "").lower()
        return [node for value in self.values for node in find_objects(value, "username") if _names(node, wanted)]

    @property
    def nodes(self) -> list[Node]:
        """The posts that the account's object carries, or that stand beside it: until 2014 each with who wrote it, and
        since 2024 as the site's own interface gives a timeline, where posts written with others bear the others' names.
        """
        wanted = (self.handle or "").lower()
        beside = (node for value in self.values for listed in find(value, "userMedia") for node in unwrapped(listed))
        own = [node for node in beside if _names(as_object(node.get("user")), wanted)]
        connected = (unwrapped(dig(each, "edges")) for value in self.values for each in find(value, _CONNECTION))
        timelines = (nodes for each in connected if _is_timeline_of(nodes := [*each], wanted))
        return next(filter(None, map(nodes_of, (self.account, *self._own))), own or next(timelines, []))

    @cached_property
    def owner_id(self) -> PlatformId | None:
        """The one number that the page's scripts name; of several, nobody knows whose page it is."""
        scripts = () if self.is_post else self.document.scripts
        found = {number for script in scripts for number in _numbers_in(script.text)}
        stated = found or {self.document.meta("instapp:owner_user_id") or ""}
        number = stated.pop() if len(stated) == 1 else ""
        usable = number.isascii() and number.isdigit() and not self._is_anothers(number)
        return PlatformId(PK, number) if usable else None

    def _is_anothers(self, number: str) -> bool:
        """Whether an account of another name has this number: two pages came as one."""
        objects = (node for value in self.values for node in find_objects(value, "username") if _has(node, number))
        named = {name.lower() for node in objects if (name := as_text(node["username"]))}
        return bool(named) and (self.handle or "").lower() not in named

    @cached_property
    def in_ld(self) -> Facts:
        """What the JSON-LD of pages until 2021 says of the account, by the name that stands there."""
        own = (node for node in ld_json(self.document) if as_text(node.get("alternateName")) == f"@{self.handle}")
        node = next(own, {})
        counted = exact_counts(as_text(dig(node, "mainEntityofPage", "interactionStatistic", "userInteractionCount")))
        bio = as_text(node.get("description"))
        return Facts(
            description=unescaped(bio) if bio else UNSEEN,
            website_link=or_unseen(as_text(node.get("url"))),
            followers=or_unseen(next(iter(counted), None)),
        )

    def facts(self) -> Facts:
        """What the account's own object says, else what JSON-LD or the head of the page says."""
        followers, posts_count = self._counts()
        head = Facts(
            display_name=self._name(),
            handle=or_unseen(self.handle),
            platform_id=or_unseen(self.owner_id),
            description=self._bio(),
            followers=self._followers_shown() if isinstance(followers, Unseen) else followers,
            posts_count=posts_count,
        )
        told = filled(filled(facts_of(self.account), self.in_ld), head)
        shown = replace(told, avatar_url=self._avatar(told.avatar_url))
        return without_placeholders(shown) if is_blank(shown) else shown

    def _name(self) -> Seen[str]:
        if self.titled:
            return (self.titled["name"] or "").strip() or None
        story = _STORY.match((self.document.meta("og:title") or "")[:_LONGEST_HEAD])
        return story["name"] if story else (self._byline("name") or UNSEEN)

    def _byline(self, part: str) -> str | None:
        found = _BYLINE.match(self.described) if self.is_post else None
        return found[part] if found else None

    def _bio(self) -> Seen[str]:
        found = None if self.is_post else _BIO.search((self.document.meta("description") or "")[:_LONGEST_HEAD])
        cut = found is None or found["bio"].rstrip().endswith(("...", "…"))
        return UNSEEN if found is None or cut else found["bio"].strip() or None

    def _counts(self) -> tuple[Seen[int], Seen[int]]:
        """Followers, following, posts: in this order in every language."""
        counts = () if self.is_post else exact_counts(re.split(r"\s[-–—―]\s", self.described)[0])
        return (or_unseen(counts[0]), or_unseen(counts[2])) if len(counts) == 3 else (UNSEEN, UNSEEN)

    def _followers_shown(self) -> Seen[int]:
        return UNSEEN if self.is_post else followers_shown(self.document, self.handle or "")

    def _avatar(self, said: Seen[str]) -> Seen[str]:
        """The largest there is: the object's own, the head's, a small one of the object's or of the props."""
        if self.is_post or "profile_pic_url_hd" in self.account or said is None:
            return said
        address = head_picture(self.document) or said or self._picture_in_props()
        return own_picture(address) if isinstance(address, str) else UNSEEN

    def _picture_in_props(self) -> str | None:
        wanted = self.owner_id.value if self.owner_id else None
        props = (node for value in self.values for node in find_objects(value, "profile_pic_url", "id"))
        return next((as_text(node["profile_pic_url"]) for node in props if node["id"] == wanted), None)


def _numbers_in(script: str) -> Iterator[str]:
    """The numbers of accounts whose profile it belongs to."""
    return (one or other for one, other in _PROFILE_ID.findall(script))


def _handle_in(path: str) -> str | None:
    found = _STORY_PATH.match(path) or _IN_PATH.match(path)
    return found[1] if found and found[1].lower() not in _NOT_HANDLES else None


def _has(node: Node, number: str) -> bool:
    return number in (str(node.get("id")), str(node.get("pk")))


def _is_timeline_of(nodes: list[Node], handle: str) -> bool:
    return any(_names(as_object(node.get("user")), handle) for node in nodes)


def _names(node: Node, handle: str) -> bool:
    named = as_text(node.get("username")) or ""
    return bool(named) and named.lower() == handle and ("id" in node or "pk" in node or "full_name" in node)


def _path(address: str) -> str | None:
    return path(address) if host(address).removeprefix("www.") in ("instagram.com", "instagr.am") else None
