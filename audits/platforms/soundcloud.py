"""SoundCloud: accounts and their tracks.

    the account's feed, where its number is known      card      page      (keys to the interface are not given out)
    JSON ── user · tracks, lists of one account ─▶ present  oEmbed ─▶ present, where its player leads to users/<number>
         └─ one track ─▶ undecided, with its owner
    feed ── holds only the tracks that were let into it
    HTML ── hydration (2021–) ─▶ the mobile page's state ─▶ rehydration call (2016–2021) ─▶ meta tags; list of tracks
            for those without scripts

Field names as in TeamNewPipe/NewPipeExtractor, SoundcloudParsingHelper.java, and yt-dlp, soundcloud.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import addressed, by_id, card_at, offer, own_page
from audits.model import UNSEEN, Activity, AddressKind, Facts, PlatformId, Post, Reading, Route, Seen
from audits.platform import Platform, routed
from audits.reading.answer_fields import as_flag, number_id, or_unseen, read_field, without_placeholder
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
    find_objects,
    page_props,
    try_loads,
)
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words
from audits.reading.urls import host, id_in, name_in, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply, other_than, reader

SITE: Final = "https://soundcloud.com"

GRAMMAR: Final = Grammar(
    platform="soundcloud",
    names=("soundcloud", "soundcloudcom"),
    hosts=(
        Host("soundcloud.com", subs="m"),
        Host("w.soundcloud.com"),
        Host("api-widget.soundcloud.com"),
        Host("on.soundcloud.com", path="short:"),
        Host("snd.sc", path="short:"),
        Host("soundcloud.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_-]+", lower),
        "tab": Field(r"tracks|albums|sets|reposts|likes|followers|following|popular-tracks|comments|spotlight"),
        "post": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/oembed|player|resolve/**?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}", key="{name}", url=f"{SITE}/{{name}}"),
        Form("/{name}/{tab}", key="{name}", url=f"{SITE}/{{name}}", notes=("subpage",)),
        Form("/{name}/sets/{list}/**", AddressKind.OTHER, owner="{name}", notes=("playlist",)),
        Form("/{name}/{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{post}}", owner="{name}"),
    ),
    reserved={
        "service": "discover upload you stream charts pages tags settings messages notifications terms-of-use signin "
        "logout people mobile jobs imprint feed library",
    },
)


# --- accounts and tracks ----------------------------------------------------------------------------------------------


USER: Final = "user"
_NAME: Final = re.compile(r"[\w-]{1,100}")  # what a broken answer leaves of one is nobody's
_USER_NUMBER: Final = re.compile(r"users(?::|%3A|/|%2F)(?:soundcloud(?::|%3A)users(?::|%3A))?(\d{1,19})(?!\d)")


def _id_in(address: str | None) -> PlatformId | None:
    """The number in an address or urn: users:123, api.soundcloud.com/users/123."""
    return id_in(address, USER, _USER_NUMBER)


def _is_user(value: Json) -> bool:
    return dig(value, "kind") == "user" and as_text(dig(value, "permalink")) is not None


def _facts(user: dict[str, Json]) -> Facts:
    """What a user object states. `last_modified` is left out: it is the profile's, not the newest track's."""
    return Facts(
        display_name=read_field(user, as_text, "username"),
        handle=or_unseen(as_text(user.get("permalink"), _NAME)),
        platform_id=number_id(USER, user.get("id")) or or_unseen(_id_in(as_text(user.get("urn")))),  # since 2025
        description=read_field(user, as_text, "description"),
        followers=read_field(user, as_count, "followers_count"),
        posts_count=read_field(user, as_count, "track_count"),
        avatar_url=without_placeholder(read_field(user, as_text, "avatar_url"), ("default_avatar",)),
        website_link=read_field(user, as_text, "website"),
        verified=read_field(user, as_flag, "verified"),
        created_at=read_field(user, moment, "created_at"),
    )


def _owner(track: Json) -> Facts:
    """The owner, as a track names them: without the words that only profiles hold."""
    facts = _facts(as_object(dig(track, "user")))
    return replace(facts, description=UNSEEN, posts_count=UNSEEN, website_link=UNSEEN, created_at=UNSEEN)


def _newest(tracks: Sequence[Json], now: datetime) -> Seen[Activity]:
    """The newest upload, which proves life alone: what an account reposts is listed elsewhere. `display_date` is the
    release that the label names; `created_at` the upload.
    """
    posts = [Post(url=as_text(dig(each, "permalink_url")), at=moment(dig(each, "created_at"))) for each in tracks]
    return latest(posts, now, "tracks")


# --- what came back ---------------------------------------------------------------------------------------------------


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if answer.get("provider_name") == "SoundCloud":
        return _card(answer)
    if _is_user(answer):
        return present(_facts(answer))
    tracks = reply.value if isinstance(reply.value, list) else answer.get("collection")  # bare before 2018
    if isinstance(tracks, list):
        return _listed(tracks, reply.now)
    if dig(answer, "user", "permalink"):
        return undecided("one_track", facts=_owner(answer))
    return undecided(own_words(as_text(answer.get("status")) or "")) if "errors" in answer else None


def _listed(items: list[Json], now: datetime) -> Reading | None:
    """One account's own tracks, albums or playlists; lists with reposts and likes hold other people's."""
    kinds = {as_text(dig(item, "kind")) for item in items}
    if not items or not kinds <= {"track", "playlist"}:
        return None
    if len({as_count(dig(item, "user", "id")) for item in items}) != 1:
        return undecided("nobodys_own")
    activity = _newest(items, now) if kinds == {"track"} else UNSEEN  # a list may be put together of old ones
    return present(replace(_owner(items[0]), activity=activity))


def _card(answer: dict[str, Json]) -> Reading:
    """Cards of accounts lead their player to users/<number>, others to a track or a list."""
    known = _id_in(as_text(answer.get("html")))
    parts = _at_home(as_text(answer.get("author_url")))
    handle = parts[0] if len(parts) == 1 else UNSEEN
    facts = Facts(display_name=read_field(answer, as_text, "author_name"), handle=handle)
    if known is None:
        return undecided("one_track", facts=facts)
    picture, said = read_field(answer, as_text, "thumbnail_url"), read_field(answer, as_text, "description")
    return present(replace(facts, platform_id=known, description=said, avatar_url=picture))


def _at_home(address: str | None) -> tuple[str, ...]:
    """The steps of an address at SoundCloud; those of a filter's or a proxy's name nobody."""
    return path_parts(address) if f".{host(address)}".endswith(".soundcloud.com") else ()


def _page(reply: Reply) -> Reading | None:
    document = reply.document
    kind = document.meta("og:type") or ""
    user = _embedded_user(document)
    if kind in ("music.song", "music.playlist", "music.album"):
        return undecided("one_track", facts=_owner({"user": user}) if user else _signed(document))
    facts = _facts(user) if user else _of_metas(document, reply.page.landed)
    if facts is None:
        return None
    picture = document.meta("og:image")
    shown = replace(facts, avatar_url=picture) if picture and "/avatars-" in picture else facts
    return present(replace(shown, activity=_shown_tracks(document, shown, reply.now)))


def _signed(document: Document) -> Facts:
    """Whose a track is, as the page says it to visitors without scripts."""
    said = (each.get("content") for each in elements(document, "[itemprop=byArtist] meta[itemprop=name]"))
    return Facts(
        display_name=next(filter(None, said), UNSEEN), handle=or_unseen(name_in(document.meta("soundcloud:user")))
    )


def _embedded_user(document: Document) -> dict[str, Json]:
    for each in as_list(assigned(document, "__sc_hydration")):
        if dig(each, "hydratable") == "user" and _is_user(dig(each, "data")):
            return as_object(dig(each, "data"))
    return _mobile_user(document) or _rehydrated_user(document)


def _mobile_user(document: Document) -> dict[str, Json]:
    """The user whose page it is: the mobile page's state holds whoever else is shown on it as well."""
    users = dig(page_props(document), "initialStoreState", "entities", "users")
    owner = name_in(document.own_address)
    return next((user for user in find_objects(users, "permalink", "kind") if user["permalink"] == owner), {})


