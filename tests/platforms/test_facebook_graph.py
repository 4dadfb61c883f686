"""Facebook's Graph interface, read and asked: what it tells of a page, and what it does not prove."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, Identity, PlatformId, Reading, Route, Transport
from audits.observing import identify_owner
from audits.platform import Subject
from audits.platforms.facebook import PLATFORM
from tests.platforms.asking import asked, passed_over
from tests.platforms.facebook import a_graph_page
from tests.platforms.shown import made, read, the_time

PAGE = PlatformId("page", "770001")
PROFILE = PlatformId("profile", "100099000000001")


def look(answer: Any, *pinned: PlatformId, **page: Any) -> Reading:
    return read(PLATFORM, made(answer, **{"url": "", **page}), "facebook:almestadsstad", *pinned)


def an_error(code: int, message: str = "words", **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "OAuthException", "code": code, **more}}


# --- the Graph interface ---------------------------------------------------------------------------------------------


def test_a_page_from_the_interface_is_present() -> None:
    reading = look(a_graph_page())
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PAGE)
    assert (reading.facts.followers, reading.facts.verified) == (1045, False)


def test_likes_are_not_followers() -> None:
    page = {"id": "770001", "name": "Almestads stad", "fan_count": 5_000}
    assert look(page).facts.followers is UNSEEN


def test_a_page_that_was_taken_off_the_public_is_private_by_the_platforms_own_word() -> None:
    reading = look(a_graph_page(is_published=False))
    assert (reading.existence, reading.stated) == (Existence.PRIVATE, True)


def test_of_a_batch_only_the_page_asked_for_is_read() -> None:
    neighbour = a_graph_page(id="880002", name="Grannby kommun", username="grannby")
    batch = {"770001": a_graph_page(username="almestad"), "880002": neighbour}
    assert look(batch, PlatformId("page", "880002")).facts.display_name == "Grannby kommun"
    assert look(batch, PlatformId("page", "5")).transport is Transport.UNREADABLE


def test_a_list_of_posts_dates_the_page_but_for_guests_drafts_and_what_is_to_come() -> None:
    posts = [
        {"id": "770001_5", "created_time": "2026-12-24T08:00:00+0000"},
        {"id": "770001_4", "created_time": "2026-11-20T08:00:00+0000", "is_published": False},
        {"id": "770001_3", "created_time": "2026-11-19T08:00:00+0000", "from": {"id": "9"}},
        {"id": "770001_2", "created_time": "2026-11-18T08:00:00+0000", "from": {"id": "770001"}},
    ]
    facts = look({"data": posts}).facts
    assert (facts.platform_id, the_time(facts)) == (PAGE, datetime(2026, 11, 18, 8, tzinfo=UTC))


def a_graph_post(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"770001_{number}", "created_time": "2026-11-18T08:00:00+0000", **more}


def carrying(*kinds: str) -> dict[str, Any]:
    return {"attachments": {"data": [{"media_type": kind} if kind else {} for kind in kinds]}}


@pytest.mark.parametrize("edge", ["published_posts", "posts", "feed"])
def test_posts_asked_for_with_the_page_date_it_by_whichever_edge(edge: str) -> None:
    post = {"id": "770001_1", "created_time": "2026-11-20T08:00:00+0000"}
    facts = look(a_graph_page(**{edge: {"data": [post]}})).facts
    assert the_time(facts) == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert isinstance(facts.activity, Activity)
    assert not facts.activity.sees_newest


def test_a_person_of_before_2014_who_was_updated_is_no_thing() -> None:
    person = {"id": "212001", "name": "Astrid", "username": "astrid", "link": "http://www.facebook.com/astrid",
              "updated_time": "2012-01-06T02:11:04+0000"}  # fmt: skip
    assert look(person).existence is Existence.PRESENT


@pytest.mark.parametrize(
    ("beside", "bare", "has_picture"),
    [
        (carrying("photo"), {}, False),
        (carrying("link"), {}, False),
        ({}, {}, UNSEEN),
        (carrying("photo"), carrying(""), UNSEEN),
        (carrying("photo"), {"attachments": None}, UNSEEN),
    ],
    ids=["others show a picture", "others show a link", "none shows any", "a kind unnamed", "kept back"],
)
def test_a_post_without_attachments_has_none_where_the_answer_shows_those_of_others(
    beside: dict[str, Any], bare: dict[str, Any], has_picture: object
) -> None:
    facts = look({"data": [a_graph_post(3, **beside), a_graph_post(2, **bare)]}).facts
    assert isinstance(facts.posts, tuple)
    assert facts.posts[1].has_picture is has_picture
    assert facts.posts[1].has_video is has_picture


def test_one_post_of_the_interface_tells_only_whose_it_is() -> None:
    reading = look({"id": "770001_2", "created_time": "2026-11-18T08:00:00+0000", "message": "Hej"})
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, PAGE)


@pytest.mark.parametrize(
    "thing",
    [
        {"name": "Almestadsdagen", "start_time": "2026-06-06T10:00:00+0200", "place": {"name": "Torget"}},
        {"name": "Sommar", "created_time": "2026-06-06T10:00:00+0000"},
        {"link": "https://www.facebook.com/almestad/photos/1", "updated_time": "2026-06-06T10:00:00+0000"},
        {"name": "Grannar i Almestad", "member_count": 12, "privacy": "OPEN"},
        {"name": "Almestads app", "category": "Business", "link": "https://almestad.example/login"},
    ],
    ids=["event", "album", "picture", "group", "application"],
)
def test_whatever_else_has_an_id_and_a_name_is_no_page(thing: dict[str, Any]) -> None:
    reading = look({"id": "990003", **thing})
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())


def test_a_picture_tells_whose_it_is() -> None:
    picture = {"id": "990003", "created_time": "2026-06-06T10:00:00+0000", "from": {"id": "770001", "name": "Almestad"}}
    facts = look(picture).facts
    assert (facts.platform_id, facts.display_name) == (PAGE, "Almestad")


@pytest.mark.parametrize("wrapped", [lambda comment: comment, lambda comment: {"data": [comment]}], ids=["one", "list"])
def test_a_comment_whose_id_begins_with_the_posts_is_nobodys_post(wrapped: Any) -> None:
    comment = {"id": "9001_9002", "created_time": "2019-11-18T08:00:00+0000", "message": "Hej", "comment_count": 0}
    reading = look(wrapped(comment))
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())


def test_an_empty_list_of_posts_is_also_what_a_key_without_permission_gets() -> None:
    assert look({"data": []}).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("error", "transport"),
    [
        (an_error(100, "Unsupported get request. Object with ID '1' does not exist", error_subcode=33), Transport.OK),
        (an_error(33, "(#33) This object does not exist or does not support this action"), Transport.OK),
        (an_error(803, "(#803) Some of the aliases you requested do not exist: almestad"), Transport.OK),
        (an_error(190), Transport.NOT_PERMITTED),
        (an_error(10), Transport.NOT_PERMITTED),
        (an_error(200), Transport.NOT_PERMITTED),
        (an_error(4), Transport.RATE_LIMITED),
        (an_error(80001), Transport.RATE_LIMITED),
        (an_error(2), Transport.UNREACHABLE),
        (an_error(999, is_transient=True), Transport.UNREACHABLE),
        (an_error(368), Transport.BLOCKED),
        (an_error(999), Transport.UNREADABLE),
    ],
)
def test_no_error_of_the_interface_proves_an_absence(error: dict[str, Any], transport: Transport) -> None:
    reading = look(error, status=400)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


@pytest.mark.parametrize(
    ("message", "transport"),
    [
        ("(#803) Some of the aliases you requested do not exist: nowhere", Transport.OK),
        ("(#4) Application request limit reached", Transport.RATE_LIMITED),
        ("Error validating access token.", Transport.NOT_PERMITTED),
    ],
)
def test_an_error_of_before_codes_is_known_by_its_words_and_its_kind(message: str, transport: Transport) -> None:
    reading = look({"error": {"type": "OAuthException", "message": message}})
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_a_page_that_got_another_id_is_the_same_page() -> None:
    message = "Page ID 770001 was migrated to page ID 770002.  Please update your API calls to the new ID"
    reading = look(an_error(21, message), status=400)
    assert reading.existence is Existence.UNKNOWN
    assert identify_owner((PAGE,), reading.facts) is Identity.SAME


def test_an_embedded_post_names_its_writer() -> None:
    answer = {
        "provider_name": "Facebook",
        "author_name": "Almestads stad",
        "author_url": "https://www.facebook.com/Almestads.stad/",
    }
    reading = look(answer)
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "Almestads.stad")


# --- asking ----------------------------------------------------------------------------------------------------------


SUBJECT = Subject(platform="facebook", key="facebook:almestadsstad", pinned=(PAGE, PROFILE))


POSTED = {"data": [{"id": "770001_2", "created_time": "2025-11-18T08:00:00+0000"}]}
REEL = {"data": [{"id": "9", "created_time": "2026-11-18T08:00:00+0000"}]}


def test_a_page_is_asked_for_by_its_page_id_together_with_others_and_then_for_its_posts_and_reels() -> None:
    listed = a_graph_page(published_posts=POSTED, video_reels=REEL)
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"770001": a_graph_page()}, listed)
    assert [probe.batch is not None for probe in probes] == [True, False]
    assert "published_posts" in probes[1].url
    assert reading.facts.activity == Activity(
        at=datetime(2026, 11, 18, 8, tzinfo=UTC), source="facebook.posts", sees_newest=True
    )
    assert {probe.key for probe in probes} == {"meta"}


def test_posts_without_the_reels_beside_them_prove_no_silence() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"770001": a_graph_page()}, an_error(100), POSTED)
    assert "/770001/published_posts?" in probes[2].url
    assert reading.facts.activity == Activity(at=datetime(2025, 11, 18, 8, tzinfo=UTC), source="facebook.posts")


@pytest.mark.parametrize("posted", [{}, {"published_posts": {"data": []}}])  # the latter to some keys
def test_a_page_of_reels_alone_is_not_known_to_post_nothing_else(posted: dict[str, object]) -> None:
    listed = a_graph_page(video_reels=REEL, **posted)
    _, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"770001": a_graph_page()}, listed)
    assert isinstance(reading.facts.activity, Activity)
    assert not reading.facts.activity.sees_newest


def test_a_batch_that_another_page_spoilt_is_asked_again_alone() -> None:
    probes, reading = asked(
        PLATFORM, Route.API_BY_ID, SUBJECT, an_error(803), a_graph_page(), a_graph_page(), {"data": []}
    )
    assert probes[1].batch is None
    assert probes[1].url.startswith("https://graph.facebook.com/v25.0/770001?")
    assert reading.existence is Existence.PRESENT


def test_a_page_that_a_batch_shows_as_hidden_is_asked_for_alone() -> None:
    hidden = {"770001": a_graph_page(is_published=False)}
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, hidden, a_graph_page(is_published=False))
    assert probes[1].url.startswith("https://graph.facebook.com/v25.0/770001?")
    assert (reading.existence, reading.stated) == (Existence.PRIVATE, True)


def test_a_key_that_may_not_see_posts_still_sees_the_page() -> None:
    _, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"770001": a_graph_page()}, an_error(10), an_error(10))
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


def test_a_refused_key_is_not_tried_again() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, an_error(190))
    assert (len(probes), reading.transport) == (1, Transport.NOT_PERMITTED)


def test_a_page_without_a_known_id_is_asked_for_by_its_name() -> None:
    named = Subject(platform="facebook", key="facebook:almestadsstad")
    assert passed_over(PLATFORM, Route.API_BY_ID, named)
    probes, _ = asked(PLATFORM, Route.API_BY_HANDLE, named, a_graph_page(), a_graph_page(), {"data": []})
    assert "ids=almestadsstad&" in probes[0].url


def test_names_differ_neither_by_case_nor_by_full_stops() -> None:
    assert PLATFORM.fold("Almestads.Stad") == PLATFORM.fold("almestadsstad")


def test_a_list_of_what_others_wrote_is_known_by_where_it_leads_on() -> None:
    written = {"id": "770002_1", "created_time": "2019-11-18T08:00:00+0000", "message": "Hej"}
    onward = {"next": "https://graph.facebook.com/v25.0/770001/tagged?limit=10&after=x"}
    assert look({"data": [written], "paging": onward}).existence is Existence.UNKNOWN


@pytest.mark.parametrize("edge", ["comments", "tagged"])
def test_what_others_wrote_is_not_the_pages(edge: str) -> None:
    written = {"id": "770002_1", "created_time": "2019-11-18T08:00:00+0000", "message": "Hej"}
    reading = look({"data": [written]}, url=f"https://graph.facebook.com/v25.0/770001/{edge}?limit=10")
    assert (reading.existence, reading.facts.platform_id, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN, UNSEEN)
