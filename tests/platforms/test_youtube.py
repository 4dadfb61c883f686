"""YouTube, read: every generation of a channel's page, what alerts say, and what the Data API states."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from audits.model import (
    UNSEEN,
    Activity,
    Existence,
    Page,
    PlatformId,
    Transport,
)
from audits.platforms.youtube import PLATFORM
from audits.reading.markers import Packs
from audits.sights import register_of, sights_of
from tests.builders import an_account, an_observation, as_of
from tests.platforms.shown import NOW, PACKS, kept, made
from tests.platforms.youtube import API, BY_ID, CHANNEL, KEY, OTHER, PINNED, captions, shown


def alert(words: str) -> Page:
    """A channel's page that holds nothing but an alert of these words."""
    page = kept("youtube", "alert.html")
    return replace(page, body=page.body.replace(b"ALERT", words.encode()))


# --- channel pages ----------------------------------------------------------------------------------------------------

GENERATIONS = ["channel.html", "channel-2021.html", "channel-mobile.html", "channel-2014.html"]


@pytest.mark.parametrize("name", GENERATIONS)
def test_every_generation_of_the_page_names_the_same_channel(name: str) -> None:
    reading = shown(kept("youtube", name))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.platform_id, facts.followers) == ("Hamnstads bibliotek", PINNED, 1200)
    assert (facts.description, facts.avatar_url) == ("Sagor och samtal.", "https://yt3.example/bibl=s900")


@pytest.mark.parametrize("name", ["channel.html", "channel-2021.html", "channel-mobile.html"])
def test_a_handle_is_read_where_the_channel_has_one(name: str) -> None:
    assert shown(kept("youtube", name)).facts.handle == "@hamnstadsbibliotek"


@pytest.mark.parametrize("name", ["channel.html", "channel-2021.html", "channel-2014.html"])
def test_badge_and_first_link_are_read_from_every_header(name: str) -> None:
    facts = shown(kept("youtube", name)).facts
    assert (facts.verified, facts.website_link) == (True, "https://facebook.com/hamnstad")


def test_a_browse_answer_is_read_like_the_page() -> None:
    page = kept("youtube", "channel.html")
    tree = page.body.decode().partition("ytInitialData = ")[2].partition(";</script>")[0]
    assert shown(made(tree)).facts == shown(page).facts


def test_a_page_without_its_scripts_still_names_the_channel() -> None:
    reading = shown(kept("youtube", "stripped-channel.html"))
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PINNED)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Share your videos with friends, family, and the world", UNSEEN),
        ("Enjoy the videos and music you love, upload original content, and share it all with friends", UNSEEN),
        ("Share the harbour with your friends", "Share the harbour with your friends"),
    ],
)
def test_what_youtube_says_of_itself_is_not_the_channels(said: str, told: object) -> None:
    metas = {"og:title": "Hamnstad", "og:url": f"https://www.youtube.com/channel/{CHANNEL}", "og:description": said}
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in metas.items())
    facts = shown(made(f"<html>{head}</html>")).facts
    assert (facts.display_name, facts.description) == ("Hamnstad", told)


@pytest.mark.parametrize(
    ("lines", "followers", "videos"),
    [
        (["1,2 tn prenumeranter", "337 videor"], 1200, 337),
        (["5.04m subscribers", "18k videos"], 5_040_000, UNSEEN),
        (["2,52 Mio. Abonnenten", "1.234 Videos"], 2_520_000, 1234),
        (["チャンネル登録者数 5万人", "12 本の動画"], 50_000, 12),
        (["5.32K מנויים", "141 סרטונים"], 5320, 141),
        (["5,32 N người đăng ký", "141 video"], UNSEEN, 141),
        (["12 subscribers", "12 subscribers"], 12, UNSEEN),
        (["337 videos"], UNSEEN, 337),
        (["@337videos", "12 subscribers"], 12, UNSEEN),
    ],
)
def test_counts_are_told_apart_by_their_words_in_any_language(
    lines: list[str], followers: object, videos: object
) -> None:
    parts = [{"text": {"content": line}} for line in lines]
    header = {"title": {"dynamicTextViewModel": {"text": {"content": "Hamnstad"}}},
              "metadata": {"contentMetadataViewModel": {"metadataRows": [{"metadataParts": parts}]}}}  # fmt: skip
    tree = {"header": {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": header}}}}
    facts = shown(made(tree)).facts
    assert (facts.followers, facts.posts_count) == (followers, videos)


def test_a_link_among_unseen_ones_accuses_nobody_of_not_linking_home() -> None:
    facts = shown(kept("youtube", "channel.html")).facts
    account = an_account(platform="youtube", key=KEY)
    sights = sights_of(account, an_observation(facts=facts), register_of([account], frozenset()), as_of(NOW))
    assert (facts.links, facts.more_links, sights["links"].partial) == (UNSEEN, True, True)


def test_relative_dates_are_not_made_into_activity() -> None:
    assert shown(kept("youtube", "channel.html")).facts.activity is UNSEEN


def test_a_channel_that_asks_to_sign_in_is_a_wall_with_a_name_on_it() -> None:
    gate = {
        "channelAgeGateRenderer": {"channelTitle": "Hamnstads bryggeri", "header": {"runs": [{"text": "Logga in"}]}}
    }
    tree = {
        "contents": {"twoColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": {"content": gate}}]}},
        "responseContext": {"serviceTrackingParams": [{"params": [{"key": "browse_id", "value": CHANNEL}]}]},
    }
    reading = shown(made(tree))
    assert (reading.transport, reading.existence) == (Transport.WALLED, Existence.UNKNOWN)
    assert (reading.facts.display_name, reading.facts.platform_id) == ("Hamnstads bryggeri", PINNED)


