"""Mastodon, read: its interface, every generation of its pages, and its feed; and the ways to ask for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Precision, Route, Transport
from audits.observing import Look, observe
from audits.platform import Subject
from audits.platforms.mastodon import PLATFORM
from tests.builders import an_account
from tests.platforms.asking import asked, passed_over
from tests.platforms.fediverse import GONE, HANDLE, HOST, KEY, LATEST, LOOKUP, SUBJECT, URI, account, shown, status
from tests.platforms.shown import NOW, kept, made

# --- the client interface ---------------------------------------------------------------------------------------------


def test_an_account_says_who_it_is() -> None:
    facts = shown(account()).facts
    assert (facts.display_name, facts.handle) == ("Almestads bibliotek", HANDLE)
    assert facts.platform_id == PlatformId(f"account@{HOST}", "1207")
    assert facts.more_ids == (PlatformId("uri", URI),)
    assert facts.description == "Böcker, sagor och samtal."
    assert (facts.followers, facts.posts_count) == (1200, 262)
    assert facts.created_at == datetime(2022, 11, 7, tzinfo=UTC)


def test_the_last_status_is_known_to_the_day() -> None:
    activity = shown(account()).facts.activity
    assert activity == Activity(
        at=datetime(2026, 11, 20, tzinfo=UTC), source="last_status_at", precision=Precision.DAY, sees_newest=True
    )


def test_a_link_that_points_back_comes_before_the_others() -> None:
    facts = shown(account()).facts
    assert facts.website_link == "https://almestad.example/bibliotek"
    assert facts.links == ("https://almestad.example/bibliotek", "https://kod.example/almestad")


def test_followers_approved_by_hand_do_not_make_an_account_private() -> None:
    assert shown(account(locked=True)).existence is Existence.PRESENT


def test_an_account_that_answers_and_has_moved_is_moved() -> None:
    reading = shown(account(moved=account(acct="b@ny.example", url="https://ny.example/@b")))
    assert (reading.existence, reading.stated) == (Existence.MOVED, True)
    assert reading.facts.moved_to == "https://ny.example/@b"


@pytest.mark.parametrize(
    ("flag", "existence"),
    [
        ("suspended", Existence.SUSPENDED),
        ("limited", Existence.PRESENT_LIMITED),
        ("memorial", Existence.PRESENT_LIMITED),
    ],
)
def test_what_the_home_server_states_is_believed(flag: str, existence: Existence) -> None:
    reading = shown(account(**{flag: True}))
    assert reading.existence is existence
    assert [marker.id for marker in reading.markers] == [f"mastodon.account-{existence.value}"]


def test_a_copy_that_came_in_the_home_servers_place_states_no_absence() -> None:
    assert shown(account(acct=HANDLE, suspended=True), url=LOOKUP).existence is Existence.PRESENT
    assert shown(account(suspended=True), url=LOOKUP).existence is Existence.SUSPENDED


def test_another_servers_copy_proves_life_and_neither_silence_nor_absence() -> None:
    reading = shown(
        account(acct=HANDLE, suspended=True, moved=account()),
        url=f"https://annan.example/api/v1/accounts/lookup?acct={HANDLE}",
    )
    assert reading.existence is Existence.PRESENT
    assert reading.facts.handle == HANDLE
    assert reading.facts.platform_id == PlatformId("account@annan.example", "1207")
    assert isinstance(reading.facts.activity, Activity)
    assert not reading.facts.activity.sees_newest


def test_an_account_without_a_name_is_nobodys_on_any_server() -> None:
    copy = account(acct="", url="", uri="", suspended=True)
    reading = shown(copy, url=f"https://annan.example/api/v1/accounts/lookup?acct={HANDLE}")
    assert (reading.existence, reading.facts.handle) == (Existence.PRESENT, UNSEEN)


def test_addresses_led_through_a_filter_make_nobody_another() -> None:
    by_way = "https://filter.almestad.example/browse/https:"
    body = kept("mastodon", "profile.html").body.replace(b'="https:', f'="{by_way}'.encode())
    facts = shown(made(body, url=f"https://{HOST}/@biblioteket")).facts
    assert (facts.handle, facts.platform_id) == (HANDLE, UNSEEN)


def test_a_server_whose_name_differs_from_its_host_keeps_the_hosts() -> None:
    assert shown(account(acct="biblioteket@almestad.example")).facts.handle == HANDLE


@pytest.mark.parametrize(
    ("changes", "activity"),
    [
        ({"last_status_at": None, "statuses_count": 0}, None),
        ({"last_status_at": None}, UNSEEN),
        ({"last_status_at": "2027-01-01"}, UNSEEN),
    ],
)
def test_never_having_posted_is_told_from_not_knowing(changes: dict[str, Any], activity: object) -> None:
    assert shown(account(**changes)).facts.activity is activity


def test_a_picture_that_the_server_put_there_is_none() -> None:
    assert shown(account(avatar=f"https://{HOST}/avatars/original/missing.png")).facts.avatar_url is None


def test_posts_of_others_and_of_tomorrow_do_not_count() -> None:
    listed = [status(21, reblog=status(20)), status(28), status(19), status(20, pinned=True)]
    facts = shown(listed, url=f"https://{HOST}/api/v1/accounts/1207/statuses").facts
    own, boosted = datetime(2026, 11, 19, 8, 0, tzinfo=UTC), datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert facts.activity == Activity(at=own, source="statuses", sees_newest=True, stirred=boosted)


def test_pictures_are_described_only_where_all_are() -> None:
    said, unsaid = {"type": "image", "description": "Ett barn läser"}, {"type": "image", "description": None}
    listed = [status(20, media_attachments=[said]), status(19, media_attachments=[said, unsaid]), status(18)]
    listed.append(status(17, media_attachments=[{"type": ["image"]}]))
    posts = shown(listed).facts.posts
    assert isinstance(posts, tuple)
    assert [post.has_alt_text for post in posts] == [True, False, UNSEEN, UNSEEN]
    assert [post.has_picture for post in posts] == [True, True, False, False]


def test_one_post_proves_nothing_of_its_author() -> None:
    reading = shown(status(20), url=f"https://{HOST}/api/v1/statuses/20")
    assert (reading.transport, reading.existence, reading.facts.handle) == (Transport.OK, Existence.UNKNOWN, HANDLE)


# --- pages and feeds --------------------------------------------------------------------------------------------------

PROFILES = ["profile.html", "profile-2019.html", "profile-gotosocial.html"]


def test_a_head_without_a_description_does_not_say_that_there_is_none() -> None:
    page = kept("mastodon", "profile.html").body.replace(b'property="og:description"', b'property="og:none"')
    assert shown(made(page)).facts.description is UNSEEN


@pytest.mark.parametrize("name", PROFILES)
def test_every_generation_of_the_page_names_the_same_account(name: str) -> None:
    reading = shown(kept("mastodon", name, url=f"https://{HOST}/@biblioteket"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == (
        "Almestads bibliotek",
        HANDLE,
        PlatformId("uri", URI),
    )
    assert facts.description == "Böcker, sagor och samtal."


@pytest.mark.parametrize(
    "around", ["https://web.archive.example/2020/{}", "https://gateway.example/?url=https%3A%2F%2F{}&reserved=0"]
)
def test_an_actors_address_inside_anothers_is_nobodys_id(around: str) -> None:
    inside = around.format(URI if "%3A" not in around else URI.removeprefix("https://").replace("/", "%2F"))
    page = kept("mastodon", "profile.html").body.replace(f'href="{URI}"'.encode(), f'href="{inside}"'.encode())
    assert inside.encode() in page
    assert shown(made(page, url=f"https://{HOST}/@biblioteket")).facts.platform_id is UNSEEN


def test_a_number_at_the_end_of_an_actors_address_is_nobodys_name() -> None:
    numbered = f"https://{HOST}/users/9abcdef123"
    page = f'<title>Almestad</title><link rel="alternate" type="application/activity+json" href="{numbered}">'
    facts = shown(made(page, url=f"https://{HOST}/@biblioteket")).facts
    assert (facts.platform_id, facts.handle) == (PlatformId("uri", numbered), UNSEEN)


def test_counts_are_read_by_their_place_in_any_language() -> None:
    facts = shown(kept("mastodon", "profile.html")).facts
    assert (facts.posts_count, facts.followers) == (262, 1200)


def test_gotosocials_table_counts_and_dates_where_counts_are_shown() -> None:
    page = kept("mastodon", "profile-gotosocial.html")
    facts = shown(page).facts
    assert (facts.posts_count, facts.followers) == (300, 51)
    assert facts.activity == Activity(at=LATEST, source="page")
    hidden = shown(made(page.body.replace(b"<dd>51</dd>", b"<dd><i>hidden</i></dd>"), url=page.url)).facts
    assert (hidden.posts_count, hidden.followers) == (300, UNSEEN)


def test_only_own_unpinned_posts_of_an_old_page_count_and_prove_no_silence() -> None:
    facts = shown(kept("mastodon", "profile-2019.html")).facts
    assert facts.activity == Activity(at=datetime(2019, 8, 20, 8, 0, tzinfo=UTC), source="page")
    assert facts.links == ("https://almestad.example/bibliotek",)
    assert facts.avatar_url is None


def test_a_post_page_names_its_author_and_proves_nothing() -> None:
    reading = shown(kept("mastodon", "post.html"))
    assert (reading.transport, reading.existence, reading.facts.handle) == (Transport.OK, Existence.UNKNOWN, HANDLE)
    assert reading.facts.platform_id is UNSEEN


def test_the_feed_shows_the_newest_post_and_leaves_replies_and_boosts_out() -> None:
    facts = shown(kept("mastodon", "feed.rss", url=f"https://{HOST}/@biblioteket.rss")).facts
    assert (facts.display_name, facts.handle) == ("Almestads bibliotek", HANDLE)
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=False)


@pytest.mark.parametrize(
    ("name", "status_code", "transport", "existence"),
    [
        ("not-found.html", 404, Transport.OK, Existence.GONE),
        ("not-found.html", 200, Transport.UNREADABLE, Existence.UNKNOWN),
        ("not-found.html", None, Transport.UNREADABLE, Existence.UNKNOWN),
        ("shell.html", 200, Transport.UNREADABLE, Existence.UNKNOWN),
        ("shell.html", 410, Transport.UNREADABLE, Existence.UNKNOWN),
        ("shell.html", 401, Transport.UNREADABLE, Existence.UNKNOWN),
    ],
)
def test_a_page_without_a_profile_is_gone_only_in_the_servers_own_words(
    name: str, status_code: int | None, transport: Transport, existence: Existence
) -> None:
    reading = shown(kept("mastodon", name, url=f"https://{HOST}/@biblioteket", status=status_code))
    assert (reading.transport, reading.existence) == (transport, existence)


ERROR_PAGE = "<div class='dialog__illustration'></div><h1>Sidan finns inte längre.</h1>"


@pytest.mark.parametrize("said", ["The page you were looking for doesn't exist.", "Sidan du letar efter finns inte."])
def test_a_404_in_words_of_any_site_accuses_nobody(said: str) -> None:
    url = f"https://{HOST}/@biblioteket"
    assert shown(f"<title>{said}</title><h1>{said}</h1>", url=url, status=404).existence is Existence.UNKNOWN


def test_a_410_is_a_servers_own_word_where_it_is_all_that_the_server_says() -> None:
    assert shown({"error": "Gone"}, url=URI, status=410).existence is Existence.GONE
    assert shown({"error": "Gone"}, url=URI, status=404).existence is Existence.UNKNOWN
    assert shown(ERROR_PAGE, url=URI, status=410).existence is Existence.GONE


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<title>410 Gone</title><center><h1>410 Gone</h1></center><hr><center>nginx</center>",
        "<title>Not for machines</title><h1>Automated access is not welcome here</h1>",
        {"error": "Gone fishing, says the guard"},
    ],
)
def test_a_410_of_whoever_stands_in_front_of_the_server_accuses_nobody(body: object) -> None:
    assert shown(body, url=URI, status=410).existence is Existence.UNKNOWN


@pytest.mark.parametrize("status_code", [401, 403, 429, 500, 503])
def test_whoever_refuses_or_is_in_trouble_finds_nobody(status_code: int) -> None:
    reading = shown(GONE, status=status_code)
    assert reading.transport is not Transport.OK
    assert reading.existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "asked",
    [
        "api/v1/accounts/lookup?acct=biblioteket@annan.example",
        "api/v3/community?name=biblioteket@annan.example",
        ".well-known/webfinger?resource=acct:biblioteket@annan.example",
    ],
)
def test_what_a_server_does_not_know_of_another_one_accuses_nobody(asked: str) -> None:
    for said in ("Record not found", "Actor not found", "couldnt_find_community"):
        assert shown({"error": said}, url=f"https://{HOST}/{asked}", status=404).existence is Existence.UNKNOWN


@pytest.mark.parametrize("status_code", [404, 410])
def test_what_another_server_no_longer_shows_may_live_at_home(status_code: int) -> None:
    url = f"https://{HOST}/@biblioteket@annan.example"
    reading = shown(ERROR_PAGE, url=url, status=status_code)
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(
    "path", ["@biblioteket/1134", "users/biblioteket/statuses/1134", "api/v1/statuses/1", "tags/bibliotek", "about"]
)
def test_a_post_that_is_gone_takes_nobody_with_it(path: str) -> None:
    for body in (ERROR_PAGE, {"error": "Gone"}):
        reading = shown(body, url=f"https://{HOST}/{path}", status=410)
        assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


# --- the ways to look -------------------------------------------------------------------------------------------------


def test_a_lookup_is_followed_by_the_newest_posts() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_HANDLE, SUBJECT, account(), [status(20), status(19)])
    assert [probe.url for probe in probes] == [
        LOOKUP,
        f"https://{HOST}/api/v1/accounts/1207/statuses?limit=40",
    ]
    assert all(probe.key is None for probe in probes)
    assert reading.existence is Existence.PRESENT
    assert reading.facts.activity == Activity(at=LATEST, source="statuses", sees_newest=True)


def test_a_list_of_posts_that_is_closed_leaves_what_the_lookup_said() -> None:
    _, reading = asked(
        PLATFORM, Route.API_BY_HANDLE, SUBJECT, account(), {"error": "This method requires an authenticated user"}
    )
    assert reading.existence is Existence.PRESENT
    assert isinstance(reading.facts.activity, Activity)
    assert reading.facts.activity.precision is Precision.DAY


@pytest.mark.parametrize(("listed", "activity"), [("[]", None), ({"error": "requires an authenticated user"}, UNSEEN)])
def test_a_count_of_none_is_believed_where_the_list_of_posts_is_seen_too(listed: Any, activity: object) -> None:
    wiped = account(statuses_count=0, last_status_at=None)
    answer = made(listed, status=200 if listed == "[]" else 401)
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, SUBJECT, wiped, answer)
    assert reading.facts.activity is activity


def test_a_list_of_anothers_posts_dates_nobody() -> None:
    another = account(id="77", username="museet", acct="museet", uri=f"https://{HOST}/users/museet")
    listed = [status(1, account=another)]
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, SUBJECT, account(last_status_at=None), listed)
    assert (reading.existence, reading.facts.activity, reading.facts.posts) == (Existence.PRESENT, UNSEEN, UNSEEN)


def test_no_posts_are_asked_for_where_there_is_no_account() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_HANDLE, SUBJECT, account(suspended=True))
    assert len(probes) == 1
    assert reading.existence is Existence.SUSPENDED


@pytest.mark.parametrize("route", [Route.API_BY_HANDLE, Route.OPEN])
def test_without_a_name_on_a_server_there_is_nobody_to_ask(route: Route) -> None:
    assert passed_over(PLATFORM, route, Subject(platform="mastodon", url="https://x.example/@a"))


@pytest.mark.parametrize("written", ["@Biblioteket@Social.Almestad.example", HANDLE])
def test_a_name_is_the_same_however_it_is_written(written: str) -> None:
    assert PLATFORM.fold(written) == HANDLE
    assert PLATFORM.fold("@a@bawü.example") == PLATFORM.fold("a@www.xn--baw-joa.example")


def test_an_account_seen_under_its_own_name_is_not_renamed() -> None:
    reading = shown(account())
    registered = an_account(key=KEY, pinned=(PlatformId("uri", URI),))
    seen = observe(registered, PLATFORM, [Look(route=Route.API_BY_HANDLE, reading=reading)], NOW)
    assert seen.existence is Existence.PRESENT


# --- anything at all --------------------------------------------------------------------------------------------------
