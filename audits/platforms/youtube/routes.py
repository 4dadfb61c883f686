"""The ways to look at a YouTube channel, in order.

    API by id (50 channels a request) ─┐
    API by handle ─────────────────────┴▶ newest upload ─▶ its captions (5 channels a request)
    feed ─▶ page            only where no key is held: YouTube's terms forbid to mix the API with its pages

YouTube API Services Developer Policies, III.D.7 and III.E.6.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import offer
from audits.model import Batch, Facts, PlatformId, Post, Probe, Reading, Route
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.youtube.answers import read
from audits.platforms.youtube.data_api import MOST_IDS, WATCH, captioned, wanted_id
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import host, path_parts, query_value

KEY: Final = "youtube"
_API: Final = "https://www.googleapis.com/youtube/v3"
_CHANNELS: Final = f"{_API}/channels?part=snippet,statistics,status,contentDetails&maxResults={MOST_IDS}"
_BY_ID: Final = f"{_CHANNELS}&id={{items}}"
_UPLOADS: Final = f"{_API}/playlistItems?part=snippet,contentDetails&maxResults={{most}}&playlistId={{playlist}}"
_CAPTIONS: Final = f"{_API}/videos?part=snippet,contentDetails&maxResults={MOST_IDS}&id={{items}}"
_NEWEST: Final = 10  # uploads whose captions are looked at, so that five channels share one request


def _ask_by_id(subject: Subject, packs: Packs) -> Asking | None:
    wanted = wanted_id(subject)
    if wanted is None:
        return None
    batch = Batch(endpoint=_BY_ID, item=wanted, limit=MOST_IDS)
    return _channel(_probe(_BY_ID.format(items=quote(wanted)), Route.API_BY_ID, batch), subject, packs)


def _ask_by_handle(subject: Subject, packs: Packs) -> Asking | None:
    parameter = _name_parameter(subject)
    if parameter is None:
        return None
    return _channel(_probe(f"{_CHANNELS}&{parameter}", Route.API_BY_HANDLE), subject, packs)


def _name_parameter(subject: Subject) -> str | None:
    """Handles and the user names of before 2013 can be asked for; /c/ and bare names cannot."""
    kind, _, name = (subject.key or "").removeprefix("youtube:").partition(":")
    if kind.startswith("@"):
        return f"forHandle={quote(kind, safe='')}"
    return f"forUsername={quote(name, safe='')}" if kind == "user" and name else None


def _probe(url: str, route: Route, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform="youtube", route=route, accept="application/json", batch=batch, key=KEY)


def _channel(probe: Probe, subject: Subject, packs: Packs) -> Asking:
    channel = read((yield probe), subject, packs)
    found = channel.facts.platform_id
    if not seen_alive(channel) or not isinstance(found, PlatformId):
        return channel
    if channel.facts.posts_count == 0:
        return with_facts(channel, replace(channel.facts, activity=None, posts=()))
    uploads = read((yield _uploads_probe(found.value, probe.route)), subject, packs)
    posts = uploads.facts.posts
    if not seen_alive(uploads) or not isinstance(posts, tuple) or not posts:
        return channel
    videos = read((yield _captions_probe(posts, probe.route)), subject, packs)
    return with_facts(channel, _together(channel.facts, uploads.facts, posts, videos))


def _uploads_probe(channel: str, route: Route) -> Probe:
    return _probe(_UPLOADS.format(most=_NEWEST, playlist=quote(f"UU{channel[2:]}")), route)


def _captions_probe(posts: tuple[Post, ...], route: Route) -> Probe:
    videos = ",".join((post.url or "").removeprefix(WATCH) for post in posts)
    batch = Batch(endpoint=_CAPTIONS, item=videos, limit=MOST_IDS // _NEWEST)
    return _probe(_CAPTIONS.format(items=quote(videos, safe=",")), route, batch)


def _together(channel: Facts, uploads: Facts, posts: tuple[Post, ...], videos: Reading) -> Facts:
    return replace(channel, activity=uploads.activity, posts=tuple(captioned(posts, videos.facts.posts)))


def _feed_url(subject: Subject) -> str | None:
    wanted = wanted_id(subject)
    return f"https://www.youtube.com/feeds/videos.xml?channel_id={quote(wanted)}" if wanted else None


def _page_url(subject: Subject) -> str | None:
    """By id where it is known, since ids survive a rename; in English, since alerts come in the asked language."""
    wanted = wanted_id(subject)
    address = f"https://www.youtube.com/channel/{quote(wanted)}" if wanted else subject.url
    return f"{address}?hl=en" if address and "?" not in address else address


_PATHS: Final = {"feeds": Route.OPEN, "oembed": Route.OEMBED}


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if host(url).endswith("googleapis.com"):
        return Route.API_BY_ID if query_value(url, "id") else Route.API_BY_HANDLE
    return _PATHS.get(next(iter(path_parts(url)), ""), Route.PAGE)


_ALL: Final = frozenset({"existence", "identity", "activity", "profile", "captions"})

ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_ask_by_id, key=KEY, sees=_ALL),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_ask_by_handle, key=KEY, sees=_ALL),
    offer(Route.OPEN, read, _feed_url, sees=frozenset({"existence", "identity", "activity"}), unless=KEY),
    offer(Route.PAGE, read, _page_url, unless=KEY),
)
