"""X's pages of every layout since 2008: who is shown, by the first place that says so, and when they last posted.

    init-data (2014 to 2020) ───────────────────────────────┐
    markup (until 2014; mobile until 2020; 2014 to 2020) ───┤
    schema.org's words (2022 on), JSON-LD or microdata ─────┼─▶ facts ─ what was streamed beside ─▶ present · private
    meta tags (bots), and below the name what browsers show ┘
    widget's timeline ─▶ as an interface's      a single post ─▶ undecided, with its owner

From 2023 to 2025 visitors who are not logged in saw well-liked posts out of order (wet-boew/wet-boew#9704); since 2026
they see the newest own ones, which prove life and never silence. Canonical links of rendered pages may be another's.
Early markup as public code of its own years reads it: n0madic/twitter-scraper (mobile), user scripts of 2009 (sidebar),
aakashweb.com, 2013 (card), mikf/gallery-dl of 2019. The stream of 2026: site2api, FreshRSS's XProfilesPage, mtga.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Post, Reading, Seen
from audits.platforms.x.answers import of_the_web
from audits.platforms.x.users import BADGES, LOCK, User, dated, entry, facts_of, flat, in_markup
from audits.reading.answer_fields import filled
from audits.reading.elements import Element, first
from audits.reading.embedded import as_list, as_object, as_text, dig, find, page_props, try_loads
from audits.reading.html import Document, read_html
from audits.reading.pages import explicit, shown_as, undecided
from audits.reading.places import found, told_at
from audits.reading.posts import latest
from audits.reading.schema_org import image_of, interactions, profile_entity, several
from audits.reading.seroval import messages
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply

# --- a profile --------------------------------------------------------------------------------------------------------

_HANDLE: Final = re.compile(r"\w{1,15}", re.ASCII)
_NAMED: Final = re.compile(r"(?:\(\d+\+?\) )?(.+)[(（]@(\w{1,15})[)）].{0,24}", re.DOTALL)  # （@…）さん in Japanese
_ON_X: Final = re.compile(r"(.+?) (?:on|på|auf|sur|en|su|no|op|na|w|в|di) (?:X|Twitter)(?:\s?:.*)?", re.DOTALL)
_ENTRY: Final = re.compile(r"tweet-(\d{1,20})")
_BANNER: Final = re.compile(r"pbs\.twimg\.com/profile_banners/(\d+)/")


def read_document(reply: Reply) -> Reading | None:
    """What a page says of the account; None where it shows no profile and no post: an application shell, a wall."""
    document = reply.document
    user = _held(document) or _in_markup(document) or _described(document) or _titled(document)
    if user:
        return _profile(document, user, reply)
    return _widget(reply) or _single_post(reply) or _named_though_missing(reply)


def _profile(document: Document, user: User, reply: Reply) -> Reading:
    """With what the scripts, the markup and the posts below tell beside it; a lock seen anywhere is believed."""
    facts = facts_of(flat(user), reply.now)
    handle = str(facts.handle)
    streamed = _streamed_user(document, handle)
    told = filled(filled(facts, facts_of(streamed, reply.now)), Facts(verified=_badge(document)))
    if True in (user.get("protected"), streamed.get("protected"), _shows_lock(document)):
        return explicit(Marker("x.lock", Existence.PRIVATE, "protected"), replace(told, activity=UNSEEN))
    posts = tuple(_posts(document, handle))
    return shown_as("x.profile", replace(told, activity=latest(posts, reply.now, "x.timeline"), posts=posts or UNSEEN))


def _held(document: Document) -> User:
    """What pages of 2014 to 2020 hand to their scripts; they show a larger picture."""
    user = as_object(dig(try_loads(told_at(document, "#init-data@value")), "profile_user"))
    larger = told_at(document, "img.ProfileAvatar-image@src")
    return {**user, **({"image_url": larger} if larger else {})} if as_text(user.get("screen_name")) else {}


def _in_markup(document: Document) -> User:
    """A page of a single post has its writer's profile behind it: its own address is the post's."""
    at = path_parts((document.own_address or "").lower())
    shown = in_markup(document) if len(at) <= 1 else {}
    own_page = at in ((), (str(shown.get("screen_name")).lower(),))
    return shown if own_page and {"name", "screen_name"} <= shown.keys() else {}


def _described(document: Document) -> User:
    """In schema.org's words; `relatedLink` lists the website twice: behind X's shortener, and as it is."""
    entity = profile_entity(document, "x.com", "twitter.com")
    handle = as_text(entity.get("additionalName")) or as_text(entity.get("alternateName"))
    links = [each for name in ("relatedLink", "sameAs") for each in several(entity.get(name)) if each]
    told: User = {
        "screen_name": handle and handle.removeprefix("@"),
        "id": entity.get("identifier"),
        "followers_count": interactions(entity, "FollowAction", "Follows"),
        "statuses_count": interactions(entity, "WriteAction", "Tweets"),
        "profile_image_url": image_of(entity),
        "created_at": entity.get("dateCreated"),
        "url": next((link for each in links if host(link := as_text(each)) not in ("", "t.co")), None),
    }
    stated: User = {name: entity[name] for name in ("name", "givenName", "description") if name in entity}
    unlinked: User = {"url": None} if all(map(as_text, links)) else {}
    return {**stated, **unlinked, **_without_nothing(told)} if handle else {}


def _titled(document: Document) -> User:
    """What link-preview agents get, and pages that browsers rendered without schema.org's words."""
    named = _name_and_handle(document)
    if named is None or not _is_profile(document, named[1]):
        return {}
    number = _BANNER.search(document.meta("twitter:image", "og:image") or "")
    head: User = {
        "name": None if _is_a_tab(document) else named[0],
        "description": document.meta("og:description", "twitter:description"),
        "profile_image_url": _preview_picture(document),
        "id": number and number[1],
    }
    below = in_markup(document, named[1]) if 'data-testid="UserName"' in document.source else {}
    return {**below, **_without_nothing(head), "screen_name": named[1]}


