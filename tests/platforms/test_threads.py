"""Threads, read: profiles, posts, and a wall that a missing account shares with everybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Identity, PlatformId, Reading, Route, Transport
from audits.observing import identify_owner
from audits.platform import Subject
from audits.platforms.threads import PLATFORM
from tests.platforms.asking import asked
from tests.platforms.shown import kept, made, read, the_time

NAMED = Subject(platform="threads", key="threads:almestadsstad")
PROFILE = {
    "username": "almestadsstad", "name": "Almestads stad", "biography": "Nyheter från Almestads stad.",
    "follower_count": 845, "is_verified": True,
}  # fmt: skip


def look(body: Any, **page: Any) -> Reading:
    """Read bytes, or a value that is sent as JSON."""
    return read(PLATFORM, made(body, **{"url": "", **page}), NAMED.key)


def page_file(name: str) -> bytes:
    return kept("threads", name).body


def test_a_profile_tells_what_the_account_says_of_itself() -> None:
    reading = look(page_file("profile.html"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")
    assert facts.platform_id == PlatformId("pk", "63000000001")
    assert (facts.description, facts.followers, facts.verified) == ("Nyheter från Almestads stad.", 845, True)
    assert (facts.website_link, facts.avatar_url) == (
        "https://almestad.example/",
        "https://pictures.example/threads.jpg",
    )


def test_other_peoples_posts_do_not_date_the_account_and_newer_ones_may_be_missing() -> None:
    activity = look(page_file("profile.html")).facts.activity
    assert isinstance(activity, Activity)
    assert (activity.at, activity.sees_newest) == (datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC), False)


def test_a_profile_that_has_only_a_head_is_read_from_that() -> None:
    facts = look(page_file("profile.html").split(b"<script")[0]).facts
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")
    assert (facts.description, facts.followers, facts.platform_id) == ("Nyheter från Almestads stad.", 845, UNSEEN)


@pytest.mark.parametrize("own", ["https://www.threads.com/", "https://www.threads.com/login/?next=x"])
def test_a_page_that_calls_itself_the_front_or_the_log_in_is_a_wall_whatever_its_title(own: str) -> None:
    head = f'<title>Threads</title><meta property="og:url" content="{own}">'
    reading = look(f"<html>{head}", url="https://www.threads.com/@almestadsstad")
    assert (reading.transport, reading.existence) == (Transport.WALLED, Existence.UNKNOWN)


@pytest.mark.parametrize("name", ["• Log in", "Threads • Log in", "·  Logga in"])
def test_a_preview_with_the_words_of_the_log_in_for_a_name_is_the_log_in(name: str) -> None:
    head = f'<title>Threads</title><meta property="og:title" content="{name} (@almestadsstad) on Threads">'
    reading = look(f"<html>{head}", url="https://www.threads.com/@almestadsstad")
    assert (reading.transport, reading.reason) == (Transport.WALLED, "threads.login-title")
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, UNSEEN)


@pytest.mark.parametrize("name", ["Log in", "• Log in på livet", "Almestad • Log in", "• Almestad"])
def test_an_account_may_be_called_nearly_as_the_log_in_is(name: str) -> None:
    facts = look(f"<html><title>{name} (@almestadsstad) on Threads</title>").facts
    assert (facts.display_name, facts.handle) == (name, "almestadsstad")


def test_a_page_whose_address_and_title_name_two_accounts_is_nobodys() -> None:
    body = page_file("profile.html")
    mixed = body.replace(b'com/@almestadsstad"', b'com/@grannby"')
    assert mixed != body
    reading = look(mixed)
    assert (reading.existence, reading.facts.handle, reading.facts.display_name) == (Existence.PRESENT, UNSEEN, UNSEEN)


def test_a_post_tells_who_wrote_it_and_nothing_of_the_account() -> None:
    body = page_file("profile.html").replace(b'com/@almestadsstad"', b'com/@almestadsstad/post/DAAAAAAAAAA"')
    reading = look(body)
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "almestadsstad")
    assert (reading.facts.activity, reading.facts.description) == (UNSEEN, UNSEEN)


def a_head_of_2023(kind: str, address: str, words: str) -> str:
    tags = {"og:type": kind, "og:title": "Almestads stad (@almestadsstad) on Threads", "og:url": address}
    metas = (f'<meta property="{name}" content="{said}">' for name, said in {**tags, "og:description": words}.items())
    return f"<html><head>{''.join(metas)}</head><body></body></html>"


@pytest.mark.parametrize(
    ("followers", "told"), [("845 Followers", 845), ("1,234 Followers", 1234), ("2K Followers", UNSEEN)]
)
def test_in_2023_a_full_stop_parted_followers_and_words(followers: str, told: object) -> None:
    address = "https://www.threads.net/@almestadsstad"
    facts = look(a_head_of_2023("profile", address, f"{followers}. Nyheter. Från staden.")).facts
    assert (facts.followers, facts.description) == (told, "Nyheter. Från staden.")


@pytest.mark.parametrize(
    ("said", "followers", "told"),
    [
        ("845 Followers • 18 Threads • Nyheter. See the latest conversations with @almestadsstad.", 845, "Nyheter"),
        ("845 Followers • 18 Threads • Hej!. See the latest conversations with @almestadsstad.", 845, "Hej!"),
        ("845 Followers • 18 Threads. See the latest conversations with @almestadsstad.", 845, UNSEEN),
    ],
)
def test_the_stop_before_the_invitation_is_the_sites_own(said: str, followers: int, told: object) -> None:
    facts = look(a_head_of_2023("profile", "https://www.threads.com/@almestadsstad", said)).facts
    assert (facts.followers, facts.description) == (followers, told)


def test_a_post_of_2023_named_nobody_in_its_address() -> None:
    page = a_head_of_2023("article", "https://www.threads.net/t/CuVvRcttG57", "3 likes, 1 reply. Hej.")
    reading = look(page)
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "almestadsstad")
    assert (reading.facts.description, reading.facts.avatar_url) == (UNSEEN, UNSEEN)


@pytest.mark.parametrize("holder", ["text_post_app_info", "post"])
def test_what_is_pinned_is_known_wherever_the_post_says_so(holder: str) -> None:
    pinned = {"pinned_post_info": {"is_pinned_to_profile": True}}
    post = {"code": "DAAAAAAAAAA", "taken_at": 1_780_000_000, "user": {"pk": "1", "username": "almestadsstad"}}
    post |= pinned if holder == "post" else {holder: pinned}
    address = "https://www.threads.com/@almestadsstad"
    head = f'<title>Almestads stad (@almestadsstad)</title><meta property="og:url" content="{address}">'
    script = f'<script type="application/json" data-sjs>{json.dumps({"thread_items": [{"post": post}]})}</script>'
    posts = look(f"<html><head>{head}{script}</head></html>").facts.posts
    assert isinstance(posts, tuple)
    assert [each.pinned for each in posts] == [True]


def test_an_account_that_says_it_is_private_is_private() -> None:
    body = page_file("profile.html").replace(b'_is_private":false', b'_is_private":true')
    assert look(body).existence is Existence.PRIVATE


@pytest.mark.parametrize(
    ("body", "page", "transport"),
    [
        (page_file("login.html"), {}, Transport.WALLED),
        (b"<html></html>", {"final_url": "https://www.threads.com/login/?next=x"}, Transport.WALLED),
        (b"<html></html>", {"final_url": "https://www.threads.com/"}, Transport.WALLED),
        (page_file("shell.html"), {}, Transport.UNREADABLE),
        (page_file("shell.html"), {"status": 404}, Transport.UNREADABLE),
    ],
)
def test_a_missing_account_and_a_wall_look_alike_and_accuse_nobody(
    body: bytes, page: dict[str, Any], transport: Transport
) -> None:
    reading = look(body, **page)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_the_interfaces_ids_are_another_kind_than_those_in_pages() -> None:
    official = look({**PROFILE, "id": "25000000000001"}).facts
    assert identify_owner((PlatformId("pk", "63000000001"),), official) is Identity.FIRST_SEEN


@pytest.mark.parametrize("path", ["userData.user", "user", "xdt_text_app_user_by_username", "xdt_user_by_username"])
def test_the_webs_own_answer_is_read_with_its_own_kind_of_id(path: str) -> None:
    answer: Any = {**PROFILE, "pk": "63000000001", "text_post_app_is_private": False}
    for name in reversed(path.split(".")):
        answer = {name: answer}
    assert look({"data": answer}).facts.platform_id == PlatformId("pk", "63000000001")


def test_the_interface_is_asked_for_the_profile_and_then_for_its_posts() -> None:
    posts = [
        {"id": "3", "timestamp": "2026-11-20T08:00:00+0000", "media_type": "REPOST_FACADE"},
        {"id": "2", "timestamp": "2026-11-18T08:00:00+0000", "media_type": "TEXT_POST"},
    ]
    probes, reading = asked(PLATFORM, Route.API_BY_HANDLE, NAMED, PROFILE, {"data": posts})
    assert ["profile_lookup" in probes[0].url, "profile_posts" in probes[1].url] == [True, True]
    at, stirred = datetime(2026, 11, 18, 8, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert reading.facts.activity == Activity(at=at, source="posts", stirred=stirred)


def test_a_list_of_one_writers_posts_says_whose_it_is() -> None:
    post = {"id": "1", "timestamp": "2026-11-18T08:00:00+0000", "username": "almestadsstad"}
    facts = look({"data": [post]}, url="https://graph.threads.net/v1.0/me/threads").facts
    assert (facts.handle, the_time(facts)) == ("almestadsstad", datetime(2026, 11, 18, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("edge", "names"), [("keyword_search", ["a"]), ("1/replies", ["almestadsstad"]), ("1/threads", ["a", "b"])]
)
def test_what_others_wrote_says_nothing_of_the_account(edge: str, names: list[str]) -> None:
    posts = [{"id": "1", "timestamp": "2019-11-18T08:00:00+0000", "text": "Hej", "username": name} for name in names]
    reading = look({"data": posts}, url=f"https://graph.threads.net/v1.0/{edge}?q=x")
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)


def test_an_account_with_too_few_followers_to_be_looked_up_is_not_missing() -> None:
    error = {"error": {"message": "User does not meet the requirements", "code": 100}}
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, NAMED, error)
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
