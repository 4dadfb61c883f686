"""Instagram, read: every generation of its pages, both id spaces, and walls that look like absences."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import ALIVE, UNSEEN, Activity, Existence, Identity, PlatformId, Reading, Route, Transport
from audits.observing import identify_owner
from audits.platform import Subject
from audits.platforms.instagram import PLATFORM
from tests.corpus import recordings
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import ACCUSATIONS, disagreements, kept, made, mangled, read, the_time

WEB = PlatformId("pk", "4400001")
GRAPH = PlatformId("graph", "17841400000000001")


def look(body: Any, **page: Any) -> Reading:
    """Read bytes, or a value that is sent as JSON."""
    return read(PLATFORM, made(body, **{"url": "", **page}), "instagram:almestadsstad")


def page_file(name: str) -> bytes:
    return kept("instagram", name).body


def a_user(**changes: Any) -> dict[str, Any]:
    """An account as the web interface writes it."""
    given = {
        "id": "4400001", "username": "almestadsstad", "full_name": "Almestads stad", "is_private": False,
        "biography": "Nyheter från Almestads stad.", "external_url": "https://almestad.example/", "is_verified": False,
        "edge_followed_by": {"count": 2045}, "profile_pic_url_hd": "https://pictures.example/large.jpg",
        "edge_owner_to_timeline_media": {"count": 2, "edges": [{"node": a_node()}, {"node": a_node(pinned=True)}]},
    }  # fmt: skip
    return {**given, **changes}


def a_node(*, pinned: bool = False) -> dict[str, Any]:
    at = 1_500_000_000 if pinned else 1_600_000_000
    return {"shortcode": "CBBBBBBBBBB", "taken_at_timestamp": at, "pinned_for_users": [{"id": "4400001"}] * pinned}


def a_discovery(**changes: Any) -> dict[str, Any]:
    """An account as Business Discovery writes it."""
    given = {
        "id": GRAPH.value, "username": "almestadsstad", "name": "Almestads stad", "followers_count": 2045,
        "media_count": 1, "media": {"data": [{"id": "1", "timestamp": "2026-11-18T08:00:00+0000"}]},
    }  # fmt: skip
    return {"business_discovery": {**given, **changes}, "id": "17841499999999999"}


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_with_shared_data_tells_what_the_account_says_of_itself() -> None:
    facts = look(page_file("shared-data.html")).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "almestadsstad", WEB)
    assert (facts.description, facts.followers, facts.posts_count) == ("Nyheter från Almestads stad.", 2045, 2)
    assert (facts.website_link, facts.verified) == ("https://almestad.example/", False)
    assert facts.avatar_url == "https://pictures.example/large.jpg"
    assert the_time(facts) == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def test_a_shell_is_read_from_its_title_and_props() -> None:
    reading = look(page_file("shell.html"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "almestadsstad", WEB)
    assert (facts.avatar_url, facts.activity) == ("https://pictures.example/shell.jpg", UNSEEN)


def test_a_number_that_is_another_names_is_not_this_accounts() -> None:
    other = b'<script type="application/json">{"id":"4400001","username":"grannby"}</script>'
    facts = look(page_file("shell.html").replace(b"</body>", other + b"</body>")).facts
    assert (facts.handle, facts.platform_id) == ("almestadsstad", UNSEEN)


@pytest.mark.parametrize("name", ["shared-data.html", "shell.html"])
def test_a_visitor_who_is_private_does_not_make_the_account_private(name: str) -> None:
    body = page_file(name)
    assert b'"is_private":true' in body
    assert look(body).existence is Existence.PRESENT


def test_a_page_that_has_only_a_head_is_read_in_swedish_too() -> None:
    facts = look(page_file("head-sv.html")).facts
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")
    assert (facts.description, facts.posts_count) == ("Nyheter från Almestads stad.", 1512)
    assert facts.followers is UNSEEN, "12,3 tn is rounded"


@pytest.mark.parametrize(
    "title",
    [
        "Almestads stad (@almestadsstad) • Instagram photos and videos",
        "Almestads stad (@almestadsstad) • Instagram-Fotos und -Videos",
        "Almestads stad (@almestadsstad) • Photos et vidéos Instagram",
        "Almestads stad(@almestadsstad) • Instagram写真と動画",
        "Almestads stad（@almestadsstad）• Instagram 照片和视频",
    ],
)
def test_a_title_is_read_by_its_signs_in_any_language(title: str) -> None:
    facts = look(f"<html><title>{title}</title></html>".encode()).facts
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")


def test_the_machine_readable_part_tells_what_the_head_rounds_and_cuts_off() -> None:
    named = {
        "@type": "Store", "alternateName": "@almestadsstad", "description": "B&#xf6;cker &amp; bad",
        "url": "https://almestad.example/",
        "mainEntityofPage": {"interactionStatistic": {"userInteractionCount": "12345"}},
    }  # fmt: skip
    others = {**named, "alternateName": "@grannby", "description": "Grannby"}
    ld = f'<script type="application/ld+json">{json.dumps([others, named])}</script></head>'
    facts = look(page_file("shell.html").replace(b"</head>", ld.encode())).facts
    assert (facts.description, facts.followers, facts.website_link) == (
        "Böcker & bad", 12345, "https://almestad.example/",
    )  # fmt: skip


def test_an_account_without_a_name_has_none() -> None:
    facts = look(b"<html><title>@almestadsstad &bull; Instagram photos and videos</title></html>").facts
    assert (facts.display_name, facts.handle) == (None, "almestadsstad")


def test_a_post_tells_who_wrote_it_whomever_it_mentions() -> None:
    reading = look(page_file("post.html"))
    facts = reading.facts
    assert reading.existence is Existence.UNKNOWN
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "almestadsstad", WEB)
    assert (facts.avatar_url, facts.followers, facts.activity) == (UNSEEN, UNSEEN, UNSEEN)


def test_the_first_interface_tells_the_account_and_its_newest_post() -> None:
    user = {
        "id": "4400001",
        "username": "almestadsstad",
        "full_name": "Almestads stad",
        "profile_picture": "https://p/1",
    }
    told = {"bio": "Nyheter", "website": "https://almestad.example/", "counts": {"media": 132, "followed_by": 12}}
    facts = look({"meta": {"code": 200}, "data": {**user, **told}}).facts
    assert (facts.platform_id, facts.followers, facts.posts_count) == (WEB, 12, 132)
    assert (facts.description, facts.avatar_url) == ("Nyheter", "https://p/1")
    posts = {"meta": {"code": 200}, "data": [{"id": "1", "created_time": "1600000000", "user": user}]}
    assert the_time(look(posts).facts) == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def test_a_name_may_begin_like_the_address_of_a_wall() -> None:
    assert look(page_file("shell.html"), final_url="https://www.instagram.com/challengealmestad/").existence in ALIVE


@pytest.mark.parametrize(("shown", "sees_newest"), [(3, False), (4, True), (9, True)])
def test_as_few_posts_as_may_be_pinned_prove_no_silence(shown: int, sees_newest: bool) -> None:
    posts = [{"node": {"shortcode": "CBBBBBBBBBB", "taken_at_timestamp": 1_500_000_000}}] * shown
    activity = look(
        {"data": {"user": a_user(edge_owner_to_timeline_media={"count": 9, "edges": posts})}}
    ).facts.activity
    assert isinstance(activity, Activity)
    assert activity.sees_newest is sees_newest


def test_nothing_but_zeros_may_stand_for_an_account_that_is_kept_back() -> None:
    nothing = {"edge_followed_by": {"count": 0}, "edge_owner_to_timeline_media": {"count": 0, "edges": []}}
    reading = look({"data": {"user": a_user(**nothing, biography="")}})
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.followers, reading.facts.activity) == (UNSEEN, UNSEEN)


# --- walls -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "page", "transport"),
    [
        (page_file("login.html"), {}, Transport.WALLED),
        (b"<html></html>", {"final_url": "https://www.instagram.com/accounts/login/?next=/x/"}, Transport.WALLED),
        (b"<html></html>", {"final_url": "https://www.instagram.com/"}, Transport.WALLED),
        (b"<html></html>", {"final_url": "https://www.instagram.com/challenge/1/"}, Transport.BLOCKED),
        (b'<html><script>{"routePath":"\\/"}</script></html>', {}, Transport.WALLED),
        ({"message": "Please wait a few minutes before you try again.", "require_login": True}, {"status": 401},
         Transport.RATE_LIMITED),
        ({"message": "checkpoint_required", "status": "fail"}, {"status": 400}, Transport.BLOCKED),
        ({"message": "consent_required", "lock": True, "status": "fail"}, {"status": 400}, Transport.CONSENT),
        (b'<html><title>Masuk</title><form id="loginForm"></form></html>', {}, Transport.WALLED),
        ({"message": "Not authorized to view user", "status": "fail"}, {"status": 400}, Transport.WALLED),
        ({"type": "CHALLENGE_REDIRECTION", "status": "ko"}, {}, Transport.BLOCKED),
        ({"error_type": "generic_request_error", "errors": {"error": ["words"]}}, {}, Transport.BLOCKED),
        ({"message": "Oops, an error occurred.", "status": "fail"}, {"status": 400}, Transport.UNREACHABLE),
        (b"", {"status": 429}, Transport.RATE_LIMITED),
        (b"<html><title>Instagram</title></html>", {}, Transport.UNREADABLE),
    ],
)  # fmt: skip
def test_a_wall_is_a_wall(body: Any, page: dict[str, Any], transport: Transport) -> None:
    reading = look(body, **page)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


@pytest.mark.parametrize(
    "body",
    [
        page_file("not-available.html"),
        b"<html><title>Page Not Found &bull; Instagram</title></html>",
        b'<html><script type="application/json">{"routePath":null}</script></html>',
        {"data": {"user": None}, "status": "ok"},
        {"message": "User not found", "status": "fail", "error_type": "user_not_found"},
    ],
)
def test_what_age_gated_and_blocked_accounts_answer_too_proves_nothing(body: Any) -> None:
    reading = look(body, status=404)
    assert reading.existence is Existence.UNKNOWN
    assert reading.markers, "what was seen is kept as evidence"


def test_an_age_gated_account_is_there_and_its_zeros_are_not_believed() -> None:
    gated = a_user(gating={"gating_type": "appealable"}, edge_followed_by={"count": 0}, biography="")
    reading = look({"user": gated})
    assert reading.existence is Existence.PRESENT_LIMITED
    assert (reading.facts.followers, reading.facts.description) == (UNSEEN, UNSEEN)


def test_an_account_that_is_kept_from_a_country_is_there() -> None:
    assert look({"data": {"user": a_user(country_block=True)}}).existence is Existence.PRESENT_LIMITED


def test_a_restricted_profile_is_there() -> None:
    answer = {
        "title": "Restricted profile", "description": "You must be 18 years old or over to see this profile",
        "username": "almestadsstad", "user_avatar_url": "https://pictures.example/a.jpg",
    }  # fmt: skip
    reading = look(answer)
    assert (reading.existence, reading.facts.avatar_url) == (Existence.PRESENT_LIMITED, answer["user_avatar_url"])


# --- interfaces ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrapped", [{"data": {"user": a_user()}}, {"graphql": {"user": a_user()}}, {"user": a_user()}])
def test_every_interface_of_the_web_is_read_alike(wrapped: dict[str, Any]) -> None:
    facts = look(wrapped).facts
    assert (facts.platform_id, facts.followers, facts.posts_count) == (WEB, 2045, 2)
    assert the_time(facts) == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def test_the_newest_post_is_not_the_pinned_one_that_comes_first() -> None:
    media = {"count": 9, "edges": [{"node": a_node(pinned=True)}, {"node": a_node()}]}
    activity = look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity
    assert isinstance(activity, Activity)
    assert (activity.at, activity.sees_newest) == (datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC), True)


def test_an_account_that_never_posted_has_no_activity() -> None:
    media = {"count": 0, "edges": []}
    assert look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity is None


def test_posts_that_were_not_sent_along_are_not_missing() -> None:
    media = {"count": 73, "edges": []}
    assert look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity is UNSEEN


def test_an_account_that_says_it_is_private_is_private() -> None:
    reading = look({"data": {"user": a_user(is_private=True)}})
    assert (reading.existence, reading.stated) == (Existence.PRIVATE, False)
    assert reading.facts.display_name == "Almestads stad"


def test_the_two_id_spaces_are_never_compared() -> None:
    found = look(a_discovery()).facts
    assert found.platform_id == GRAPH
    assert identify_owner((WEB,), found) is Identity.FIRST_SEEN
    assert identify_owner((WEB, GRAPH), found) is Identity.SAME
    assert identify_owner((WEB,), look({"user": a_user(id="5500002")}).facts) is Identity.DIFFERENT


def test_business_discovery_dates_the_account() -> None:
    activity = look(a_discovery()).facts.activity
    assert activity == Activity(at=datetime(2026, 11, 18, 8, tzinfo=UTC), source="instagram.posts", sees_newest=True)


def test_an_account_asked_for_without_its_name_is_named_by_its_posts() -> None:
    answer = a_discovery(media={"data": [{"timestamp": "2026-11-18T08:00:00+0000", "username": "almestadsstad"}]})
    del answer["business_discovery"]["username"]
    assert look(answer).facts.handle == "almestadsstad"


def test_one_post_of_the_graph_interface_is_no_account() -> None:
    post = {"id": "1790", "username": "almestadsstad", "timestamp": "2026-11-18T08:00:00+0000", "media_type": "IMAGE"}
    assert look(post).existence is Existence.UNKNOWN
    assert look({"data": [post]}).existence is Existence.PRESENT


def test_an_embedded_post_names_its_writer() -> None:
    answer = {"provider_name": "Instagram", "author_name": "almestadsstad", "author_id": 4400001}
    reading = look(answer)
    assert (reading.existence, reading.facts.handle, reading.facts.platform_id) == (
        Existence.UNKNOWN, "almestadsstad", WEB,
    )  # fmt: skip


def test_one_post_of_the_webs_interface_is_no_account() -> None:
    post = {"taken_at": 1_600_000_000, "code": "CBBBBBBBBBB", "user": {"pk": 4400001, "username": "almestadsstad"}}
    reading = look({"items": [post], "num_results": 1, "more_available": False})
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "almestadsstad")


@pytest.mark.parametrize(("named", "sees_newest"), [({}, False), ({"username": "almestadsstad"}, True)])
def test_a_bare_list_that_names_nobody_may_be_of_what_others_wrote(named: dict[str, str], sees_newest: bool) -> None:
    post = {"id": "1", "timestamp": "2019-11-18T08:00:00+0000", "media_type": "IMAGE", **named}
    activity = look({"data": [post] * 4}).facts.activity
    assert isinstance(activity, Activity)
    assert activity.sees_newest is sees_newest


def test_a_list_of_reels_alone_proves_no_silence() -> None:
    reel = {
        "media": {"taken_at": 1_600_000_000, "code": "CBBBBBBBBBB", "user": {"pk": 4400001, "username": "almestad"}}
    }
    activity = look({"items": [reel] * 4, "paging_info": {"more_available": True}}).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


@pytest.mark.parametrize("code", [110, 100, 24, 190, 4, 2])
def test_no_error_of_the_interface_proves_an_absence(code: int) -> None:
    error = {"error": {"message": "Invalid user id", "code": code, "error_subcode": 2207013}}
    assert look(error, status=400).existence is Existence.UNKNOWN


@pytest.mark.parametrize("figure", ["44884218_345707102882519_2446069589734326272_n", "11906329_960233084022564_1_a"])
def test_the_figure_that_stands_in_for_a_picture_is_none(figure: str) -> None:
    figured = a_user(profile_pic_url_hd=f"https://pictures.example/{figure}.jpg")
    assert look({"user": figured}).facts.avatar_url is None


# --- asking ----------------------------------------------------------------------------------------------------------

NAMED = Subject(platform="instagram", key="instagram:almestadsstad")
OWN = {"data": [{"id": "1"}, {"id": "2", "instagram_business_account": {"id": "17841499999999999"}}]}


def test_an_account_is_looked_up_from_the_citys_own_account_which_is_asked_for_once_for_all() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_HANDLE, NAMED, OWN, a_discovery())
    assert probes[0].batch is not None
    assert "/17841499999999999?fields=business_discovery.username(almestadsstad)" in probes[1].url
    assert reading.facts.platform_id == GRAPH


def test_a_key_without_an_instagram_account_sees_nothing() -> None:
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, NAMED, {"data": []})
    assert (reading.transport, reading.existence) == (Transport.NOT_PERMITTED, Existence.UNKNOWN)


def test_only_an_account_with_a_graph_id_is_asked_for_by_id() -> None:
    assert passed_over(PLATFORM, Route.API_BY_ID, Subject(platform="instagram", key=NAMED.key, pinned=(WEB,)))
    assert not passed_over(PLATFORM, Route.API_BY_ID, Subject(platform="instagram", key=NAMED.key, pinned=(GRAPH,)))


# --- anything at all, and recorded responses -------------------------------------------------------------------------


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"<title>{text} (@a) •".encode()))
def test_nothing_raises_and_nothing_accuses_on_any_bytes(body: bytes) -> None:
    assert look(body).existence not in ACCUSATIONS


def test_no_recorded_response_however_cut_accuses() -> None:
    for recording in recordings("instagram"):
        for body in mangled(recording.body()):
            assert look(body, status=recording.row["status"]).existence not in ACCUSATIONS, recording.file


def test_recorded_responses_of_every_layout_are_told_apart() -> None:
    blind = (Transport.WALLED, Transport.BLOCKED, Transport.RATE_LIMITED)
    for recording in recordings("instagram"):
        reading = read(PLATFORM, recording.page())
        if recording.label == "live":
            assert reading.existence in ALIVE, recording.file
        if recording.label in ("login_wall", "blocked"):
            assert reading.transport in blind, recording.file


def test_what_is_read_is_what_a_person_read() -> None:
    told = [line for each in recordings("instagram") for line in disagreements(each, read(PLATFORM, each.page()))]
    assert told == []


@pytest.mark.parametrize("url", ["", "https://graph.facebook.com/v25.0/17841/top_media?user_id=1"])
def test_comments_and_everybodys_posts_are_not_the_accounts(url: str) -> None:
    node = {"id": "1", "timestamp": "2019-11-18T08:00:00+0000", **({"media_type": "IMAGE"} if url else {"text": "Hej"})}
    reading = look({"data": [node, node]}, url=url)
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)
