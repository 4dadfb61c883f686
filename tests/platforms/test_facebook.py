"""Facebook, read: both kinds of page, the walls before them, and what the registered id leads to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, Identity, PlatformId, Reading, Route, Transport
from audits.observing import identify_owner
from audits.platform import Subject
from audits.platforms.facebook import PLATFORM
from tests.platforms.asking import asked
from tests.platforms.shown import kept, made, read, the_time

PAGE = PlatformId("page", "770001")
PROFILE = PlatformId("profile", "100099000000001")


def look(body: Any, *pinned: PlatformId, **page: Any) -> Reading:
    """Read bytes, or a value that is sent as JSON."""
    return read(PLATFORM, made(body, **{"url": "", **page}), "facebook:almestadsstad", *pinned)


def page_file(name: str) -> bytes:
    return kept("facebook", name).body


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_new_page_tells_what_it_says_of_itself() -> None:
    reading = look(page_file("new-page.html"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "Almestads.stad", PROFILE)
    assert (facts.description, facts.followers) == ("Nyheter från Almestads stad.", 1045)
    assert (facts.website_link, facts.verified) == ("https://almestad.example/", False)
    assert facts.avatar_url == "https://pictures.example/t39.30808-1/almestad.jpg"


@pytest.mark.parametrize("name", ["loginhuset", "Login.Huset", "checkpointkonst", "recoveryalmestad", "cookiefabriken"])
def test_a_page_that_is_called_as_a_walls_address_begins_is_no_wall(name: str) -> None:
    named = page_file("new-page.html").replace(b"Almestads.stad", name.encode())
    reading = look(named, url=f"https://www.facebook.com/{name}")
    assert (reading.existence, reading.facts.handle) == (Existence.PRESENT, name)


def test_the_old_page_id_lives_on_as_another_id_of_the_same_account() -> None:
    facts = look(page_file("new-page.html")).facts
    assert facts.more_ids == (PAGE,)
    assert identify_owner((PAGE,), facts) is Identity.SAME


def test_where_the_head_names_another_than_the_owners_own_data_nothing_is_anybodys() -> None:
    body = page_file("new-page.html")
    mixed = body.replace(b'property="og:title" content="Almestads stad', b'property="og:title" content="Grannby kommun')
    assert mixed != body
    reading = look(mixed)
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.display_name, reading.facts.handle, reading.facts.platform_id) == (UNSEEN, UNSEEN, UNSEEN)


def test_an_accounts_number_of_instagram_is_no_pages() -> None:
    body = page_file("mobile-page.html")
    assert look(body).facts.platform_id == PAGE
    assert look(body.replace(b"770001", b"17841400000000001")).facts.platform_id is UNSEEN


def test_a_move_to_the_new_pages_experience_is_no_takeover_even_where_the_old_id_is_not_shown() -> None:
    shown = look(page_file("new-page.html").replace(b"delegate_page", b"x")).facts
    assert shown.more_ids == ()
    assert identify_owner((PAGE,), shown) is Identity.FIRST_SEEN


def test_the_newest_own_story_dates_a_page_whatever_it_shares_or_pins() -> None:
    facts = look(page_file("new-page.html")).facts
    assert the_time(facts) == datetime(2026, 10, 26, 7, 33, 20, tzinfo=UTC)


def test_a_page_with_one_story_never_says_that_there_is_no_newer_one() -> None:
    activity = look(page_file("new-page.html")).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


def test_a_classic_page_is_read_from_the_objects_with_its_own_id() -> None:
    facts = look(page_file("classic-page.html")).facts
    assert (facts.platform_id, facts.followers, facts.verified) == (PAGE, 1045, False)
    assert (facts.description, facts.website_link) == ("Nyheter från Almestads stad.", "https://almestad.example/")


def test_a_mobile_page_is_dated_by_its_own_posts_only() -> None:
    facts = look(page_file("mobile-page.html")).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "Almestads.stad", PAGE)
    assert facts.verified is True
    assert the_time(facts) == datetime(2021, 6, 4, 15, 11, 22, tzinfo=UTC)


def test_a_page_of_2018_is_dated_by_the_posts_below_its_own_name() -> None:
    dated = '<a href="/{0}/posts/{1}"><abbr title="x" data-utime="{1}">x</abbr></a>'
    shown = dated.format("almestads.stad", 1581418645) + dated.format("grannby", 1681418645)
    body = page_file("classic-page.html").replace(b"</body>", shown.encode() + b"</body>")
    assert the_time(look(body).facts) == datetime(2020, 2, 11, 10, 57, 25, tzinfo=UTC)


def test_a_piece_of_a_mobile_page_tells_whose_posts_it_holds() -> None:
    piece = b'for (;;);{"html":"\\u003Cdiv data-ft=\\"&quot;770001&quot;:&#123;&quot;page_id&quot;:&quot;770001&quot;,'
    reading = look(piece + b'&quot;publish_time&quot;:1622819482"}')
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PAGE)


def test_a_post_tells_who_wrote_it_and_neither_that_the_page_lives_nor_how_it_looks() -> None:
    reading = look(page_file("post.html"))
    facts = reading.facts
    assert reading.existence is Existence.UNKNOWN
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "Almestads.stad", PAGE)
    assert (facts.avatar_url, facts.activity) == (UNSEEN, UNSEEN)


def test_a_path_without_a_site_names_nobody() -> None:
    address = b"https://www.facebook.com/Almestads.stad/posts/9001"
    page = page_file("post.html").replace(address, b"/authwall")
    assert address not in page
    assert look(page, url=address.decode()).facts.handle != "authwall"


def test_other_names_in_the_machine_readable_part_are_not_the_pages() -> None:
    others = b'<script type="application/ld+json">{"@type":"Organization","name":"Grannby","@id":"https://fb.com/grannby"}</script>'
    assert look(page_file("post.html").replace(b"</head>", others + b"</head>")).facts.display_name == "Almestads stad"


def test_a_post_that_only_its_machine_readable_part_signs_is_signed_by_it() -> None:
    facts = look(page_file("post-signed.html")).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "Almestads.stad", PROFILE)


def test_a_page_without_a_preview_is_called_as_its_title_and_its_likes_say() -> None:
    reading = look(page_file("no-preview.html"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == ("S:t Almestad. Vänner", UNSEEN, PAGE)
    assert (facts.followers, facts.avatar_url, facts.activity) == (UNSEEN, UNSEEN, UNSEEN)


@pytest.mark.parametrize("url", ["https://m.facebook.com/groups/990003/", "https://www.facebook.com/events/990003", ""])
def test_a_group_without_a_head_is_nobodys_page(url: str) -> None:
    group = {"__typename": "Group", "id": "990003", "name": "Grannar i Almestad"}
    shown = f'<script type="application/json">{json.dumps({"group": group})}</script><script>x={{"entity_id":"990003"}}'
    assert look(f"<html>{shown}</script></html>", url=url).existence is Existence.UNKNOWN


def test_a_page_without_a_preview_whose_title_names_another_is_nobodys() -> None:
    body = page_file("no-preview.html").replace(b"<title>S:t Almestad", b"<title>Grannby")
    assert look(body).transport is Transport.WALLED


def test_a_rounded_number_of_followers_is_not_taken_for_an_exact_one() -> None:
    body = page_file("new-page.html").replace("1 045 följare".encode(), "27 tn följare".encode())
    assert look(body).facts.followers is UNSEEN


def test_the_figure_that_stands_in_for_a_picture_is_none() -> None:
    body = page_file("new-page.html").replace(b"t39.30808-1", b"t1.30497-1")
    assert look(body).facts.avatar_url is None


def test_a_pfbid_is_never_taken_for_an_id() -> None:
    body = page_file("new-page.html").replace(b"100099000000001", b"pfbid0abcDEF")
    assert look(body).facts.platform_id is UNSEEN


@pytest.mark.parametrize("name", ["Security Check Almestad", "Maintenance i Almestad", "Logga in på livet"])
def test_a_page_may_be_called_like_a_wall(name: str) -> None:
    body = page_file("new-page.html").replace(b"Almestads stad", name.encode())
    assert (look(body).existence, look(body).facts.display_name) == (Existence.PRESENT, name)


# --- walls -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "page", "transport"),
    [
        (page_file("login-wall.html"), {}, Transport.WALLED),
        (page_file("login-wall-sv.html"), {}, Transport.WALLED),
        (b"<html><title>x</title></html>", {"final_url": "https://www.facebook.com/login/?next=x"}, Transport.WALLED),
        (b"<html><title>x</title></html>", {"final_url": "https://www.facebook.com/"}, Transport.WALLED),
        (b"<html><title>Error</title>Sorry, something went wrong.</html>", {"status": 400}, Transport.BLOCKED),
        (b"<html><title>You\xe2\x80\x99re Temporarily Blocked</title></html>", {}, Transport.BLOCKED),
        (b"<html>Allow the use of cookies from Facebook on this browser?</html>", {}, Transport.CONSENT),
        (b'<html><button data-cookiebanner="accept_button">OK</button></html>', {}, Transport.CONSENT),
        (b'<html><form id="login_form"></form><button data-cookiebanner="accept_button"></html>', {}, Transport.WALLED),
        (b'{"errors":[{"message":"Rate limit exceeded","code":1675004}]}', {}, Transport.RATE_LIMITED),
        (b'for (;;);{"error":1357004,"errorSummary":"Sorry, something went wrong"}', {}, Transport.UNREACHABLE),
        (b"<html><title>Facebook | Error</title>Sorry, something went wrong.</html>", {}, Transport.UNREACHABLE),
        (b"<html><title>Facebook</title></html>", {}, Transport.UNREADABLE),
        (b"<html><title>Facebook</title></html>", {"status": 404}, Transport.UNREADABLE),
    ],
)
def test_a_wall_is_a_wall_in_any_language(body: bytes, page: dict[str, Any], transport: Transport) -> None:
    reading = look(body, **page)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


HEAD = """<html lang="hi"><title>लॉग इन करें</title><meta property="og:title" content="लॉग इन करें">
<meta property="og:url" content="https://www.facebook.com/almestad">%s<form id="login_form"></form></html>"""
ICON = '<meta property="og:image" content="https://static.xx.fbcdn.net/rsrc.php/yb/r/icon.png">'


@pytest.mark.parametrize("more", ["", ICON], ids=["no picture", "the site's own sign"])
def test_a_title_and_an_address_alone_may_be_a_log_in_in_a_language_that_nobody_listed(more: str) -> None:
    assert look(HEAD % more).transport is Transport.WALLED


def test_the_sites_own_sign_is_nobodys_picture() -> None:
    pictured = b'<meta property="og:image" content="https://pictures.example/t39.30808-1/almestad.jpg" />'
    body = page_file("new-page.html")
    assert pictured in body
    assert look(body.replace(pictured, ICON.encode())).facts.avatar_url is UNSEEN


def test_a_log_in_page_that_carries_the_number_of_the_page_asked_for_shows_no_page() -> None:
    assert b"rid=770001" in page_file("login-wall.html")
    assert look(page_file("login-wall.html")).facts == Facts()


@pytest.mark.parametrize("status", [200, 404])
def test_words_that_living_pages_get_too_prove_nothing(status: int) -> None:
    reading = look(page_file("not-available-sv.html"), status=status)
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.markers[0].id == "facebook.not-available"


# --- asking ----------------------------------------------------------------------------------------------------------

OLD = PlatformId("profile", "100088000000008")
REGISTERED = Subject(
    platform="facebook", key="facebook:almestadsstad", url="https://www.facebook.com/almestadsstad", pinned=(OLD,)
)


def test_a_page_that_shows_the_registered_id_is_asked_for_once() -> None:
    probes, _ = asked(PLATFORM, Route.PAGE, replace(REGISTERED, pinned=(PROFILE,)), page_file("new-page.html"))
    assert [probe.url for probe in probes] == [REGISTERED.url]


def test_a_page_that_was_merged_into_another_is_no_takeover() -> None:
    shown = page_file("new-page.html")
    probes, reading = asked(PLATFORM, Route.PAGE, REGISTERED, shown, shown)
    assert probes[1].url == "https://www.facebook.com/100088000000008"
    assert identify_owner((OLD,), reading.facts) is Identity.SAME


@pytest.mark.parametrize(
    "led_to",
    [
        page_file("new-page.html").replace(PROFILE.value.encode(), OLD.value.encode()),
        page_file("not-available-sv.html"),
        page_file("login-wall.html"),
    ],
    ids=["to itself, under another name", "nowhere", "to a log-in"],
)
def test_a_name_that_another_holds_is_a_takeover_wherever_else_the_registered_id_leads(led_to: bytes) -> None:
    _, reading = asked(PLATFORM, Route.PAGE, REGISTERED, page_file("new-page.html"), led_to)
    assert identify_owner((OLD,), reading.facts) is Identity.DIFFERENT


# --- anything at all, and recorded responses -------------------------------------------------------------------------
