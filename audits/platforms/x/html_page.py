"""X's pages, by what they are, not by when they were made.

    early (until 2014; mobile until 2020), classic (until 2020) ───▶ early_page.py, classic_page.py
    schema.org (2022 on)   JSON-LD, microdata ────────────────────▶ present, since 2026 with streamed_page.py
    meta tags (bots)       og:type profile ───────────────────────▶ present
    timeline of a widget   __NEXT_DATA__ ─────────────────────────▶ present
    a single post          og:url …/status/… ─────────────────────▶ undecided, with its owner

From 2023 to 2025 visitors who are not logged in saw well-liked posts out of order (wet-boew/wet-boew#9704); since 2026
they see the newest own ones, which prove life and never silence. Canonical links of rendered pages may be another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from audits.model import ALIVE, UNSEEN, Existence, Facts, Marker, Page, PlatformId, Post, Reading, Seen
from audits.platforms.x.classic_page import read_classic
from audits.platforms.x.early_page import read_early
from audits.platforms.x.streamed_page import streamed_posts, streamed_user
from audits.platforms.x.users import is_protected, own_bio, own_picture, user_id, v1_facts, web_facts
from audits.reading.answer_fields import filled, or_unseen
from audits.reading.elements import Element, elements, first, said_at
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, find, page_props
from audits.reading.html import Document
from audits.reading.ids import x_time
from audits.reading.pages import explicit, shown_as, undecided
from audits.reading.posts import latest
from audits.reading.schema_org import profile_entity, profile_facts, several
from audits.reading.urls import host, path_parts
from audits.reading.written_values import only_count
from audits.replies import Reply

_NAMED: Final = re.compile(r"(?:\(\d+\+?\) )?(.+)[(（]@(\w{1,15})[)）].{0,24}", re.DOTALL)  # （@…）さん in Japanese
_ON_X: Final = re.compile(r"(.+?) (?:on|på|auf|sur|en|su|no|op|na|w|в|di) (?:X|Twitter)(?:\s?:.*)?", re.DOTALL)
_POSTING: Final = '[itemtype$="schema.org/SocialMediaPosting"] > [itemprop="url"]'
_NAME: Final = 'data-testid="UserName"'
_BANNER: Final = re.compile(r"pbs\.twimg\.com/profile_banners/(\d+)/")


def read_document(reply: Reply) -> Reading | None:
    """What a page says of the account; None where it shows no profile and no post: an application shell, a wall."""
    document = reply.document
    return (
        read_classic(document, reply.page)
        or read_early(document, reply.page)
        or _completed(_described(document) or _by_meta_tags(document), document, reply.page)
        or _widget(document, reply.page)
        or _single_post(document)
        or _named_though_missing(document, reply.page)
    )


def _named_though_missing(document: Document, page: Page) -> Reading | None:
    """X's page of a missing account names nobody: a head that does, under such a status, contradicts it."""
    named = page.status in (404, 410) and _name_and_handle(document) is not None
    return undecided("at_odds") if named else None


# --- what was streamed with the page ------------------------------------------------------------------------------


def _completed(reading: Reading | None, document: Document, page: Page) -> Reading | None:
    """The reading with what the scripts and the posts below tell beside it; a lock seen in either place is believed."""
    handle = reading.facts.handle if reading and reading.existence in ALIVE else None
    if reading is None or not isinstance(handle, str):
        return reading
    user = streamed_user(document, handle)
    if is_protected(user):
        return explicit(Marker("x.streamed-user", Existence.PRIVATE, '"protected": true'), reading.facts)
    posts = tuple(_post(number) for number in dict.fromkeys(_own_posts(document, handle)))
    newest = latest(posts, page.fetched_at, "x.timeline")
    facts = filled(reading.facts, web_facts(user)) if user else reading.facts
    return replace(reading, facts=replace(facts, activity=newest, posts=posts or UNSEEN))