# --- alerts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "existence"),
    [
        ("This account has been terminated for violating YouTube's Community Guidelines.", Existence.SUSPENDED),
        ("This account has been terminated because we received multiple third-party claims.", Existence.SUSPENDED),
        ("This channel was removed because it violated our Community Guidelines.", Existence.SUSPENDED),
        ("This channel does not exist.", Existence.GONE),
        ("Este canal no existe.", Existence.GONE),
        ("존재하지 않는 채널입니다.", Existence.GONE),
    ],
)
def test_an_alert_in_known_words_says_what_became_of_the_channel(words: str, existence: Existence) -> None:
    reading = shown(alert(words))
    assert (reading.existence, reading.facts.platform_id, reading.stated) == (existence, PINNED, False)
    assert reading.markers[0].excerpt.startswith(words[:20].lower())


@pytest.mark.parametrize(
    "words",
    [
        "Det här kontot har stängts av.",
        "Kontot har avslutats eftersom det bryter mot YouTubes användarvillkor.",  # nobody was found who quotes these
        "Dieses Konto wurde gekündigt, weil es gegen die Community-Richtlinien verstößt.",
        "Cette chaîne n'existe pas.",
        "This playlist does not exist.",
        "This channel is not available in your country.",
        "",
    ],
)
def test_an_alert_in_other_words_proves_nothing(words: str) -> None:
    reading = shown(alert(words))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.markers[0].id == "youtube.alert"


def test_a_notice_that_is_no_error_proves_nothing() -> None:
    page = alert("This channel does not exist.")
    reading = shown(replace(page, body=page.body.replace(b'"ERROR"', b'"INFO"')))
    assert reading.existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("box", "existence"),
    [
        ('<div class="channel-empty-message banner-message">This channel does not exist.</div>', Existence.GONE),
        ('<p class="yt-alert-error"><b class="yt-alert-content">This account has been suspended.</b></p>',
         Existence.SUSPENDED),
        ('<p class="yt-alert-error"><b class="yt-alert-content">Something went wrong.</b></p>', Existence.UNKNOWN),
    ],
)  # fmt: skip
def test_the_boxes_of_earlier_pages_are_read_like_alerts(box: str, existence: Existence) -> None:
    page = made(f"<html><head><title>YouTube</title></head><body>{box}</body></html>")
    assert shown(page).existence is existence


def test_words_of_an_alert_elsewhere_on_a_page_accuse_nobody() -> None:
    reading = shown(made("<html><body>This account has been terminated, says the film.</body></html>"))
    assert (reading.transport, reading.existence) == (Transport.UNREADABLE, Existence.UNKNOWN)


def test_an_alert_that_nobody_has_seen_for_half_a_year_proves_nothing() -> None:
    later = Packs(by_platform=PACKS.by_platform, today=date(2027, 6, 1))
    page = replace(alert("This channel does not exist."), fetched_at=datetime(2027, 6, 1, tzinfo=UTC))
    reading = PLATFORM.read(page, BY_ID, later)
    assert reading.existence is Existence.UNKNOWN


def test_a_living_channel_beats_an_alert_beside_it() -> None:
    body = kept("youtube", "channel.html").body
    notice = (
        b'"alerts":[{"alertRenderer":{"type":"ERROR","text":{"simpleText":"This channel does not exist."}}}],"metadata"'
    )
    assert shown(made(body.replace(b'"metadata":{"channel', notice + b':{"channel'))).existence is Existence.PRESENT


# --- what proves nothing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": 404},
        {"status": 404, "final_url": "https://consent.youtube.com/m?continue=x", "body": b"<p>404</p>"},
    ],
)
@pytest.mark.parametrize("name", ["consent.html", "consent-sv.html"])
def test_a_question_about_cookies_is_never_called_gone(name: str, changes: dict[str, Any]) -> None:
    reading = shown(kept("youtube", name, **changes) if "body" not in changes else made(**changes))
    assert (reading.transport, reading.existence) == (Transport.CONSENT, Existence.UNKNOWN)


@pytest.mark.parametrize("page", ["verify_age", "verify_controversy"])
def test_a_channel_behind_a_question_of_age_is_walled(page: str) -> None:
    landed = f"https://www.youtube.com/{page}?next_url=%2Fuser%2Fhamnstad"
    reading = shown(made("<title>YouTube</title><p>Content Warning", final_url=landed))
    assert (reading.transport, reading.existence) == (Transport.WALLED, Existence.UNKNOWN)


