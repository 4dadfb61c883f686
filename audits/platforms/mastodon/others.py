"""Misskey (and its forks) and Lemmy, in their own interfaces.

    Misskey user                       ─▶ present · suspended · moved
    Misskey notes of one user          ─▶ present, with the newest that they wrote themselves
    Lemmy community or person          ─▶ present · removed by the server (suspended) · deleted by its owner

Misskey API documentation, users/show; Lemmy API, GetCommunityResponse and GetPersonDetailsResponse; lemmy-ui,
create-ssr-html.tsx and html-tags.tsx.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, PlatformId, Post, Reading
from audits.platforms.mastodon.accounts import links_in_fields
from audits.reading.activitypub import URI, handle_at, leads_away
from audits.reading.answer_fields import as_plain_text, distinct_ids, number_id, or_unseen, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, find_object
from audits.reading.html import Document
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.urls import host, path_parts
from audits.reading.written_values import first_of, moment

_LEMMY: Final = {"community_view": "community", "person_view": "person"}
_LEMMY_PAGES: Final = {"c": "community_view", "u": "person_view"}


def is_misskey(value: dict[str, Json]) -> bool:
    return {"username", "host", "avatarUrl"} <= value.keys()


def read_misskey(user: dict[str, Json], server: str) -> Reading:
    """One user as `server` shows it; `host` is null for its own users."""
    name, elsewhere = as_text(user.get("username")), as_text(user.get("host"))
    links = links_in_fields(user)
    number, home = as_text(user.get("id")), elsewhere or (server if _is_own(user, server) else "")
    facts = Facts(
        display_name=read_field(user, as_text, "name", "displayName"),  # the latter: Iceshrimp
        handle=handle_at(home, name),
        platform_id=PlatformId(f"account@{server}", number) if number and server else UNSEEN,
        description=read_field(user, as_text, "description"),
        followers=read_field(user, as_count, "followersCount"),
        posts_count=read_field(user, as_count, "notesCount"),
        avatar_url=read_field(user, as_text, "avatarUrl"),
        website_link=first_of(links),
        links=links,
        created_at=or_unseen(moment(user.get("createdAt"))),
        moved_to=read_field(user, as_text, "movedTo"),
    )
    return _stated(user, facts, server) if _is_own(user, server) else present(facts)


def _is_own(user: dict[str, Json], server: str) -> bool:
    """Whether it lives on this server: of others it names the host and what runs there (`instance`)."""
    leads = (host(as_text(user.get(name))) for name in ("uri", "url"))
    return user.get("host") is None and not user.get("instance") and all(home in ("", server) for home in leads)


def _own_addresses(user: dict[str, Json], server: str) -> tuple[str | None, ...]:
    shown = as_text(user.get("url")), as_text(user.get("uri"))
    return (*shown, f"https://{server}/users/{user.get('id')}", f"https://{server}/@{user.get('username')}")


def _stated(user: dict[str, Json], facts: Facts, server: str) -> Reading:
    if user.get("isSuspended") is True:
        return explicit(Marker("misskey.suspended", Existence.SUSPENDED.value, "isSuspended: true"), facts, stated=True)
    if isinstance(facts.moved_to, str) and leads_away(facts.moved_to, facts.handle, *_own_addresses(user, server)):
        return explicit(Marker("misskey.moved", Existence.MOVED, f"movedTo: {facts.moved_to}"), facts, stated=True)
    return undecided("not_active", facts=facts) if user.get("isDeleted") is True else present(facts)


def is_note(value: Json) -> bool:
    note = as_object(value)
    return {"createdAt", "userId", "user"} <= note.keys() and is_misskey(as_object(note["user"]))


_OF_A_USER: Final = ("users", "notes")


def read_notes(notes: list[Json], asked: str, server: str, now: datetime) -> Reading:
    """The notes of one user, newest first; those of several, as in a timeline, are nobody's. Replies are left out."""
    written = [as_object(note) for note in notes]
    if len({as_text(note.get("userId")) for note in written}) > 1 or path_parts(asked)[-2:] != _OF_A_USER:
        return undecided("nobodys_own")
    posts = tuple(Post(at=moment(note.get("createdAt")), repost=_renoted(note)) for note in written)
    user = read_misskey(as_object(written[0]["user"]), server)
    return replace(user, facts=replace(user.facts, posts=posts, activity=latest(posts, now, "notes")))


def _renoted(note: dict[str, Json]) -> bool:
    return bool(note.get("renoteId")) and not as_text(note.get("text"))


def is_lemmy(value: dict[str, Json]) -> bool:
    return any(key in value for key in _LEMMY)


def read_lemmy(value: dict[str, Json], server: str, now: datetime) -> Reading:
    """A community or a person as `server` shows it, with the newest of the posts that came along; `now` is UTC."""
    key = next(key for key in _LEMMY if key in value)
    kind, view = _LEMMY[key], as_object(value[key])
    subject = as_object(view.get(kind))
    counts = {**subject, **as_object(view.get("counts"))}  # beside it before version 1, in it since
    written = [as_object(as_object(each).get("post")) for each in as_list(value.get("posts"))]
    posts = tuple(
        Post(url=as_text(post.get("ap_id")), at=moment(post.get("published") or post.get("published_at")))
        for post in written
    )
    facts = replace(
        _lemmy_facts(subject, kind),
        followers=read_field(counts, as_count, "subscribers", "total_subscriptions_count"),  # the latter: PieFed
        posts_count=read_field(counts, as_count, "posts", "post_count"),
        activity=latest(posts, now, "posts"),
    )
    return _lemmy_state(subject, facts) if _lives_at(server, subject) else present(facts)


def read_lemmy_page(document: Document, server: str, now: datetime) -> Reading | None:
    """The page of a community or a person holds what the interface told it; `now` is UTC."""
    key = _LEMMY_PAGES.get(next(iter(path_parts(document.meta("og:url"))), ""))
    told_of = find_object(assigned(document, "routeData"), key) if key and "isoData" in document.source else None
    return read_lemmy(told_of, server, now) if told_of else None


def _lives_at(server: str, subject: dict[str, Json]) -> bool:
    """Whether `server` is its home: what another one removed or banned, it removed from itself alone."""
    if "local" in subject:
        return subject["local"] is True
    home = host(as_text(subject.get("actor_id") or subject.get("ap_id")))
    return home == server != ""


def _lemmy_facts(subject: dict[str, Json], kind: str) -> Facts:
    uri = as_text(subject.get("actor_id") or subject.get("ap_id"))
    name, home = as_text(subject.get("name")), host(uri)
    return Facts(
        display_name=read_field(subject, as_text, "title", "display_name"),
        handle=handle_at(home, name),
        platform_id=PlatformId(URI, uri) if uri else UNSEEN,
        more_ids=distinct_ids(number_id(f"{kind}@{home}", subject.get("id"))) if home else (),
        description=read_field(subject, as_plain_text, "description", "bio"),
        avatar_url=read_field(subject, as_text, "icon", "avatar"),
        created_at=or_unseen(moment(subject.get("published") or subject.get("published_at"))),
    )


def _lemmy_state(subject: dict[str, Json], facts: Facts) -> Reading:
    for flag, means in (("removed", Existence.SUSPENDED), ("banned", Existence.SUSPENDED), ("deleted", Existence.GONE)):
        if subject.get(flag) is True:
            return explicit(Marker(f"lemmy.{flag}", means.value, f"{flag}: true"), facts, stated=True)
    return present(facts)
