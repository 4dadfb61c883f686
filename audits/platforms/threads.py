"""Threads: profiles.

    interface by handle, where a key may look up others ─▶ its posts      page
    JSON ─▶ the official interface's account, or its list of posts │ the account as the fediverse sees it
    HTML ─▶ the account that the page's own address or title names: its object and posts, else the head

A missing account is sent to the log-in page, as is every visitor on some days: absence is never proved here.
Titles are read by their signs, not their words, so that the language does not matter.
Its lists of posts leave replies out, and so prove life and never silence.
Sources: developers.facebook.com, Threads Profiles (`threads_profile_discovery`) and Retrieve User Posts;
RSS-Bridge/rss-bridge, ThreadsBridge.php; soxoj/socid-extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import WHO, Interface, addressed, by_handle, listed_at, offer, own_page
from audits.model import (
    APP_SCOPED,
    UNSEEN,
    AddressKind,
    Existence,
    Facts,
    Marker,
    PlatformId,
    Post,
    Reading,
    Route,
    Seen,
)
from audits.platform import Platform, routed
from audits.reading.activitypub import is_actor, read_actor
from audits.reading.answer_fields import distinct_ids, filled, number_id, shown_text
from audits.reading.embedded import Json, all_json, as_list, as_object, as_text, assignments, dig, find, find_objects
from audits.reading.html import Document
from audits.reading.ids import instagram_time
from audits.reading.meta import account_facts, graph_error, head_picture, of_others, own_picture
from audits.reading.pages import explicit, nobodys, present, undecided
from audits.reading.posts import latest
from audits.reading.urls import path
from audits.reading.written_values import exact_counts, moment
from audits.replies import Reply, reader

SITE: Final = "https://www.threads.com"

GRAMMAR: Final = Grammar(
    platform="threads",
    names=("threads", "threadsnet"),
    hosts=(Host("threads.com", subs="l"), Host("threads.net", subs="l")),
    fields={
        "name": Field(r"(?!\.)(?!.*\.\.)[A-Za-z0-9_.]{1,30}(?<!\.)(?=/|\Z)", lower),
        "post": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/**?u={target}", follow="target", notes=("link-shim",)),
        Form("/login/**?next={target}", follow="target", notes=("login",)),
        Form("/intent/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/tag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/tag/{{tag}}"),
        Form("/t/{post}/**", AddressKind.POST, url=f"{SITE}/t/{{post}}"),
        Form("/@{name}/post/{post}/**", AddressKind.POST, url=f"{SITE}/@{{name}}/post/{{post}}", owner="{name}"),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}", key="{name}", url=f"{SITE}/@{{name}}", notes=("bare-name",)),
    ),
    reserved={"service": "home explore activity saved liked settings custom_feeds download about"},
)


# --- what the interface says ------------------------------------------------------------------------------------------

WEB_ID: Final = "pk"
Node = dict[str, Json]


def _json(reply: Reply) -> Reading | None:
    """An account or a list of posts, of the official interface or the web's own."""
    refused = graph_error(reply.value) or of_others(reply.page.url, reply.value)
    told = refused or _actor(reply.object) or _account(reply.value) or _list(reply.value, reply.now)
    return told or _web_list(reply.object, reply.subject.handle, reply.now)


def _actor(value: Node) -> Reading | None:
    """The account as servers of the fediverse are told of it: by its name here, not by the one that it has there."""
    told = read_actor(value) if is_actor(value) else None
    return replace(told, facts=replace(told.facts, handle=shown_text(value, "preferredUsername"))) if told else None


_BY_NAME = ("xdt_text_app_user_by_username", "xdt_user_by_username")
_ACCOUNTS = ((), ("user",), ("data", "user"), ("data", "userData", "user"), *(("data", name) for name in _BY_NAME))


def _account(value: Json) -> Reading | None:
    nodes = ((path, as_object(dig(value, *path))) for path in _ACCOUNTS)
    path, account = next(((path, node) for path, node in nodes if "username" in node), ((), {}))
    if not account or "timestamp" in account:
        return None
    return _told_by(account, account_facts(account, *_ids(account, WEB_ID if path else APP_SCOPED)))


def _told_by(account: Node, facts: Facts) -> Reading:
    """The reading of an account object, which says itself whether strangers may look."""
    if account.get("text_post_app_is_private") is True:
        return explicit(Marker("threads.is-private", Existence.PRIVATE, '"text_post_app_is_private": true'), facts)
    return present(facts)


