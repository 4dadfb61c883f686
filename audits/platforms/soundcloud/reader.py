"""SoundCloud: whatever came back for an account, read by what it is.

user · tracks · track · oEmbed   (JSON)
hydration (2021–) ─▶ rehydration call (2016–2021) ─▶ meta tags; list of tracks for those without scripts
feed
"""

from __future__ import annotations

from dataclasses import replace

from audits.model import UNSEEN, Activity, Facts, Page, Post, Reading, Seen
from audits.platform import Subject
from audits.platforms.soundcloud.accounts import facts_of, id_in, is_user, newest, owner_of
from audits.reading.elements import elements
from audits.reading.embedded import (
    Json,
    as_count,
    as_list,
    as_object,
    as_text,
    assigned,
    balanced,
    dig,
    find_object,
    try_loads,
)
from audits.reading.feeds import read_feed
from audits.reading.fields import moment
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import Answer, present, read_answer, undecided
from audits.reading.posts import latest
from audits.reading.told import either, told
from audits.reading.urls import host, path_parts


def read(page: Page, subject: Subject, packs: Packs) -> Reading:  # noqa: ARG001  # every reader takes the same three
    """What the page says of the account. Raises nothing on any page."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return _json(try_loads(answer.text), page)
        return _feed(answer.text, page) if answer.looks_like_xml else _html(answer.document, page)

    return read_answer(page, "soundcloud", packs, look)


def _json(value: Json, page: Page) -> Reading | None:
    answer = as_object(value)
    if answer.get("provider_name") == "SoundCloud":
        return _card(answer)
    if is_user(answer):
        return present(facts_of(answer))
    tracks = value if isinstance(value, list) else answer.get("collection")  # bare before 2018
    if isinstance(tracks, list):
        return _tracks(tracks, page)
    return undecided("one track or list", facts=owner_of(answer)) if dig(answer, "user", "permalink") else None


def _tracks(tracks: list[Json], page: Page) -> Reading | None:
    """A list of one account's own tracks; lists with reposts and likes hold other people's."""
    if not tracks or any(dig(track, "kind") != "track" for track in tracks):
        return None
    if len({as_count(dig(track, "user", "id")) for track in tracks}) != 1:
        return undecided("tracks of several accounts")
    return present(replace(owner_of(tracks[0]), activity=newest(tracks, page.fetched_at)))


def _card(answer: dict[str, Json]) -> Reading:
    """Cards of accounts lead their player to users/<number>, others to a track or a list."""
    known = id_in(as_text(answer.get("html")))
    parts = path_parts(as_text(answer.get("author_url")))
    facts = Facts(
        display_name=told(answer, as_text, "author_name"), handle=either(parts[0] if len(parts) == 1 else None)
    )
    if known is None:
        return undecided("the card of a track or a list", facts=facts)
    picture = told(answer, as_text, "thumbnail_url")
    said = told(answer, as_text, "description")
    return present(replace(facts, platform_id=known, description=said, avatar_url=picture))


def _html(document: Document, page: Page) -> Reading | None:
    kind = document.meta("og:type") or ""
    user = _embedded_user(document)
    if kind in ("music.song", "music.playlist", "music.album"):
        return undecided("the page of one track or list", facts=owner_of({"user": user}))
    facts = facts_of(user) if user else _of_metas(document)
    if facts is None:
        return None
    picture = document.meta("og:image")
    shown = replace(facts, avatar_url=picture) if picture and "/avatars-" in picture else facts
    return present(replace(shown, activity=_shown_tracks(document, shown, page)))


def _embedded_user(document: Document) -> dict[str, Json]:
    for each in as_list(assigned(document, "__sc_hydration")):
        if dig(each, "hydratable") == "user" and is_user(dig(each, "data")):
            return as_object(dig(each, "data"))
    return _rehydrated_user(document)


def _rehydrated_user(document: Document) -> dict[str, Json]:
    """Before 2021 the page's state was the last argument of a call."""
    for script in document.scripts:
        at = script.text.rfind(',[{"id":') if "webpackJsonp" in script.text else -1
        user = find_object(try_loads(balanced(script.text, at + 1)), "permalink", "track_count") if at >= 0 else None
        if user:
            return user
    return {}


def _of_metas(document: Document) -> Facts | None:
    known = id_in(document.meta("al:ios:url", "al:android:url", "twitter:app:url:iphone", "twitter:player"))
    name = document.meta("og:title", "twitter:title")
    parts = path_parts(document.meta("og:url") or document.link("canonical"))
    if known is None or name is None or len(parts) != 1:
        return None
    return Facts(
        display_name=name,
        handle=parts[0],
        platform_id=known,
        description=either(document.meta("og:description")),
        followers=either(as_count(document.meta("soundcloud:follower_count"))),
        posts_count=either(as_count(document.meta("soundcloud:sound_count"))),
        avatar_url=either(document.meta("og:image")),
    )


_TRACKS = "article[itemprop=track]"


def _shown_tracks(document: Document, facts: Facts, page: Page) -> Seen[Activity]:
    """The tracks listed for those without scripts: some of them, in no order, other people's among them."""
    addresses, times = elements(document, f"{_TRACKS} a[itemprop=url]"), elements(document, f"{_TRACKS} time")
    if len(addresses) != len(times):
        return UNSEEN
    owned = [
        time.text for track, time in zip(addresses, times, strict=True) if _owner(track.get("href")) == facts.handle
    ]
    return latest([Post(at=moment(text)) for text in owned], page.fetched_at, "page", sees_newest=False)


def _owner(address: str | None) -> str | None:
    return next(iter(path_parts(address)), None)


def _feed(text: str, page: Page) -> Reading | None:
    """An account's feed holds only the tracks that were let into it."""
    feed = read_feed(text)
    if feed is None or host(feed.url) != "soundcloud.com":
        return None
    at = feed.newest(page.fetched_at)
    facts = Facts(
        display_name=either(feed.title),
        handle=either(_owner(feed.url)),
        platform_id=either(id_in(page.url) or id_in(text[:4000])),
        description=either(feed.description),
        avatar_url=either(feed.image),
        activity=Activity(at=at, source="feed") if at else UNSEEN,
    )
    return present(facts)
