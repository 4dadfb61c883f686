"""X's interfaces, every generation of them, brought into one form that is read once.

    a user, or several ─▶ the one asked for ────────────▶ present · private · suspended, by the reason given
    posts ─▶ whose? ─┬ by its address, or all of one's ─▶ newest own post │ of the web a lower bound
                     └ one post, or anybody's ──────────▶ undecided, with the owner
    errors ──────────┬ about the asking ────────────────▶ refused
                     └ about the one asked for ─────────▶ suspended · gone

A suspended user comes with the type `resource-not-found` as well: the words decide, not the type.
The web shows visitors who are not logged in well-liked posts out of order (wet-boew/wet-boew#9704).
Sources: docs.x.com, Response codes and errors, GET /2/users/:id/tweets; developer.x.com, API v1.1 error codes;
mikf/gallery-dl, twitter.py; vladkens/twscrape and FxEmbed/FxEmbed for the web's entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from audits.model import NO_FACTS, Existence, Facts, Marker, Reading, Transport
from audits.platforms.x.users import Entry, User, entry, facts_of, flat, seen, wanted_handle, wanted_id
from audits.reading.answer_fields import card_owner, number_id, one_asked_for, or_unseen
from audits.reading.elements_as_json import in_json
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, try_loads
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import agreed, latest
from audits.reading.refusals import own_words, refusal
from audits.reading.schema_org import several
from audits.reading.urls import host, name_in, path_parts, query_value
from audits.replies import Reply

# --- what an address asks for -----------------------------------------------------------------------------------------


def _is_official(url: str) -> bool:
    """Whether it is an official interface's, which says by its address what an answer lists."""
    return host(url) in ("api.x.com", "api.twitter.com")


def _asks_for_own_posts(url: str) -> bool:
    match path_parts(url):
        case ("2", "users", _, "tweets") | ("1" | "1.1", "statuses", "user_timeline.json" | "user_timeline.xml"):
            return True
    return False


def _asks_for_others(url: str) -> bool:
    """Whether an error is about somebody else: a post's author, one of the two of a friendship, or whoever asks."""
    parts = path_parts(url)
    match parts[2:] if parts[:2] == ("i", "api") else parts:
        case ("1" | "1.1", "users", asked, *_):
            return asked.partition(".")[0] not in ("show", "lookup")
        case ("1" | "1.1" | "oembed" | "tweet-result", *_) | ("2", "tweets", *_) | ("2", "users", "me", *_):
            return not _asks_for_own_posts(url)
    return False


def _asks_for_another(reply: Reply) -> bool:
    """Whether the address names accounts, and not this one: what is missing is one of them."""
    url, subject = reply.page.url, reply.subject
    variables = as_object(try_loads(query_value(url, "variables") or ""))
    ways = (("screen_name", "screen_name", wanted_handle(subject)), ("user_id", "userId", wanted_id(subject)))
    asked = ((query_value(url, name) or as_text(variables.get(field)), wanted) for name, field, wanted in ways)
    return any(names and wanted and wanted.lower() not in names.lower().split(",") for names, wanted in asked)


# --- users ------------------------------------------------------------------------------------------------------------

_WEB: Final = (
    "user", "user_result", "user_results", "user_result_by_rest_id", "user_result_by_screen_name",
    "user_by_screen_name",
)  # fmt: skip
_UNAVAILABLE: Final = {
    "suspended": Existence.SUSPENDED, "protected": Existence.PRIVATE, "deactivated": Existence.DEACTIVATED,
}  # fmt: skip


def read_json(reply: Reply) -> Reading | None:
    """Any JSON that X's hosts gave; None where it is none of these."""
    told = _user(reply.value, reply) or _posts(reply.value, reply) or _embedded(reply.object) or _failed(reply)
    lives = told is None or told.existence in (Existence.PRESENT, Existence.PRESENT_LIMITED, Existence.UNKNOWN)
    return told if lives or not _asks_for_another(reply) else undecided("another_account")


