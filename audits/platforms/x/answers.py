"""X's interfaces, every generation of them.

    API v2 users ─▶ the one asked for, of up to 100 │ errors[] ─▶ suspended · gone · refused
    API v2 posts, v1.1 timeline ─▶ newest own post
    web GraphQL ──▶ User │ UserUnavailable
    v1.1, oEmbed, a single post ─▶ user, or a post's owner

A suspended user comes with the type `resource-not-found` as well: the words decide, not the type.
Sources: docs.x.com, Response codes and errors; developer.x.com, API v1.1 error codes; mikf/gallery-dl, twitter.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from audits.model import NO_FACTS, Existence, Facts, Marker, Page, Post, Reading, Transport
from audits.platform import Subject
from audits.platforms.x.users import (
    chosen,
    is_protected,
    is_withheld,
    user_id,
    v1_facts,
    v2_facts,
    wanted_handle,
    wanted_id,
    web_facts,
)
from audits.reading.embedded import Json, as_list, as_object, as_text, dig
from audits.reading.fields import moment
from audits.reading.ids import x_time
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.told import named
from audits.reading.urls import path_parts, query_value
from audits.replies import Reply

_REFUSED: Final = {
    **dict.fromkeys((32, 64, 89, 99, 135, 215, 220, 239, 326), Transport.WALLED),
    **dict.fromkeys((401, 402, 403), Transport.NOT_PERMITTED),
    **dict.fromkeys((88, 185, 420, 429), Transport.RATE_LIMITED),
    **dict.fromkeys((29, 130, 131, 214, 500, 503), Transport.UNREACHABLE),
}  # codes about whoever asks: 64 means that the asking account is suspended, not the one asked for
_REFUSED_WITHOUT_CODE: Final = {
    "CreditsDepleted": Transport.NOT_PERMITTED, "Client Forbidden": Transport.NOT_PERMITTED,
    "UsageCapExceeded": Transport.RATE_LIMITED,
}  # fmt: skip
_MANY: Final = "posts of several people"  # what somebody likes, or follows
_ABSENT: Final = {50: Existence.GONE, 63: Existence.SUSPENDED}  # 17, "no user matches", is said of suspended ones too


def read_json(reply: Reply) -> Reading | None:
    """Any JSON that X's hosts gave; None where it is none of these."""
    answer, subject, page = reply.object, reply.subject, reply.page
    return (
        _web_user(answer)
        or _v2_user(answer, subject, page)
        or _v2_posts(answer, page)
        or _v1(reply.value, subject, page)
        or _failed(answer, subject)
        or _embedded(answer)
    )


def _seen(facts: Facts, user: dict[str, Json], marker: str, *, stated: bool = False) -> Reading:
    if is_protected(user):
        sign = Marker(marker, Existence.PRIVATE, '"protected": true')
        return explicit(Existence.PRIVATE, sign, facts, stated=stated)
    existence = Existence.PRESENT_LIMITED if is_withheld(user) else Existence.PRESENT
    return present(facts, Marker(marker, existence, f"@{facts.handle}"), existence=existence)


# --- web GraphQL ----------------------------------------------------------------------------------------------------

_PATH_OF_A_USER: Final = 2  # "user", "result"; what lies deeper is a post's
_WEB: Final = ("user", "user_result", "user_result_by_screen_name", "user_by_screen_name")
_UNAVAILABLE: Final = {"suspended": Existence.SUSPENDED, "protected": Existence.PRIVATE}


def _web_user(answer: dict[str, Json]) -> Reading | None:
    for name in _WEB:
        holder = as_object(dig(answer, "data", name))
        user = as_object(holder.get("result")) or holder
        if user.get("__typename") == "UserUnavailable":
            return _unavailable(user, holder)
        if dig(user, "legacy", "screen_name") or dig(user, "core", "screen_name"):
            return _seen(web_facts(user), user, "x.graphql-user")
    return None