@pytest.mark.parametrize("status", [404, 500])
def test_a_feed_that_fails_says_nothing_of_the_channel(status: int) -> None:
    url = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
    reading = shown(kept("youtube", "feed-404.html", url=url, status=status))
    assert reading.existence is Existence.UNKNOWN
    assert reading.reason == f"feed_refused: HTTP {status}"


@pytest.mark.parametrize(
    ("name", "status"), [("name-not-in-use.html", 404), ("feed-404.html", 404), ("start-page.html", 200)]
)
def test_a_name_that_leads_nowhere_may_only_have_been_changed(name: str, status: int) -> None:
    reading = shown(kept("youtube", name, status=status, url="https://www.youtube.com/@hamnstadsbibliotek"))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.markers


def test_a_channel_that_leads_to_another_is_not_called_moved() -> None:
    leads = {"navigateAction": {"endpoint": {"browseEndpoint": {"browseId": OTHER}}}}
    reading = shown(made({"onResponseReceivedActions": [leads]}))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, UNSEEN)
    assert reading.facts.moved_to == f"https://www.youtube.com/channel/{OTHER}"


def test_a_video_names_its_channel_and_proves_nothing_of_it() -> None:
    reading = shown(kept("youtube", "video.html"))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, PINNED)
    assert (reading.facts.handle, reading.facts.activity) == ("@hamnstadsbibliotek", UNSEEN)


def test_a_video_without_its_player_still_names_its_channel() -> None:
    page = kept("youtube", "video.html")
    reading = shown(replace(page, body=page.body.replace(b"ytInitialPlayerResponse", b"ytplayer")))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, PINNED)


@pytest.mark.parametrize(("kind", "captioned"), [('"kind":"asr",', False), ("", True)])
def test_machine_made_captions_do_not_count(kind: str, captioned: bool) -> None:
    page = kept("youtube", "video.html")
    reading = shown(replace(page, body=page.body.replace(b'"kind":"asr",', kind.encode())))
    assert captions(reading) == [captioned]


@pytest.mark.parametrize(
    ("error", "transport"),
    [
        ({"code": 403, "message": "quota", "errors": [{"reason": "quotaExceeded"}]}, Transport.RATE_LIMITED),
        ({"code": 400, "message": "API key not valid.", "errors": [{"reason": "badRequest"}]}, Transport.NOT_PERMITTED),
        ({"code": 503, "message": "down", "errors": [{"reason": "backendError"}]}, Transport.UNREACHABLE),
        ({"code": 404, "message": "no", "errors": [{"reason": "channelNotFound"}]}, Transport.OK),
        ({"code": 400, "message": "odd", "status": "INVALID_ARGUMENT"}, Transport.OK),
    ],
)
def test_an_error_says_something_of_the_asking(error: dict[str, Any], transport: Transport) -> None:
    reading = shown(made({"error": error}, status=error["code"], url=f"{API}/channels?id={CHANNEL}"))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


# --- names, cards and feeds -------------------------------------------------------------------------------------------

RESOLVE = "https://www.youtube.com/youtubei/v1/navigation/resolve_url?prettyPrint=false"


def test_a_name_leads_to_its_channel() -> None:
    reading = shown(made({"endpoint": {"browseEndpoint": {"browseId": CHANNEL}}}, url=RESOLVE))
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PINNED)


@pytest.mark.parametrize(("pinned", "existence"), [((), Existence.GONE), ((PINNED,), Existence.UNKNOWN)])
def test_an_unknown_name_is_gone_only_while_no_id_is_known(
    pinned: tuple[PlatformId, ...], existence: Existence
) -> None:
    missing = {"error": {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}}
    assert shown(made(missing, status=404, url=RESOLVE), KEY, *pinned).existence is existence


def test_a_card_names_the_owner_of_a_video() -> None:
    card = {"provider_name": "YouTube", "author_name": "Hamnstad", "author_url": "https://www.youtube.com/@hamnstad"}
    reading = shown(made(card))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "@hamnstad")


def test_the_feed_gives_the_newest_video_that_is_out() -> None:
    reading = shown(kept("youtube", "feed.xml"))
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PINNED)
    activity = Activity(at=newest, source="youtube.feed", sees_newest=False)  # a film is announced
    assert reading.facts.activity == activity


def test_the_feed_of_a_playlist_is_not_the_channels() -> None:
    page = kept("youtube", "feed.xml")
    reading = shown(replace(page, body=page.body.replace(b"yt:channel:", b"yt:playlist:")))
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)


# --- anything at all --------------------------------------------------------------------------------------------------


def test_the_tree_in_a_comment_of_the_mobile_page_is_read() -> None:
    about = {"title": "Almestad", "externalId": PINNED.value, "description": "d"}
    tree = json.dumps({"responseContext": {}, "metadata": {"channelMetadataRenderer": about}})
    reading = shown(
        made(f'<html><title>Almestad</title><body><div id="initial-data"><!-- {tree} --></div></body></html>')
    )
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PINNED)
