"""X's accounts and posts, of every interface and layout, brought into one form and read once.

    API v2 (username, public_metrics) · API v1.1 (screen_name) · web (rest_id, legacy, core, …) ─flat──────┐
    markup of 2008 to 2023: a table of places ─in_markup───────────────────────────────────────────────────┴▶ User
    User ─▶ Facts ─▶ present · private        a post, and who wrote it, of any of them ─▶ Entry

Sources: docs.x.com, Data dictionary: User; developer.x.com, API v1.1 User object; zedeus/nitter, src/types.nim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Activity, Existence, Facts, Marker, Post, Reading, Seen, Unseen
from audits.platform import Subject
from audits.reading.answer_fields import number_id, or_unseen, read_field, without_placeholder
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.html import Document
from audits.reading.ids import x_time
from audits.reading.pages import explicit, shown_as, undecided
from audits.reading.places import placed, told_at
from audits.reading.posts import latest
from audits.reading.refusals import own_words
from audits.reading.written_values import moment, only_count

User = dict[str, Json]

# Where parts of an account stand by themselves; what comes later in this list is the newer object, and is believed.
_PARTS: Final = (
    "profile_bio", "website", "legacy", "core", "avatar", "relationship_counts", "tweet_counts", "public_metrics",
    "verification", "privacy",
)  # fmt: skip
_NUMBERS: Final = ("rest_id", "id_str", "id")
_NO_PICTURE: Final = ("default_profile_images/", "abs.twimg.com/")
_IN_ITS_PLACE: Final = re.compile(
    r"@\w{1,15}['’]s account (?:has been withheld\b|is temporarily unavailable because it violates\b)"
    r"|From breaking news and entertainment to sports and politics, get the full story\b"
)


def wanted_id(subject: Subject) -> str | None:
    """The number pinned in the register, or that the key is made of (`x:id:123`)."""
    return subject.id_in("user", "id:(.+)")


def wanted_handle(subject: Subject) -> str | None:
    """The handle that the key is made of (`x:name`)."""
    parts = (subject.key or "").split(":")
    return parts[1] if len(parts) == 2 else None


def flat(held: Json) -> User:
    """An account in one object with version 1.1's names, of whatever holds it; `id` is its number, or missing."""
    holder = as_object(held)
    user = {"rest_id": holder.get("rest_id"), **as_object(holder.get("result") or holder)}
    parts = [as_object(user.get(name)) for name in _PARTS]
    whole = {**user, **{name: told for part in parts for name, told in part.items() if told is not None}}
    number = next(filter(None, (number_id("user", whole.get(name)) for name in _NUMBERS)), None)
    name = whole.get("screen_name") or whole.get("username")
    return {**whole, "screen_name": name, "id": number.value if number else None}


def facts_of(user: User, now: datetime) -> Facts:
    """What an account states of itself, read at `now` (UTC); what was not asked for stays unseen."""
    said = read_field(user, as_text, "description")
    kept_back = isinstance(said, str) and _IN_ITS_PLACE.match(said)
    picture = read_field(user, as_text, "image_url", "profile_image_url_https", "profile_image_url")
    return Facts(
        display_name=read_field(user, as_text, "name", "givenName"),
        handle=or_unseen(as_text(user.get("screen_name"))),
        platform_id=or_unseen(number_id("user", user.get("id"))),
        description=UNSEEN if kept_back else said,
        followers=read_field(user, as_count, "followers_count", "normal_followers_count", "followers"),
        posts_count=read_field(user, as_count, "statuses_count", "tweet_count", "post_count", "tweets"),
        activity=_newest(user, now),
        avatar_url=without_placeholder(picture, _NO_PICTURE),
        website_link=_website(user),
        verified=_badge(user),
        created_at=read_field(user, moment, "created_at"),
    )


def _newest(user: User, now: datetime) -> Seen[Activity]:
    """API v2 names the newest post, version 1.1 holds it, passed on or not; whoever has posted nothing has none."""
    if status := as_object(user.get("status")):
        return latest([_post(status)], now, "x.status", sees_newest=True)
    at = x_time(as_text(user.get("most_recent_tweet_id")) or "")
    if at and at <= now:
        return Activity(at=at.replace(microsecond=0), source="x.most_recent_tweet_id", sees_newest=True)
    return None if as_count(dig(user, "public_metrics", "tweet_count")) == 0 else UNSEEN


def _badge(user: User) -> Seen[bool]:
    marks = [mark for name in ("verified", "is_blue_verified") if isinstance(mark := user.get(name), bool)]
    kind = as_text(user.get("verified_type")) not in (None, "none")  # "Government" or "Business"
    return kind or any(marks) if kind or marks else UNSEEN


def _website(user: User) -> Seen[str]:
    """The address behind X's own shortener; the newest object has a part for it, where there is one."""
    expanded = as_text(dig(user, "entities", "url", "urls", 0, "expanded_url"))
    if expanded or "url" in user:
        said = expanded or read_field(user, as_text, "url")
        return UNSEEN if isinstance(said, str) and "…" in said else said
    parts = as_object(user.get("entities"))
    stated = isinstance(parts.get("description"), dict) and parts.get("url") is None  # the bio's own are always told
    return None if stated and ("profile_bio" not in user or "legacy" in user) else UNSEEN


