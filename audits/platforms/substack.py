"""Substack: newsletters (`name`) and people (`@name`).

a newsletter: feed ─▶ page       a person: public profile, whose "not found" is the interface's own word
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, PlatformId, Reading, Route
from audits.platform import Platform, Subject, routed
from audits.reading.blog_feeds import read_blog_feed
from audits.reading.embedded import Json, as_count, as_text
from audits.reading.html import Document
from audits.reading.pages import present
from audits.reading.site import read_blog_page
from audits.reading.told import told
from audits.reading.urls import host
from audits.replies import Reply, reader

GRAMMAR: Final = Grammar(
    platform="substack",
    names=("substack", "substackcom"),
    hosts=(
        Host("substack.com"),
        Host("open.substack.com", path="open:"),
        Host("api.substack.com", path="service:"),
        Host("substack.com", subs="*", path="letter:/{sub}"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9-]{1,63}", lower),
        "person": Field(r"[A-Za-z0-9_-]{1,63}", lower),
        "slug": Field(r"[A-Za-z0-9-]+"),
    },
    forms=(
        Form(
            "/open:/pub/{name}/p/{slug}",
            AddressKind.POST,
            url="https://{name}.substack.com/p/{slug}",
            owner="{name}",
            post="{slug}",
        ),
        Form("/open:/pub/{name}", key="{name}", url="https://{name}.substack.com/"),
        Form(
            "/letter:/{name}/p/{slug}/**",
            AddressKind.POST,
            url="https://{name}.substack.com/p/{slug}",
            owner="{name}",
            post="{slug}",
        ),
        Form("/letter:/{name}/*", key="{name}", url="https://{name}.substack.com/"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/@{person}/*", key="@{person}", url="https://substack.com/@{person}"),
    ),
)

_PROFILE: Final = "https://substack.com/api/v1/user/{name}/public_profile"


def _json(reply: Reply) -> Reading | None:
    person = reply.object
    return present(_person(person)) if {"id", "handle", "name"} <= person.keys() else None


def _feed(reply: Reply) -> Reading | None:
    """A letter's own, or that of its podcast, which the interface's host may hand out."""
    found, landed = read_blog_feed(reply.text, reply.page), reply.page.landed
    return _named(found, landed if _name(landed) or not found else str(found.facts.website_link))


def _page(reply: Reply) -> Reading | None:
    blog = read_blog_page(reply.document, reply.page) if _is_substack(reply.document) else None
    return _named(blog, reply.page.landed)


def _named(found: Reading | None, address: str) -> Reading | None:
    name = _name(address)
    return replace(found, facts=replace(found.facts, handle=name)) if found and name else found


def _is_substack(document: Document) -> bool:
    return "substackcdn.com" in document.source or "substack.com" in document.source


def _name(url: str) -> str | None:
    name = host(url).removesuffix(".substack.com")
    return name if name and name not in (host(url), "api", "open", "www") else None


def _person(person: dict[str, Json]) -> Facts:
    number, handle = as_count(person.get("id")), as_text(person.get("handle"))
    return Facts(
        display_name=told(person, as_text, "name"),
        handle=f"@{handle}" if handle else UNSEEN,
        platform_id=PlatformId("user", str(number)) if number is not None else UNSEEN,
        description=told(person, as_text, "bio"),
        avatar_url=told(person, as_text, "photo_url"),
    )


read: Final = reader("substack", json=_json, xml=_feed, html=_page)


def _profile_url(subject: Subject) -> str | None:
    name = subject.handle or ""
    return _PROFILE.format(name=quote(name[1:])) if name.startswith("@") else None


def _feed_url(subject: Subject) -> str | None:
    name = subject.handle or ""
    return f"https://{name}.substack.com/feed" if name and not name.startswith("@") else None


_SEES: Final = frozenset({"existence"})

PLATFORM: Final = Platform(
    label="Substack",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.OPEN, read, _profile_url, sees=_SEES | {"identity"}),
        offer(Route.OPEN, read, _feed_url, sees=_SEES | {"activity"}),
        offer(Route.PAGE, read, own_page, sees=_SEES),
    ),
    route_of=routed({"feed": Route.OPEN, "api": Route.OPEN}),
)