def _rehydrated_user(document: Document) -> dict[str, Json]:
    """The user in the page's state, which before 2021 was the last argument of a call."""
    for script in document.scripts:
        at = script.text.rfind(',[{"id":') if "webpackJsonp" in script.text else -1
        user = find_object(try_loads(balanced(script.text, at + 1)), "permalink", "track_count") if at >= 0 else None
        if user:
            return user
    return {}


_PREVIEWS_TITLE: Final = re.compile(r"Stream (.{1,100}) music \| Listen to songs, .{1,40} on SoundCloud")


def _of_metas(document: Document, landed: str) -> Facts | None:
    """The head's tags; of a preview without them its title, which has this form for accounts alone."""
    known = _id_in(document.app_address or document.meta("twitter:player"))
    titled = _PREVIEWS_TITLE.fullmatch(document.title)
    name = document.meta("og:title", "twitter:title") or (titled and titled[1])
    parts = _at_home(document.own_address or landed)
    if not (known or titled) or name is None or len(parts) != 1:
        return None
    return Facts(
        display_name=name,
        handle=parts[0],
        platform_id=or_unseen(known),
        description=or_unseen(document.meta("og:description")),
        followers=or_unseen(as_count(document.meta("soundcloud:follower_count"))),
        posts_count=or_unseen(as_count(document.meta("soundcloud:sound_count"))),
        avatar_url=or_unseen(document.meta("og:image")),
    )


