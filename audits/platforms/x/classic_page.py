"""Twitter's pages of 2014 to 2020, classic ones.

    init-data (profile_user) ───────────────────────▶ present, with a lower bound of activity
    header card, where a copy came without the data ▶ the same
    JSON that their scripts fetched ─ items_html ───▶ the same, by the account's own posts
                                    └ html ─────────▶ present, by the card that a pointer called up

The page of a single post has its writer's profile behind it: its own address is the post's.
Recorded pages of 2018 and 2019. For the card (`ProfileHeaderCard`, `ProfileNav`) and the JSON (/i/profiles/show,
/i/profiles/popup): public readers of those years, among them mikf/gallery-dl, twitter.py of 2019.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Page, Post, Reading, Seen
from audits.platforms.x.users import is_protected, own_picture, user_id, v1_facts
from audits.reading.answer_fields import or_unseen
from audits.reading.elements import Element, elements, first
from audits.reading.embedded import Json, as_count, as_object, as_text, dig, try_loads
from audits.reading.html import Document, read_html
from audits.reading.ids import x_time
from audits.reading.pages import explicit, shown_as
from audits.reading.posts import latest
from audits.reading.urls import path_parts
from audits.reading.written_values import exact_counts

_HANDLE: Final = re.compile(r"\w{1,15}", re.ASCII)
_CARD: Final = ".ProfileHeaderCard"
_PLAIN: Final = ":not(:has(a, img))"  # links and pictures of letters fall apart into pieces of words


def read_classic(document: Document, page: Page) -> Reading | None:
    """What a page of this layout says of the account; None where the page has another layout, or is that of a post."""
    return _by_data(document, page) or _by_card(document, page)


def _by_data(document: Document, page: Page) -> Reading | None:
    found = first(document, "#init-data") if "init-data" in document.source else None
    user: dict[str, Json] = as_object(dig(try_loads(found.get("value")), "profile_user")) if found else {}
    if not as_text(user.get("screen_name")):
        return None
    facts = replace(v1_facts(user), avatar_url=_picture(document))
    if is_protected(user):
        return explicit(Marker("x.init-data", Existence.PRIVATE, '"protected": true'), facts)
    return _dated(facts, document, page, "x.init-data")


def _by_card(document: Document, page: Page) -> Reading | None:
    named = first(document, f"{_CARD}-nameLink") if f"{_CARD[1:]}-name" in document.source else None
    handle = next(iter(path_parts(named.get("href"))), "") if named else ""
    own = [part.lower() for part in path_parts(document.own_address)]
    if named is None or not _HANDLE.fullmatch(handle) or (own and own != [handle.lower()]):
        return None
    return _dated(_facts(document, named.text, handle), document, page, "x.header-card")


def _facts(document: Document, name: str, handle: str) -> Facts:
    bio, site = first(document, f"{_CARD}-bio{_PLAIN}"), first(document, f"{_CARD}-urlText a[title]")
    numbered = first(document, f'.ProfileNav[data-user-id], [data-user-id][data-screen-name="{handle}" i]')
    return Facts(
        display_name=name or UNSEEN,
        handle=handle,
        platform_id=user_id(numbered.get("data-user-id")) if numbered else UNSEEN,
        description=(bio.text or None) if bio else UNSEEN,
        followers=_count(document, "followers"),
        posts_count=_count(document, "tweets"),
        avatar_url=_picture(document),
        website_link=site.get("title") if site else UNSEEN,
        verified=first(document, f"{_CARD}-badges .Icon--verified") is not None,
    )


def _count(document: Document, of: str) -> int | Seen[int]:
    """A count: written out in an attribute since 2014, and before in the title of the link."""
    shown = first(document, f".ProfileNav-item--{of} [data-count]")
    titled = first(document, f".ProfileNav-item--{of} [title]")
    counts = exact_counts(titled.get("title")) if titled else ()
    return or_unseen((as_count(shown.get("data-count")) if shown else None) or next(iter(counts), None))


def _picture(document: Document) -> Seen[str]:
    image = first(document, "img.ProfileAvatar-image")
    return own_picture(image.get("src") or None) if image else UNSEEN


def read_pieces(answer: dict[str, Json], page: Page) -> Reading | None:
    """What the layout's scripts fetched later: more of an account's posts, or the card of one."""
    listed = as_text(answer.get("items_html")) or as_text(dig(answer, "inner", "items_html"))
    if listed:
        return _more_posts(read_html(listed), page)
    named = all(as_text(answer.get(name)) for name in ("screen_name", "user_id", "html"))
    return _hovered(answer, read_html(str(answer["html"]))) if named else None


def _more_posts(document: Document, page: Page) -> Reading | None:
    match path_parts(page.url):
        case ("i", "profiles", "show", handle, "timeline", *_) if _HANDLE.fullmatch(handle):
            own = first(document, f'.tweet[data-tweet-id][data-screen-name="{handle}" i]')
            return _dated(_writer(own), document, page, "x.more-posts") if own else None
    return None


def _writer(tweet: Element) -> Facts:
    name, handle = (tweet.get(f"data-{key}") or UNSEEN for key in ("name", "screen-name"))
    return Facts(display_name=name, handle=handle, platform_id=user_id(tweet.get("data-user-id")))


def _hovered(answer: dict[str, Json], card: Document) -> Reading:
    name, bio = first(card, ".ProfileCard-avatarLink[title]"), first(card, f".ProfileCard-bio{_PLAIN}")
    facts = Facts(
        display_name=or_unseen(name.get("title") or None if name else None),
        handle=str(answer["screen_name"]),
        platform_id=user_id(answer["user_id"]),
        description=(bio.text or None) if bio else UNSEEN,
    )
    return shown_as("x.hover-card", facts)


def _dated(facts: Facts, document: Document, page: Page, marker: str) -> Reading:
    posts = tweets_by(facts.handle, document)
    return shown_as(marker, replace(facts, posts=posts, activity=latest(posts, page.fetched_at, "x.timeline")))


def tweets_by(handle: object, document: Document) -> tuple[Post, ...]:
    """The posts that a page shows since 2012, in their markup; what somebody else wrote was passed on."""
    return tuple(_post(each, str(handle)) for each in elements(document, ".tweet[data-tweet-id]"))


def _post(tweet: Element, handle: str) -> Post:
    at = x_time(tweet.get("data-tweet-id"))
    writer = tweet.get("data-screen-name") or handle
    return Post(
        url=f"https://x.com/i/status/{tweet.get('data-tweet-id')}",
        at=at.replace(microsecond=0) if at else None,
        pinned="user-pinned" in tweet.get("class").split(),
        repost=bool(tweet.get("data-retweet-id")) or writer.lower() != handle.lower(),
    )