def _unavailable(user: dict[str, Json], holder: dict[str, Json]) -> Reading:
    reason = as_text(user.get("reason")) or as_text(user.get("unavailable_reason")) or "no reason given"
    facts = Facts(platform_id=user_id(holder.get("rest_id") or user.get("rest_id")))
    existence = _UNAVAILABLE.get(reason.lower())
    if existence is None:
        return undecided(f"UserUnavailable: {reason}", facts=facts)
    return explicit(existence, Marker("x.graphql-user-unavailable", existence, f"UserUnavailable: {reason}"), facts)


# --- API v2 and v1.1 ------------------------------------------------------------------------------------------------


def _v2_user(answer: dict[str, Json], subject: Subject, page: Page) -> Reading | None:
    one = as_object(answer.get("data"))
    many = [as_object(each) for each in as_list(answer.get("data"))]
    users = [each for each in many if "username" in each]
    user = one if "username" in one else _of_several(users, subject, page)
    return _seen(v2_facts(user, page.fetched_at), user, "x.api-user", stated=True) if user else None


def _of_several(users: list[dict[str, Json]], subject: Subject, page: Page) -> dict[str, Json] | None:
    """Where its own number was asked for, whoever has another number is somebody else, whatever the name beside it."""
    number = wanted_id(subject)
    if number and number in (query_value(page.url, "ids") or "").split(","):
        users = [each for each in users if as_text(each.get("id")) == number]
    return chosen(users, subject, "id", "username")


def _v2_posts(answer: dict[str, Json], page: Page) -> Reading | None:
    """`GET /2/users/:id/tweets`, newest first. An empty list proves nothing: old posts may lie outside of it."""
    posts = [as_object(each) for each in as_list(answer.get("data"))]
    if "meta" not in answer or not posts or not all("text" in post for post in posts):
        return None
    authors = {as_text(post.get("author_id")) for post in posts}
    if len(authors) > 1:
        return undecided(_MANY)
    users = (as_object(user) for user in as_list(dig(answer, "includes", "users")))
    owner = next((v2_facts(user, page.fetched_at) for user in users if as_text(user.get("id")) in authors), NO_FACTS)
    return _timeline(owner, tuple(_post(post, post.get("id")) for post in posts), page)


def _v1(value: Json, subject: Subject, page: Page) -> Reading | None:
    answers = [as_object(each) for each in (value if isinstance(value, list) else [value])]
    users = [user for user in answers if "screen_name" in user and "status_id" not in user]
    user = chosen(users, subject, "id_str", "screen_name") if isinstance(value, list) else next(iter(users), None)
    if user:
        return _seen(_with_newest(v1_facts(user), user, page), user, "x.api-user")
    posts = [post for post in answers if dig(post, "user", "screen_name")]
    if not posts:
        return None
    if len({as_text(dig(post, "user", "screen_name")) for post in posts}) > 1:
        return undecided(_MANY)
    owner = v1_facts(as_object(posts[0].get("user")))
    if isinstance(value, dict):
        return undecided("a single post", facts=owner)
    return _timeline(owner, tuple(_post(post, post.get("id_str")) for post in posts), page)


def _with_newest(facts: Facts, user: dict[str, Json], page: Page) -> Facts:
    """A user comes with its newest post, which may be somebody else's that it passed on."""
    status = as_object(user.get("status"))
    if not status:
        return facts
    newest = latest([_post(status, status.get("id_str"))], page.fetched_at, "x.status", sees_newest=True)
    return replace(facts, activity=newest)


def _post(post: dict[str, Json], number: Json) -> Post:
    kinds = {as_text(dig(each, "type")) for each in as_list(post.get("referenced_tweets"))}
    words = as_text(post.get("text")) or as_text(post.get("full_text")) or ""
    at = moment(post.get("created_at")) or x_time(as_text(number) or "")
    return Post(
        url=f"https://x.com/i/status/{number}",
        at=at.replace(microsecond=0) if at else None,
        repost="retweeted" in kinds or "retweeted_status" in post or words.startswith("RT @"),
    )


