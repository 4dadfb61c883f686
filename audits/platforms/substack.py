"""Substack: newsletters (`name`) and people (`@name`).

a newsletter: feed ─▶ page       a person: public profile, whose "not found" is the interface's own word
JSON ── person · letters of one newsletter      HTML ── a newsletter's page; a person's, by what its scripts are handed
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, Post, Reading, Route
from audits.platform import Platform, Subject, routed
from audits.reading.answer_fields import number_id, or_unseen, read_field
from audits.reading.blog_feeds import read_blog_feed
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, quoted, texts
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.posts import latest
from audits.reading.site import read_blog_page
from audits.reading.urls import host
from audits.reading.written_values import moment
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
_OF_LETTERS: Final = {"post_date", "publication_id", "slug"}


def _json(reply: Reply) -> Reading | None:
    person, letters = reply.object, [as_object(each) for each in as_list(reply.value)]
    if {"id", "handle", "name"} <= person.keys():
        return present(_person(person))
    return _letters(letters, reply) if letters and all(each.keys() >= _OF_LETTERS for each in letters) else None


def _letters(letters: list[dict[str, Json]], reply: Reply) -> Reading:
    """What one newsletter sent; whose it is, its own host says. Lists are cut, and sorted as they were asked for."""
    name = _name(reply.page.landed)
    if name is None or len({as_count(each.get("publication_id")) for each in letters}) > 1:
        return undecided("nobodys_own")
    posts = tuple(Post(url=as_text(each.get("canonical_url")), at=moment(each.get("post_date"))) for each in letters)
    return present(Facts(handle=name, posts=posts, activity=latest(posts, reply.now, "letters")))


def _feed(reply: Reply) -> Reading | None:
    """The feed of letters, or that of their podcast, which the interface's host may hand out."""
    found = read_blog_feed(reply.text, reply.page)
    own = str(found.facts.website_link) if found else ""
    return _named(found, own if _name(own) else reply.page.landed)


def _page(reply: Reply) -> Reading | None:
    handed = quoted(reply.document, "_preloads") if "_preloads" in reply.document.source else None
    person = as_object(dig(handed, "profile"))
    if {"id", "handle", "name"} <= person.keys():
        return present(_person(person))
    blog = read_blog_page(reply.document, reply.page) if _is_substack(reply.document) else None
    return _named(blog or _newsletter(handed), reply.page.landed)


def _newsletter(handed: Json) -> Reading | None:
    """Where nothing is drawn before the scripts run, they are handed whose newsletter it is, and one of its letters."""
    newsletter = as_object(dig(handed, "pub"))
    if not as_text(newsletter.get("name")):
        return None
    facts = Facts(
        display_name=as_text(newsletter.get("name")),
        handle=read_field(newsletter, as_text, "subdomain"),
        description=read_field(newsletter, as_text, "hero_text"),
        avatar_url=read_field(newsletter, as_text, "logo_url"),
    )
    return undecided("one_post", facts=facts) if dig(handed, "post") else present(facts)


def _named(found: Reading | None, address: str) -> Reading | None:
    name = _name(address)
    return replace(found, facts=replace(found.facts, handle=name)) if found and name else found


def _is_substack(document: Document) -> bool:
    return "substackcdn.com" in document.source or "substack.com" in document.source


def _name(url: str) -> str | None:
    name = host(url).removesuffix(".substack.com")
    return name if name and name not in (host(url), "api", "open", "www") else None


def _person(person: dict[str, Json]) -> Facts:
    handle = as_text(person.get("handle"))
    links = tuple(texts(person.get("userLinks"), "value"))
    return Facts(
        display_name=read_field(person, as_text, "name"),
        handle=f"@{handle}" if handle else UNSEEN,
        platform_id=or_unseen(number_id("user", person.get("id"))),
        description=read_field(person, as_text, "bio"),
        avatar_url=read_field(person, as_text, "photo_url"),
        website_link=next(iter(links), None) if "userLinks" in person else UNSEEN,
        links=links if "userLinks" in person else UNSEEN,
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
