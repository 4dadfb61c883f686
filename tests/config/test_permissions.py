"""Permissions are declared in a file that a lawyer may read; what is wrong in it is named by its line."""

from __future__ import annotations

from datetime import date

import pytest

from audits.languages import LANGUAGES
from audits.model import Route
from audits.wording.said import told_in
from config.permissions import BadPermissions, Pace, Permissions, load_permissions, read_permissions

DAY = date(2026, 11, 3)
GROUND = '[platforms.facebook]\nhosts = ["facebook.com"]\nclosed = ["page"]\n'
DECISION = {
    "platform": '"facebook"',
    "routes": '["page"]',
    "basis": '"own_assessment"',
    "decided_by": '"kommunikationsdirektören"',
    "reference": '"KS 2026/1"',
    "until": "2026-12-31",
}


def decided(**changes: str | None) -> str:
    """A file with one decision on its line 5; None leaves a field out."""
    fields = {name: value for name, value in {**DECISION, **changes}.items() if value is not None}
    return GROUND + "\n[[decisions]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())


def allows(permissions: Permissions, day: date = DAY) -> bool:
    verdict = permissions.verdict(
        "facebook", Route.PAGE, "www.facebook.com", "/", keyed=False, connected=False, day=day
    )
    return verdict.allowed


# --- what the shipped file says


@pytest.mark.parametrize(
    ("platform", "route", "host", "path"),
    [
        ("facebook", Route.PAGE, "www.facebook.com", "/almestad"),
        ("facebook", Route.OEMBED, "www.facebook.com", "/plugins/page.php"),
        ("facebook", Route.PAGE, "scontent.fbcdn.net", "/picture.jpg"),
        ("instagram", Route.PAGE, "www.instagram.com", "/almestad"),
        ("threads", Route.PAGE, "www.threads.com", "/@almestad"),
        ("threads", Route.PAGE, "www.threads.net", "/@almestad"),
        ("x", Route.PAGE, "x.com", "/almestad"),
        ("x", Route.PAGE, "mobile.twitter.com", "/almestad"),
        ("x", Route.OEMBED, "publish.x.com", "/oembed"),
        ("x", Route.OPEN, "cdn.syndication.twimg.com", "/timeline"),
        ("linkedin", Route.PAGE, "www.linkedin.com", "/company/almestad"),
        ("flickr", Route.PAGE, "www.flickr.com", "/photos/almestad"),
        ("youtube", Route.OPEN, "www.youtube.com", "/feeds/videos.xml"),
        ("tiktok", Route.PAGE, "www.tiktok.com", "/embed/@almestad"),
        ("tiktok", Route.OEMBED, "www.tiktok.com", "/embed/v2/1"),
    ],
)
def test_these_are_closed_to_a_visitor_without_a_key(platform: str, route: Route, host: str, path: str) -> None:
    verdict = load_permissions().verdict(platform, route, host, path, keyed=False, connected=False, day=DAY)
    assert not verdict.allowed
    assert "https://" in verdict.why


@pytest.mark.parametrize(
    ("platform", "route", "host", "path"),
    [
        ("youtube", Route.PAGE, "www.youtube.com", "/@almestad"),
        ("youtube", Route.OEMBED, "www.youtube.com", "/oembed"),
        ("tiktok", Route.PAGE, "www.tiktok.com", "/@almestad"),
        ("tiktok", Route.OEMBED, "www.tiktok.com", "/oembed"),
        ("flickr", Route.OPEN, "api.flickr.com", "/services/feeds/photos_public.gne"),
        ("mastodon", Route.API_BY_HANDLE, "social.almestad.example", "/api/v1/accounts/lookup"),
        ("bluesky", Route.API_BY_ID, "public.api.bsky.app", "/xrpc/app.bsky.actor.getProfile"),
        ("vimeo", Route.PAGE, "vimeo.com", "/almestad"),
        ("website", Route.PAGE, "almestad.example", "/"),
    ],
)
def test_these_are_open_as_far_as_robots_lets(platform: str, route: Route, host: str, path: str) -> None:
    verdict = load_permissions().verdict(platform, route, host, path, keyed=False, connected=False, day=DAY)
    assert verdict.allowed
    assert verdict.obeys_robots
    assert verdict.basis == ""


def test_a_key_of_the_platforms_own_opens_its_interface() -> None:
    verdict = load_permissions().verdict(
        "facebook", Route.API_BY_ID, "graph.facebook.com", "/1", keyed=True, connected=True, day=DAY
    )
    assert verdict.allowed
    assert not verdict.obeys_robots


