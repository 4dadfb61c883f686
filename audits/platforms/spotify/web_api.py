"""What Spotify's interfaces say of a show, an artist or a user.

    Web API show · artist · user ─▶ present      its episodes ─▶ newest, to the day
    404 "non existing id" ────────▶ undecided: a show that is not sold in the market asked for gets it too
    oEmbed ───────────────────────▶ present, by the id of the player it hands out

Sources: developer.spotify.com/documentation/web-api/reference (get-a-show, get-a-shows-episodes);
spotify/web-api#1524 (2020); iamcal/oembed, providers/spotify.yml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Activity, Facts, Marker, Page, PlatformId, Precision, Reading, Seen, Transport
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.fields import moment, plain
from audits.reading.pages import present, undecided
from audits.reading.told import either, told

NOT_LISTED: Final = "spotify.not-in-market"
_OWNERS: Final = ("show", "artist", "user")
_URI = re.compile(r"spotify:(show|artist|user):([A-Za-z0-9_.\-]{1,60})$")
_ADDRESS = re.compile(r"spotify\.com/(?:[a-z0-9-]{1,12}/){0,2}(show|artist|user)s?/([\w.\-]{1,60})(?=[/?#\"]|$)")


def id_in(address: str | None) -> PlatformId | None:
    """The id in an address or uri of a show, artist or user; albums, tracks and episodes are nobody's profile."""
    found = _URI.search(address or "") or _ADDRESS.search(address or "")
    return PlatformId(found[1], found[2]) if found else None


def read_json(answer: dict[str, Json], page: Page) -> Reading | None:
    """What an answer says; None where it is none of Spotify's."""
    if "error" in answer:
        return _refused(answer["error"])
    if answer.get("provider_name") == "Spotify":
        return _card(answer)
    owner = answer.get("type")
    if owner in _OWNERS and as_text(answer.get("id")):
        return present(_owner(answer, page))
    return _episodes(answer, page) if isinstance(answer.get("items"), list) else None


_TROUBLE: Final = {401: Transport.NOT_PERMITTED, 403: Transport.NOT_PERMITTED, 429: Transport.RATE_LIMITED}


def _refused(error: Json) -> Reading:
    status, said = dig(error, "status"), as_text(dig(error, "message")) or "an error"
    transport = _TROUBLE.get(status) if isinstance(status, int) else None
    if transport:
        return Reading(transport=transport, reason=said)
    markers = (Marker(NOT_LISTED, "gone", said),) if status == 404 else ()
    return undecided("the interface knows no such show in this market", *markers)


def _card(answer: dict[str, Json]) -> Reading:
    known = id_in(as_text(answer.get("iframe_url")) or as_text(answer.get("html")))
    if known is None:
        return undecided("the card of an album, a track or an episode")
    picture = told(answer, as_text, "thumbnail_url")
    return present(Facts(display_name=told(answer, as_text, "title"), platform_id=known, avatar_url=picture))


def _owner(item: dict[str, Json], page: Page) -> Facts:
    episodes = as_list(dig(item, "episodes", "items"))
    return Facts(
        display_name=told(item, as_text, "name", "display_name"),
        platform_id=either(id_in(as_text(item.get("uri"))) or id_in(f"spotify:{item['type']}:{item['id']}")),
        description=told(item, _words, "description"),
        followers=either(as_count(dig(item, "followers", "total"))),
        posts_count=either(as_count(item.get("total_episodes"))),
        activity=newest_episode(episodes, page) if episodes else UNSEEN,
        avatar_url=either(as_text(dig(item, "images", 0, "url"))),
        language=either(as_text(dig(item, "languages", 0))),
    )


def _words(value: Json) -> str | None:
    return plain(as_text(value))


def _episodes(answer: dict[str, Json], page: Page) -> Reading | None:
    """The list of a show's episodes; whose it is, only its own address says."""
    items = [as_object(item) for item in as_list(answer.get("items"))]
    if not any(item.get("type") == "episode" for item in items):
        return None
    facts = Facts(
        platform_id=either(id_in(as_text(answer.get("href")))),
        posts_count=either(as_count(answer.get("total"))),
        activity=newest_episode(items, page),
    )
    return present(facts)


_PRECISIONS: Final = {"day": Precision.DAY, "month": Precision.MONTH}


def newest_episode(episodes: Sequence[Json], page: Page) -> Seen[Activity]:
    """The newest release up to today; lists begin with the newest. Releases dated by year alone are left out."""
    released = ((_released(item), as_text(dig(item, "release_date_precision"))) for item in episodes)
    past = [(at, _PRECISIONS[said]) for at, said in released if at and at <= page.fetched_at and said in _PRECISIONS]
    if not past:
        return UNSEEN
    at, precision = max(past)
    return Activity(at=at, source="episodes", precision=precision, sees_newest=True)


def _released(item: Json) -> datetime | None:
    """A month comes as 2024-03."""
    date = as_text(dig(item, "release_date")) or ""
    return moment(f"{date}-01" if len(date) == len("2024-03") else date)