def _timeline(owner: Facts, posts: tuple[Post, ...], page: Page) -> Reading:
    newest = latest(posts, page.fetched_at, "x.api-posts", sees_newest=True)
    facts = replace(owner, activity=newest, posts=posts)
    return present(facts, Marker("x.api-posts", Existence.PRESENT, f"{len(posts)} posts"))


# --- what went wrong ------------------------------------------------------------------------------------------------


def _failed(answer: dict[str, Json], subject: Subject) -> Reading | None:
    errors = [as_object(each) for each in as_list(answer.get("errors"))]
    return _refusal([answer, *errors]) or next(_absences(answer, errors, subject), None)


def _refusal(answers: list[dict[str, Json]]) -> Reading | None:
    """What is wrong with the asking: the key, the limit, the service. Says nothing of the account."""
    for each in answers:
        code, transport = each.get("code") or each.get("status"), _refused_as(each)
        if transport is not None:
            words = as_text(each.get("detail")) or as_text(each.get("message")) or ""
            return Reading(transport=transport, reason=f"{code}: {words}"[:200])
    return None


def _refused_as(error: dict[str, Json]) -> Transport | None:
    code = error.get("code") or error.get("status")
    if isinstance(code, int):
        return _REFUSED.get(code)
    if error.get("kind") == "ServiceLevel":  # "DeadlineExceeded", beside an empty user (vladkens/twscrape#346)
        return Transport.UNREACHABLE
    return _REFUSED_WITHOUT_CODE.get(str(error.get("title")))


def _absences(answer: dict[str, Json], errors: list[dict[str, Json]], subject: Subject) -> Iterator[Reading]:
    if dig(answer, "data", "user", "result"):  # a timeline: what is missing there is a post's or its writer's
        return
    facts = Facts(platform_id=user_id(dig(answer, "data", "user", "rest_id")))
    for error in errors:
        existence = _absence(error) if _is_meant(error, errors, subject) else None
        if existence is not None:
            words = as_text(error.get("detail")) or as_text(error.get("message")) or ""
            yield explicit(existence, Marker("x.api-error", existence, words[:160]), facts)


def _absence(error: dict[str, Json]) -> Existence | None:
    code = error.get("code")
    if isinstance(code, int):
        return _ABSENT.get(code)
    words = (as_text(error.get("detail")) or "").lower()
    if error.get("resource_type") != "user":
        return None
    if words.startswith("user has been suspended"):
        return Existence.SUSPENDED
    return Existence.GONE if words.startswith("could not find user with") else None


def _is_meant(error: dict[str, Json], errors: list[dict[str, Json]], subject: Subject) -> bool:
    """In an answer about a hundred users, or about one and its posts, whether the error is about this one."""
    if len(as_list(error.get("path"))) > _PATH_OF_A_USER:
        return False
    named = as_text(error.get("value")) or as_text(error.get("resource_id"))
    wanted = {each.lower() for each in (wanted_id(subject), wanted_handle(subject)) if each}
    return len(errors) == 1 if named is None or not wanted else named.lower() in wanted


# --- embeds ---------------------------------------------------------------------------------------------------------


def _embedded(answer: dict[str, Json]) -> Reading | None:
    """oEmbed of a post. That of a profile is only code to paste, and a taken name belongs to anybody."""
    if answer.get("reason") in ("taken", "available") or "twitter-timeline" in str(answer.get("html")):
        return undecided("says nothing of the account")
    if answer.get("provider_name") not in ("Twitter", "X"):
        return None
    owner = named(answer.get("author_name"), answer.get("author_url"), _handle_in)
    return undecided("a single post", facts=owner)


def _handle_in(address: str | None) -> str | None:
    return next(iter(path_parts(address)), None)
