"""The first sign that a host does not want us stops us there for the night; a wall is never entered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from audits.model import Page, Transport
from tests.fetching.webs import (
    NIGHT,
    Answer,
    ScriptedServer,
    VirtualTime,
    a_conduct,
    a_pacer,
    a_probe,
    a_site,
    always,
    response,
)
from worker.fetching.heeding import heed, patience_asked, wall_ahead
from worker.fetching.making import loopback_fetcher
from worker.fetching.outcomes import Failure, failure_of
from worker.pacing import NIGHT as NIGHT_SECONDS


async def three_visits(answer: Answer, between: float = 0) -> tuple[list[Page], list[str]]:
    """Three pages of one host and one of another; `between` virtual seconds pass before the third."""
    time = VirtualTime()
    async with ScriptedServer(answer) as server:
        sites = dict.fromkeys(("pub.example", "other.example", "consent.pub.example"), ("127.0.0.1", server.port))
        async with loopback_fetcher(sites, a_conduct(pacer=a_pacer(time))) as fetcher:
            pages = [await fetcher.fetch(a_probe(f"http://pub.example/{number}")) for number in range(2)]
            time.seconds += between
            pages.append(await fetcher.fetch(a_probe("http://pub.example/2")))
            pages.append(await fetcher.fetch(a_probe("http://other.example/")))
        return pages, [each.host + each.target for each in server.heard]


SIGNS = {
    "429": (response(429), Failure.RATE_LIMITED, Transport.RATE_LIMITED),
    "999": (response(999), Failure.REFUSED, Transport.BLOCKED),
    "a bot page": (response(403, b"<title>Just a moment...</title>"), Failure.CHALLENGE, Transport.BLOCKED),
    "a bot header": (response(403, b"", cf_mitigated="challenge"), Failure.CHALLENGE, Transport.BLOCKED),
    "a challenge": (response(503, b"<div class=g-recaptcha>"), Failure.CHALLENGE, Transport.BLOCKED),
    "a login": (response(302, location="/login?next=/0"), Failure.LOGIN_REDIRECT, Transport.WALLED),
    "an authwall": (response(303, location="https://pub.example/authwall"), Failure.LOGIN_REDIRECT, Transport.WALLED),
    "a checkpoint": (response(302, location="/checkpoint/x"), Failure.CHALLENGE, Transport.BLOCKED),
}


@pytest.mark.parametrize("name", SIGNS)
def test_the_first_sign_stops_the_host_for_the_night_and_no_other(name: str) -> None:
    answer, failure, transport = SIGNS[name]
    pages, heard = asyncio.run(three_visits(always(answer)))
    assert failure_of(pages[0]) is failure
    assert [page.transport for page in pages] == [transport] * 4
    assert [failure_of(page) for page in pages[1:3]] == [Failure.STOPPED] * 2
    assert failure.value in pages[1].reason
    assert heard == ["pub.example/0", "other.example/"]


def test_after_the_night_the_host_is_asked_again() -> None:
    _, heard = asyncio.run(three_visits(always(response(429)), between=NIGHT_SECONDS))
    assert heard == ["pub.example/0", "pub.example/2", "other.example/"]


def test_a_host_that_asks_for_longer_gets_longer() -> None:
    _, heard = asyncio.run(three_visits(always(response(429, retry_after="80000")), between=NIGHT_SECONDS))
    assert heard == ["pub.example/0", "other.example/"]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 500, 503])
def test_a_plain_refusal_of_one_page_stops_nothing(status: int) -> None:
    pages, heard = asyncio.run(three_visits(always(response(status, b"<h1>Nej</h1>"))))
    assert len(heard) == 4
    assert {page.status for page in pages} == {status}


def test_a_consent_page_is_not_entered_and_stops_nothing() -> None:
    pages, heard = asyncio.run(three_visits(always(response(302, location="http://consent.pub.example/m?continue=x"))))
    assert {page.transport for page in pages} == {Transport.CONSENT}
    assert len(heard) == 4
    assert not any("consent" in each for each in heard)


def test_what_reading_finds_is_heeded_as_well() -> None:
    async def go() -> tuple[Page, int]:
        async with a_site(always(response(200, b"Logga in"))) as (fetcher, server):
            page = await fetcher.fetch(a_probe())
            await fetcher.heed(page, Transport.WALLED, "login form")
            return await fetcher.fetch(a_probe("http://pub.example/2")), len(server.heard)

    page, heard = asyncio.run(go())
    assert page.transport is Transport.WALLED
    assert "login form" in page.reason
    assert heard == 1


def test_a_host_that_is_left_alone_is_not_stopped_anew_by_each_account_on_it() -> None:
    """Else it would be left alone for ever, and each look would be told of all stops before it."""
    time = VirtualTime()

    async def go() -> list[str]:
        async with a_site(always(response(200, b"Logga in")), pacer=a_pacer(time)) as (fetcher, _):
            await fetcher.heed(await fetcher.fetch(a_probe()), Transport.WALLED, "login form")
            told = []
            for number in (2, 3, 4):
                await time.sleep(60)
                page = await fetcher.fetch(a_probe(f"http://pub.example/{number}"))
                await fetcher.heed(page, page.transport, page.reason)
                told.append(page.reason)
            return told

    assert asyncio.run(go()) == [f"stopped: {Failure.LOGIN_REDIRECT.value}: login form"] * 3


@pytest.mark.parametrize("transport", [Transport.OK, Transport.CONSENT, Transport.UNREADABLE, Transport.UNREACHABLE])
def test_what_is_no_wall_stops_nothing(transport: Transport) -> None:
    async def go() -> Page:
        async with a_site(always(response(200, b"hej"))) as (fetcher, _):
            await fetcher.heed(await fetcher.fetch(a_probe()), transport, "")
            return await fetcher.fetch(a_probe("http://pub.example/2"))

    assert asyncio.run(go()).body == b"hej"


# --- walls by their address


@pytest.mark.parametrize(
    ("start", "target", "wall"),
    [
        ("https://www.facebook.com/a", "https://www.facebook.com/login/?next=x", Failure.LOGIN_REDIRECT),
        ("https://www.facebook.com/a", "https://www.facebook.com/login.php", Failure.LOGIN_REDIRECT),
        ("https://www.instagram.com/a/", "https://www.instagram.com/accounts/login/", Failure.LOGIN_REDIRECT),
        ("https://x.com/a", "https://x.com/i/flow/login", Failure.LOGIN_REDIRECT),
        ("https://www.linkedin.com/company/a", "https://www.linkedin.com/authwall?trk=x", Failure.LOGIN_REDIRECT),
        ("https://www.linkedin.com/company/a", "https://www.linkedin.com/uas/login", Failure.LOGIN_REDIRECT),
        ("https://a.example/", "https://accounts.google.com/ServiceLogin?x", Failure.LOGIN_REDIRECT),
        ("https://www.instagram.com/a/", "https://www.instagram.com/challenge/?next=x", Failure.CHALLENGE),
        ("https://www.google.com/a", "https://www.google.com/sorry/index", Failure.CHALLENGE),
        ("https://www.youtube.com/@a", "https://consent.youtube.com/m?continue=x", Failure.CONSENT_REDIRECT),
        ("https://www.facebook.com/a", "https://www.facebook.com/cookie/consent/", Failure.CONSENT_REDIRECT),
        ("https://a.example/", "https://www.a.example/", None),
        ("https://a.example/@login", "https://a.example/@login/", None),
        ("https://a.example/loginhelp", "https://a.example/loginhelp/", None),
        ("https://a.example/login", "https://www.a.example/login", None),
        ("https://a.example/x", "https://a.example/?next=/login", None),
        ("https://consent.a.example/x", "https://consent.a.example/y", None),
    ],
)
def test_a_wall_is_known_by_whole_words_of_its_address(start: str, target: str, wall: Failure | None) -> None:
    assert wall_ahead(httpx.URL(start), httpx.URL(target)) is wall


# --- patience


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (503, {"retry-after": "120"}, 120),
        (429, {"retry-after": "Tue, 03 Nov 2026 02:25:00 GMT"}, 600),
        (503, {"retry-after": "999999999"}, 86_400),
        (503, {"retry-after": "-5"}, 0),
        (503, {"retry-after": "soon"}, 0),
        (503, {"retry-after": "9" * 500}, 0),
        (503, {"retry-after": "Tue, 03 Nov 2020 02:25:00 GMT"}, 0),
        (200, {"retry-after": "120"}, 0),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-03T02:20:00.000Z"}, 300),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": str(int(NIGHT.timestamp()) + 60)}, 60),
        (200, {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "90"}, 90),
        (200, {"x-ratelimit-remaining": "5", "x-ratelimit-reset": "90"}, 0),
        (200, {"x-ratelimit-remaining": "0"}, 0),
        (200, {}, 0),
    ],
)
def test_a_host_is_given_the_time_it_asks_for(status: int, headers: dict[str, str], seconds: float) -> None:
    assert patience_asked(headers, status, NIGHT) == pytest.approx(seconds)


def test_an_allowance_that_is_spent_is_waited_for() -> None:
    time = VirtualTime()

    async def go() -> None:
        answer = always(response(200, b"hej", x_ratelimit_remaining="0", x_ratelimit_reset="60"))
        async with a_site(answer, pacer=a_pacer(time)) as (fetcher, _):
            await fetcher.fetch(a_probe())
            await fetcher.fetch(a_probe("http://pub.example/2"))

    asyncio.run(go())
    assert time.seconds == pytest.approx(60)


def test_words_of_a_challenge_on_a_living_page_are_no_sign() -> None:
    page = Page(url="http://pub.example/", fetched_at=NIGHT, status=200, body=b"<div class=g-recaptcha>")
    assert heed(page).failure is None
    assert heed(Page(url="http://pub.example/", fetched_at=NIGHT + timedelta(1), status=None)).failure is None