_LISTS: Final = {"users": "user", "statuses": "status"}
_FLAGS: Final = {"true": True, "false": False}


def read_xml(reply: Reply) -> Reading | None:
    """Version 1 gave XML beside JSON until 2013, the same in elements; an error of it says nothing of today."""
    told = _plain(in_json(reply.text, "user", "status", *_LISTS))
    values = (several(dig(value, _LISTS[root])) if root in _LISTS else value for root, value in as_object(told).items())
    return next((_user(value, reply) or _posts(value, reply) for value in values), None)


def _plain(value: Json) -> Json:
    """Words without the attributes beside them, which say of what kind they are."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    words, whole = dig(value, "_content"), as_object(value)
    inside = {name: _plain(each) for name, each in whole.items()}
    return value if not whole else inside if words is None else _FLAGS.get(str(words), words)


def _user(value: Json, reply: Reply) -> Reading | None:
    """An account that came alone is who it says; of several it is the one asked for."""
    data = dig(value, "data")
    others = [flat(each) for each in as_list(dig(data, "users"))]
    web = [*(flat(dig(data, name)) for name in _WEB), *(others if len(others) == 1 else ())]
    if unavailable := next((each for each in web if each.get("__typename") == "UserUnavailable"), None):
        return _unavailable(unavailable)
    listed = [*others, *map(flat, as_list(data)), *map(flat, as_list(value))]
    alone = [*web, *([flat(data)] if "username" in as_object(data) else []), flat(value)]
    user = next(filter(_is_one, alone), None) or _asked_for(list(filter(_is_one, listed)), reply)
    return seen(user, facts_of(user, reply.now), "x.user") if user else None


def _is_one(user: User) -> bool:
    """Of version 1.1 the settings of whoever asks have a name and no number, and a post has `status_id`."""
    named = isinstance(user["screen_name"], str) and "status_id" not in user
    return named and bool(user["id"] or {"username", "core", "legacy"} & user.keys())


def _asked_for(users: list[User], reply: Reply) -> User | None:
    """Where its own number was asked for, whoever has another number is somebody else, whatever the name beside it.

    Where nobody is meant, whoever comes first of those who were asked for; of followers and members it is anybody.
    """
    url, number, name = reply.page.url, wanted_id(reply.subject), wanted_handle(reply.subject)
    if number and number in (query_value(url, "ids") or "").split(","):
        users = [each for each in users if each["id"] == number]
    ways = ("ids", "usernames", "user_id", "screen_name")
    some_are_meant = number or name or not _is_official(url) or any(query_value(url, way) for way in ways)
    return one_asked_for(users, number, name, "id", "screen_name") if some_are_meant else None


def _unavailable(user: User) -> Reading:
    reason = as_text(user.get("reason")) or as_text(user.get("unavailable_reason")) or ""
    facts, said = Facts(platform_id=or_unseen(number_id("user", user["id"]))), f"UserUnavailable: {reason}"
    existence = _UNAVAILABLE.get(reason.lower())
    if existence is None:
        return undecided(own_words(said), facts=facts)
    return explicit(Marker("x.user-unavailable", existence, said), facts)


# --- posts ------------------------------------------------------------------------------------------------------------

_TIMELINES: Final = ("timeline", "timeline_v2", "profile_timeline_v2")
_NO: Final = ("false", "0")
_SINGLE: Final = ("tweetResult", "tweet_result", "tweetResults")


def _posts(value: Json, reply: Reply) -> Reading | None:
    """Posts, newest first; None where it is something else. An empty list proves nothing: old ones may lie outside."""
    data = dig(value, "data")
    single = next((name for name in _SINGLE if name in as_object(data)), None)
    if single:
        return _one_post([entry(dig(each, "result")) for each in several(dig(data, single))], reply)
    if conversation := dig(data, "threaded_conversation_with_injections_v2"):
        return _one_post([each for each in _entries({"timeline": conversation}) if each.alone], reply)
    holders = (dig(data, "user", "result"), dig(data, "user_result_by_rest_id", "result"))
    timeline = next((held[name] for held in map(as_object, holders) for name in _TIMELINES if name in held), None)
    if entries := list(_entries(timeline)):
        return of_the_web(entries, wanted_handle(reply.subject), reply)
    users = [flat(each) for each in as_list(dig(value, "includes", "users"))]
    given = next((each for each in (several(data), several(value)) if each and all(map(_is_post, each))), [])
    found = [entry(each, users) for each in given]
    if isinstance(value, list) or "meta" in as_object(value):
        return _listed(found, value, reply) if found else None
    return (_one_post(found, reply) if len(found) == 1 else undecided("nobodys_own")) if found else None


def _is_post(value: Json) -> bool:
    """API v2 gives words and a number, version 1.1 the whole writer."""
    return bool(dig(value, "user", "screen_name")) or {"id", "text"} <= as_object(value).keys()


def _one_post(entries: Sequence[Entry], reply: Reply) -> Reading:
    """Whose it is, where there is just one: below another in a conversation the one asked for is not marked."""
    author = entries[0].author if len(entries) == 1 else {}
    return undecided("one_post", facts=facts_of(author, reply.now) if author else NO_FACTS)


def _entries(timeline: Json) -> Iterator[Entry]:
    for instruction in as_list(dig(timeline, "timeline", "instructions")):
        pinned = "TimelinePinEntry" in (dig(instruction, "type"), dig(instruction, "__typename"))
        for each in (*as_list(dig(instruction, "entries")), dig(instruction, "entry")):
            alone, module = dig(each, "content", "itemContent"), as_list(dig(each, "content", "items"))
            within = [dig(item, "item", "itemContent") for item in module]
            for item in (alone, *within):
                post = as_object(dig(item, "tweet_results", "result"))
                if post and dig(item, "promotedMetadata") is None:
                    yield entry(post, pinned=pinned, alone=item is alone)


def _listed(entries: Sequence[Entry], value: Json, reply: Reply) -> Reading:
    """Mentions and likes come as own posts do; elsewhere than at an interface's address, only posts tell by whom."""
    url, writers = reply.page.url, {each.writer for each in entries}
    own = _asks_for_own_posts(url) if _is_official(url) else None not in writers
    if len(writers) > 1 or not own:
        return undecided("nobodys_own")
    kept_out = (query_value(url, name) in (None, *_NO) for name in ("exclude", "exclude_replies", "end_time"))
    whole = all(kept_out) and query_value(url, "include_rts") not in _NO  # with signs of life, and with what is newest
    return _timeline(entries, reply, in_order=whole and dig(value, "meta", "previous_token") is None)


