"""Mastodon's client interface, which Pixelfed, GoToSocial, Pleroma, Akkoma and Friendica speak too.

    account  ─▶ present · limited · suspended · moved, each stated by the server
    statuses ─▶ posts, newest first, boosts marked

Mastodon API documentation: entities Account, Status, MediaAttachment. `locked` only says that followers are approved
by hand; it is not a private account. Another server's copy of an account is stale, and what that server decided
about it binds nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Activity, Existence, Facts, Marker, PlatformId, Post, Precision, Reading, Seen, Unseen
from audits.reading.activitypub import URI, handle_at, leads_away
from audits.reading.answer_fields import (
    as_plain_text,
    distinct_ids,
    or_unseen,
    read_field,
    text_id,
    without_placeholder,
)
from audits.reading.blanks import names_nobody
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest, reconciled
from audits.reading.urls import host, path_parts, query_value
from audits.reading.written_values import first_of, links_in, moment

NO_PICTURE: Final = ("/missing.png", "/default.png", "/avatars/default", "/images/avi.png")


def is_account(value: dict[str, Json]) -> bool:
    return "acct" in value and "username" in value


def account_space(server: str) -> str:
    """The namespace of a server's own account numbers."""
    return f"account@{server}"


def read_account(account: dict[str, Json], server: str, now: datetime) -> Reading:
    """One account as `server` (the host that answered, empty where unknown) states it; `now` is UTC."""
    home = _home(account, server)
    at_home = _is_at_home(account, server)
    facts = account_facts(account, server or home, at_home=at_home, now=now)
    if not at_home:
        return present(
            facts, Marker("mastodon.copy", Existence.PRESENT.value, f"{home} as seen by {server or 'another'}")
        )
    facts = _settled(account, facts)
    return _stated(account, facts) or present(facts)


def _home(account: dict[str, Json], server: str) -> str:
    """Where an account lives: a server's own ones are the only ones that it may call by their bare name."""
    stated = next((home for name in ("url", "uri") if (home := host(as_text(account.get(name))))), "")
    called = as_text(account.get("acct")) or ""
    return stated or called.partition("@")[2] or ("" if names_nobody(called) else server)


def _is_at_home(account: dict[str, Json], server: str) -> bool:
    """Whether the server that answered is its home. Each server calls its own accounts by their short names alone, so
    that one which is called by the long name is a copy, whatever address the answer came from.
    """
    is_copy = "@" in (as_text(account.get("acct")) or "")
    return not is_copy and (not server or server == _home(account, server))


def _settled(account: dict[str, Json], facts: Facts) -> Facts:
    """The facts with what the home server says by saying nothing: it names a new home of an account that has moved, and
    of no other (Mastodon, app/serializers/rest/account_serializer.rb, `moved`). Pleroma and its kind never name any,
    and an answer that has lost the account's own name may have lost its new home too.
    """
    knows = "pleroma" not in account and facts.handle is not UNSEEN
    silent = not isinstance(facts.moved_to, str)
    return replace(facts, moved_to=None if knows else UNSEEN) if silent else facts


def _stated(account: dict[str, Json], facts: Facts) -> Reading | None:
    """What the home server states beyond presence, the gravest state first."""
    if account.get("suspended") is True:
        return explicit(_marker(Existence.SUSPENDED, "suspended: true"), facts, stated=True)
    if isinstance(facts.moved_to, str) and leads_away(facts.moved_to, facts.handle, *_own_names(account)):
        return explicit(_marker(Existence.MOVED, f"moved: {facts.moved_to}"), facts, stated=True)
    if dig(account, "pleroma", "deactivated") is True:  # by whom, it does not say
        return undecided("not_active", facts=facts)
    for flag in ("limited", "memorial"):
        if account.get(flag) is True:
            marker = _marker(Existence.PRESENT_LIMITED, f"{flag}: true")
            return present(facts, marker, existence=Existence.PRESENT_LIMITED)
    return None


def _own_names(account: dict[str, Json]) -> Iterator[str | None]:
    yield from (as_text(account.get(name)) for name in ("url", "uri", "acct"))


def _marker(means: Existence, said: str) -> Marker:
    return Marker(f"mastodon.account-{means.value}", means.value, said)


def account_facts(account: dict[str, Json], server: str, *, at_home: bool, now: datetime) -> Facts:
    links = links_in_fields(account)
    own_site = UNSEEN if "fields" in account else read_field(account, as_text, "website")  # Pixelfed's
    return Facts(
        display_name=read_field(account, as_text, "display_name"),
        handle=_handle(account, server),
        platform_id=_number(account, server),
        more_ids=distinct_ids(text_id(URI, account.get("uri"))),
        description=read_field(account, as_plain_text, "note"),
        followers=_followers(account),
        posts_count=read_field(account, as_count, "statuses_count"),
        activity=_activity(account, at_home=at_home, now=now),
        avatar_url=without_placeholder(read_field(account, as_text, "avatar", "avatar_static"), NO_PICTURE),
        website_link=own_site if links is UNSEEN else first_of(links),
        links=links if links is UNSEEN else (*links, *links_in(as_text(account.get("note")))),
        created_at=or_unseen(moment(account.get("created_at"))),
        moved_to=_moved_to(account),
    )


