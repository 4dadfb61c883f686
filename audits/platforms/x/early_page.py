"""Twitter's pages of three earlier layouts, which name the account in the markup alone.

mobile.twitter.com without scripts, until 2020   table.profile-details ─▶ present
twitter.com, 2012 to 2014                        .profile-card-inner ───▶ present
twitter.com, 2008 to 2011                        body#profile, with a vcard in the sidebar ─▶ present

All are read so by public code of their own years: n0madic/twitter-scraper's first profile.go (mobile.twitter.com, with
the badges); for the card, aakashweb.com's "Retrieve twitter follower count without OAuth keys" of 2013; for the
sidebar, user scripts of 2009 (`page-user-screen_name`, `body#profile`, `#follower_count`, `#update_count`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Page, Post, Reading, Seen
from audits.platforms.x.classic_page import tweets_by
from audits.platforms.x.users import own_picture, user_id
from audits.reading.answer_fields import or_unseen
from audits.reading.elements import elements, first, said_at
from audits.reading.html import Document
from audits.reading.ids import x_time
from audits.reading.pages import explicit, shown_as
from audits.reading.posts import latest
from audits.reading.written_values import moment, only_count

_HANDLE: Final = re.compile(r"@?(\w{1,15})")
_STATUS: Final = re.compile(r"/status/(\d{5,20})")
_SAID_TIME: Final = re.compile(r"time:\s*'([^']{10,40})'")
_SIDEBAR: Final = "page-user-screen_name"
_BADGE: Final = "table.profile-details .fullname .badge img"


def read_early(document: Document, page: Page) -> Reading | None:
    """What a page of these layouts says of the account; None where it has none of them, or names nobody."""
    if "profile-details" in document.source:
        facts = _mobile(document)
        reading = _of(facts, _mobile_posts(document, facts.handle), page)
        return _protected(reading) if reading and first(document, f"{_BADGE}[src*=protected]") else reading
    if "profile-card-inner" in document.source:
        facts = _card(document)
        return _of(facts, tweets_by(facts.handle, document), page)
    return _of(_sidebar(document), _sidebar_posts(document), page) if _SIDEBAR in document.source else None


def _protected(reading: Reading) -> Reading:
    sign = Marker("x.early-page", Existence.PRIVATE, "the badge of protected accounts")
    return explicit(sign, replace(reading.facts, posts=UNSEEN, activity=UNSEEN))


def _of(facts: Facts, posts: tuple[Post, ...], page: Page) -> Reading | None:
    if not (isinstance(facts.handle, str) and isinstance(facts.display_name, str)):
        return None
    shown = replace(facts, posts=posts or UNSEEN, activity=latest(posts, page.fetched_at, "x.timeline"))
    return shown_as("x.early-page", shown)


def _mobile(document: Document) -> Facts:
    profile, stats = "table.profile-details", "table.profile-stats"
    return Facts(
        display_name=_words(document, f"{profile} .fullname"),
        handle=_handle(_words(document, f"{profile} .screen-name")),
        description=_words(document, f"{profile} .bio"),
        followers=_count(document, f'{stats} a[href*="/followers"] .statnum'),
        posts_count=_count(document, f"{stats} td:first-child .statnum"),
        avatar_url=own_picture(or_unseen(_attribute(document, f"{profile} .avatar img", "src"))),
        website_link=or_unseen(_attribute(document, f"{profile} .url a[data-url]", "data-url")),
        verified=first(document, f"{_BADGE}[src*=verified]") is not None,
    )


def _card(document: Document) -> Facts:
    card = ".profile-card-inner"
    return Facts(
        display_name=_words(document, f"{card} .fullname .profile-field, {card} .fullname"),
        handle=_handle(_attribute(document, f"{card}[data-screen-name]", "data-screen-name") or UNSEEN),
        platform_id=user_id(_attribute(document, f"{card}[data-user-id]", "data-user-id")),
        description=_words(document, f"{card} .bio"),
        followers=_count(document, '[data-element-term="follower_stats"] strong'),
        posts_count=_count(document, '[data-element-term="tweet_stats"] strong'),
        avatar_url=own_picture(or_unseen(_attribute(document, f"{card} img.avatar, .profile-picture .avatar", "src"))),
        website_link=or_unseen(
            _attribute(document, f"{card} .url a[title]", "title") or _attribute(document, f"{card} .url a", "href")
        ),
    )


def _sidebar(document: Document) -> Facts:
    """Pages of a single post name their writer in the same meta; only a profile's body is called so."""
    side = "body#profile ul.about"
    return Facts(
        display_name=_words(document, f"{side} .fn"),
        handle=_handle(document.meta("page-user-screen_name") or UNSEEN),
        description=_words(document, f"{side} .bio"),
        followers=_count(document, "body#profile #follower_count"),
        posts_count=_count(document, "body#profile #update_count"),
        avatar_url=own_picture(or_unseen(_attribute(document, "body#profile #profile-image", "src"))),
        website_link=or_unseen(_attribute(document, f"{side} a.url", "href")),
    )


# --- posts: each layout has its own way to say when, and who ----------------------------------------------------------


def _mobile_posts(document: Document, handle: Seen[str]) -> tuple[Post, ...]:
    """Every post is in a table of its own; one that was passed on says so above the name of whoever wrote it."""
    own = f'table.tweet[href^="/{handle}/status/" i]:not(:has(.context .retweet))'
    numbers = (_STATUS.search(each.get("href")) for each in elements(document, own) if isinstance(handle, str))
    return tuple(Post(at=x_time(found[1])) for found in numbers if found)


def _sidebar_posts(document: Document) -> tuple[Post, ...]:
    """The moment stands in an attribute that is a script's; `share` is what was passed on."""
    stamps = elements(document, "body#profile .hentry:not(.share) .published[data]")
    times = (_SAID_TIME.search(each.get("data")) for each in stamps)
    return tuple(Post(at=moment(found[1])) for found in times if found)


def _words(document: Document, where: str) -> Seen[str]:
    found = first(document, where)
    return (found.text or None) if found else UNSEEN


def _attribute(document: Document, where: str, name: str) -> str | None:
    found = first(document, where)
    return (found.get(name) or None) if found else None


def _handle(said: Seen[str]) -> Seen[str]:
    found = _HANDLE.fullmatch(said) if isinstance(said, str) else None
    return found[1] if found else UNSEEN


def _count(document: Document, where: str) -> Seen[int]:
    return only_count(said_at(document, where))
