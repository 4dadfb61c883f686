"""X, read: every generation of its pages and interfaces, and what none of them proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Transport
from audits.platform import Subject
from audits.platforms.x import PLATFORM
from tests.platforms.shown import ACCUSATIONS, PACKS, kept, made, read
from tests.platforms.x import an_error

KEY = "x:hamnstadhamn"


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def a_user(**changes: Any) -> dict[str, Any]:
    """A user of API v2."""
    return {
        "id": "4711", "username": "HamnstadHamn", "name": "Hamnstads hamn", "protected": False, "verified": False,
        "description": "Påhittad hamn", "most_recent_tweet_id": "1134726326424887296",
        "public_metrics": {"followers_count": 321, "tweet_count": 45},
        "profile_image_url": "https://pbs.twimg.com/profile_images/1/hamn_normal.png",
        "url": "https://t.co/kort", "created_at": "2011-03-02T18:37:24.000Z",
        "entities": {"url": {"urls": [{"url": "https://t.co/kort", "expanded_url": "https://hamn.hamnstad.example/"}]}},
        **changes,
    }  # fmt: skip


# --- pages ----------------------------------------------------------------------------------------------------------

PROFILES = ["classic-profile.html", "described-profile.html", "microdata-profile.html"]


@pytest.mark.parametrize("name", PROFILES)
def test_every_generation_of_the_profile_says_the_same(name: str) -> None:
    reading = shown(kept("x", name))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.handle, facts.platform_id) == (
        "Hamnstads hamn", "HamnstadHamn", PlatformId("user", "4711"),
    )  # fmt: skip
    assert (facts.description, facts.followers, facts.posts_count) == ("Påhittad hamn", 321, 45)
    assert facts.created_at == datetime(2011, 3, 2, 18, 37, 24, tzinfo=UTC)


def test_the_classic_timeline_counts_own_posts_that_are_not_pinned() -> None:
    facts = shown(kept("x", "classic-profile.html")).facts
    own, on_top = datetime(2019, 6, 1, 7, 40, 13, tzinfo=UTC), datetime(2019, 6, 3, 17, 31, 53, tzinfo=UTC)
    assert facts.activity == Activity(at=own, source="x.timeline", stirred=on_top)
    assert facts.avatar_url == "https://pbs.twimg.com/profile_images/1/hamn_400x400.png"


def test_posts_out_of_order_prove_no_silence() -> None:
    assert shown(kept("x", "described-profile.html")).facts.activity is UNSEEN


def test_a_shortened_address_is_not_the_website() -> None:
    assert shown(kept("x", "described-profile.html")).facts.website_link == "https://hamn.hamnstad.example/"


@pytest.mark.parametrize(
    ("beside", "existence"), [(b'"UserName">', Existence.PRIVATE), (b'"User-Name">', Existence.PRESENT)]
)
def test_the_lock_beside_its_own_name_alone_makes_an_account_private(beside: bytes, existence: Existence) -> None:
    page = kept("x", "described-profile.html")
    locked = page.body.replace(beside, beside + b'<svg data-testid="icon-lock"></svg>')
    assert shown(replace(page, body=locked)).existence is existence


def test_another_accounts_badge_is_not_this_ones() -> None:
    assert shown(kept("x", "described-profile.html")).facts.verified is False


def test_the_figure_without_a_face_is_no_picture() -> None:
    facts = shown(kept("x", "microdata-profile.html")).facts
    assert facts.avatar_url is None
    assert facts.website_link == "https://hamn.hamnstad.example/"


def test_a_preview_page_names_the_account_and_its_number() -> None:
    facts = shown(kept("x", "preview-profile.html")).facts
    assert (facts.display_name, facts.handle) == ("Hamnstads hamn (norra)", "HamnstadHamn")
    assert facts.platform_id == PlatformId("user", "4711")
    assert facts.followers is UNSEEN


@pytest.mark.parametrize(
    "title", ["港（@HamnstadHamn）さん / X", "港(@HamnstadHamn) 님 / X", "(3) 港 (@HamnstadHamn) / X"]
)
def test_a_title_names_the_account_in_every_language(title: str) -> None:
    page = made(f'<html><head><meta property="og:title" content="{title}"><meta property="og:type" content="profile">')
    assert (shown(page).facts.display_name, shown(page).facts.handle) == ("港", "HamnstadHamn")


def test_the_title_of_a_tab_names_the_account_and_says_more_than_its_name() -> None:
    address = b"https://twitter.com/HamnstadHamn"
    body = kept("x", "preview-profile.html").body.replace(address, address + b"/with_replies")
    facts = shown(made(body)).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == (UNSEEN, "HamnstadHamn", PlatformId("user", "4711"))


def test_an_account_that_some_countries_hide_lives() -> None:
    withheld = a_user(withheld={"country_codes": ["DE"], "scope": "user"})
    assert shown(made({"data": [withheld]})).existence is Existence.PRESENT_LIMITED


def test_a_post_decides_nothing_but_names_its_owner() -> None:
    reading = shown(kept("x", "post.html"))
    assert reading.existence is Existence.UNKNOWN
    assert (reading.facts.display_name, reading.facts.handle) == ("Hamnstads hamn", "HamnstadHamn")


def test_an_application_shell_says_nothing_at_all() -> None:
    reading = shown(kept("x", "shell.html"))
    assert reading.transport is Transport.UNREADABLE
    assert reading.facts.handle is UNSEEN


def test_a_suspension_is_told_by_the_box_that_takes_the_place_of_the_posts() -> None:
    reading = shown(kept("x", "suspended.html"))
    assert reading.existence is Existence.SUSPENDED
    assert reading.markers[0].id == "x.suspended-box"


@pytest.mark.parametrize(
    "words",
    [
        "Kontot är avstängt X stänger av konton som bryter mot X-reglerna. Läs mer",
        "Account gesperrt X sperrt Accounts, die gegen die X Regeln verstoßen. Mehr erfahren",
        "Compte suspendu Twitter suspend les comptes qui enfreignent les Règles de Twitter.",
    ],
)
def test_a_translation_that_nobody_was_found_to_quote_is_noted_and_proves_nothing(words: str) -> None:
    reading = shown(made(f"<html><title>Profil / X</title><body>@hamnstadhamn {words}</body>"))
    assert reading.existence is Existence.UNKNOWN
    assert [marker.id for marker in reading.markers] == ["x.suspended-box-translated"]


@pytest.mark.parametrize(
    "words",
    [
        "Account withheld @hamnstadhamn has been withheld in Sweden in response to a legal demand.",
        "Caution: This account is temporarily restricted. There has been some unusual activity from this account.",
        "Your account is suspended. After careful review, we determined your account broke the X Rules.",
        "Something went wrong. Try reloading.",
        "This post is from a suspended account. Learn more",
    ],
)
def test_what_is_kept_from_some_or_said_of_somebody_else_is_no_suspension(words: str) -> None:
    assert shown(made(f"<html><title>X</title><body>{words}</body>", status=404)).existence is Existence.UNKNOWN


@pytest.mark.parametrize(("year", "existence"), [(2018, Existence.SUSPENDED), (2026, Existence.UNKNOWN)])
def test_a_sign_of_an_earlier_time_proves_what_a_page_of_that_time_says(year: int, existence: Existence) -> None:
    page = made("<html><title>Twitter</title><body></body>", final_url="https://twitter.com/account/suspended")
    assert shown(replace(page, fetched_at=datetime(year, 6, 1, tzinfo=UTC))).existence is existence


def test_words_of_absence_that_blocked_visitors_see_too_prove_nothing() -> None:
    reading = shown(kept("x", "no-such-account.html"))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(("status", "existence"), [(404, Existence.GONE), (200, Existence.UNKNOWN)])
def test_the_page_of_a_missing_profile_counts_only_with_its_status(status: int, existence: Existence) -> None:
    assert shown(kept("x", "not-found.html", status=status)).existence is existence


def test_a_head_that_names_an_account_contradicts_the_title_of_a_missing_one() -> None:
    head = '<title>User Profile Not Found - X | 404 Error</title><meta property="og:title" content="{}">'
    assert shown(made(head.format("X"), status=404)).existence is Existence.GONE
    assert shown(made(head.format("Hamn (@hamnstadhamn) on X"), status=404)).existence is Existence.UNKNOWN


def test_a_sign_nobody_has_seen_for_long_proves_nothing() -> None:
    packs = replace(PACKS, today=date(2027, 11, 22))
    later = kept("x", "not-found.html", status=404, fetched_at=datetime(2027, 11, 22, tzinfo=UTC))
    reading = PLATFORM.read(later, Subject(platform="x", key=KEY), packs)
    assert reading.existence is Existence.UNKNOWN


@pytest.mark.parametrize("path", ["flow/login?redirect_after_login=%2Fa", "jf/onboarding/web?mode=login"])
def test_a_login_wall_is_never_called_gone(path: str) -> None:
    wall = kept("x", "no-such-account.html", final_url=f"https://x.com/i/{path}")
    assert shown(wall).transport is Transport.WALLED


def test_a_name_may_begin_like_the_address_of_a_wall() -> None:
    page = kept("x", "preview-profile.html", final_url="https://x.com/loginhamnstad")
    assert shown(page).existence is Existence.PRESENT


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_status_alone_is_never_an_absence(status: int) -> None:
    assert shown(made("<html><body></body></html>", status=status)).existence is Existence.UNKNOWN


# --- API v2 ---------------------------------------------------------------------------------------------------------


def test_the_interface_tells_everything_in_one_answer() -> None:
    reading = shown(made({"data": [a_user()]}))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert facts.website_link == "https://hamn.hamnstad.example/"
    assert facts.activity == Activity(
        at=datetime(2019, 6, 1, 7, 40, 13, tzinfo=UTC), source="x.most_recent_tweet_id", sees_newest=True
    )


def test_of_a_hundred_users_the_one_asked_for_is_read() -> None:
    others = [a_user(id=str(n), username=f"annan{n}", name="Annan") for n in range(99)]
    assert shown(made({"data": [*others, a_user()]})).facts.display_name == "Hamnstads hamn"


def test_a_pinned_number_finds_the_account_under_its_new_name() -> None:
    answer = made({"data": [a_user(id="9", username="HamnstadHamn"), a_user(username="NyHamn")]})
    assert shown(answer, KEY, PlatformId("user", "4711")).facts.handle == "NyHamn"


@pytest.mark.parametrize(("asked", "handle"), [("4711,99", UNSEEN), ("99", "HamnstadHamn")])
def test_whoever_has_another_number_than_was_asked_for_is_somebody_else(asked: str, handle: object) -> None:
    page = made({"data": [a_user(id="99")]}, url=f"https://api.x.com/2/users?ids={asked}")
    assert shown(page, KEY, PlatformId("user", "4711")).facts.handle == handle


def test_a_protected_account_is_private() -> None:
    reading = shown(made({"data": [a_user(protected=True)]}))
    assert (reading.existence, reading.stated) == (Existence.PRIVATE, True)


@pytest.mark.parametrize(("url", "told"), [("", None), (None, None), (["https://t.co/kort"], UNSEEN), (7, UNSEEN)])
def test_a_website_that_cannot_be_read_is_not_missing(url: object, told: object) -> None:
    assert shown(made({"data": a_user(url=url, entities={})})).facts.website_link == told


def test_fields_nobody_asked_for_stay_unseen() -> None:
    facts = shown(made({"data": {"id": "4711", "username": "HamnstadHamn", "name": "Hamnstads hamn"}})).facts
    assert (facts.followers, facts.activity, facts.verified, facts.website_link) == (UNSEEN, UNSEEN, UNSEEN, UNSEEN)


def test_an_account_that_never_posted_has_no_activity() -> None:
    user = a_user(public_metrics={"tweet_count": 0}, most_recent_tweet_id=None)
    assert shown(made({"data": [user]})).facts.activity is None


def test_a_suspended_user_is_not_called_gone_though_the_type_says_not_found() -> None:
    error = an_error("User has been suspended: [hamnstadhamn].", title="Forbidden")
    assert shown(made({"errors": [error]})).existence is Existence.SUSPENDED


def test_a_user_who_cannot_be_found_is_gone() -> None:
    error = an_error("Could not find user with usernames: [hamnstadhamn].", title="Not Found Error")
    assert shown(made({"errors": [error]})).existence is Existence.GONE


def test_another_users_error_is_not_this_ones() -> None:
    error = an_error("Could not find user with usernames: [annan].", value="annan")
    own = an_error("Could not find user with usernames: [tredje].", value="tredje")
    assert (
        shown(made({"data": [a_user(id="9", username="fjarde")], "errors": [error, own]})).existence not in ACCUSATIONS
    )


def test_a_user_who_may_not_be_seen_is_not_accused() -> None:
    kind = "https://api.twitter.com/2/problems/not-authorized-for-resource"
    error = an_error("Sorry, you are not authorized to see the user with id: [4711].", type=kind)
    assert shown(made({"errors": [error]})).existence not in ACCUSATIONS


@pytest.mark.parametrize(
    ("answer", "transport"),
    [
        (
            {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"},
            Transport.NOT_PERMITTED,
        ),
        ({"title": "Too Many Requests", "status": 429, "detail": "Too Many Requests"}, Transport.RATE_LIMITED),
        ({"title": "Service Unavailable", "status": 503, "detail": "Service Unavailable"}, Transport.UNREACHABLE),
        ({"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, Transport.RATE_LIMITED),
        ({"errors": [{"code": 64, "message": "Your account is suspended"}]}, Transport.WALLED),
        ({"errors": [{"code": 326, "message": "To protect our users … locked"}]}, Transport.WALLED),
        ({"errors": [{"code": 131, "message": "Internal error"}]}, Transport.UNREACHABLE),
        ({"title": "CreditsDepleted", "detail": "no credits"}, Transport.NOT_PERMITTED),
        ({"title": "UsageCapExceeded", "detail": "Monthly product cap"}, Transport.RATE_LIMITED),
    ],
)
def test_trouble_with_the_asking_says_nothing_of_the_account(answer: object, transport: Transport) -> None:
    reading = shown(made(answer, status=None))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_the_newest_own_post_is_the_activity() -> None:
    posts = [
        {"id": "1135186334304428034", "text": "RT @annan: någon annans"},
        {"id": "1134726326424887296", "text": "vårt eget"},
    ]
    own = made({"data": posts, "meta": {"result_count": 2}}, url="https://api.x.com/2/users/4711/tweets?max_results=5")
    at, passed_on = datetime(2019, 6, 1, 7, 40, 13, tzinfo=UTC), datetime(2019, 6, 2, 14, 8, 7, tzinfo=UTC)
    assert shown(own).facts.activity == Activity(at=at, source="x.api-posts", sees_newest=True, stirred=passed_on)


# --- asking ---------------------------------------------------------------------------------------------------------


def test_a_hundred_accounts_share_one_request() -> None:
    by_id, by_handle, page = PLATFORM.routes
    subject = Subject(platform="x", key=KEY, pinned=(PlatformId("user", "4711"),))
    probe = next(by_id.ask(subject, PACKS) or iter(()))
    assert probe.batch is not None
    assert (probe.batch.item, probe.batch.limit, probe.key) == ("4711", 100, "x")
    assert "most_recent_tweet_id" in probe.url
    assert next(by_handle.ask(subject, PACKS) or iter(())).url.startswith(
        "https://api.x.com/2/users/by?usernames=hamnstadhamn&"
    )
    assert next(page.ask(subject, PACKS) or iter(())).url == "https://x.com/hamnstadhamn"


def test_without_a_number_the_route_by_number_is_passed_over() -> None:
    assert PLATFORM.routes[0].ask(Subject(platform="x", key=KEY), PACKS) is None


# --- strangers' input and recorded pages ----------------------------------------------------------------------------


def test_nothing_is_dated_after_the_look() -> None:
    late = a_user(most_recent_tweet_id="2990000000000000000")
    assert shown(made({"data": [late]})).facts.activity is UNSEEN
