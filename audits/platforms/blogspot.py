"""Blogger: a blog is its host's first label, whatever country the rest of the host names.

feed (Atom, or the same in JSON: its id holds the blog's number) ─▶ page
The page has words of its own for missing, removed and private blogs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import NAME, addressed, offer, own_page
from audits.model import AddressKind, Facts, PlatformId, Reading, Route, Transport
from audits.platform import Platform, routed
from audits.reading.answer_fields import as_plain_text, number_id, or_unseen, read_field
from audits.reading.blog_feeds import blog_facts
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.feeds import Entry, Feed
from audits.reading.html import Document
from audits.reading.pages import present
from audits.reading.site import read_hosted_blog
from audits.reading.urls import host
from audits.reading.written_values import moment
from audits.replies import Reply, reader

_ENDINGS: Final = (
    "com se no dk fi de fr nl be ch at es it pt pl cz hu ro ru gr ie co.uk ca in jp kr tw hk sg mx cl pe com.au co.nz "
    "com.br com.ar com.tr co.za co.id co.il ae my bg hr rs si sk lt lu is md mk"
)

GRAMMAR: Final = Grammar(
    platform="blogspot",
    names=("blogspot", "blogger", "bloggercom"),
    hosts=(
        Host("blogger.com"),
        *(Host(f"blogspot.{ending}", subs="*", path="blog:/{sub}") for ending in _ENDINGS.split()),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9-]{1,63}", lower),
        "year": Field(r"[12][0-9]{3}"),
        "month": Field(r"[0-9]{2}"),
        "post": Field(r"[A-Za-z0-9_.-]+\.html"),
    },
    forms=(
        Form(
            "/blog:/{name}/{year}/{month}/{post}",
            AddressKind.POST,
            owner="{name}",
            url="https://{name}.blogspot.com/{year}/{month}/{post}",
        ),
        Form("/blog:/{name}/*", key="{name}", url="https://{name}.blogspot.com/"),
    ),
)

_NUMBER: Final = re.compile(r"tag:blogger\.com,1999:blog-(\d+)(?=\.|$)")
_IN_PAGE: Final = re.compile(r"[?&']blogI[dD]['=:\s]{1,5}(\d{5,25})(?=\D)")


def _feed(reply: Reply) -> Reading | None:
    return _told(reply.feed, reply) if reply.feed else None


def _told(feed: Feed, reply: Reply) -> Reading:
    facts, number = blog_facts(feed, reply.page), _NUMBER.search(feed.id or "")
    handle = _name(feed.url)
    known = replace(facts, platform_id=PlatformId("blog", number[1])) if number else facts
    return present(replace(known, handle=handle) if handle else known)


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if answer.get("kind") == "blogger#blog":
        return present(_stated(answer))
    feed = _in_json(as_object(answer.get("feed")))
    return _told(feed, reply) if feed else None


def _stated(blog: dict[str, Json]) -> Facts:
    """The blog as the Blogger API v3 states it (blogs.get); its `updated` is any change, and dates no post."""
    address = as_text(blog.get("url"))
    return Facts(
        display_name=read_field(blog, as_text, "name"),
        handle=or_unseen(_name(address)),
        platform_id=or_unseen(number_id("blog", blog.get("id"))),
        description=read_field(blog, as_plain_text, "description"),
        posts_count=or_unseen(as_count(dig(blog, "posts", "totalItems"))),
        language=or_unseen(as_text(dig(blog, "locale", "language"))),
    )


def _in_json(feed: dict[str, Json]) -> Feed | None:
    """The Atom feed as `?alt=json` writes it: every text stands in an object, under `$t`."""
    said = {name: as_text(dig(feed, name, "$t")) for name in ("id", "title", "subtitle")}
    if said["id"] is None:
        return None
    pages = [dig(link, "href") for link in as_list(feed.get("link")) if dig(link, "rel") == "alternate"]
    dates = [as_text(dig(entry, "published", "$t")) for entry in as_list(feed.get("entry"))]
    entries = tuple(Entry(at=moment(date)) for date in dates)
    address = next(filter(None, map(as_text, pages)), None)
    return Feed(id=said["id"], title=said["title"], description=said["subtitle"], url=address, entries=entries)


def _page(reply: Reply) -> Reading | None:
    found = read_hosted_blog(reply.answer, "blogspot", reply.packs)
    return _numbered(found, reply.document) if found else None


def _numbered(found: Reading, document: Document) -> Reading:
    number = _IN_PAGE.search(document.source) if found.transport is Transport.OK else None
    return replace(found, facts=replace(found.facts, platform_id=PlatformId("blog", number[1]))) if number else found


def _name(url: str | None) -> str | None:
    name, _, rest = host(url).partition(".")
    return name if rest.startswith("blogspot.") else None


read: Final = reader("blogspot", json=_json, xml=_feed, html=_page)


_FEED: Final = addressed("https://{name}.blogspot.com/feeds/posts/default?max-results=10")
_PAGE: Final = addressed("https://{name}.blogspot.com/?hl=en", otherwise=own_page)
PLATFORM: Final = Platform(
    label="Blogger",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.OPEN, read, _FEED, sees=NAME | {"activity"}),
        offer(Route.PAGE, read, _PAGE, sees=NAME),
    ),
    route_of=routed({"feeds": Route.OPEN}),
)
