"""Tumblr: a blog is its host's first label, and the same name on tumblr.com.

    API (with a key) ─▶ feed ─▶ page: the blog's own theme, or the view on tumblr.com with its initial state

Tumblr API documentation, /info and /posts; the metas of a theme, Custom Themes: og:type tumblr-feed:tumblelog for a
blog, anything with a post's id for a post.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import addressed, offer, own_page
from audits.model import UNSEEN, Activity, AddressKind, Facts, Page, Post, Reading, Route, Seen
from audits.platform import Platform, Subject, routed
from audits.reading.answer_fields import as_plain_text, card_owner, or_unseen, read_field, text_id, without_placeholder
from audits.reading.blog_feeds import read_blog_feed
from audits.reading.embedded import (
    Json,
    as_count,
    as_list,
    as_object,
    as_text,
    assigned,
    dig,
    find_objects,
    script_json,
    try_loads,
)
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply, reader

GRAMMAR: Final = Grammar(
    platform="tumblr",
    names=("tumblr", "tumblrcom"),
    hosts=(
        Host("tumblr.com"),
        Host("t.umblr.com"),
        Host("tmblr.co", path="short:"),
        Host("api.tumblr.com", path="service:"),
        Host("tumblr.com", subs="*", path="blog:/{sub}"),
    ),
    fields={
        "name": Field(
            r"(?!(?:api|assets|media|static|embed|px|help|support|engineering|mx)(?:/|\Z))[A-Za-z0-9-]{1,32}", lower
        ),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/redirect?z={target}", follow="target", notes=("link-shim",)),
        Form("/oembed/1.0?url={target}", follow="target", notes=("oembed",)),
        Form("/share|widgets/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/tagged/{tag}/**", AddressKind.HASHTAG, url="https://www.tumblr.com/tagged/{tag}"),
        *(
            form
            for before in ("/blog:", "/blog", "/blog/view", "")
            for form in (
                Form(
                    f"{before}/{{name}}/post/{{post}}/**",
                    AddressKind.POST,
                    owner="{name}",
                    url="https://{name}.tumblr.com/post/{post}",
                ),
                Form(
                    f"{before}/{{name}}/{{post}}/**",
                    AddressKind.POST,
                    owner="{name}",
                    url="https://{name}.tumblr.com/post/{post}",
                ),
                Form(f"{before}/@{{name}}/*", key="{name}", url="https://{name}.tumblr.com/"),
                Form(f"{before}/{{name}}/*", key="{name}", url="https://{name}.tumblr.com/"),
            )
        ),
    ),
    reserved={
        "service": "dashboard explore login register settings about docs policy jobs privacy tips likes following new "
        "blogs inbox communities",
    },
)

KEY: Final = "tumblr"
_API: Final = "https://api.tumblr.com/v2/blog"
_APP_LINK: Final = re.compile(r"[?&]blogName=(?P<name>[A-Za-z0-9-]+)(?P<rest>.*)")
_NO_PICTURE: Final = ("/default_avatar/", "/images/default_header")


def _json(reply: Reply) -> Reading | None:
    blog = as_object(dig(reply.value, "response", "blog"))
    if "name" in blog:
        return present(_blog_facts(blog, reply.page))
    if reply.object.get("provider_name") == "Tumblr":
        card = reply.object
        return undecided("one_post", facts=card_owner(card, _named_in))
    return _refused(as_object(reply.object.get("meta")))


def _named_in(address: str | None) -> str | None:
    return _name(address or "")


def _refused(meta: dict[str, Json]) -> Reading | None:
    """The reading of a refusal: a 404 stands before missing blogs and before those that are hidden from strangers
    alike.
    """
    said = f"{meta.get('status')} {meta.get('msg')}"
    return refusal(meta.get("status"), said) or (undecided(own_words(said)) if "status" in meta else None)


def _blog_facts(blog: dict[str, Json], page: Page) -> Facts:
    """`updated` is when the blog last posted, or published what was queued."""
    updated = moment(blog.get("updated"))
    picture = dig(max(as_list(blog.get("avatar")), key=_width, default=None), "url")
    known = updated is not None and updated <= page.fetched_at
    return Facts(
        display_name=read_field(blog, as_text, "title"),
        handle=or_unseen(as_text(blog.get("name"))),
        platform_id=or_unseen(text_id("uuid", blog.get("uuid"))),
        description=read_field(blog, as_plain_text, "description"),
        followers=or_unseen(as_count(blog.get("followers"))),
        posts_count=or_unseen(as_count(blog.get("posts"))),
        avatar_url=without_placeholder(or_unseen(as_text(picture)), _NO_PICTURE),
        activity=Activity(at=updated, source="updated", sees_newest=True) if known else UNSEEN,
    )


def _width(picture: Json) -> int:
    return as_count(dig(picture, "width")) or 0


def _feed(reply: Reply) -> Reading | None:
    found = read_blog_feed(reply.text, reply.page)
    if found is None:
        return None
    return replace(found, facts=replace(found.facts, handle=or_unseen(_name(str(found.facts.website_link)))))


def _name(url: str) -> str | None:
    name, _, rest = host(url).partition(".")
    return name if rest == "tumblr.com" and name != "www" else None


_HANDED_OUT: Final = re.compile(r"\s*var tumblr_api_read\s*=\s*(\{.*\})[\s;]*\Z", re.DOTALL)


def _page(reply: Reply) -> Reading | None:
    handed = _HANDED_OUT.match(reply.text)
    if handed:
        return _first_interface(as_object(try_loads(handed[1])), reply)
    return _state(reply.document, reply.page, reply.subject) or _themed(reply.document, reply.page)


def _first_interface(answer: dict[str, Json], reply: Reply) -> Reading | None:
    """The interface of 2007, which still answers at /api/read/json: a blog and the posts that were asked for."""
    blog, posts = as_object(answer.get("tumblelog")), as_list(answer.get("posts"))
    dated = [Post(at=moment(dig(each, "unix-timestamp"))) for each in posts]
    facts = Facts(
        display_name=read_field(blog, as_text, "title"),
        handle=or_unseen(as_text(blog.get("name"))),
        description=read_field(blog, as_plain_text, "description"),
        posts_count=or_unseen(as_count(answer.get("posts-total"))) if answer.get("posts-type") is False else UNSEEN,
        activity=latest(dated, reply.now, "posts"),
    )
    return present(facts) if as_text(blog.get("name")) else None


_BLOG: Final = ("tumblr-feed:tumblelog", "profile", "website", "")


def _themed(document: Document, page: Page) -> Reading | None:
    """A page in the blog's own theme. Its first meta description may be the theme's, so the card's is read."""
    link = _APP_LINK.search(document.meta("al:ios:url", "al:android:url") or "")
    kind = document.meta("og:type") or ""
    if link is None and not kind.startswith("tumblr-feed:"):
        return _before_the_app(document, page)
    facts = Facts(
        display_name=or_unseen(document.title or None),
        handle=or_unseen(link["name"] if link else _name(document.meta("og:url") or "")),
    )
    if kind not in _BLOG or (link and "postID" in link["rest"]):
        return undecided("one_post", facts=facts)
    return present(replace(facts, description=_description(document), avatar_url=_picture(document)))


