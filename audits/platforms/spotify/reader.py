"""Spotify: whatever came back for a show, an artist or a user, read by what it is.

    JSON ─┬ Web API show · artist · user ─▶ present      its episodes ─▶ newest, to the day
          ├ 404 "non existing id" ────────▶ undecided: a show that is not sold in the market asked for gets it too
          └ oEmbed ───────────────────────▶ present, by the id of the player it hands out
    HTML ── initialState (base 64, since 2022) ─▶ the embedded player's __NEXT_DATA__ ─▶ JSON-LD, meta tags
    RSS ─── the show's own feed, by its guid

Sources: developer.spotify.com/documentation/web-api/reference (get-a-show, get-a-shows-episodes);
spotify/web-api#1524 (2020); iamcal/oembed, providers/spotify.yml.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Activity, Facts, Marker, PlatformId, Precision, Reading, Seen
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, ld_json, page_props, try_loads
from audits.reading.fields import moment, plain
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.refusals import refusal
from audits.reading.site import feed_facts
from audits.reading.told import either, told, words
from audits.replies import Reply, reader

NOT_LISTED: Final = "spotify.not-in-market"
_OWNERS: Final = ("show", "artist", "user")
_URI = re.compile(r"spotify:(show|artist|user):([A-Za-z0-9_.\-]{1,60})$")
_ADDRESS = re.compile(r"spotify\.com/(?:[a-z0-9-]{1,12}/){0,2}(show|artist|user)s?/([\w.\-]{1,60})(?=[/?#\"]|$)")


def id_in(address: str | None) -> PlatformId | None:
    """The id in an address or uri of a show, artist or user; albums, tracks and episodes are nobody's profile."""
    found = _URI.search(address or "") or _ADDRESS.search(address or "")
    return PlatformId(found[1], found[2]) if found else None


# --- what the interface says ------------------------------------------------------------------------------------------


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if "error" in answer:
        return _refused(answer["error"])
    if answer.get("provider_name") == "Spotify":
        return _card(answer)
    if answer.get("type") in _OWNERS and as_text(answer.get("id")):
        return present(_owner(answer, reply.now))
    return _episodes(answer, reply.now) if isinstance(answer.get("items"), list) else None


def _refused(error: Json) -> Reading:
    status, said = dig(error, "status"), as_text(dig(error, "message")) or "an error"
    markers = (Marker(NOT_LISTED, "gone", said),) if status == 404 else ()
    return refusal(status, said) or undecided("the interface knows no such show in this market", *markers)


def _card(answer: dict[str, Json]) -> Reading:
    known = id_in(as_text(answer.get("iframe_url")) or as_text(answer.get("html")))
    if known is None:
        return undecided("the card of an album, a track or an episode")
    picture = told(answer, as_text, "thumbnail_url")
    return present(Facts(display_name=told(answer, as_text, "title"), platform_id=known, avatar_url=picture))


def _owner(item: dict[str, Json], now: datetime) -> Facts:
    episodes = as_list(dig(item, "episodes", "items"))
    return Facts(
        display_name=told(item, as_text, "name", "display_name"),
        platform_id=either(id_in(as_text(item.get("uri"))) or id_in(f"spotify:{item['type']}:{item['id']}")),
        description=told(item, words, "description"),
        followers=either(as_count(dig(item, "followers", "total"))),
        posts_count=either(as_count(item.get("total_episodes"))),
        activity=_newest_episode(episodes, now) if episodes else UNSEEN,
        avatar_url=either(as_text(dig(item, "images", 0, "url"))),
        language=either(as_text(dig(item, "languages", 0))),
    )


def _episodes(answer: dict[str, Json], now: datetime) -> Reading | None:
    """The list of a show's episodes; whose it is, only its own address says."""
    items = [as_object(item) for item in as_list(answer.get("items"))]
    if not any(item.get("type") == "episode" for item in items):
        return None
    facts = Facts(
        platform_id=either(id_in(as_text(answer.get("href")))),
        posts_count=either(as_count(answer.get("total"))),
        activity=_newest_episode(items, now),
    )
    return present(facts)


_PRECISIONS: Final = {"day": Precision.DAY, "month": Precision.MONTH}


def _newest_episode(episodes: Sequence[Json], now: datetime) -> Seen[Activity]:
    """The newest release up to today; lists begin with the newest.

    Releases dated by year alone, or not at all, are left out, and may be newer than all others; one dated by its month
    may be weeks newer than the first of it.
    """
    released = [(_released(item), as_text(dig(item, "release_date_precision"))) for item in episodes]
    dated = [(at, _PRECISIONS[said]) for at, said in released if at and said in _PRECISIONS]
    past = [(at, precision) for at, precision in dated if at <= now]
    if not past:
        return UNSEEN
    at, precision = max(past)
    to_the_day = len(dated) == len(released) and all(how is Precision.DAY for _, how in dated)
    return Activity(at=at, source="episodes", precision=precision, sees_newest=to_the_day)


