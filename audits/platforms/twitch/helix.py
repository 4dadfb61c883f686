"""What Twitch's interfaces say.

    Helix users ──▶ listed: present      asked for alone and not listed: gone, or banned (the answer is the same)
    Helix videos ─▶ a sign of life; broadcasts are deleted after days or weeks, so never a sign of silence
    GraphQL user ─▶ present

Source: dev.twitch.tv/docs/api/reference (Get Users, Get Videos).
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import Existence, Facts, Marker, Page, PlatformId, Post, Reading, Seen, Transport
from audits.platform import Subject
from audits.reading.embedded import Json, as_object, as_text, dig
from audits.reading.fields import moment
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.told import either, told
from audits.reading.urls import path_parts, query_value

USER: Final = "user"


def read_json(value: Json, page: Page, subject: Subject) -> Reading | None:
    """What an answer says; None where it is none of Twitch's."""
    answer = as_object(value) or as_object(dig(value, 0))
    if isinstance(answer.get("status"), int) and as_text(answer.get("message")):
        return _refused(answer)
    listed = answer.get("data")
    if isinstance(listed, dict):
        return _graph(as_object(listed.get("user")) or as_object(listed.get("userOrError")))
    return _listed([as_object(item) for item in listed], page, subject) if isinstance(listed, list) else None


_TROUBLE: Final = {401: Transport.NOT_PERMITTED, 403: Transport.NOT_PERMITTED, 429: Transport.RATE_LIMITED}


def _refused(answer: dict[str, Json]) -> Reading:
    status, said = answer["status"], as_text(answer.get("message")) or "an error"
    transport = _TROUBLE.get(status) if isinstance(status, int) else None
    return Reading(transport=transport, reason=said) if transport else undecided(said)


def _listed(items: list[dict[str, Json]], page: Page, subject: Subject) -> Reading | None:
    if any("user_id" in item for item in items):
        return _videos(items, page)
    if any("display_name" in item for item in items) or path_parts(page.url)[-1:] == ("users",):
        return _users(items, page, subject)
    return None


def _users(items: list[dict[str, Json]], page: Page, subject: Subject) -> Reading:
    numbers, login = re.findall(r"[?&]id=(\d+)", page.url), query_value(page.url, "login")
    number = subject.id_in(USER) or (numbers[0] if len(numbers) == 1 else None)
    user = _one(items, number, login or subject.handle)
    if user:
        return present(_facts(user))
    if (number in numbers and _only(items, numbers)) or (login and number is None and not items):
        excerpt = "not listed: gone, or banned"
        return explicit(Existence.GONE, Marker("twitch.api-no-such-user", Existence.GONE, excerpt))
    return undecided("the answer does not list the channel, and was not asked for it by number")


def _only(items: list[dict[str, Json]], numbers: list[str]) -> bool:
    """Whether nobody is listed who was not asked for: an answer to another question denies nobody."""
    return {as_text(item.get("id")) or "" for item in items} <= set(numbers)


def _one(items: list[dict[str, Json]], number: str | None, login: str | None) -> dict[str, Json] | None:
    """By its number where that is known, since names change hands; else by its name, else whoever is there alone."""
    if number:
        return next((item for item in items if as_text(item.get("id")) == number), None)
    if login:
        return next((item for item in items if (as_text(item.get("login")) or "").lower() == login.lower()), None)
    return items[0] if len(items) == 1 else None


def _facts(user: dict[str, Json]) -> Facts:
    return Facts(
        display_name=told(user, as_text, "display_name"),
        handle=told(user, as_text, "login"),
        platform_id=_user_id(user.get("id")),
        description=told(user, as_text, "description"),
        avatar_url=told(user, as_text, "profile_image_url"),
        verified=user.get("broadcaster_type") == "partner",
        created_at=told(user, moment, "created_at"),
    )


def _graph(user: dict[str, Json]) -> Reading | None:
    facts = Facts(
        display_name=told(user, as_text, "displayName"),
        handle=told(user, as_text, "login"),
        platform_id=_user_id(user.get("id")),
        description=told(user, as_text, "description"),
        avatar_url=told(user, as_text, "profileImageURL"),
        created_at=told(user, moment, "createdAt"),
    )
    return present(facts) if isinstance(facts.platform_id, PlatformId) and facts.handle else None


def _user_id(value: Json) -> Seen[PlatformId]:
    number = as_text(value)
    return either(PlatformId(USER, number) if number and number.isascii() and number.isdigit() else None)


def _videos(items: list[dict[str, Json]], page: Page) -> Reading:
    posts = tuple(_post(item) for item in items)
    if len({as_text(item.get("user_id")) for item in items}) > 1:
        return undecided("videos of several channels", facts=Facts(posts=posts))
    facts = Facts(
        display_name=told(items[0], as_text, "user_name"),
        handle=told(items[0], as_text, "user_login"),
        platform_id=_user_id(items[0].get("user_id")),
        posts=posts,
        activity=latest(posts, page.fetched_at, "videos", sees_newest=False),
    )
    return present(facts)


def _post(item: dict[str, Json]) -> Post:
    at = moment(item.get("published_at")) or moment(item.get("created_at"))
    return Post(url=as_text(item.get("url")), at=at, has_video=True)