def _shown_tracks(document: Document, facts: Facts, now: datetime) -> Seen[Activity]:
    """The tracks listed for those without scripts: some of them, in no order, other people's among them."""
    addresses = elements(document, "article[itemprop=track] a[itemprop=url]")
    times = elements(document, "article[itemprop=track] time")
    if len(addresses) != len(times):
        return UNSEEN
    owned = [
        time.text for track, time in zip(addresses, times, strict=True) if name_in(track.get("href")) == facts.handle
    ]
    return latest([Post(at=moment(text)) for text in owned], now, "page")


def _feed(reply: Reply) -> Reading | None:
    """An account's feed holds only the tracks that were let into it."""
    feed = reply.feed
    if feed is None or host(feed.url) != "soundcloud.com":
        return None
    facts = Facts(
        display_name=or_unseen(feed.title),
        handle=or_unseen(as_text(name_in(feed.url), _NAME)),
        platform_id=or_unseen(_id_in(reply.text[:4000])),
        description=or_unseen(feed.description),
        avatar_url=or_unseen(feed.image),
        activity=feed.life(reply.now),
    )
    return present(facts)


_INTERFACES: Final = ("api.soundcloud.com", "api-v2.soundcloud.com")
_SHOWING: Final = other_than(*(f"{each}/{what}" for each in _INTERFACES for what in ("users", "resolve")))
read: Final = reader("soundcloud", json=_json, xml=_feed, html=_page, of_something_else=_SHOWING)


# --- how to ask -------------------------------------------------------------------------------------------------------


_FEED: Final = addressed("https://feeds.soundcloud.com/users/soundcloud:users:{name}/sounds.rss", by_id(USER))


PLATFORM: Final = Platform(
    label="SoundCloud",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.OPEN, read, _FEED),
        offer(Route.OEMBED, read, card_at(f"{SITE}/oembed?format=json&url=")),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=routed({"feeds.soundcloud.com": Route.OPEN, "oembed": Route.OEMBED}),
)
