"""How accounts are asked about: alone or together, and where their newest posts stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.asking import (
    ALL,
    Interface,
    addressed,
    card_at,
    id_seen,
    listed_at,
    offer,
    own_page,
    quoted,
    stepwise,
    with_posts,
)
from audits.model import (
    UNSEEN,
    Activity,
    Batch,
    Facts,
    Page,
    PlatformId,
    Post,
    Probe,
    Reading,
    Route,
    Transport,
)
from audits.platform import Asking, Platform, RouteOffer, Subject, routed
from audits.reading.markers import Packs
from audits.reading.pages import left_out, present, unreadable
from audits.visiting import play, visit
from tests.builders import an_account
from tests.fakes import BOARD
from tests.platforms.asking import asked, passed_over

API = "https://api.example"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
SUBJECT = Subject(platform="board", key="board:a b", url="https://board.example/a")
POSTS = (Post(at=NOW),)
SEVEN = Facts(platform_id=PlatformId("user", "7"))
READINGS = {
    "posts": present(Facts(posts=POSTS, activity=Activity(at=NOW, source="posts"))),
    "empty": present(replace(SEVEN, posts_count=0)),
    "broken": unreadable("broken"),
    "others": left_out(),
    "mixed": replace(present(SEVEN), torn=True),
}


def read(page: Page, _subject: Subject, _packs: Packs) -> Reading:
    """Says of every address what its last word stands for."""
    return READINGS.get(page.url.rpartition("/")[2], present(SEVEN))


def newest(found: Reading, name: str) -> str | None:
    return f"{API}/{name}/posts" if id_seen(found, "user") else None


def named(subject: Subject) -> str | None:
    return subject.handle


INTERFACE = Interface(platform="board", read=read, key="secret", newest=newest)


def with_route(route: RouteOffer) -> Platform:
    return replace(BOARD, routes=(route,))


def visited(endpoint: str, answers: int, interface: Interface = INTERFACE) -> tuple[list[Probe], Reading]:
    return asked(
        with_route(interface.offer(Route.API_BY_ID, named, endpoint)), Route.API_BY_ID, SUBJECT, *["x"] * answers
    )


def test_a_page_is_asked_for_once_and_with_its_own_credential() -> None:
    route = offer(Route.OEMBED, read, own_page, key="secret", unless="other", accept="text/html")
    probes, reading = asked(with_route(route), Route.OEMBED, SUBJECT, "x")
    assert probes == [
        Probe(url="https://board.example/a", platform="board", route=Route.OEMBED, key="secret", accept="text/html")
    ]
    assert (reading.transport, route.key, route.unless) == (Transport.OK, "secret", "other")


def test_whoever_has_no_address_is_passed_over() -> None:
    routes = (offer(Route.PAGE, read, own_page), INTERFACE.offer(Route.PAGE, named, API))
    assert all(passed_over(with_route(route), Route.PAGE, Subject(platform="board")) for route in routes)


def test_the_account_is_asked_for_first_and_its_newest_posts_then() -> None:
    probes, reading = visited(f"{API}/{{items}}", 2)
    assert [probe.url for probe in probes] == [f"{API}/a%20b", f"{API}/a%20b/posts"]
    assert {(probe.key, probe.accept, probe.route) for probe in probes} == {
        ("secret", "application/json", Route.API_BY_ID)
    }
    assert (reading.facts.platform_id, reading.facts.posts) == (PlatformId("user", "7"), POSTS)


def test_of_an_account_that_says_it_has_no_posts_none_are_asked_for() -> None:
    _, reading = visited(f"{API}/empty", 1)
    assert (reading.facts.activity, reading.facts.posts) == (None, ())


def test_a_count_that_leaves_some_posts_out_says_nothing_of_silence() -> None:
    _, reading = visited(f"{API}/empty", 1, replace(INTERFACE, counts_all=False))
    assert (reading.facts.posts_count, reading.facts.activity, reading.facts.posts) == (0, UNSEEN, UNSEEN)


@pytest.mark.parametrize("ending", ["broken", ""], ids=["nobody was found", "the posts stand nowhere"])
def test_posts_are_not_looked_for_in_vain(ending: str) -> None:
    silent = Interface(platform="board", read=read)
    _, reading = visited(f"{API}/{ending}", 1, INTERFACE if ending else silent)
    assert (reading.facts.activity, reading.facts.posts) == (UNSEEN, UNSEEN)


def test_an_account_stays_found_where_its_posts_could_not_be_read() -> None:
    broken = replace(INTERFACE, newest=lambda _found, name: f"{API}/{name}/broken")
    probes, reading = visited(f"{API}/{{items}}", 2, broken)
    assert (len(probes), reading.transport, reading.facts.posts) == (2, Transport.OK, UNSEEN)


def test_what_was_known_of_an_account_stays_where_a_list_of_posts_shows_nothing() -> None:
    known = present(Facts(posts=POSTS, activity=Activity(at=NOW, source="account")))
    assert with_posts(known, unreadable("x")) == known


def test_a_route_of_several_requests_begins_with_whom_it_is_about() -> None:
    def twice(name: str, _subject: Subject, _packs: Packs) -> Asking:
        yield Probe(url=f"{API}/{name}", platform="board", route=Route.OPEN)
        page = yield Probe(url=f"{API}/empty", platform="board", route=Route.OPEN)
        return read(page, SUBJECT, _packs)

    probes, reading = asked(with_route(stepwise(Route.OPEN, named, twice)), Route.OPEN, SUBJECT, "x", "x")
    assert (len(probes), reading.facts.posts_count) == (2, 0)


def test_an_interface_may_take_steps_of_its_own() -> None:
    def alone(probe: Probe, name: str, subject: Subject, packs: Packs) -> Asking:
        found: Reading = read((yield probe), subject, packs)
        return (yield from INTERFACE.with_newest(found, f"{API}/{name}/posts", probe.route, subject, packs))

    route = INTERFACE.offer(Route.API_BY_ID, named, f"{API}/{{items}}", steps=alone)
    probes, reading = asked(with_route(route), Route.API_BY_ID, SUBJECT, "x", "x")
    assert (probes[1].url, reading.facts.posts) == (f"{API}/a b/posts", POSTS)


def test_several_accounts_may_share_a_request() -> None:
    route = INTERFACE.offer(Route.API_BY_ID, named, f"{API}?id={{items}}", most=9, separator="&id=")
    asking = route.ask(SUBJECT, Packs(today=NOW.date()))
    assert asking is not None
    assert next(asking).batch == Batch(endpoint=f"{API}?id={{items}}", item="a b", limit=9, separator="&id=")
    assert route.sees == ALL


@pytest.mark.parametrize(
    ("answered", "later"),
    [
        *((doubtful, [f"{API}/a%20b", f"{API}/a%20b/posts"]) for doubtful in ("others", "mixed")),
        ("all", [f"{API}/a%20b/posts"]),
    ],
)
def test_whom_an_answer_about_many_leaves_out_or_shows_changed_is_asked_for_alone(
    answered: str, later: list[str]
) -> None:
    route = INTERFACE.offer(Route.API_BY_ID, named, f"{API}/{{items}}", most=9)
    asking = route.ask(SUBJECT, Packs(today=NOW.date()))
    assert asking is not None
    assert next(asking).batch
    probes = [asking.send(Page(url=f"{API}/{answered}", fetched_at=NOW))]
    probes += [asking.send(Page(url=probes[0].url, fetched_at=NOW)) for _ in later[1:]]
    assert [(each.url, each.batch) for each in probes] == [(url, None) for url in later]


def test_an_id_of_another_space_is_not_the_accounts() -> None:
    found = present(Facts(platform_id=PlatformId("user", "7")))
    assert (id_seen(found, "user"), id_seen(found, "page"), id_seen(unreadable("x"), "user")) == ("7", None, None)


def test_an_address_within_another_is_quoted_whole() -> None:
    assert (quoted("https://a.example/b?c"), quoted(None)) == ("https%3A%2F%2Fa.example%2Fb%3Fc", None)


def test_a_profile_stands_where_the_name_leads_else_where_the_register_says() -> None:
    nameless = replace(SUBJECT, key=None)
    profile = addressed("https://board.example/@{name}")
    assert (profile(SUBJECT), profile(nameless)) == ("https://board.example/@a%20b", None)
    assert addressed("https://board.example/@{name}", otherwise=own_page)(nameless) == SUBJECT.url


def test_an_address_belongs_to_the_route_whose_sign_it_shows_first() -> None:
    route_of = routed({"by=name": Route.API_BY_HANDLE, "api.example": Route.API_BY_ID, "oembed": Route.OEMBED})
    addresses = (f"{API}/oembed?by=name", f"{API}/oembed", "https://board.example/oembed?url=a", "https://[/oembed")
    routes = [Route.API_BY_HANDLE, Route.API_BY_ID, Route.OEMBED, Route.PAGE]
    assert [route_of(each) for each in addresses] == routes


def test_a_host_belongs_to_a_route_by_what_is_asked_of_it() -> None:
    route_of = routed(
        {"api.example?login": Route.OPEN, "api.example/{number}": Route.API_BY_ID, "api.example": Route.PAGE}
    )
    asked = ("/users?login=a", "/users?login=a&id=7", "/users/7", "/users/a7", "/users?id=7")
    routes = [Route.OPEN, Route.OPEN, Route.API_BY_ID, Route.PAGE, Route.PAGE]
    assert [route_of(f"https://api.example{each}") for each in asked] == routes
    assert route_of("https://board.example/7?login=a") is Route.PAGE


def test_an_address_on_a_host_below_the_named_one_belongs_to_its_route_and_any_other_elsewhere() -> None:
    route_of = routed({"board.example": Route.PAGE}, otherwise=Route.OPEN)
    addresses = ("https://board.example/a", "https://www.board.example/a", "https://notboard.example/a")
    assert [route_of(each) for each in addresses] == [Route.PAGE, Route.PAGE, Route.OPEN]


def test_posts_are_listed_by_the_id_that_was_read_or_by_the_name_asked_for() -> None:
    found = present(Facts(platform_id=PlatformId("user", "7")))
    assert listed_at(f"{API}/{{name}}/posts")(found, "a%20b") == f"{API}/a%20b/posts"
    assert listed_at(f"{API}/{{name}}/posts", "user")(found, "a%20b") == f"{API}/7/posts"
    assert listed_at(f"{API}/{{name}}/posts", "other")(found, "a%20b") is None


def test_a_card_is_asked_for_by_the_address_of_the_account() -> None:
    card = card_at("https://board.example/oembed?url=")
    assert card(SUBJECT) == "https://board.example/oembed?url=https%3A%2F%2Fboard.example%2Fa"
    assert card(replace(SUBJECT, url=None)) is None


def test_an_address_on_another_host_is_known_to_be_named_by_the_page_before():
    def steps(first: str, subject: Subject, packs: Packs) -> Asking:
        page = yield Probe(url=first, platform="board", route=Route.PAGE)
        yield Probe(url="https://board.example/b", platform="board", route=Route.PAGE)
        yield Probe(url="https://intranet.almestad.example/", platform="board", route=Route.PAGE)
        return read(page, subject, packs)

    board = with_route(stepwise(Route.PAGE, own_page, steps))
    account = an_account(platform="board", key="board:a", address="https://board.example/a")
    asked_for: list[Probe] = []

    def fetch(probe: Probe) -> Page:
        asked_for.append(probe)
        return Page(url=probe.url, fetched_at=NOW, final_url=f"{probe.url}#seen")

    dict(play({1: visit(account, board, Packs(today=NOW.date()), frozenset(), NOW)}, fetch))
    assert [each.named_by for each in asked_for] == [None, None, "https://board.example/b#seen"]


def test_what_came_for_several_says_so_to_each_of_them() -> None:
    seen: dict[str, bool] = {}

    def reading(page: Page, subject: Subject, _packs: Packs) -> Reading:
        seen[subject.url or ""] = page.of_several
        return present(Facts())

    together = replace(INTERFACE, read=reading).offer(Route.API_BY_ID, own_page, f"{API}?id={{items}}", most=2)
    addresses = [f"https://board.example/{name}" for name in "abc"]
    board, packs = with_route(together), Packs(today=NOW.date())
    accounts = [an_account(platform="board", key="board:a", address=each) for each in addresses]
    keys = frozenset({"secret"})
    visits = {number: visit(each, board, packs, keys, NOW) for number, each in enumerate(accounts)}
    dict(play(visits, lambda probe: Page(url=probe.url, fetched_at=NOW)))
    assert [seen[each] for each in addresses] == [True, True, False]
