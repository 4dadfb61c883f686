"""Instagram, read: every generation of its pages, both id spaces, and walls that look like absences."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import ALIVE, UNSEEN, Activity, Existence, Transport
from tests.platforms.instagram import WEB, a_user, look, page_file
from tests.platforms.shown import the_time

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


@pytest.mark.parametrize("name", ["• Log in", "Login • Instagram"])
def test_a_preview_with_the_words_of_the_log_in_for_a_name_is_the_log_in(name: str) -> None:
    reading = look(f"<html><title>{name} (@almestadsstad) • Instagram photos and videos</title>")
    assert (reading.transport, reading.reason) == (Transport.WALLED, "instagram.login-title")
    assert reading.facts.display_name is UNSEEN


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


@pytest.mark.parametrize(
    ("shown", "counted", "sees_newest"), [(3, None, False), (3, 3, True), (4, None, True), (4, 9, False), (5, 9, True)]
)
def test_as_few_posts_as_may_be_pinned_prove_no_silence_nor_does_a_list_that_has_lost_some(
    shown: int, counted: int | None, sees_newest: bool
) -> None:
    posts = [{"node": {"shortcode": "CBBBBBBBBBB", "taken_at_timestamp": 1_500_000_000}}] * shown
    media = {"count": counted, "edges": posts}
    activity = look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity
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


# --- anything at all, and recorded responses -------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", "https://graph.facebook.com/v25.0/17841/top_media?user_id=1"])
def test_comments_and_everybodys_posts_are_not_the_accounts(url: str) -> None:
    node = {"id": "1", "timestamp": "2019-11-18T08:00:00+0000", **({"media_type": "IMAGE"} if url else {"text": "Hej"})}
    reading = look({"data": [node, node]}, url=url)
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)