def _own_posts(document: Document, handle: str) -> Iterator[str]:
    """The numbers of the posts in the account's own timeline, and of those below that are called by its name."""
    yield from streamed_posts(document, handle)
    shown = elements(document, _POSTING) if "SocialMediaPosting" in document.source else ()
    for each in shown:
        match path_parts(each.get("content") or each.get("href")):
            case (name, "status", number, *_) if name.lower() == handle.lower():
                yield number


def _post(number: str) -> Post:
    at = x_time(number)
    return Post(url=f"https://x.com/i/status/{number}", at=at.replace(microsecond=0) if at else None)


# --- schema.org -----------------------------------------------------------------------------------------------------


def _described(document: Document) -> Reading | None:
    entity = profile_entity(document, "x.com", "twitter.com")
    handle = as_text(entity.get("additionalName")) or as_text(entity.get("alternateName"))
    if handle is None:
        return None
    said = profile_facts(entity)
    facts = replace(
        said,
        handle=handle.removeprefix("@"),
        description=own_bio(said.description),
        platform_id=user_id(entity.get("identifier")),
        avatar_url=own_picture(said.avatar_url),
        website_link=_linked(entity),
        verified=_badge(document),
    )
    return _shown(document, facts, "x.schema-org-profile")


def _shown(document: Document, facts: Facts, marker: str) -> Reading:
    """A lock beside the account's own name says that only followers may read it; such locks stand elsewhere too."""
    if "icon-lock" in document.source and first(document, '[data-testid="UserName"] [data-testid="icon-lock"]'):
        return explicit(Marker(marker, Existence.PRIVATE, "icon-lock"), facts)
    return shown_as(marker, facts)


def _linked(entity: dict[str, Json]) -> Seen[str]:
    """`relatedLink` lists the profile's address twice: behind X's shortener, and as it is."""
    stated = [each for each in several(entity.get("relatedLink")) + several(entity.get("sameAs")) if each]
    links = [as_text(each) for each in stated]
    return next((link for link in links if link and host(link) != "t.co"), None if all(links) else UNSEEN)


def _badge(document: Document) -> Seen[bool]:
    """The badge beside the name; the same sign stands beside every post and every suggested account."""
    if _NAME not in document.source:
        return UNSEEN
    return first(document, '[data-testid="UserName"] [data-testid="icon-verified"]') is not None


# --- meta tags ------------------------------------------------------------------------------------------------------


def _by_meta_tags(document: Document) -> Reading | None:
    """What link-preview agents get, and pages rendered without schema.org's words."""
    named = _name_and_handle(document)
    if named is None or not _is_profile(document, named[1]):
        return None
    facts = Facts(
        display_name=UNSEEN if _is_a_tab(document) else named[0],
        handle=named[1],
        platform_id=_banner_id(document),
        description=own_bio(or_unseen(document.meta("og:description", "twitter:description"))),
        avatar_url=_preview_picture(document),
        verified=_badge(document),
    )
    return _shown(document, _as_shown(document, facts), "x.meta-profile")


def _as_shown(document: Document, facts: Facts) -> Facts:
    """The account by what a browser shows below the name, on pages of 2020 to 2023 that say nothing in schema.org's
    words.
    """
    if _NAME not in document.source:
        return facts
    words = said_at(document, '[data-testid="UserDescription"]:not(:has(a, img))')
    site = first(document, 'a[data-testid="UserUrl"], [data-testid="UserUrl"] a')
    return replace(
        facts,
        description=facts.description or or_unseen(words),
        followers=_followers_shown(document, str(facts.handle)),
        avatar_url=facts.avatar_url or _picture_shown(document, str(facts.handle)),
        website_link=site.text if site and "…" not in site.text else UNSEEN,
    )


def _followers_shown(document: Document, handle: str) -> Seen[int]:
    linked = elements(document, 'a[href$="/followers"], a[href$="/verified_followers"]')
    own = next((each for each in linked if _leads_to(each, handle)), None)
    return only_count(own.text) if own else UNSEEN


def _picture_shown(document: Document, handle: str) -> Seen[str]:
    return or_unseen(said_at(document, f'a[href$="/{handle}/photo" i] img[src*="/profile_images/"]', "src"))


def _leads_to(link: Element, handle: str) -> bool:
    return [part.lower() for part in path_parts(link.get("href"))[:1]] == [handle.lower()]