def _released(item: Json) -> datetime | None:
    """A month comes as 2024-03."""
    date = as_text(dig(item, "release_date")) or ""
    return moment(f"{date}-01" if len(date) == len("2024-03") else date)


# --- what pages and feeds say -----------------------------------------------------------------------------------------


def _page(reply: Reply) -> Reading | None:
    """The profile that a page is about, or what else it is."""
    document, status = reply.document, reply.page.status
    facts = _of_state(document, reply) or _of_player(document) or _of_metas(document)
    if facts:
        return present(facts)
    refused = status is not None and status >= 400
    return undecided("an album, a track or an episode") if not refused and _is_music(document) else None


def _is_music(document: Document) -> bool:
    return document.meta("og:site_name") == "Spotify" and (document.meta("og:type") or "").startswith("music.")


def _of_state(document: Document, reply: Reply) -> Facts | None:
    """The state that the server hands to its own scripts, since 2022."""
    state = _decoded(next((script.text for script in document.scripts if script.id == "initialState"), ""))
    asked = id_in(document.own_address or reply.page.landed)
    entity = as_object(dig(state, "entities", "items", _uri(asked)))
    if asked is None or not as_text(entity.get("name")):
        return None
    episodes = as_object(entity.get("episodesV2"))
    return Facts(
        display_name=told(entity, as_text, "name"),
        platform_id=asked,
        description=told(entity, words, "description"),
        posts_count=either(as_count(episodes.get("totalCount"))),
        activity=_newest(as_list(episodes.get("items")), reply.now),
        avatar_url=either(_picture(entity)),
    )


def _decoded(text: str) -> Json:
    try:
        return try_loads(b64decode(text + "=" * (-len(text) % 4), validate=True))
    except (Error, ValueError):
        return None


def _uri(known: PlatformId | None) -> str:
    return f"spotify:{known.namespace}:{known.value}" if known else ""


def _newest(episodes: list[Json], now: datetime) -> Seen[Activity]:
    dates = (moment(dig(item, "entity", "data", "releaseDate", "isoString")) for item in episodes)
    at = max((each for each in dates if each and each <= now), default=None)
    return Activity(at=at, source="page", sees_newest=False) if at else UNSEEN


def _picture(entity: dict[str, Json]) -> str | None:
    places = (dig(entity, "coverArt", "sources"), dig(entity, "visuals", "avatarImage", "sources"),
              dig(entity, "visualIdentity", "image"))  # fmt: skip
    return next((address for place in places if (address := as_text(dig(place, 0, "url")))), None)


def _of_player(document: Document) -> Facts | None:
    """The player shows a show through its latest episode."""
    entity = as_object(dig(page_props(document), "state", "data", "entity"))
    known = id_in(as_text(entity.get("uri")))
    name = as_text(entity.get("name")) or as_text(entity.get("title"))
    return Facts(display_name=name, platform_id=known, avatar_url=either(_picture(entity))) if known and name else None


def _of_metas(document: Document) -> Facts | None:
    known = id_in(document.own_address)
    stated = next(ld_json(document, "PodcastSeries", "MusicGroup", "Person"), {})
    name = as_text(stated.get("name")) or document.meta("og:title", "twitter:title")
    if known is None or name is None or name in _NOBODY:
        return None
    said = as_text(stated.get("description")) or document.meta("og:description")
    return Facts(
        display_name=_TITLE_ENDS.sub("", name),
        platform_id=known,
        description=either(plain(_without_invitation(said, name))) if known.namespace == "show" else UNSEEN,
        avatar_url=either(as_text(stated.get("image")) or document.meta("og:image")),
        language=either(as_text(stated.get("inLanguage"))),
    )


_NOBODY = frozenset(
    {"Spotify", "Spotify – Web Player", "Spotify - Web Player", "Page not found", "Unsupported browser"}
)
_TITLE_ENDS = re.compile(r" \| (?:Podcast on )?Spotify$| on Spotify$")


def _without_invitation(said: str | None, name: str) -> str | None:
    """Spotify puts "Listen to … on Spotify." before a show's own words, in the visitor's language."""
    head, mark, own = (said or "").partition("Spotify. ")
    return own if mark and name in head else said


def _feed(reply: Reply) -> Reading | None:
    """A show's own feed says most of it: newest episode, home page, and where it has moved."""
    feed = reply.feed if "itunes.com/dtds/podcast" in reply.text else None
    if feed is None:
        return None
    facts = feed_facts(feed, reply.page)
    return present(replace(facts, platform_id=PlatformId("guid", feed.guid) if feed.guid else UNSEEN))


read: Final = reader("spotify", json=_json, xml=_feed, html=_page)
