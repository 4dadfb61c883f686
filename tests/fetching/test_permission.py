"""Permission comes before the request: what is closed is not asked, robots.txt is obeyed, a decision is carried."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from audits.model import Page, Probe, Route, Transport
from config.permissions import Pace, Permissions, read_permissions
from tests.fetching.webs import (
    NIGHT,
    Answer,
    Heard,
    ScriptedServer,
    VirtualTime,
    a_conduct,
    a_pacer,
    a_probe,
    always,
    response,
)
from tests.quickness import seconds_of
from worker.fetching.credentials import HeldKeys, Key
from worker.fetching.limits import Agent
from worker.fetching.making import Conduct, loopback_fetcher
from worker.fetching.outcomes import Failure, failure_of
from worker.fetching.robots import copy_of, read_rules

CLOSED = """
[platforms.facebook]
hosts = ["facebook.com"]
closed = ["page"]
why = "closed by robots.txt"
source = "https://www.facebook.com/robots.txt"
[platforms.youtube]
hosts = ["youtube.com"]
closed = ["open"]
closed_paths = ["/feeds/"]
api_or_page = true
choice = "SOCS=CAE="
"""
OPENED = """
[[decisions]]
platform = "facebook"
routes = ["page"]
basis = "own_assessment"
decided_by = "kommunikationsdirektören"
reference = "KS 2026/1"
until = 2026-12-31
"""
FACEBOOK = "http://www.facebook.com/almestad"


def permissions(text: str = CLOSED) -> Permissions:
    return read_permissions("[pace]\nseconds = 0.0\nat_once = 9\n" + text)


def robots(text: str, status: int = 200) -> Answer:
    """A web whose robots.txt says this, and whose pages all say hej."""

    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        said = response(status, text.encode(), content_type="text/plain")
        writer.write(said if heard.target == "/robots.txt" else response(200, b"hej"))

    return answer


async def ask(answer: Answer, *probes: Probe, conduct: Conduct | None = None) -> tuple[list[Page], list[Heard], int]:
    """The pages, the requests for pages that arrived, and all connections, robots.txt included."""
    async with ScriptedServer(answer) as server:
        hosts = ("pub.example", "www.facebook.com", "www.youtube.com", "evilfacebook.com", "api.youtube.com")
        sites = dict.fromkeys(hosts, ("127.0.0.1", server.port))
        async with loopback_fetcher(sites, conduct or a_conduct(permissions=permissions())) as fetcher:
            pages = [await fetcher.fetch(probe) for probe in probes]
        return pages, server.heard, server.connections


def asked(answer: Answer, *probes: Probe, **conduct: Any) -> tuple[list[Page], list[Heard], int]:
    return asyncio.run(ask(answer, *probes, conduct=a_conduct(**{"permissions": permissions(), **conduct})))


# --- terms and decisions


def test_a_closed_platform_is_not_asked_at_all() -> None:
    pages, _, connections = asked(always(response(200, b"hej")), a_probe(FACEBOOK, platform="facebook"))
    assert pages[0].transport is Transport.NOT_PERMITTED
    assert failure_of(pages[0]) is Failure.TERMS
    assert "https://www.facebook.com/robots.txt" in pages[0].reason
    assert connections == 0


def test_a_page_on_a_closed_platforms_host_is_closed_whatever_it_is_asked_for() -> None:
    pages, _, connections = asked(always(response(200, b"hej")), a_probe(FACEBOOK, platform="website"))
    assert pages[0].transport is Transport.NOT_PERMITTED
    assert connections == 0


def test_a_host_that_only_ends_like_a_closed_one_is_open() -> None:
    pages, _, _ = asked(always(response(200, b"hej")), a_probe("http://evilfacebook.com/"))
    assert pages[0].body == b"hej"


def test_a_redirect_to_a_closed_platform_is_not_followed() -> None:
    pages, heard, _ = asked(always(response(302, location=FACEBOOK)), a_probe())
    assert failure_of(pages[0]) is Failure.TERMS
    assert [each.host for each in heard] == ["pub.example"]


def test_a_decision_opens_the_page_past_robots_and_is_carried() -> None:
    pages, _, connections = asked(
        robots("User-agent: *\nDisallow: /"),
        a_probe(FACEBOOK, platform="facebook"),
        permissions=permissions(CLOSED + OPENED),
    )
    assert pages[0].body == b"hej"
    assert pages[0].basis == "own_assessment: KS 2026/1, kommunikationsdirektören, until 2026-12-31"
    assert connections == 1


def test_a_decision_holds_through_its_last_day_and_not_longer() -> None:
    probe = a_probe(FACEBOOK, platform="facebook")
    ends = {}
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        now = NIGHT.replace(year=day.year, month=day.month, day=day.day)
        pages, _, _ = asked(robots(""), probe, permissions=permissions(CLOSED + OPENED), clock=lambda now=now: now)
        ends[day] = pages[0]
    assert ends[date(2026, 12, 31)].body == b"hej"
    assert ends[date(2027, 1, 1)].transport is Transport.NOT_PERMITTED
    assert ends[date(2027, 1, 1)].reason.startswith("terms: decision_over: KS 2026/1, 2026-12-31, ")


def test_the_last_day_of_a_decision_ends_at_midnight_in_the_city() -> None:
    probe, late = a_probe(FACEBOOK, platform="facebook"), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    given = {"permissions": permissions(CLOSED + OPENED), "clock": lambda: late}
    pages, _, connections = asked(robots(""), probe, zone=ZoneInfo("Europe/Stockholm"), **given)
    assert (failure_of(pages[0]), connections) == (Failure.TERMS, 0)
    assert asked(robots(""), probe, zone=UTC, **given)[0][0].body == b"hej"


def test_a_decision_on_pages_does_not_open_other_routes() -> None:
    text = CLOSED.replace('closed = ["page"]', 'closed = ["page", "oembed"]') + OPENED
    pages, _, _ = asked(
        robots(""), a_probe(FACEBOOK, platform="facebook", route=Route.OEMBED), permissions=permissions(text)
    )
    assert failure_of(pages[0]) is Failure.TERMS


def test_a_closed_path_is_closed_on_every_route() -> None:
    for route in (Route.PAGE, Route.OEMBED):
        pages, _, _ = asked(robots(""), a_probe("http://www.youtube.com/feeds/videos.xml?channel_id=x", route=route))
        assert failure_of(pages[0]) is Failure.TERMS


def test_with_a_key_connected_pages_of_a_platform_that_forbids_both_are_closed() -> None:
    keys = HeldKeys({"youtube": Key(platform="youtube", hosts=frozenset({"api.youtube.com"}), value="k", param="key")})
    probe = a_probe("http://www.youtube.com/@almestad", platform="youtube")
    without, _, _ = asked(robots(""), probe)
    connected, _, _ = asked(robots(""), probe, credentials=keys)
    assert without[0].body == b"hej"
    assert failure_of(connected[0]) is Failure.TERMS


def test_the_choice_on_a_consent_page_is_sent_to_its_platform_alone() -> None:
    _, heard, _ = asked(robots(""), a_probe("http://www.youtube.com/@almestad", platform="youtube"), a_probe())
    assert [each.headers.get("cookie") for each in heard] == ["SOCS=CAE=", None]


# --- robots.txt


def test_what_robots_closes_is_not_permitted() -> None:
    pages, heard, _ = asked(
        robots("User-agent: *\nDisallow: /hemligt"), a_probe("http://pub.example/hemligt/x"), a_probe()
    )
    assert pages[0].transport is Transport.NOT_PERMITTED
    assert failure_of(pages[0]) is Failure.ROBOTS
    assert pages[1].body == b"hej"
    assert [each.target for each in heard] == ["/"]


def test_our_own_name_comes_before_everyone() -> None:
    ours = "User-agent: *\nDisallow: /\n\nUser-agent: Kanalkoll\nDisallow: /x\n"
    pages, _, _ = asked(robots(ours), a_probe(), a_probe("http://pub.example/x"))
    assert pages[0].body == b"hej"
    assert failure_of(pages[1]) is Failure.ROBOTS


def test_robots_is_asked_once_a_day_and_host() -> None:
    now = [NIGHT]
    day = a_conduct(permissions=permissions(), clock=lambda: now[0])

    async def nights() -> list[int]:
        async with ScriptedServer(robots("")) as server:
            counts = []
            for passed in (0, 23, 25):
                now[0] = NIGHT + timedelta(hours=passed)
                async with loopback_fetcher({"pub.example": ("127.0.0.1", server.port)}, day) as fetcher:
                    await fetcher.fetch(a_probe())
                counts.append(server.connections)
            return counts

    assert asyncio.run(nights()) == [2, 3, 5]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_host_without_robots_may_be_asked(status: int) -> None:
    pages, _, _ = asked(robots("Disallow: /", status), a_probe())
    assert pages[0].body == b"hej"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_robots_in_trouble_means_not_now_and_is_no_refusal(status: int) -> None:
    pages, heard, _ = asked(robots("", status), a_probe())
    assert pages[0].transport is Transport.UNREACHABLE
    assert failure_of(pages[0]) is Failure.ROBOTS_UNREACHABLE
    assert heard == []


def test_a_host_that_limits_even_robots_is_left_alone() -> None:
    pages, _, connections = asked(robots("", 429), a_probe(), a_probe("http://pub.example/2"))
    assert [page.transport for page in pages] == [Transport.RATE_LIMITED] * 2
    assert connections == 1


def test_a_host_that_cannot_be_reached_is_told_as_that_and_not_as_robots() -> None:
    async def unserved() -> Page:
        async with loopback_fetcher({}, a_conduct()) as fetcher:
            return await fetcher.fetch(a_probe())

    assert failure_of(asyncio.run(unserved())) is Failure.DNS


def test_robots_may_live_behind_a_redirect() -> None:
    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        moved = {"/robots.txt": "/a.txt", "/a.txt": "/b.txt"}.get(heard.target)
        closed = response(200, b"User-agent: *\nDisallow: /", content_type="text/plain")
        writer.write(response(301, location=moved) if moved else closed)

    pages, _, _ = asked(answer, a_probe())
    assert failure_of(pages[0]) is Failure.ROBOTS


def test_robots_behind_a_redirect_to_what_is_closed_is_not_asked_for() -> None:
    async def answer(_heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(response(301, location="http://www.facebook.com/profile"))

    pages, heard, _ = asked(answer, a_probe())
    assert pages[0].reason == "robots_unreachable: www.facebook.com"
    assert {each.host for each in heard} <= {"pub.example"}


def test_a_page_instead_of_robots_closes_nothing() -> None:
    pages, _, _ = asked(robots("<!doctype html><title>Hittades inte</title>"), a_probe())
    assert pages[0].body == b"hej"


def test_a_crawl_delay_slows_us_down_and_never_speeds_us_up() -> None:
    slow = read_rules("User-agent: *\nCrawl-delay: 30", "kanalkoll")
    assert slow.crawl_delay("kanalkoll") == 30
    waits = asyncio.run(pauses("User-agent: *\nCrawl-delay: 30", Pace(seconds=10)))
    assert waits == pytest.approx(40, abs=1)  # 10 from robots.txt to the first page, 30 to the second
    assert asyncio.run(pauses("User-agent: *\nCrawl-delay: 1", Pace(seconds=10))) == pytest.approx(20, abs=1)


async def pauses(text: str, pace: Pace) -> float:
    """Virtual seconds that two pages take."""
    virtual = VirtualTime()
    conduct = a_conduct(permissions=Permissions(pace=pace), pacer=a_pacer(virtual))
    await ask(robots(text), a_probe(), a_probe("http://pub.example/2"), conduct=conduct)
    return virtual.seconds


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: KANALKOLL\nDisallow: /", False),
        ("User-agent: Kanalkoll/9.9 (whatever)\nDisallow: /", False),
        ("user-agent:kanalkoll\ndisallow:/", False),
        ("User-agent: other\nUser-agent: kanalkoll\nDisallow: /", False),
        ("User-agent: kanal\nDisallow: /", True),
        ("User-agent: kanalkollen\nDisallow: /", True),
        ("User-agent: other\nDisallow: /\nUser-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\nAllow: /x", True),
        ("User-agent: *\nDisallow: /*.php$", True),
        ("User-agent: *\nDisallow: /x", False),
        ("User-agent: *\nDisallow: /%78", False),
        ("Disallow: /", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agents: *\nDisallow: /x", True),
        ("User-agent: *\nUser-agentfoo: y\nDisallow: /x", False),
        ("User-agent: * # everyone\nDisallow: /x # this", False),
    ],
)
def test_names_and_rules_are_read_as_rfc_9309_has_it(text: str, allowed: bool) -> None:
    page = Page(url="http://pub.example/robots.txt", fetched_at=NIGHT, status=200, body=text.encode())
    assert copy_of(page, "kanalkoll", NIGHT).allows("http://pub.example/x", "kanalkoll") is allowed


@pytest.mark.parametrize(
    "line",
    [
        "User-agent: a{}\n",
        "User-agent: kanalkoll{}\n",
        "User-agent: a{}\n\n",
        "Disallow: /{}\n",
        "Disallow: /*a*b*c{}$\n",
        "User-agent: b{}\nDisallow: /{}\n",
        "Allow: /*{}*\n",
        "useragent x{}\n",
        "user agent: {}\n",
        "Sitemap: x{}\n",
        "nonsense {}\n",
        "{}: {}: {}\n",
    ],
)
def test_no_robots_of_the_largest_size_takes_long(line: str) -> None:
    count = 512_000 // len(line)
    text = "User-agent: *\nUser-agent: kanalkoll\n" + "".join(line.format(*[number] * 3) for number in range(count))
    asked = "http://pub.example/" + "ab" * 1000
    assert seconds_of(lambda: read_rules(text, "kanalkoll").can_fetch(asked, "kanalkoll"), 1.5) < 1.5


# --- who asks


def test_every_request_says_who_asks_and_where_to_object() -> None:
    seen: list[str] = []

    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        seen.append(heard.headers["user-agent"])
        writer.write(response(404) if heard.target == "/robots.txt" else response(200, b"hej"))

    asked(answer, a_probe())
    assert len(seen) == 2
    assert set(seen) == {
        "Kanalkoll/0.1 (+https://almestad.example/kanalkoll; nightly look at a public body's own accounts)"
    }


@pytest.mark.parametrize("contact", ["", "almestad.example", "mailto:x@almestad.example", "https://almeståd.example/"])
def test_without_a_contact_page_nobody_is_asked(contact: str) -> None:
    pages, _, connections = asked(robots(""), a_probe(), agent=Agent(contact=contact))
    assert failure_of(pages[0]) is Failure.NO_CONTACT
    assert pages[0].transport is Transport.NOT_PERMITTED
    assert connections == 0