def seen(user: User, facts: Facts, sign: str) -> Reading:
    """The reading of an account that is shown. Nobody has kept one where `suspended` is set: that proves nothing."""
    if user.get("suspended") is True:
        return undecided(own_words('"suspended": true'), facts=facts)
    if user.get("protected") is True:
        return explicit(Marker(sign, Existence.PRIVATE, '"protected": true'), facts, stated="username" in user)
    withheld = as_list(dig(user, "withheld", "country_codes")) or as_list(user.get("withheld_in_countries"))
    return shown_as(sign, facts, Existence.PRESENT_LIMITED if withheld else Existence.PRESENT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, and who wrote it; `alone`, or within a conversation, where others answer."""

    post: Post
    author: User
    writer: str | None
    alone: bool = True


def entry(held: Json, users: Sequence[User] = (), *, pinned: bool = False, alone: bool = True) -> Entry:
    """A post of any interface. The web wraps one whose visibility is limited; API v2 keeps authors apart."""
    whole = as_object(dig(held, "tweet") or held)
    said, core = {**whole, **as_object(whole.get("legacy"))}, as_object(whole.get("core"))
    number = as_text(said.get("user_id_str")) or as_text(said.get("author_id"))
    author = flat(said.get("user") or core.get("user_results") or core.get("user_result"))
    author = next((each for each in users if number and each["id"] == number), author)
    return Entry(_post(said, pinned=pinned), author, number or as_text(author["id"] or author["screen_name"]), alone)


def _post(post: User, *, pinned: bool = False) -> Post:
    """A post of any interface; what was passed on is somebody else's."""
    number = next(filter(None, (as_text(post.get(name)) for name in _NUMBERS)), "")
    kinds = {as_text(dig(each, "type")) for each in as_list(post.get("referenced_tweets"))}
    words = as_text(post.get("text")) or as_text(post.get("full_text")) or ""
    passed_on = {"retweeted_status", "retweeted_status_result", "retweeted_status_id_str"} & post.keys()
    repost = "retweeted" in kinds or bool(passed_on) or words.startswith("RT @")
    return dated(number, moment(post.get("created_at")), pinned=pinned, repost=repost)


def dated(number: str, at: datetime | None = None, *, pinned: bool = False, repost: bool = False) -> Post:
    """The post with this number, which tells when it was made."""
    at = at or x_time(number)
    when = at.replace(microsecond=0) if at else None
    url = f"https://x.com/i/status/{number}" if number else None
    return Post(url=url, at=when, pinned=pinned, repost=repost)


# --- where a fact stands in the markup of each layout, as `selector@attribute` ----------------------------------------

_HANDLE: Final = re.compile(r"[@/]?(\w{1,15})", re.ASCII)
_CALLED: Final = (
    "a.ProfileHeaderCard-nameLink@href", "table.profile-details .screen-name",
    ".profile-card-inner[data-screen-name]@data-screen-name", 'meta[name="page-user-screen_name"]@content',
)  # fmt: skip
_PLACES: Final = {
    "name": (
        ".ProfileHeaderCard-nameLink", "table.profile-details .fullname",
        ".profile-card-inner .fullname .profile-field", ".profile-card-inner .fullname", "body#profile ul.about .fn",
    ),
    "description": (
        '[data-testid="UserDescription"]:not(:has(a, img))', ".ProfileHeaderCard-bio:not(:has(a, img))",
        "table.profile-details .bio", ".profile-card-inner .bio", "body#profile ul.about .bio",
    ),
    "id": ('[data-user-id][data-screen-name="{}" i]@data-user-id', ".ProfileNav[data-user-id]@data-user-id"),
    "followers_count": (
        ".ProfileNav-item--followers [data-count]@data-count", ".ProfileNav-item--followers [title]@title",
        'a[href$="/{}/followers" i]', 'a[href$="/{}/verified_followers" i]',
        'table.profile-stats a[href*="/followers"] .statnum', '[data-element-term="follower_stats"] strong',
        "body#profile #follower_count",
    ),
    "statuses_count": (
        ".ProfileNav-item--tweets [data-count]@data-count", ".ProfileNav-item--tweets [title]@title",
        "table.profile-stats td:first-child .statnum", '[data-element-term="tweet_stats"] strong',
        "body#profile #update_count",
    ),
    "profile_image_url": (
        'a[href$="/{}/photo" i] img[src*="/profile_images/"]@src', "img.ProfileAvatar-image@src",
        "table.profile-details .avatar img@src", ".profile-card-inner img.avatar@src", ".profile-picture .avatar@src",
        "body#profile #profile-image@src",
    ),
    "url": (
        '[data-testid="UserUrl"] a', 'a[data-testid="UserUrl"]', ".ProfileHeaderCard-urlText a[title]@title",
        "table.profile-details .url a[data-url]@data-url", ".profile-card-inner .url a[title]@title",
        ".profile-card-inner .url a@href", "body#profile ul.about a.url@href",
    ),
}  # fmt: skip
BADGES: Final = {
    'data-testid="UserName"': '[data-testid="UserName"] [data-testid="icon-verified"]',
    "ProfileHeaderCard-name": ".ProfileHeaderCard-badges .Icon--verified",
    "profile-details": "table.profile-details .fullname .badge img[src*=verified]",
}  # the same signs stand beside every post and every suggested account
LOCK: Final = (
    '[data-testid="UserName"] [data-testid="icon-lock"], table.profile-details .fullname .badge img[src*=protected]'
)


def in_markup(document: Document, handle: str = "") -> User:
    """The account as a page's markup shows it, by this handle or the one that it names; empty without."""
    named = _HANDLE.fullmatch(next(filter(None, (told_at(document, place) for place in _CALLED)), ""))
    handle = handle or (named[1] if named else "")
    told = placed(document, _PLACES, handle) if handle else {}
    counts = {name: only_count(said) for name, said in told.items() if name.endswith("_count")}
    exact = {name: count for name, count in {**told, **counts}.items() if not isinstance(count, Unseen)}
    return {**exact, "screen_name": handle} if told else {}