def _name_and_handle(document: Document) -> tuple[str, str] | None:
    named = (_NAMED.fullmatch(title) for title in document.titles)
    return next(((found[1].strip(), found[2]) for found in named if found), None)


def _is_profile(document: Document, handle: str) -> bool:
    if document.meta("og:type") == "profile" or _NAME in document.source:
        return True
    if "://user?" in (document.meta("al:ios:url", "al:android:url") or ""):
        return True
    addresses = (document.meta("og:url"), document.link("canonical"))
    return any([part.lower() for part in path_parts(address)] == [handle.lower()] for address in addresses)


def _is_a_tab(document: Document) -> bool:
    """Whether it is of replies, followers or likes: titles of those say more than the name, and in every language."""
    return any(len(path_parts(address)) > 1 for address in (document.meta("og:url"), document.link("canonical")))


def _banner_id(document: Document) -> Seen[PlatformId]:
    """The account's number, which the address of the picture across the top holds."""
    found = _BANNER.search(document.meta("twitter:image", "og:image") or "")
    return user_id(found[1]) if found else UNSEEN


def _preview_picture(document: Document) -> Seen[str]:
    image = document.meta("og:image") or document.meta("twitter:image") or ""
    return image if "/profile_images/" in image else UNSEEN


# --- the timeline of a widget ---------------------------------------------------------------------------------------


def _widget(document: Document, page: Page) -> Reading | None:
    """syndication.twitter.com/srv/timeline-profile: shows who posts, but liked posts and not the newest."""
    shown = page_props(document)
    handle = (as_text(dig(shown, "headerProps", "screenName")) or "").lower()
    own = next((user for user in find(shown, "user") if handle and _is_called(user, handle)), None)
    if own is None:
        return None
    posts = tuple(_post(number) for number in _widget_posts(shown, handle))
    newest = latest(posts, page.fetched_at, "x.timeline")
    facts = replace(v1_facts(as_object(own)), activity=newest, posts=posts or UNSEEN)
    return shown_as("x.widget-timeline", facts)


def _widget_posts(shown: Json, handle: str) -> Iterator[str]:
    """The numbers of the account's own posts; what it passed on comes under its name too, with the post within."""
    for entry in as_list(dig(shown, "timeline", "entries")):
        post = as_object(dig(entry, "content", "tweet"))
        number = as_text(post.get("id_str"))
        if number and "retweeted_status" not in post and _is_called(post.get("user"), handle):
            yield number


def _is_called(user: Json, handle: str) -> bool:
    return str(dig(user, "screen_name")).lower() == handle


# --- a single post --------------------------------------------------------------------------------------------------


def _single_post(document: Document) -> Reading | None:
    handle, number = _status_address(document)
    if not number:
        return None
    named = _name_and_handle(document)
    if named and handle and named[1].lower() != handle.lower():  # a name within the post's own words
        named = None
    owner = first(document, f'[data-tweet-id="{number}"][data-name]')
    name = (owner.get("data-name") if owner else None) or (named[0] if named else None) or _name_on_x(document)
    if name is None:  # an application shell repeats the address it was asked for, and knows nothing else
        return None
    facts = Facts(
        display_name=name,
        handle=or_unseen((owner.get("data-screen-name") if owner else None) or (named[1] if named else handle)),
        platform_id=user_id(owner.get("data-user-id")) if owner else UNSEEN,
        avatar_url=_preview_picture(document),
    )
    return undecided("one_post", facts=facts)


def _status_address(document: Document) -> tuple[str | None, str]:
    for address in (document.meta("og:url"), *(link.href for link in document.links if "canonical" in link.rel)):
        match path_parts(address):
            case (handle, "status" | "article", number, *_) if number.isascii() and number.isdigit():
                return (None if handle == "i" else handle), number
    return None, ""


def _name_on_x(document: Document) -> str | None:
    """The name in "Name on X", which stands in the page's language, before or without the words of the post."""
    return next((found[1] for title in document.titles if (found := _ON_X.fullmatch(title))), None)