def _without_nothing(user: User) -> User:
    """What a page would not show in any case is not told to be empty."""
    return {name: told for name, told in user.items() if told is not None}


def _badge(document: Document) -> Seen[bool]:
    signs = (sign for word, sign in BADGES.items() if word in document.source)
    return next((first(document, sign) is not None for sign in signs), UNSEEN)


def _shows_lock(document: Document) -> bool:
    """A lock beside the account's own name says that only followers may read it; such locks stand elsewhere too."""
    may_be = "icon-lock" in document.source or "profile-details" in document.source
    return may_be and first(document, LOCK) is not None


def _name_and_handle(document: Document) -> tuple[str, str] | None:
    named = (_NAMED.fullmatch(title) for title in document.titles)
    return next(((each[1].strip(), each[2]) for each in named if each), None)


def _is_profile(document: Document, handle: str) -> bool:
    addresses = (document.meta("og:url"), document.link("canonical"))
    own_page = any([part.lower() for part in path_parts(address)] == [handle.lower()] for address in addresses)
    in_app = "://user?" in (document.meta("al:ios:url", "al:android:url") or "")
    return own_page or in_app or document.meta("og:type") == "profile" or 'data-testid="UserName"' in document.source


def _is_a_tab(document: Document) -> bool:
    """Whether it is of replies, followers or likes: titles of those say more than the name, and in every language."""
    return any(len(path_parts(address)) > 1 for address in (document.meta("og:url"), document.link("canonical")))


def _preview_picture(document: Document) -> str | None:
    image = document.meta("og:image") or document.meta("twitter:image") or ""
    return image if "/profile_images/" in image else None


# --- its posts --------------------------------------------------------------------------------------------------------

_LINKED: Final = (
    '[itemtype$="schema.org/SocialMediaPosting"] > [itemprop="url"]',
    "body:has(.profile-details) table.tweet[href]:not(:has(.context .retweet))",
)
_STAMPED: Final = "body#profile .hentry:not(.share) .published[data]"
_SAID_TIME: Final = re.compile(r"time:\s*'([^']{10,40})'")
_STREAM: Final = "GraphQLRequestStream.Completed"


def _posts(document: Document, handle: str) -> Iterator[Post]:
    """Those of the account's own timeline, and those below that are called by its name."""
    for each in found(document, ".tweet[data-tweet-id]"):  # 2012 to 2020; what somebody else wrote was passed on
        repost = bool(each.get("data-retweet-id")) or _differs(each.get("data-screen-name"), handle)
        yield dated(each.get("data-tweet-id"), pinned="user-pinned" in each.get("class").split(), repost=repost)
    numbers = [*_streamed_posts(document, handle)]
    for each in (one for selector in _LINKED for one in found(document, selector)):
        match path_parts(each.get("content") or each.get("href")):
            case (name, "status", number, *_) if not _differs(name, handle):
                numbers.append(number)
    yield from map(dated, dict.fromkeys(numbers))
    times = (_SAID_TIME.search(each.get("data")) for each in found(document, _STAMPED))
    yield from (Post(at=moment(each[1])) for each in times if each)


