"""What a site says to machines of its own accounts.

    <meta>             twitter:site, article:publisher, fb:pages
    <link>             rel=me, rel=publisher, and the feeds that it announces
    JSON-LD, sameAs    of the organisation that the site belongs to; of others and of persons it says the contrary
    JSON-LD, contacts  ContactPoint whose contactType is social media

Sources: Twitter Cards markup (twitter:site); Open Graph, article:publisher and fb:pages (Meta, Sharing for
webmasters); schema.org sameAs and ContactPoint; microformats rel-me; HTML `link rel=alternate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from audits.addresses import host_of
from audits.harvesting.locating import joined
from audits.harvesting.mentions import Mention, Standing
from audits.harvesting.publisher import Publisher
from audits.reading.embedded import Json, as_list, as_text, try_loads
from audits.reading.html import Document, Link
from audits.reading.urls import path_parts

_METAS: Final = {
    "twitter:site": (Standing.CLAIMED, "x"),
    "twitter:site:id": (Standing.CLAIMED, "x"),
    "twitter:creator": (Standing.OPEN, "x"),
    "article:publisher": (Standing.CLAIMED, "facebook"),
    "article:author": (Standing.FOREIGN, "facebook"),
    "fb:pages": (Standing.CLAIMED, "facebook"),
    "fb:page_id": (Standing.CLAIMED, "facebook"),
    "og:see_also": (Standing.CHROME, None),
    "fediverse:creator": (Standing.OPEN, "mastodon"),
    "sameas": (Standing.CHROME, None),
}
_RELATIONS: Final = {"me": Standing.CLAIMED, "publisher": Standing.CLAIMED, "author": Standing.OPEN}
_FEEDS: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_COMMENTS = re.compile(r"comment|kommentar", re.IGNORECASE)
_PERSONS: Final = frozenset({"Person", "ProfilePage"})
_SOCIAL = re.compile(r"social|some\b", re.IGNORECASE)
_MOST: Final = 100_000
_DEEP: Final = 2  # a home page may stand under its language


def claims(document: Document, page: str, publisher: Publisher) -> Iterator[Mention]:
    """Every account that the page's head and structured data name."""
    yield from _metas(document)
    for link in document.links:
        yield from _link(link, page, publisher)
    yield from _entities(document, publisher)


def _metas(document: Document) -> Iterator[Mention]:
    for name, content in document.metas:
        if name in _METAS:
            standing, platform = _METAS[name]
            for raw in _values(name, content):
                yield Mention(raw=raw, place=f"meta {name}", standing=standing, read_as=platform)


def _values(name: str, content: str) -> Iterator[str]:
    """A meta element may list several ids; a handle may stand before the address that was meant."""
    for value in re.split(r"[,\s]+", content) if name.startswith("fb:") else [content]:
        text = value.removeprefix("@") if "://" in value else value
        is_name = name.startswith("article:") and "//" not in text  # of a person or a paper, not of an account
        if text and not is_name:
            yield f"i/user/{text}" if name.endswith(":id") and text.isdigit() else text


def _link(link: Link, page: str, publisher: Publisher) -> Iterator[Mention]:
    relations = link.rel.split()
    standing = next((_RELATIONS[each] for each in relations if each in _RELATIONS), None)
    if standing:
        yield Mention(raw=link.href, place=f"link rel={link.rel}", standing=standing, text=link.title)
    elif "alternate" in relations and link.type.lower() in _FEEDS and not _is_of_comments(link, page):
        url = joined(page, link.href)
        own = publisher.is_at(host_of(url)) or publisher.is_under(host_of(url))
        standing = Standing.CLAIMED if own else Standing.CHROME
        yield Mention(raw=url, place="feed link", standing=standing, text=link.title)
        yield Mention(raw=url, place="feed link", standing=standing, text=link.title, read_as="feed")


def _is_of_comments(link: Link, page: str) -> bool:
    """Comment feeds are other people's words; an article's own feed holds nothing else."""
    article = page.partition("?")[0].rstrip("/") if path_parts(page) else ""
    is_articles_own = bool(article) and joined(page, link.href).startswith(f"{article}/")
    return is_articles_own or bool(_COMMENTS.search(f"{link.href} {link.title}"))


def _entities(document: Document, publisher: Publisher) -> Iterator[Mention]:
    for script in document.scripts:
        if script.type == "application/ld+json":
            yield from _in_value(try_loads(script.text), publisher)


# As what somebody stands to the thing that the page shows (schema.org): that is not yet whom the page is by.
_ROLES: Final = frozenset({
    "organizer", "performer", "performers", "location", "sponsor", "funder", "about", "mentions", "author", "creator",
    "contributor", "actor", "director", "itemReviewed", "provider", "seller", "brand", "member", "members", "memberOf",
    "employee", "founder", "attendee", "competitor", "subjectOf", "containedInPlace",
})  # fmt: skip


def _in_value(value: Json, publisher: Publisher) -> Iterator[Mention]:
    queue: list[tuple[Json, Standing]] = [(value, Standing.OPEN)]
    for seen, (node, outer) in enumerate(queue):  # the queue grows while it is read
        if seen > _MOST:
            return
        if isinstance(node, list):
            queue.extend((each, outer) for each in node if isinstance(each, dict | list))
        elif isinstance(node, dict):
            standing = _of_entity(node, publisher, outer)
            yield from _same_as(node, standing)
            queue.extend(
                (each, Standing.FOREIGN if role in _ROLES else standing)
                for role, each in node.items()
                if isinstance(each, dict | list)
            )


def _same_as(node: dict[str, Json], standing: Standing) -> Iterator[Mention]:
    said = node.get("sameAs")
    values = [*(as_list(said) or [said])]
    if "ContactPoint" in _types(node) and _SOCIAL.search(as_text(node.get("contactType")) or ""):
        values += [node.get("url"), node.get("@id")]
    for value in values:
        if text := as_text(value):
            yield Mention(raw=text, place="json-ld", standing=standing, text=as_text(node.get("name")) or "")


def _of_entity(node: dict[str, Json], publisher: Publisher, outer: Standing) -> Standing:
    """Whose accounts an entity names: the site's, or another's."""
    types = _types(node)
    if not types or types & {"ContactPoint", "PostalAddress", "ImageObject"}:
        return outer
    if types & _PERSONS:
        return Standing.FOREIGN
    urls = [url for name in ("url", "@id") if (url := as_text(node.get(name))) and host_of(url)]
    if publisher.likeness(as_text(node.get("name")) or "") or any(_is_home(url, publisher) for url in urls):
        return Standing.CLAIMED
    is_inside = any(publisher.is_at(host_of(url)) for url in urls)  # a place, an event: what this one page is about
    return Standing.FOREIGN if (urls or outer is Standing.FOREIGN) and not is_inside else Standing.OPEN


def _is_home(url: str, publisher: Publisher) -> bool:
    """Whether an entity's address is the site as a whole."""
    host = host_of(url)
    return len(path_parts(url)) < _DEEP and (publisher.is_at(host) or publisher.is_under(host))


def _types(node: dict[str, Json]) -> set[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {each.rsplit("/", 1)[-1] for each in kinds if isinstance(each, str)}
