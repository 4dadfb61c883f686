"""X's interfaces, every generation of them.

    API v2 users ─▶ the one asked for, of up to 100 │ errors[] ─▶ suspended · gone · refused
    posts ─▶ timelines.py
    web GraphQL ──▶ User │ UserUnavailable │ posts
    v1.1, oEmbed, a single post ─▶ user, or a post's owner

A suspended user comes with the type `resource-not-found` as well: the words decide, not the type.
Sources: docs.x.com, Response codes and errors; developer.x.com, API v1.1 error codes; mikf/gallery-dl, twitter.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audits.model import Existence, Facts, Marker, Page, Reading, Transport
from audits.platform import Subject
from audits.platforms.x.classic_page import read_pieces
from audits.platforms.x.timelines import (
    asks_for_posts,
    is_of_an_interface,
    newest_of_a_user,
    v1_posts,
    v2_posts,
    web_posts,
)
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
from audits.reading.answer_fields import card_owner
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, try_loads
from audits.reading.pages import explicit, shown_as, undecided
from audits.reading.refusals import own_words
from audits.reading.urls import name_in, path_parts, query_value
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
_ASIDE: Final = ("author_id", "in_reply_to_user_id", "entities.mentions.username")  # whoever a post names
_ABSENT: Final = {50: Existence.GONE, 63: Existence.SUSPENDED}  # 17, "no user matches", is said of suspended ones too


def read_json(reply: Reply) -> Reading | None:
    """Any JSON that X's hosts gave; None where it is none of these."""
    told = _told(reply.object, reply)
    absent = told is not None and told.existence in {*_ABSENT.values(), *_UNAVAILABLE.values()}
    return undecided("another_account") if absent and _asks_for_another(reply.page.url, reply.subject) else told


def _told(answer: dict[str, Json], reply: Reply) -> Reading | None:
    subject, page = reply.subject, reply.page
    return (
        _web_user(answer, subject)
        or _v2_user(answer, subject, page)
        or web_posts(answer, subject, page)
        or v2_posts(answer, page)
        or read_v1(reply.value, subject, page)
        or read_pieces(answer, page)
        or _failed(answer, subject, page)
        or _embedded(answer)
        or _said(answer)
    )


def _asks_for_another(url: str, subject: Subject) -> bool:
    """Whether the address names accounts, and not this one: what is missing is one of them."""
    variables = as_object(try_loads(query_value(url, "variables") or ""))
    ways = (("screen_name", "screen_name", wanted_handle(subject)), ("user_id", "userId", wanted_id(subject)))
    asked = ((query_value(url, name) or as_text(variables.get(field)), wanted) for name, field, wanted in ways)
    return any(names and wanted and wanted.lower() not in names.lower().split(",") for names, wanted in asked)


def _seen(facts: Facts, user: dict[str, Json], marker: str, *, stated: bool = False) -> Reading:
    if is_protected(user):
        return explicit(Marker(marker, Existence.PRIVATE, '"protected": true'), facts, stated=stated)
    existence = Existence.PRESENT_LIMITED if is_withheld(user) else Existence.PRESENT
    return shown_as(marker, facts, existence)


# --- web GraphQL ----------------------------------------------------------------------------------------------------

_PATH_OF_A_USER: Final = 2  # "user", "result"; what lies deeper is a post's
_WEB: Final = (
    "user", "user_result", "user_results", "user_result_by_rest_id", "user_result_by_screen_name",
    "user_by_screen_name",
)  # fmt: skip
_UNAVAILABLE: Final = {
    "suspended": Existence.SUSPENDED, "protected": Existence.PRIVATE, "deactivated": Existence.DEACTIVATED,
}  # fmt: skip


def _web_user(answer: dict[str, Json], subject: Subject) -> Reading | None:
    for holder in _holders(answer, subject):
        user = {"rest_id": holder.get("rest_id"), **as_object(holder.get("result") or holder)}
        if user.get("__typename") == "UserUnavailable":
            return _unavailable(user, holder)
        if dig(user, "legacy", "screen_name") or dig(user, "core", "screen_name"):
            return _suspended(user) or _seen(web_facts(user), user, "x.graphql-user")
    return None