def test_the_shipped_file_opens_nothing_and_has_no_complaint() -> None:
    shipped = load_permissions()
    assert shipped.decisions == ()
    assert shipped.complaints(DAY) == ()
    assert shipped.pace == Pace(seconds=10, at_once=1, nightly=2000)
    assert shipped.pace_of("public.api.bsky.app").seconds == 1
    assert shipped.pace_of("www.youtube.com") == shipped.pace


def test_the_pause_of_a_deployment_changes_hosts_without_one_of_their_own() -> None:
    paced = load_permissions().paced(20)
    assert paced.pace_of("www.youtube.com").seconds == 20
    assert paced.pace_of("public.api.bsky.app").seconds == 1


# --- decisions


def test_a_whole_decision_opens_what_it_names() -> None:
    permissions = read_permissions(decided())
    assert allows(permissions)
    assert permissions.complaints(DAY) == ()


@pytest.mark.parametrize("field", DECISION)
def test_a_decision_that_lacks_something_opens_nothing_and_is_named_by_its_line(field: str) -> None:
    for value in (None, '""', '"  "'):
        permissions = read_permissions(decided(**{field: value}))
        (complaint,) = permissions.complaints(DAY)
        assert not allows(permissions)
        assert complaint.startswith("permissions.toml, line 5: the decision on ")
        assert field in complaint or "no such platform" in complaint


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("platform", '"fasebook"'),
        ("basis", '"because"'),
        ("routes", '["pages"]'),
        ("routes", '"page"'),
        ("routes", "[[1]]"),
        ("until", '"2026-12-31"'),
        ("until", "2026-12-31T00:00:00"),
        ("untill", "2026-12-31"),
    ],
)
def test_a_decision_that_says_something_else_opens_nothing_and_is_named(field: str, value: str) -> None:
    permissions = read_permissions(decided(**{field: value}))
    assert not allows(permissions)
    assert "line 5" in permissions.complaints(DAY)[0]


def test_a_decision_that_has_ended_opens_nothing_and_is_named() -> None:
    permissions = read_permissions(decided())
    day_after = date(2027, 1, 1)
    assert not allows(permissions, day_after)
    assert permissions.complaints(day_after) == (
        "permissions.toml, line 5: the decision KS 2026/1 on facebook ended on 2026-12-31",
    )


def test_of_two_decisions_the_second_is_named_by_its_own_line() -> None:
    text = decided() + decided(reference=None).removeprefix(GROUND)
    permissions = read_permissions(text)
    assert allows(permissions)
    assert "line 13" in permissions.complaints(DAY)[0]


# --- a file that cannot be used


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[platforms\nx = 1\n", "line 1"),
        (GROUND + 'colour = "red"\n', "line 4: unknown 'colour'"),
        ('[platforms.x]\nclosed = ["page"]\n', "line 1: 'hosts'"),
        ('[platforms.x]\nhosts = ["x.com"]\nclosed = ["pages"]\n', "'pages' is not a valid Route"),
        ("[pace]\nseconds = -1\n", "line 1"),
        ("[pace]\nat_once = 0\n", "line 1"),
        ("[pace]\nnightly = 1.5\n", "line 1"),
        ('[pace]\nseconds = "10"\n', "line 1"),
        ('[pace.hosts]\n"a.example" = { second = 1 }\n', "line 2"),
        ("decisions = []\n", ""),
        ('decisions = [{platform = "facebook"}]\n', r"line 1: write [[decisions]] on a line of its own"),
        ("platform = 1\n", "line 1: unknown 'platform'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_line(text: str, said: str) -> None:
    if not said:
        assert read_permissions(text).decisions == ()
        return
    with pytest.raises(BadPermissions, match="permissions") as refused:
        read_permissions(text)
    assert said in str(refused.value)


def test_why_a_platform_is_closed_may_be_said_in_each_language_or_in_one_text_for_all():
    closed = '[platforms.x]\nhosts = ["x.com"]\nclosed = ["page"]\n'
    (both,) = read_permissions(f'{closed}why.sv = "stängt"\nwhy.en = "closed"\n').grounds
    (one,) = read_permissions(f'{closed}why = "closed, as our lawyer says"\n').grounds
    assert [told_in(language, both.why) for language in ("sv", "en")] == ["stängt", "closed"]
    assert told_in("sv", one.why) == "closed, as our lawyer says"
    with pytest.raises(BadPermissions, match=r"why needs its languages: why\.sv and why\.en"):
        read_permissions(f"{closed}why = 7\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_closed_platform_says_why_in_each_language(language: str):
    closed = [ground for ground in load_permissions().grounds if ground.why]
    assert [ground.name for ground in closed if not told_in(language, ground.why)] == []
    assert len({told_in(each, closed[0].why) for each in LANGUAGES}) == len(LANGUAGES)