def _before_the_app(document: Document, page: Page) -> Reading | None:
    """Until 2014 a theme's head named nothing but the blog's feed. A page below the front is one post or some."""
    own = (_name(link.href) for link in document.links if "alternate" in link.rel and path_parts(link.href) == ("rss",))
    name = next(filter(None, own), None)
    if name is None or not document.title or page.is_an_error:
        return None
    facts = Facts(display_name=document.title, handle=name)
    return undecided("one_post", facts=Facts(handle=name)) if path_parts(page.landed) else present(facts)


def _description(document: Document) -> str | None:
    return document.meta("og:description", "twitter:description", "description")


def _picture(document: Document) -> Seen[str]:
    stated = (document.meta("og:image") or "", *(link.href for link in document.links if "icon" in link.rel.split()))
    return without_placeholder(
        or_unseen(next((each for each in stated if "/avatar_" in each or "/default_avatar" in each), None)), _NO_PICTURE
    )


def _state(document: Document, page: Page, subject: Subject) -> Reading | None:
    """The view on tumblr.com: the one blog in its initial state that was asked for."""
    if "___INITIAL_STATE___" not in document.source:
        return None
    state = script_json(document, "___INITIAL_STATE___") or assigned(document, "___INITIAL_STATE___")
    wanted = {subject.handle, _name(page.landed), next(iter(page.landed.partition("tumblr.com/")[2].split("/")), None)}
    blogs = find_objects(state, "name", "uuid", "title")
    blog = next((each for each in blogs if (name := as_text(each.get("name"))) and name in wanted), None)
    return present(_blog_facts(blog, page)) if blog else None


read: Final = reader("tumblr", json=_json, xml=_feed, html=_page)


_INFO: Final = addressed(f"{_API}/{{name}}.tumblr.com/info")
_PAGE: Final = addressed("https://{name}.tumblr.com/", otherwise=own_page)
_SEES: Final = frozenset({"existence", "activity"})

PLATFORM: Final = Platform(
    label="Tumblr",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.API_BY_HANDLE, read, _INFO, sees=_SEES | {"identity"}, key=KEY),
        offer(Route.OPEN, read, addressed("https://{name}.tumblr.com/rss"), sees=_SEES),
        offer(Route.PAGE, read, _PAGE, sees=frozenset({"existence"})),
    ),
    route_of=routed({"api.tumblr.com": Route.API_BY_HANDLE, "rss": Route.OPEN}),
)
