"""What Spotify's pages and a show's own feed say.

initialState (base 64) ─▶ JSON-LD PodcastSeries · MusicGroup ─▶ meta tags ─▶ a show, an artist or a user
the embedded player (__NEXT_DATA__) ─▶ the same, by the entity's uri
RSS ─▶ the show by its guid: newest episode to the second
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import replace

from audits.model import UNSEEN, Activity, Facts, Page, PlatformId, Reading, Seen
from audits.platforms.spotify.web_api import id_in
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, ld_json, script_json, try_loads
from audits.reading.feeds import read_feed
from audits.reading.fields import moment, plain
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.site import feed_facts
from audits.reading.told import either, told


def read_page(document: Document, page: Page) -> Reading | None:
    """The profile that a page is about, or what else it is."""
    facts = _of_state(document, page) or _of_player(document) or _of_metas(document)
    if facts:
        return present(facts)
    refused = page.status is not None and page.status >= 400
    return undecided("an album, a track or an episode") if not refused and _is_music(document) else None


def _is_music(document: Document) -> bool:
    return document.meta("og:site_name") == "Spotify" and (document.meta("og:type") or "").startswith("music.")


def _of_state(document: Document, page: Page) -> Facts | None:
    """The state that the server hands to its own scripts, since 2022."""
    state = _decoded(next((script.text for script in document.scripts if script.id == "initialState"), ""))
    asked = id_in(document.meta("og:url") or document.link("canonical") or page.landed)
    entity = as_object(dig(state, "entities", "items", _uri(asked)))
    if asked is None or not as_text(entity.get("name")):
        return None
    episodes = as_object(entity.get("episodesV2"))
    return Facts(
        display_name=told(entity, as_text, "name"),
        platform_id=asked,
        description=told(entity, _words, "description"),
        posts_count=either(as_count(episodes.get("totalCount"))),
        activity=_newest(as_list(episodes.get("items")), page),
        avatar_url=either(_picture(entity)),
    )


def _decoded(text: str) -> Json:
    try:
        return try_loads(b64decode(text + "=" * (-len(text) % 4), validate=True))
    except (Error, ValueError):
        return None


def _uri(known: PlatformId | None) -> str:
    return f"spotify:{known.namespace}:{known.value}" if known else ""


def _words(value: Json) -> str | None:
    return plain(as_text(value))


def _newest(episodes: list[Json], page: Page) -> Seen[Activity]:
    dates = (moment(dig(item, "entity", "data", "releaseDate", "isoString")) for item in episodes)
    at = max((each for each in dates if each and each <= page.fetched_at), default=None)
    return Activity(at=at, source="page", sees_newest=False) if at else UNSEEN


def _picture(entity: dict[str, Json]) -> str | None:
    places = (dig(entity, "coverArt", "sources"), dig(entity, "visuals", "avatarImage", "sources"),
              dig(entity, "visualIdentity", "image"))  # fmt: skip
    return next((address for place in places if (address := as_text(dig(place, 0, "url")))), None)


def _of_player(document: Document) -> Facts | None:
    """The player shows a show through its latest episode."""
    entity = as_object(dig(script_json(document, "__NEXT_DATA__"), "props", "pageProps", "state", "data", "entity"))
    known = id_in(as_text(entity.get("uri")))
    name = as_text(entity.get("name")) or as_text(entity.get("title"))
    return Facts(display_name=name, platform_id=known, avatar_url=either(_picture(entity))) if known and name else None


def _of_metas(document: Document) -> Facts | None:
    known = id_in(document.meta("og:url") or document.link("canonical"))
    stated = next(_stated(document), {})
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


def _stated(document: Document) -> Iterator[dict[str, Json]]:
    return ld_json(document, "PodcastSeries", "MusicGroup", "Person")


def _without_invitation(said: str | None, name: str) -> str | None:
    """Spotify puts "Listen to … on Spotify." before a show's own words, in the visitor's language."""
    head, mark, own = (said or "").partition("Spotify. ")
    return own if mark and name in head else said


def read_rss(text: str, page: Page) -> Reading | None:
    """A show's own feed says most of it: newest episode, home page, and where it has moved."""
    feed = read_feed(text) if "itunes.com/dtds/podcast" in text else None
    if feed is None:
        return None
    facts = feed_facts(feed, page)
    return present(replace(facts, platform_id=PlatformId("guid", feed.id) if feed.id else UNSEEN))
