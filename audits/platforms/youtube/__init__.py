"""YouTube: channels.

    API by id (50 channels a request) ─┐
    API by handle ─────────────────────┴▶ newest upload ─▶ its captions (5 channels a request)
    feed ─▶ page            only where no key is held: YouTube's terms forbid to mix the API with its pages

YouTube API Services Developer Policies, III.D.7 and III.E.6.

grammar (addresses) · answers ─▶ channel_page | about_panel | html_page | other_pages | data_api | gdata
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import ALL, Interface, addressed, id_seen, offer, stepwise
from audits.model import Batch, Post, Probe, Reading, Route
from audits.platform import Asking, Platform, Subject, routed
from audits.platforms.youtube.answers import read
from audits.platforms.youtube.channel_page import NAMESPACE
from audits.platforms.youtube.data_api import MOST_IDS, WATCH, captioned, wanted_id
from audits.platforms.youtube.grammar import GRAMMAR
from audits.reading.markers import Packs
from audits.reading.pages import with_facts

__all__ = ["GRAMMAR", "PLATFORM"]

KEY: Final = "youtube"
_API: Final = "https://www.googleapis.com/youtube/v3"
_CHANNELS: Final = f"{_API}/channels?part=snippet,statistics,status,contentDetails&maxResults={MOST_IDS}"
_UPLOADS: Final = f"{_API}/playlistItems?part=snippet,contentDetails&maxResults={{most}}&playlistId={{playlist}}"
_CAPTIONS: Final = f"{_API}/videos?part=snippet,contentDetails&maxResults={MOST_IDS}&id={{items}}"
_ALL: Final = ALL | {"captions"}
_NEWEST: Final = 10  # uploads whose captions are looked at, so that five channels share one request


def _name_parameter(subject: Subject) -> str | None:
    """Handles and the user names of before 2013 can be asked for; /c/ and bare names cannot."""
    kind, _, name = (subject.key or "").removeprefix("youtube:").partition(":")
    if kind.startswith("@"):
        return f"forHandle={quote(kind, safe='')}"
    return f"forUsername={quote(name, safe='')}" if kind == "user" and name else None


def _uploads(channel: Reading, _name: str) -> str | None:
    number = id_seen(channel, NAMESPACE)
    return _UPLOADS.format(most=_NEWEST, playlist=quote(f"UU{number[2:]}")) if number else None


_DATA_API: Final = Interface(
    platform="youtube",
    read=read,
    key=KEY,
    sees=_ALL,
    newest=_uploads,
    counts_all=False,  # posts in words or pictures are shown by no part of the interface
)


def _by_name(parameter: str, subject: Subject, packs: Packs) -> Asking:
    return _captioned(_DATA_API.probe(f"{_CHANNELS}&{parameter}", Route.API_BY_HANDLE), parameter, subject, packs)


def _captioned(probe: Probe, name: str, subject: Subject, packs: Packs) -> Asking:
    """The channel and its uploads, then the captions of these."""
    channel: Reading = yield from _DATA_API.account(probe, name, subject, packs)
    posts = channel.facts.posts
    if not isinstance(posts, tuple) or not posts:
        return channel
    videos = read((yield _captions_probe(posts, probe.route)), subject, packs)
    return with_facts(channel, replace(channel.facts, posts=tuple(captioned(posts, videos.facts.posts))))


def _captions_probe(posts: tuple[Post, ...], route: Route) -> Probe:
    videos = ",".join((post.url or "").removeprefix(WATCH) for post in posts)
    batch = Batch(endpoint=_CAPTIONS, item=videos, limit=MOST_IDS // _NEWEST)
    return _DATA_API.probe(_CAPTIONS.format(items=quote(videos, safe=",")), route, batch)


_FEED: Final = addressed("https://www.youtube.com/feeds/videos.xml?channel_id={name}", wanted_id)


def _page_url(subject: Subject) -> str | None:
    """By id where it is known, since ids survive a rename; in English, since alerts come in the asked language."""
    wanted = wanted_id(subject)
    address = f"https://www.youtube.com/channel/{quote(wanted)}" if wanted else subject.url
    return f"{address}?hl=en" if address and "?" not in address else address


_ROUTES: Final = {
    "googleapis.com?id": Route.API_BY_ID, "googleapis.com": Route.API_BY_HANDLE,
    "feeds": Route.OPEN, "oembed": Route.OEMBED,
}  # fmt: skip


PLATFORM: Final = Platform(
    label="YouTube",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _DATA_API.offer(Route.API_BY_ID, wanted_id, f"{_CHANNELS}&id={{items}}", most=MOST_IDS, steps=_captioned),
        stepwise(Route.API_BY_HANDLE, _name_parameter, _by_name, sees=_ALL, key=KEY),
        offer(Route.OPEN, read, _FEED, sees=frozenset({"existence", "identity", "activity"}), unless=KEY),
        offer(Route.PAGE, read, _page_url, unless=KEY),
    ),
    route_of=routed(_ROUTES),
    interfaces=("www.googleapis.com/youtube/", "youtube.googleapis.com/"),
)