def links_in_fields(profile: dict[str, Json]) -> tuple[str, ...] | Unseen:
    """What the fields of a profile link to, those that link back first; unseen where one of them cannot be read."""
    fields = [as_object(field) for field in as_list(profile.get("fields"))]
    if not isinstance(profile.get("fields"), list) or not all(isinstance(each.get("value"), str) for each in fields):
        return UNSEEN
    proven = sorted(fields, key=lambda field: not field.get("verified_at"))
    return tuple(link for field in proven for link in links_in(as_text(field.get("value"))))


def _followers(account: dict[str, Json]) -> Seen[int]:
    """Who hides their followers is shown with none: Pleroma says so beside the count, GoToSocial of both counts."""
    hidden = dig(account, "pleroma", "hide_followers_count") is True
    both_hidden = account.get("hide_collections") is True and not account.get("following_count")
    count = read_field(account, as_count, "followers_count")
    return UNSEEN if not count and (hidden or both_hidden) else count


def _handle(account: dict[str, Json], server: str) -> Seen[str]:
    """The handle as keys have it: `user@host`, by the host of the profile's address. The server's own name may differ
    from it.
    """
    return handle_at(_home(account, server), as_text(account.get("username")))


def _number(account: dict[str, Json], server: str) -> Seen[PlatformId]:
    number = as_text(account.get("id"))
    return PlatformId(account_space(server), number) if number else UNSEEN


def _moved_to(account: dict[str, Json]) -> Seen[str]:
    target = as_object(account.get("moved"))
    return (as_text(target.get("url")) or as_text(target.get("acct"))) if "moved" in account else UNSEEN


def _activity(account: dict[str, Json], *, at_home: bool, now: datetime) -> Seen[Activity]:
    """`last_status_at` is a day, null where there is none; a copy may have missed what came later. Boosts count in it,
    but with Pleroma and its kind.
    """
    at = moment(account.get("last_status_at"))
    if at is None or at > now:
        never = at is None and "last_status_at" in account and as_count(account.get("statuses_count")) == 0
        return None if never and at_home else UNSEEN
    return Activity(
        at=at, source="last_status_at", precision=Precision.DAY, sees_newest=at_home and "pleroma" not in account
    )


def is_status(value: Json) -> bool:
    """Whether it is a status: notifications have a moment and an account too, and nothing that was said."""
    status = as_object(value)
    return {"created_at", "account"} <= status.keys() and bool({"content", "uri", "url"} & status.keys())


_BY_ANYBODY: Final = frozenset({"timelines", "favourites", "bookmarks", "trends", "search", "history", "quotes"})


def read_statuses(statuses: list[Json], asked: str, server: str, now: datetime) -> Reading:
    """A list of statuses, newest first, and the account that wrote them; nobody, where it is empty or of several.

    `asked` is its address, empty where unknown: a timeline of one author is nobody's list, and a list of pictures
    alone, or without boosts, leaves posts out. What only followers see, `last_status_at` knows of.
    """
    author = _author(statuses) if _BY_ANYBODY.isdisjoint(path_parts(asked)) else None
    if author is None:
        return undecided("nobodys_own")
    at_home = _is_at_home(author, server)
    posts = tuple(_posts(statuses))
    newest = latest(posts, now, "statuses", sees_newest=at_home and not _leaves_out(asked))
    facts = account_facts(author, server or _home(author, server), at_home=at_home, now=now)
    last = reconciled(newest, facts.activity) if isinstance(newest, Activity) else facts.activity
    return present(replace(facts, posts=posts, activity=last))


_SOME: Final = ("exclude_replies", "exclude_reblogs", "only_media", "pinned", "tagged")


def _author(statuses: list[Json]) -> dict[str, Json] | None:
    authors = [as_object(as_object(status).get("account")) for status in statuses]
    return authors[0] if len({as_text(author.get("id")) for author in authors}) == 1 else None


def _leaves_out(asked: str) -> bool:
    return any(query_value(asked, name) not in (None, "", "0", "false") for name in _SOME)


def _posts(statuses: list[Json]) -> Iterator[Post]:
    for status in map(as_object, statuses):
        yield Post(
            url=as_text(status.get("url")),
            at=moment(status.get("created_at")),
            pinned=status.get("pinned") is True,
            repost=bool(status.get("reblog")),
            **_media(status),
        )


def _media(status: dict[str, Json]) -> dict[str, bool]:
    """`description` is the alternative text."""
    if "media_attachments" not in status:
        return {}
    media = [as_object(each) for each in as_list(status.get("media_attachments"))]
    pictures = [each for each in media if each.get("type") in ("image", "gifv")]
    seen = {"has_picture": bool(pictures), "has_video": any(each.get("type") == "video" for each in media)}
    described = all(as_text(each.get("description")) for each in pictures)
    return {**seen, "has_alt_text": described} if pictures else seen
