"""Pinterest, read: the state of its pages, its feeds, and the front page to which missing names lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Transport
from audits.platform import Subject
from audits.platforms.pinterest import PLATFORM
from tests.platforms.shown import PACKS, kept, made, read

KEY = "pinterest:hamnstadsmuseum"
MUSEUM = PlatformId("user", "605804587389853572")
USER = {"id": MUSEUM.value, "username": "hamnstadsmuseum", "full_name": "Hamnstads museum"}


def shown(page: Page, key: str | None = KEY) -> Reading:
    return read(PLATFORM, page, key)


@pytest.mark.parametrize("name", ["profile.html", "relay-profile.html", "meta-profile.html"])
def test_every_layout_says_the_same(name: str) -> None:
    reading = shown(kept("pinterest", name))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, str(facts.handle).lower()) == ("Hamnstads museum", "hamnstadsmuseum")
    assert (facts.description, facts.followers, facts.posts_count) == ("Påhittat museum", 74, 3727)


def test_the_title_names_whose_page_of_2013_it_is_where_the_previews_names_nobody() -> None:
    metas = {"og:title": "Hamnstads museum", "og:url": "http://pinterest.com/hamnstadsmuseum/",
             "pinterestapp:followers": "74"}  # fmt: skip
    head = "".join(f'<meta property="{name}" content="{said}">' for name, said in metas.items())
    body = f"<html><head><title>Hamnstads museum (hamnstadsmuseum) on Pinterest</title>{head}</head></html>"
    facts = shown(made(body), None).facts
    assert (facts.display_name, facts.handle, facts.followers) == ("Hamnstads museum", "hamnstadsmuseum", 74)


def test_the_visitor_is_not_taken_for_the_profile() -> None:
    facts = shown(kept("pinterest", "profile.html")).facts
    assert (facts.platform_id, facts.verified) == (MUSEUM, True)


def test_an_answer_to_widgets_names_the_handle_in_the_address_of_the_profile() -> None:
    user = {"id": MUSEUM.value, "full_name": "Hamnstads museum", "profile_url": "//www.pinterest.com/hamnstadsmuseum/"}
    facts = shown(made({"status": "success", "data": {"pins": [], "user": {**user, "follower_count": 74}}})).facts
    assert (facts.handle, facts.display_name, facts.followers) == ("hamnstadsmuseum", "Hamnstads museum", 74)


def test_the_interface_names_a_business_by_its_own_word() -> None:
    account = {"account_type": "BUSINESS", "username": "hamnstadsmuseum", "business_name": "Hamnstads museum"}
    assert shown(made(account)).facts.display_name == "Hamnstads museum"


def test_a_last_save_proves_life_and_never_silence() -> None:
    activity = shown(kept("pinterest", "profile.html")).facts.activity
    assert activity == Activity(
        at=datetime(2019, 3, 13, 11, 48, 30, tzinfo=UTC), source="pinterest.last_pin_save_time", sees_newest=False
    )


def test_the_figure_without_a_face_is_no_picture() -> None:
    assert shown(kept("pinterest", "relay-profile.html")).facts.avatar_url is None


def test_a_pin_is_nobodys_profile() -> None:
    reading = shown(kept("pinterest", "pin.html"), None)
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, UNSEEN)


@pytest.mark.parametrize(
    "landed", [None, "https://se.pinterest.com/", "https://www.pinterest.com/ideas/", "https://se.pinterest.com/login/"]
)
def test_the_front_page_is_never_called_gone(landed: str | None) -> None:
    assert shown(kept("pinterest", "front-page.html", final_url=landed)).existence is Existence.UNKNOWN


_OVERLAY = (
    "<h2>You are signed out</h2><p>Sign in to get the best experience</p><p>By continuing, you agree to Pinterest's "
    "Terms of Service and acknowledge you've read our Privacy Policy.</p>"
)


def test_a_visitor_who_is_signed_out_is_asked_to_sign_in_and_not_for_consent() -> None:
    assert shown(made(f"<html><title>Pinterest</title>{_OVERLAY}</html>")).transport is Transport.WALLED
    assert shown(made(kept("pinterest", "meta-profile.html").body + _OVERLAY.encode())).existence is Existence.PRESENT


def test_a_country_host_is_no_move() -> None:
    page = kept("pinterest", "profile.html", final_url="https://se.pinterest.com/hamnstadsmuseum/")
    assert shown(page).existence is Existence.PRESENT


def test_the_pages_own_question_about_nobody_is_an_absence() -> None:
    answer = {"resource_response": {"status": "failure", "error": {"code": 30, "message": "User not found."}}}
    assert shown(made(answer, status=404)).existence is Existence.GONE


def test_whom_the_log_ins_own_account_cannot_follow_is_another() -> None:
    asked = "https://api.pinterest.com/v5/user_account/following/annan"
    reading = shown(made({"code": 30, "message": "User not found."}, url=asked, status=404))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_a_missing_pin_or_board_is_no_absence() -> None:
    for words in ("Pin not found.", "Board not found."):
        assert shown(made({"code": 50, "message": words}, status=404)).existence is Existence.UNKNOWN


def test_a_user_is_read_from_every_interface() -> None:
    for answer in (USER, {"resource_response": {"data": USER}}, {"data": {"user": USER, "pins": []}}):
        assert shown(made(answer)).facts.platform_id == MUSEUM


def test_a_private_profile_says_so_itself() -> None:
    assert shown(made({**USER, "is_private_profile": True})).existence is Existence.PRIVATE


def test_a_feed_sees_the_newest_pin_and_nothing_dated_in_the_future() -> None:
    facts = shown(kept("pinterest", "feed.rss")).facts
    assert facts.handle == "hamnstadsmuseum"
    assert facts.activity == Activity(
        at=datetime(2026, 11, 6, 10, 0, tzinfo=UTC), source="pinterest.feed", sees_newest=True
    )


def test_a_boards_feed_is_not_the_profile() -> None:
    page = kept("pinterest", "feed.rss")
    board = page.body.replace(b"hamnstadsmuseum/</link>", b"hamnstadsmuseum/broar/</link>")
    assert shown(replace(page, body=board)).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("html", "existence"),
    [('<a data-pin-do="embedUser">', Existence.PRESENT), ('<iframe src="embed.html?id=1">', Existence.UNKNOWN)],
)
def test_oembed_of_a_profile_is_told_from_that_of_a_pin(html: str, existence: Existence) -> None:
    answer = {"provider_name": "Pinterest", "author_url": "https://www.pinterest.com/hamnstadsmuseum/", "html": html}
    assert shown(made(answer)).existence is existence


# --- asking ---------------------------------------------------------------------------------------------------------


def asked(*pages: Page) -> tuple[list[str], Reading]:
    asking = PLATFORM.routes[0].ask(Subject(platform="pinterest", key=KEY), PACKS)
    assert asking is not None
    urls = [next(asking).url]
    for page in pages:
        try:
            urls.append(asking.send(page).url)
        except StopIteration as end:
            return urls, end.value
    raise AssertionError("the asking wants more pages")


def test_the_feed_dates_and_the_page_names() -> None:
    urls, reading = asked(kept("pinterest", "feed.rss"), kept("pinterest", "profile.html"))
    assert urls == [
        "https://www.pinterest.com/hamnstadsmuseum/feed.rss",
        "https://www.pinterest.com/hamnstadsmuseum/",
    ]
    assert isinstance(reading.facts.activity, Activity)
    assert (reading.facts.platform_id, reading.facts.activity.sees_newest) == (MUSEUM, True)


def test_a_page_that_cannot_be_seen_leaves_the_feed() -> None:
    reading = asked(kept("pinterest", "feed.rss"), kept("pinterest", "front-page.html", status=403))[1]
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, UNSEEN)


# --- strangers' input and recorded pages ----------------------------------------------------------------------------
