"""Spotify, read: shows by their pages, cards, feeds and the Web API, which hides what a market does not sell."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Precision, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.spotify import PLATFORM
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import PACKS, kept, made, read

SHOW = "0hamnpodden0hamnpodden"
KEY = f"spotify:show:{SHOW}"
PINNED = PlatformId("show", SHOW)
SUBJECT = Subject(platform="spotify", key=KEY, url=f"https://open.spotify.com/show/{SHOW}")
API = f"https://api.spotify.com/v1/shows/{SHOW}"
NOT_LISTED = {"error": {"status": 404, "message": "non existing id"}}


def shown(page: Page, key: str | None = KEY) -> Reading:
    return read(PLATFORM, page, key)


def a_show(**changes: Any) -> dict[str, Any]:
    return {
        "type": "show", "id": SHOW, "uri": f"spotify:show:{SHOW}", "name": "Hamnpodden", "description": "Stadens podd.",
        "total_episodes": 45, "images": [{"url": "https://i.scdn.example/a"}], "languages": ["sv"], **changes,
    }  # fmt: skip


def episodes(*dates: tuple[str, str]) -> dict[str, Any]:
    items = [{"type": "episode", "release_date": date, "release_date_precision": said} for date, said in dates]
    return {"href": f"{API}/episodes?market=SE", "items": items, "total": 45}


def a_state_page(**changes: Any) -> str:
    released = [{"entity": {"data": {"releaseDate": {"isoString": "2026-10-04T20:06:22Z"}}}}]
    entity = {
        "name": "Hamnpodden", "description": "Stadens podd.", "coverArt": {"sources": [{"url": "https://i.scdn.example/a"}]},
        "episodesV2": {"totalCount": 45, "items": released}, **changes,
    }  # fmt: skip
    state = b64encode(json.dumps({"entities": {"items": {f"spotify:show:{SHOW}": entity}}}).encode()).decode()
    head = f'<meta property="og:url" content="https://open.spotify.com/show/{SHOW}">'
    return f'<head>{head}</head><script id="initialState" type="text/plain">{state}</script>'


@pytest.mark.parametrize("body", [None, a_state_page()])
def test_a_shows_page_names_it(body: str | None) -> None:
    reading = shown(made(body) if body else kept("spotify", "show.html"))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.platform_id) == (Existence.PRESENT, "Hamnpodden", PINNED)
    assert facts.avatar_url == "https://i.scdn.example/a"


def test_the_invitation_before_a_shows_own_words_is_not_its_own() -> None:
    assert shown(kept("spotify", "show.html")).facts.description == "Stadens egen podd."


def test_episodes_on_the_page_prove_life_only() -> None:
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert shown(made(a_state_page())).facts.activity == Activity(at=newest, source="page", sees_newest=False)


@pytest.mark.parametrize("state", ["%%%", "", b64encode(b"[]").decode()])
def test_a_state_that_cannot_be_read_is_nobodys_fault(state: str) -> None:
    body = f'<script id="initialState" type="text/plain">{state}</script>'
    assert shown(made(body)).transport is Transport.UNREADABLE


def test_the_embedded_player_names_its_show() -> None:
    reading = shown(kept("spotify", "player.html"))
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PINNED)


def test_a_player_that_shows_an_episode_names_the_show_and_dates_no_silence() -> None:
    episode = {"type": "episode", "uri": "spotify:episode:0avsnitt0avsnitt0avsni", "name": "Avsnitt 7"}
    cover = [{"url": "https://image-cdn-fa.spotifycdn.com/image/hamnpodden"}]
    released = {"isoString": "2026-06-10T17:00:00Z"}
    entity = {**episode, "subtitle": "Hamnpodden", "releaseDate": released, "relatedEntityCoverArt": cover}
    state = {"data": {"embeded_entity_uri": f"spotify:show:{SHOW}", "entity": entity}}
    facts = shown(made(in_a_player(state))).facts
    assert (facts.display_name, facts.platform_id) == ("Hamnpodden", PlatformId("show", SHOW))
    assert facts.avatar_url == "https://image-cdn-fa.spotifycdn.com/image/hamnpodden"
    assert isinstance(facts.activity, Activity)
    assert (facts.activity.at, facts.activity.sees_newest) == (datetime(2026, 6, 10, 17, tzinfo=UTC), False)


def test_who_made_a_show_is_no_part_of_its_words() -> None:
    head = (
        f'<link rel="canonical" href="https://open.spotify.com/show/{SHOW}"><meta property="og:title" content="Podd">'
    )
    said = '<meta property="og:description" content="Podcast · Hamnstads kommun · Samtal · varje vecka">'
    assert shown(made(f"<html><head>{head}{said}</head></html>")).facts.description == "Samtal · varje vecka"


def test_the_player_of_an_episode_is_no_show() -> None:
    entity = {"type": "episode", "uri": "spotify:episode:0avsnitt0avsnitt0avsni", "subtitle": "Hamnpodden"}
    state = {"data": {"embeded_entity_uri": entity["uri"], "entity": entity}}
    assert shown(made(in_a_player(state))).transport is Transport.UNREADABLE


def in_a_player(state: object) -> str:
    told = json.dumps({"props": {"pageProps": {"state": state}}})
    return f'<html><head></head><body><script id="__NEXT_DATA__" type="application/json">{told}</script></body></html>'


@pytest.mark.parametrize("title", ["Spotify - Web Player: Music for everyone", "Spotify – Web Player"])
def test_the_players_shell_is_no_show(title: str) -> None:
    address = f'<link rel="canonical" href="https://open.spotify.com/show/{SHOW}">'
    reading = shown(made(f'<html><head>{address}<meta property="og:title" content="{title}"></head></html>'))
    assert reading.transport is Transport.UNREADABLE


@pytest.mark.parametrize("offset", [0, 20])
def test_later_episodes_than_those_listed_may_stand_before_them(offset: int) -> None:
    listed = {"items": [{"type": "episode", "release_date": "2026-11-01", "release_date_precision": "day"}]}
    activity = shown(made({**listed, "offset": offset})).facts.activity
    assert isinstance(activity, Activity)
    assert activity.sees_newest is (offset == 0)


def test_an_album_of_the_interface_is_read_and_is_nobodys() -> None:
    reading = shown(made({"type": "album", "id": "1", "name": "Hamnen"}))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_an_album_is_nobodys_profile() -> None:
    assert shown(kept("spotify", "album.html")).existence is Existence.UNKNOWN


@pytest.mark.parametrize("status", [403, 400])
def test_a_refused_browser_is_a_block(status: int) -> None:
    reading = shown(kept("spotify", "unsupported-browser.html", status=status))
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)


def test_a_page_that_is_not_found_may_only_be_unsold_here() -> None:
    reading = shown(kept("spotify", "not-found.html", status=404))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(("kind", "existence"), [("show", Existence.PRESENT), ("episode", Existence.UNKNOWN)])
def test_a_card_is_read_by_the_player_that_it_hands_out(kind: str, existence: Existence) -> None:
    player = f"https://open.spotify.com/embed/{kind}/{SHOW}?utm_source=oembed"
    reading = shown(made({"provider_name": "Spotify", "title": "Hamnpodden", "iframe_url": player}))
    assert reading.existence is existence


def test_the_shows_own_feed_gives_its_newest_episode_and_where_it_moved() -> None:
    facts = shown(kept("spotify", "feed.xml")).facts
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert facts.activity == Activity(at=newest, source="feed")  # what is newer stands where the show has moved to
    assert (facts.website_link, facts.moved_to) == ("https://hamnstad.example/podd", "https://ny.example/podd.xml")


def test_a_feed_that_is_no_podcast_is_not_a_show() -> None:
    page = kept("spotify", "feed.xml")
    assert (
        shown(made(page.body.replace(b"itunes.com/dtds/podcast", b"example.com/other"))).transport
        is Transport.UNREADABLE
    )


def test_the_interface_is_asked_for_the_swedish_market() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, a_show(), episodes(*[("2026-10-04", "day")] * 5))
    assert [probe.url.partition("?")[0] for probe in probes] == [API, f"{API}/episodes"]
    assert all("market=SE" in probe.url for probe in probes)
    newest = datetime(2026, 10, 4, tzinfo=UTC)
    assert reading.facts.activity == Activity(at=newest, source="episodes", precision=Precision.DAY, sees_newest=True)
    assert (reading.facts.posts_count, reading.facts.language) == (45, "sv")
    _, cut = asked(PLATFORM, Route.API_BY_ID, SUBJECT, a_show(), episodes(("2026-10-04", "day")))
    assert cut.facts.activity == Activity(at=newest, source="episodes", precision=Precision.DAY)


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        ([("2026-10-04", "day"), ("2027-01-01", "day")], datetime(2026, 10, 4, tzinfo=UTC)),
        ([("2026-09", "month")], datetime(2026, 9, 1, tzinfo=UTC)),
        ([("2026", "year")], None),
        ([("igår", "day")], None),
    ],
)
def test_releases_to_come_or_dated_by_year_are_left_out(dates: list[tuple[str, str]], newest: datetime | None) -> None:
    activity = shown(made(episodes(*dates))).facts.activity
    assert (activity.at if isinstance(activity, Activity) else None) == newest


@pytest.mark.parametrize("newest", [("2026", "year"), ("2026-09", "month")])
def test_an_episode_dated_by_its_year_or_month_may_be_newer(newest: tuple[str, str]) -> None:
    activity = shown(made(episodes(newest, ("2024-10-04", "day")))).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


def test_a_show_that_is_not_listed_may_only_be_unsold_here() -> None:
    reading = shown(made(NOT_LISTED, status=404, url=API))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_a_show_is_gone_when_its_card_is_missing_too() -> None:
    offer = next(offer for offer in PLATFORM.routes if offer.route is Route.API_BY_ID)
    outcomes = {}
    for status in (404, 200, 500):
        asking = offer.ask(SUBJECT, PACKS)
        assert asking is not None
        next(asking)
        card = asking.send(made(NOT_LISTED, status=404, url=API))
        assert card.route is Route.OEMBED
        with pytest.raises(StopIteration) as end:
            asking.send(made("", status=status, url=card.url))
        outcomes[status] = end.value.value.existence
    assert outcomes == {404: Existence.GONE, 200: Existence.UNKNOWN, 500: Existence.UNKNOWN}


@pytest.mark.parametrize(
    ("status", "transport"), [(401, Transport.NOT_PERMITTED), (429, Transport.RATE_LIMITED), (400, Transport.OK)]
)
def test_a_refusal_says_nothing_of_the_show(status: int, transport: Transport) -> None:
    reading = shown(made({"error": {"status": status, "message": "no"}}, url=API))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_an_artist_is_passed_over_by_the_routes_of_shows() -> None:
    artist = Subject(platform="spotify", key=f"spotify:artist:{SHOW}", url=f"https://open.spotify.com/artist/{SHOW}")
    assert passed_over(PLATFORM, Route.API_BY_ID, artist)
    assert passed_over(PLATFORM, Route.OEMBED, artist)


def test_the_activity_of_a_show_without_episodes_is_unseen() -> None:
    assert shown(made(a_show())).facts.activity is UNSEEN


def test_what_is_wrong_with_the_key_is_said_in_a_word() -> None:
    reading = read(
        PLATFORM, made({"error": "invalid_client", "error_description": "Invalid client secret"}, status=400)
    )
    assert (reading.transport, reading.existence) == (Transport.NOT_PERMITTED, Existence.UNKNOWN)