def _holders(answer: dict[str, Json], subject: Subject) -> Iterator[dict[str, Json]]:
    """Where a user may stand: below one of the names, in a list that it was asked for in, or alone, as scrapers keep
    it.
    """
    data = as_object(answer.get("data"))
    yield from (as_object(data.get(name)) for name in _WEB)
    listed = [as_object(each) for each in as_list(data.get("users"))]
    yield next((each for each in listed if len(listed) == 1 or _is_asked_for(each, subject)), {})
    yield answer if answer.get("__typename") == "User" else {}


def _is_asked_for(holder: dict[str, Json], subject: Subject) -> bool:
    user, number = as_object(holder.get("result")), wanted_id(subject)
    name = as_text(dig(user, "core", "screen_name")) or as_text(dig(user, "legacy", "screen_name")) or ""
    return user.get("rest_id") == number if number else name.lower() == (wanted_handle(subject) or "@").lower()


def _suspended(user: dict[str, Json]) -> Reading | None:
    """Users of 2026 have a field for it. Nobody has kept an answer where it is set: it is told and proves nothing."""
    is_set = dig(user, "privacy", "suspended") is True
    return undecided(own_words('"suspended": true'), facts=web_facts(user)) if is_set else None


def _unavailable(user: dict[str, Json], holder: dict[str, Json]) -> Reading:
    reason = as_text(user.get("reason")) or as_text(user.get("unavailable_reason")) or ""
    facts = Facts(platform_id=user_id(holder.get("rest_id") or user.get("rest_id")))
    existence = _UNAVAILABLE.get(reason.lower())
    if existence is None:
        return undecided(own_words(f"UserUnavailable: {reason}"), facts=facts)
    return explicit(Marker("x.graphql-user-unavailable", existence, f"UserUnavailable: {reason}"), facts)


# --- API v2 and v1.1 ------------------------------------------------------------------------------------------------


def _v2_user(answer: dict[str, Json], subject: Subject, page: Page) -> Reading | None:
    one = as_object(answer.get("data"))
    many = [as_object(each) for each in as_list(answer.get("data"))]
    users = [each for each in many if "username" in each]
    user = one if "username" in one else _of_several(users, subject, page, "id", "username")
    return _seen(v2_facts(user, page.fetched_at), user, "x.api-user", stated=True) if user else None


def _of_several(
    users: list[dict[str, Json]], subject: Subject, page: Page, id_key: str, name_key: str
) -> dict[str, Json] | None:
    """Where its own number was asked for, whoever has another number is somebody else, whatever the name beside it.

    Where nobody is meant, whoever comes first of those who were asked for; of followers and members it is anybody.
    """
    number = wanted_id(subject)
    if number and number in (query_value(page.url, "ids") or "").split(","):
        users = [each for each in users if as_text(each.get("id")) == number]
    some_are_meant = number or wanted_handle(subject) or _asks_for_users(page.url)
    return chosen(users, subject, id_key, name_key) if some_are_meant else None


def _asks_for_users(url: str) -> bool:
    """Whether users were asked for by name or number: held to be so wherever the address does not tell."""
    by_name = ("ids", "usernames", "user_id", "screen_name")
    return not is_of_an_interface(url) or any(query_value(url, name) for name in by_name)


_NUMBERS: Final = frozenset({"id", "id_str", "rest_id"})  # the settings of whoever asks have a name, and no number


def read_v1(value: Json, subject: Subject, page: Page) -> Reading | None:
    """A user of version 1.1, the one of several who is meant, or posts; None where it is none of these."""
    several = isinstance(value, list)
    answers = [as_object(each) for each in (value if isinstance(value, list) else [value])]
    users = [user for user in answers if "screen_name" in user and "status_id" not in user and _NUMBERS & user.keys()]
    user = _of_several(users, subject, page, "id_str", "screen_name") if several else next(iter(users), None)
    if user:
        return _seen(newest_of_a_user(user, page, v1_facts(user)), user, "x.api-user")
    posts = [post for post in answers if dig(post, "user", "screen_name")]
    return v1_posts(posts, page, alone=not several) if posts else None