def of_the_web(entries: Sequence[Entry], handle: str | None, reply: Reply) -> Reading:
    """Of the one asked for, or of whoever wrote all of it: what somebody likes comes as what somebody writes does."""
    number, name = wanted_id(reply.subject), (handle or "@").lower()
    meant = (each.writer for each in entries if (each.writer == number if number else _name(each) == name))
    alone = agreed(each.writer for each in entries if each.alone)
    writer = next(meant, None) or alone or agreed(each.writer for each in entries)
    own = [each for each in entries if each.writer == writer]
    return _timeline(own, reply, in_order=False) if writer else undecided("nobodys_own")


def _name(entry: Entry) -> str:
    return str(entry.author["screen_name"]).lower()


def _timeline(entries: Sequence[Entry], reply: Reply, *, in_order: bool) -> Reading:
    posts = tuple(each.post for each in entries)
    newest = latest(posts, reply.now, "x.api-posts" if in_order else "x.timeline", sees_newest=in_order)
    owner = next((facts_of(each.author, reply.now) for each in entries if each.author["screen_name"]), NO_FACTS)
    facts = replace(owner, activity=newest, posts=posts)
    return present(facts, Marker("x.posts", Existence.PRESENT, f"{len(posts)} posts"))


def _embedded(answer: dict[str, Json]) -> Reading | None:
    """oEmbed of a post. That of a profile is only code to paste, and a taken name belongs to anybody."""
    if answer.get("reason") in ("taken", "available") or "twitter-timeline" in str(answer.get("html")):
        return undecided("says_nothing")
    signed = answer.get("provider_name") in ("Twitter", "X")
    return undecided("one_post", facts=card_owner(answer, name_in)) if signed else None