def _list(value: Json, now: datetime) -> Reading | None:
    nodes = [node for each in as_list(dig(value, "data")) if "timestamp" in (node := as_object(each))]
    if len({as_text(node.get("username")) for node in nodes}) > 1:
        return undecided("nobodys_own")
    posts = tuple(_api_post(node) for node in nodes)
    activity = latest(posts, now, "posts")  # replies are listed elsewhere
    handle = as_text(nodes[0].get("username")) or UNSEEN if nodes else UNSEEN
    return present(Facts(handle=handle, posts=posts, activity=activity)) if posts else None


def _api_post(node: Node) -> Post:
    kind = as_text(node.get("media_type"))
    return Post(
        url=as_text(node.get("permalink")),
        at=moment(node.get("timestamp")),
        repost=kind == "REPOST_FACADE",
        has_video=kind == "VIDEO" if kind else UNSEEN,
        has_picture=kind in ("IMAGE", "CAROUSEL_ALBUM") if kind else UNSEEN,
    )


def _web_list(value: Node, asked: str | None, now: datetime) -> Reading | None:
    """The threads of an account: its own posts in them, beside those that it passed on or answered."""
    listed = [*_web_nodes(as_object(value.get("data")).get("mediaData") or value.get("threads"))]
    own = [node for node in listed if asked and str(dig(node, "user", "username")).lower() == asked.lower()]
    owner, posts = as_object(own[0]["user"] if own else None), tuple(map(_web_post, own))
    facts = account_facts(owner, *_ids(owner, WEB_ID))
    return present(replace(facts, activity=latest(posts, now, "posts"), posts=posts)) if posts else None


def _ids(account: Node, space: str) -> tuple[PlatformId, ...]:
    """The interface's ids are made for one app, and are another kind than those in pages."""
    return distinct_ids(*(number_id(space, account.get(key)) for key in ("pk", "id")))


# --- what a page says -------------------------------------------------------------------------------------------------

_HANDLE = r"[A-Za-z0-9_.]{1,30}"
_TITLE = re.compile(
    rf"(?:(?P<name>(?:(?!: ?[“\"„«]).)*?)(?<!\s)\s*[(（]@(?P<handle>{_HANDLE})[)）]|@(?P<alone>{_HANDLE})(?!\S))",
    re.DOTALL,
)
_LONGEST_HEAD = 1000
_EARLY = re.compile(r"(\d[^•·]{0,30}?)(\. )([^•·]*)")
_PATH = re.compile(rf"^/@(?P<handle>{_HANDLE})(?P<post>/post/)?")
_TOLD = re.compile(r"\s[•·]\s")


def _page(reply: Reply) -> Reading | None:
    shown = _Shown(reply.document, reply.page.landed)
    if shown.handle is None or not (shown.titled or shown.account):
        return None
    facts = _facts(shown)
    if shown.is_post:
        return undecided("one_post", facts=replace(facts, description=UNSEEN, followers=UNSEEN, website_link=UNSEEN))
    posts = tuple({post.url: post for post in shown.posts()}.values())
    activity = latest(posts, reply.now, "posts sent along with the page")
    told = _told_by(shown.account, replace(facts, activity=activity, posts=posts or UNSEEN))
    return nobodys(told) if shown.is_two else told


@dataclass(frozen=True)
class _Shown:
    """One document, and where it was found."""

    document: Document
    landed: str

    @cached_property
    def path(self) -> re.Match[str] | None:
        own = (self.document.meta("og:url"), self.document.link("canonical"))
        return next((found for each in own if each and (found := _PATH.match(path(each)))), None)

    @cached_property
    def is_post(self) -> bool:
        """Whether its own address is a post's; in 2023 a post's address named nobody."""
        unnamed = self.document.meta("og:type") == "article" or "/post/" in path(self.landed)
        return bool(self.path["post"]) if self.path else unnamed

    @cached_property
    def titled(self) -> re.Match[str] | None:
        titles = (self.document.meta("og:title"), self.document.title)
        return next((found for each in titles if each and (found := _TITLE.match(each[:_LONGEST_HEAD]))), None)

    @cached_property
    def handle(self) -> str | None:
        """The handle as the page's own address or title writes it; a wall does neither."""
        return next((handle for handle in self._stated_handles if handle), None)

    @cached_property
    def _stated_handles(self) -> tuple[str | None, ...]:
        titled = (self.titled["handle"] or self.titled["alone"]) if self.titled else None
        return (self.path["handle"] if self.path else None), titled

    @property
    def is_two(self) -> bool:
        """Whether its address and its title name two accounts: so a page is kept that was left for another's."""
        return len({handle.lower() for handle in self._stated_handles if handle}) > 1

    @cached_property
    def values(self) -> list[Json]:
        return [*all_json(self.document, '"username"'), *assignments(self.document, "__bbox")]

    @cached_property
    def account(self) -> Node:
        """The fullest object of the page's own account."""
        nodes = (node for value in self.values for node in find_objects(value, "username") if self.is_own(node))
        return max(nodes, key=len, default={})

    def is_own(self, node: Node) -> bool:
        return (as_text(node.get("username")) or "").lower() == (self.handle or "").lower()

    def posts(self) -> Iterator[Post]:
        """The account's own posts; those of others stand among them as reposts and replies."""
        listed = (node for value in self.values for node in _web_nodes(value))
        yield from (_web_post(node) for node in listed if self.is_own(as_object(node["user"])))