# --- what went wrong ------------------------------------------------------------------------------------------------


def _failed(answer: dict[str, Json], subject: Subject, page: Page) -> Reading | None:
    errors = [as_object(each) for each in as_list(answer.get("errors"))]
    of_accounts = _asks_for_accounts(page.url) and not asks_for_posts(page.url)
    absences = _absences(answer, errors, subject) if of_accounts else ()
    return _refusal([answer, *errors]) or next(iter(absences), None)


def _asks_for_accounts(url: str) -> bool:
    """Whether an error may be about the account: version 1.1 names nobody in its errors, and a friendship, a list or a
    block asks for two.
    """
    parts = path_parts(url)
    match parts[2:] if parts[:2] == ("i", "api") else parts:
        case ("1" | "1.1", "users", asked, *_):
            return asked.partition(".")[0] in ("show", "lookup")
        case ("1" | "1.1", "statuses", asked, *_):
            return asked.partition(".")[0] == "user_timeline"
        case ("1" | "1.1", *_):
            return False
    return True


def _said(answer: dict[str, Json]) -> Reading | None:
    """The reading of an error about something else: a missing post, a question that was put wrongly, a closed
    interface.
    """
    errors = [*(as_object(each) for each in as_list(answer.get("errors"))), answer]
    words = (as_text(each.get("message")) or as_text(each.get("detail")) for each in errors if _is_an_error(each))
    return next((undecided(own_words(said)) for said in words if said), None)


def _is_an_error(each: dict[str, Json]) -> bool:
    return isinstance(each.get("code"), int) or {"title", "type"} <= each.keys()


def _refusal(answers: list[dict[str, Json]]) -> Reading | None:
    """The reading of what is wrong with the asking: the key, the limit, the service. It says nothing of the account."""
    for each in answers:
        code, transport = each.get("code") or each.get("status"), _refused_as(each)
        if transport is not None:
            words = as_text(each.get("detail")) or as_text(each.get("message")) or ""
            return Reading(transport=transport, reason=own_words(f"{code}: {words}"))
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
            yield explicit(Marker("x.api-error", existence, words[:160]), facts)


def _absence(error: dict[str, Json]) -> Existence | None:
    code = error.get("code")
    if isinstance(code, int):
        return _ABSENT.get(code)
    words = (as_text(error.get("detail")) or "").lower()
    if error.get("resource_type") != "user" or error.get("parameter") in _ASIDE:
        return None
    if words.startswith("user has been suspended"):
        return Existence.SUSPENDED
    return Existence.GONE if words.startswith("could not find user with") else None


def _is_meant(error: dict[str, Json], errors: list[dict[str, Json]], subject: Subject) -> bool:
    """In an answer about a hundred users, or about one and its posts, whether the error is about this one."""
    where = as_list(error.get("path"))
    if len(where) > _PATH_OF_A_USER or (where and where[0] not in _WEB):
        return False
    named = as_text(error.get("value")) or as_text(error.get("resource_id"))
    wanted = {each.lower() for each in (wanted_id(subject), wanted_handle(subject)) if each}
    return len(errors) == 1 if named is None or not wanted else named.lower() in wanted


# --- embeds ---------------------------------------------------------------------------------------------------------


def _embedded(answer: dict[str, Json]) -> Reading | None:
    """oEmbed of a post. That of a profile is only code to paste, and a taken name belongs to anybody."""
    if answer.get("reason") in ("taken", "available") or "twitter-timeline" in str(answer.get("html")):
        return undecided("says_nothing")
    if answer.get("provider_name") not in ("Twitter", "X"):
        return None
    owner = card_owner(answer, name_in)
    return undecided("one_post", facts=owner)
