"""X's accounts as its interfaces write them: three generations of the same object.

    API v2 (username, public_metrics) · API v1.1 (screen_name, followers_count) · web (rest_id, legacy, core) ─▶ Facts

Sources: docs.x.com, Data dictionary: User; developer.x.com, API v1.1 User object; zedeus/nitter, src/types.nim.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Final

from audits.model import UNSEEN, Activity, Facts, PlatformId, Seen
from audits.platform import Subject
from audits.reading.answer_fields import as_flag, number_id, one_asked_for, or_unseen, read_field, without_placeholder
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.ids import x_time
from audits.reading.written_values import moment

USER: Final = "user"
_number: Final = partial(number_id, USER)
_NO_PICTURE: Final = ("default_profile_images/", "abs.twimg.com/")
_IN_ITS_PLACE: Final = re.compile(
    r"@\w{1,15}['’]s account (?:has been withheld\b|is temporarily unavailable because it violates\b)"
    r"|From breaking news and entertainment to sports and politics, get the full story\b"
)


def user_id(value: Json) -> Seen[PlatformId]:
    """X's own unchanging number of an account."""
    return or_unseen(_number(value))


def own_picture(address: Seen[str]) -> Seen[str]:
    """The account's picture; None for the figure that X shows where nobody has uploaded one."""
    return without_placeholder(address, _NO_PICTURE)


def own_bio(said: Seen[str]) -> Seen[str]:
    """What the account says of itself; unseen where X says there that the account is kept back, or what X itself is."""
    return UNSEEN if isinstance(said, str) and _IN_ITS_PLACE.match(said) else said


def wanted_id(subject: Subject) -> str | None:
    """The number pinned in the register, or that the key is made of (`x:id:123`)."""
    return subject.id_in(USER, "id:(.+)")


def wanted_handle(subject: Subject) -> str | None:
    """The handle that the key is made of (`x:name`)."""
    parts = (subject.key or "").split(":")
    return parts[1] if len(parts) == 2 else None


def chosen(users: list[dict[str, Json]], subject: Subject, id_key: str, name_key: str) -> dict[str, Json] | None:
    """The one of several users whom the register means."""
    return one_asked_for(users, wanted_id(subject), wanted_handle(subject), id_key, name_key)


def v2_facts(user: dict[str, Json], now: datetime) -> Facts:
    """Facts of an API v2 user, read at `now` (UTC); fields that were not asked for stay unseen."""
    metrics = as_object(user.get("public_metrics"))
    return Facts(
        display_name=read_field(user, as_text, "name"),
        handle=read_field(user, as_text, "username"),
        platform_id=user_id(user.get("id")),
        description=own_bio(read_field(user, as_text, "description")),
        followers=read_field(metrics, as_count, "followers_count"),
        posts_count=read_field(metrics, as_count, "tweet_count", "post_count"),
        activity=_newest(user, metrics, now),
        avatar_url=own_picture(read_field(user, as_text, "profile_image_url")),
        website_link=_website(user),
        verified=read_field(user, as_flag, "verified"),
        created_at=read_field(user, moment, "created_at"),
    )


def _newest(user: dict[str, Json], metrics: dict[str, Json], now: datetime) -> Seen[Activity]:
    """`most_recent_tweet_id` carries its own time; an account that has posted nothing has none."""
    at = x_time(as_text(user.get("most_recent_tweet_id")) or "")
    if at and at <= now:
        return Activity(at=at.replace(microsecond=0), source="x.most_recent_tweet_id", sees_newest=True)
    return None if as_count(metrics.get("tweet_count")) == 0 else UNSEEN


def v1_facts(user: dict[str, Json]) -> Facts:
    """Facts of an API v1.1 user, which the pages of before 2020 carried as well."""
    return Facts(
        display_name=read_field(user, as_text, "name"),
        handle=read_field(user, as_text, "screen_name"),
        platform_id=read_field(user, _number, "id_str", "id", "rest_id") or UNSEEN,  # `id` alone may be a name
        description=own_bio(read_field(user, as_text, "description")),
        followers=read_field(user, as_count, "followers_count", "normal_followers_count"),
        posts_count=read_field(user, as_count, "statuses_count"),
        avatar_url=own_picture(read_field(user, as_text, "profile_image_url_https", "profile_image_url")),
        website_link=_website(user),
        verified=read_field(user, as_flag, "verified"),
        created_at=read_field(user, moment, "created_at"),
    )


def web_facts(user: dict[str, Json]) -> Facts:
    """Facts of a user of the web's GraphQL interface: the old object, and newer ones beside it."""
    old, core = as_object(user.get("legacy")), as_object(user.get("core"))
    followed, posted = as_object(user.get("relationship_counts")), as_object(user.get("tweet_counts"))
    newer = {**old, **core, **as_object(user.get("profile_bio"))}
    site = as_object(user.get("website"))  # where there is no old object any more
    picture = read_field(as_object(user.get("avatar")), as_text, "image_url")
    return Facts(
        display_name=read_field(newer, as_text, "name"),
        handle=read_field(newer, as_text, "screen_name"),
        platform_id=user_id(user.get("rest_id")),
        description=own_bio(read_field(newer, as_text, "description")),
        followers=read_field({**old, **followed}, as_count, "followers_count", "followers"),
        posts_count=read_field({**old, **posted}, as_count, "statuses_count", "tweets"),
        avatar_url=own_picture(picture or read_field(old, as_text, "profile_image_url_https")),
        website_link=_website({**newer, **site, **old} if site else old),
        verified=_web_badge(user, old),
        created_at=read_field(newer, moment, "created_at"),
    )


def _web_badge(user: dict[str, Json], old: dict[str, Json]) -> Seen[bool]:
    newer = as_object(user.get("verification"))
    marks = (user.get("is_blue_verified"), newer.get("is_blue_verified"), newer.get("verified"), old.get("verified"))
    flags = [mark for mark in marks if isinstance(mark, bool)]
    kind = as_text(newer.get("verified_type")) or as_text(old.get("verified_type"))  # "Government" or "Business"
    return kind is not None or any(flags) if kind or flags else UNSEEN


def is_protected(user: dict[str, Json]) -> bool:
    """Whether only followers whom the owner let in may read its posts."""
    flags = (user.get("protected"), dig(user, "legacy", "protected"), dig(user, "privacy", "protected"))
    return any(flag is True for flag in flags)


def is_withheld(user: dict[str, Json]) -> bool:
    """Whether some country's law hides the account there (docs.x.com, Data dictionary: User, `withheld`)."""
    newer, old, older = ("withheld", "country_codes"), ("withheld_in_countries",), ("legacy", "withheld_in_countries")
    return any(as_list(dig(user, *where)) for where in (newer, old, older))


def _website(user: dict[str, Json]) -> Seen[str]:
    """The address behind X's own shortener."""
    links = as_list(dig(user, "entities", "url", "urls"))
    expanded = as_text(dig(links[0], "expanded_url")) if links else None
    if expanded or "url" in user:
        return expanded or read_field(user, as_text, "url")
    return None if "entities" in user else UNSEEN