def _web_nodes(value: Json) -> Iterator[Node]:
    """Every post below a thread, with who wrote it."""
    nodes = (as_object(found) for found in find(value, "post"))
    yield from (node for node in nodes if as_text(node.get("code")) and as_object(node.get("user")))


def _web_post(node: Node) -> Post:
    told = as_object(node.get("text_post_app_info"))
    code = as_text(node.get("code")) or ""
    return Post(
        url=f"{SITE}/t/{code}",
        at=moment(node.get("taken_at")) or instagram_time(code),
        pinned=any(dig(each, "pinned_post_info", "is_pinned_to_profile") is True for each in (told, node)),
        repost=bool(dig(told, "share_info", "reposted_post")),
    )


def _facts(shown: _Shown) -> Facts:
    """What the account's own object says, else what the head of the page says."""
    said = account_facts(shown.account, *_ids(shown.account, WEB_ID))
    followers, words = _told(shown)
    image = None if shown.is_post else head_picture(shown.document)
    avatar = own_picture(image) if image else UNSEEN
    name = ((shown.titled["name"] or "").strip() or None) if shown.titled else UNSEEN
    head = Facts(display_name=name, description=words, followers=followers, avatar_url=avatar)
    linked = None if shown.account.get("bio_links") == [] else said.website_link
    return filled(replace(said, handle=shown.handle or UNSEEN, website_link=linked, posts_count=UNSEEN), head)


def _told(shown: _Shown) -> tuple[Seen[int], Seen[str]]:
    """Followers, threads and words, parted by bullets, or in 2023 by a full stop; a stop of Threads' own and an
    invitation close them ("18 Threads. See the latest …", where there are no words).
    """
    said = (shown.document.meta("og:description") or "")[:_LONGEST_HEAD]
    early = _EARLY.fullmatch(said)
    parts = [*early.groups()] if early else _TOLD.split(said, maxsplit=2)
    if shown.is_post or len(parts) < 2 or shown.document.meta("og:type") not in (None, "profile"):
        return UNSEEN, UNSEEN
    counts = exact_counts(parts[0])
    invited = rf"[.。]?\s*[^.。!?…]*@{re.escape(shown.handle or '')}[^.。!?…]*[.。!?…]?\s*$"
    words = re.sub(invited, "", parts[2]).strip() if len(parts) > 2 else ""
    return (counts[0] if counts and counts[0] is not None else UNSEEN), words or UNSEEN


read: Final = reader("threads", json=_json, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------

_API: Final = "https://graph.threads.com/v1.0"
_PROFILE: Final = "username,name,profile_picture_url,biography,is_verified,follower_count"
_POSTS: Final = "id,permalink,timestamp,media_type"
_NEWEST: Final = f"{_API}/profile_posts?username={{name}}&fields={_POSTS}&limit=10"
_INTERFACE: Final = Interface(platform="threads", read=read, key="threads", sees=WHO, newest=listed_at(_NEWEST))
_PAGE_URL: Final = addressed(f"{SITE}/@{{name}}", otherwise=own_page)


PLATFORM: Final = Platform(
    label="Threads",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_HANDLE, by_handle, f"{_API}/profile_lookup?username={{items}}&fields={_PROFILE}"),
        offer(Route.PAGE, read, _PAGE_URL),
    ),
    route_of=routed(dict.fromkeys(("graph.threads.com", "graph.threads.net"), Route.API_BY_HANDLE)),
    interfaces=("graph.threads.com/", "graph.threads.net/"),
)