# --- what went wrong --------------------------------------------------------------------------------------------------

_REFUSED: Final = {
    Transport.WALLED: (32, 64, 89, 99, 135, 215, 220, 239, 326),
    Transport.NOT_PERMITTED: (401, 402, 403, "CreditsDepleted", "Client Forbidden"),
    Transport.RATE_LIMITED: (88, 185, 420, 429, "UsageCapExceeded"),
    Transport.UNREACHABLE: (29, 130, 131, 214, 500, 503, "ServiceLevel"),  # "DeadlineExceeded", beside an empty user
}  # about whoever asks: 64 means that the asking account is suspended, not the one asked for
_ABSENT: Final = {50: Existence.GONE, 63: Existence.SUSPENDED}  # 17, "no user matches", is said of suspended ones too
_IN_WORDS: Final = {
    "user has been suspended": Existence.SUSPENDED, "could not find user with": Existence.GONE,
}  # fmt: skip
_ASIDE: Final = ("author_id", "in_reply_to_user_id", "entities.mentions.username")  # whoever a post names
_PATH_OF_A_USER: Final = 2  # "user", "result"; what lies deeper is a post's


def _failed(reply: Reply) -> Reading | None:
    """What errors tell: first of the asking, then of the account; else a missing post, or a question wrongly put."""
    answer = reply.object
    errors = [as_object(each) for each in as_list(answer.get("errors"))]
    refused = filter(None, map(_refusal, [answer, *errors]))
    about = [each for each in errors if _is_meant(each, len(errors) == 1, reply)]
    held = dig(answer, "data", "user")
    absent = () if dig(held, "result") else filter(None, (_absence(each, dig(held, "rest_id")) for each in about))
    other = (undecided(own_words(_words(each))) for each in (*errors, answer) if _is_an_error(each) and _words(each))
    return next(refused, None) or next(iter(absent), None) or next(other, None)


def _words(error: dict[str, Json]) -> str:
    return as_text(error.get("detail")) or as_text(error.get("message")) or ""


def _is_an_error(each: dict[str, Json]) -> bool:
    return isinstance(each.get("code"), int) or {"title", "type"} <= each.keys()


def _refusal(error: dict[str, Json]) -> Reading | None:
    code, said = error.get("code") or error.get("status"), _words(error)
    ways = (refusal(each, f"{code}: {said}", _REFUSED) for each in (code, error.get("kind"), error.get("title")))
    return next(filter(None, ways), None)


def _absence(error: dict[str, Json], number: Json) -> Reading | None:
    code, words = error.get("code"), _words(error)
    existence = _ABSENT.get(code) if isinstance(code, int) else None
    if not isinstance(code, int) and error.get("resource_type") == "user" and error.get("parameter") not in _ASIDE:
        existence = next((each for said, each in _IN_WORDS.items() if words.lower().startswith(said)), None)
    facts = Facts(platform_id=or_unseen(number_id("user", number)))
    return explicit(Marker("x.api-error", existence, words[:160]), facts) if existence else None


def _is_meant(error: dict[str, Json], alone: bool, reply: Reply) -> bool:
    """In an answer about a hundred users, or about one and its posts, whether the error is about this one."""
    where = as_list(error.get("path"))
    if _asks_for_others(reply.page.url) or len(where) > _PATH_OF_A_USER or (where and where[0] not in _WEB):
        return False
    named = as_text(error.get("value")) or as_text(error.get("resource_id"))
    wanted = {each.lower() for each in (wanted_id(reply.subject), wanted_handle(reply.subject)) if each}
    return alone if named is None or not wanted else named.lower() in wanted