def _differs(name: str, handle: str) -> bool:
    return name.lower() not in ("", handle.lower())


def _streamed_user(document: Document, handle: str) -> User:
    held = (dig(each, "result", "value", "data", "user_result_by_screen_name") for each in messages(document, _STREAM))
    return next((user for user in map(flat, held) if not _differs(str(user["screen_name"]), handle)), {})


def _streamed_posts(document: Document, handle: str) -> Iterator[str]:
    asked = f'"screenname":"{handle.lower()}"'
    own = (each for each in messages(document, _STREAM) if asked in str(each.get("key")).lower())
    entries = (_ENTRY.fullmatch(str(each)) for message in own for each in find(message, "entry_id"))
    return (each[1] for each in entries if each)


# --- what is no profile -----------------------------------------------------------------------------------------------


def _widget(reply: Reply) -> Reading | None:
    """syndication.twitter.com/srv/timeline-profile: shows who posts, but liked posts and not the newest."""
    shown = page_props(reply.document)
    handle = as_text(dig(shown, "headerProps", "screenName"))
    posts = [entry(dig(each, "content", "tweet")) for each in as_list(dig(shown, "timeline", "entries"))]
    return of_the_web(posts, handle, reply) if handle and posts else None


def _single_post(reply: Reply) -> Reading | None:
    """Whose post it is; an application shell repeats the address that it was asked for, and knows nothing else."""
    document = reply.document
    handle, number = _status_address(document)
    tweet = first(document, f'[data-tweet-id="{number}"][data-name]') if number else None
    named = _name_and_handle(document)
    if named and _differs(named[1], handle or named[1]):  # a name within the post's own words
        named = None
    on_x = next((each[1] for title in document.titles if (each := _ON_X.fullmatch(title))), None)
    name, writer = named or (on_x, handle)
    user: User = _writer(tweet) if tweet else {"name": name, "screen_name": writer}
    if not number or not user.get("name"):
        return None
    shown = {"profile_image_url": _preview_picture(document), **user}
    return undecided("one_post", facts=facts_of(flat(_without_nothing(shown)), reply.now))


def _writer(tweet: Element) -> User:
    of = {"name": "data-name", "screen_name": "data-screen-name", "id": "data-user-id"}
    return {name: tweet.get(attribute) for name, attribute in of.items() if tweet.get(attribute)}


def _status_address(document: Document) -> tuple[str | None, str]:
    for address in (document.meta("og:url"), *(link.href for link in document.links if "canonical" in link.rel)):
        match path_parts(address):
            case (handle, "status" | "article", number, *_) if number.isascii() and number.isdigit():
                return (None if handle == "i" else handle), number
    return None, ""


def _named_though_missing(reply: Reply) -> Reading | None:
    """X's page of a missing account names nobody: a head that does, under such a status, contradicts it."""
    named = reply.page.status in (404, 410) and _name_and_handle(reply.document) is not None
    return undecided("at_odds") if named else None


def read_pieces(reply: Reply) -> Reading | None:
    """What scripts of 2014 to 2020 fetched later: more of an account's posts, or the card that a pointer called up."""
    answer = reply.object
    listed = as_text(answer.get("items_html")) or as_text(dig(answer, "inner", "items_html"))
    match path_parts(reply.page.url):
        case ("i", "profiles", "show", handle, "timeline", *_) if listed and _HANDLE.fullmatch(handle):
            document = read_html(listed)
            own = first(document, f'.tweet[data-tweet-id][data-screen-name="{handle}" i]')
            return _profile(document, _writer(own), reply) if own else None
    card = read_html(as_text(answer.get("html")) or "")
    user: User = {
        "screen_name": as_text(answer.get("screen_name")),
        "id": as_text(answer.get("user_id")),
        "name": told_at(card, ".ProfileCard-avatarLink@title") or None,
        "description": told_at(card, ".ProfileCard-bio:not(:has(a, img))") or None,
    }
    is_card = user["screen_name"] and user["id"] and card.source
    return _profile(card, _without_nothing(user), reply) if is_card else None
