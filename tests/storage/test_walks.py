"""Walks and their pages, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audits.discovering.finding import Outcome
from audits.discovering.frontier import Role, Spot
from audits.discovering.traps import Shape
from audits.model import UNSEEN, Look, Source
from tests.builders import NIGHT, TODAY, a_sighting
from tests.storage.nights import registered
from worker.ports.walks import EndedBy, NewWalk, Settled, Waiting, Walk, WalkKind
from worker.storage import SqlStore
from worker.storage.lists import SqlLists
from worker.storage.resting import SqlRests
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks

CITY = "almestad.example"
FRONT, CULTURE = Spot(f"https://{CITY}/", 0), Spot(f"https://{CITY}/kultur", 1)
LOST = Settled(outcome=Outcome.NOT_HAD, transport="unreachable", reason="dns")
READ = Settled(outcome=Outcome.READ, status=200, transport="ok", etag='"1"')


@pytest.fixture
def walks(store: SqlStore) -> SqlWalks:
    return SqlWalks(store.db)


def a_walk(**changes: Any) -> NewWalk:
    return NewWalk(**{"kind": WalkKind.WEEKLY, "due_on": TODAY, "plan": {"sites": []}, "starts": (FRONT,), **changes})


def held(walks: SqlWalks, **changes: Any) -> tuple[Walk, str]:
    """A walk that this worker walks."""
    walk, _ = walks.begin_walk(a_walk(**changes), NIGHT)
    token = walks.lease_walk(walk.id, NIGHT, 60)
    assert token is not None
    return walk, token


def taken(walks: SqlWalks, walk: Walk, token: str, host: str = CITY) -> Waiting:
    page = walks.take_page(walk.id, token, host)
    assert page is not None
    return page


def ended(walks: SqlWalks, walk: Walk) -> None:
    walks.end_asking(walk.id, EndedBy.DONE)
    walks.close_walk(walk.id, NIGHT)


@pytest.mark.parametrize(("became", "known"), [(READ, ()), (LOST, UNSEEN)])
def test_no_page_links_to_an_account_only_where_the_pages_were_had(
    store: SqlStore, walks: SqlWalks, became: Settled, known: object
):
    [id_] = registered(store, 1)
    walk, token = held(walks)
    walks.settle_page(walk.id, token, taken(walks, walk, token), became, NIGHT)
    ended(walks, walk)
    assert SqlRests(store.db).links_to(id_).pages == known


def test_a_week_has_one_walk_however_often_it_is_begun(walks: SqlWalks):
    first, is_new = walks.begin_walk(a_walk(), NIGHT)
    again, is_new_again = walks.begin_walk(a_walk(), NIGHT)
    assert (is_new, is_new_again, again) == (True, False, first)
    ended(walks, first)
    later, is_new = walks.begin_walk(a_walk(), NIGHT)
    assert (later.id, later.is_open, is_new) == (first.id, False, False)
    assert walks.begun_weeks() == {TODAY}


def test_one_walk_at_a_time_is_open(walks: SqlWalks):
    first, _ = walks.begin_walk(a_walk(), NIGHT)
    asked, is_new = walks.begin_walk(a_walk(kind=WalkKind.ASKED), NIGHT)
    assert (asked.id, is_new) == (first.id, False)
    ended(walks, first)
    asked, is_new = walks.begin_walk(a_walk(kind=WalkKind.ASKED), NIGHT)
    assert is_new
    assert walks.open_walk() == asked == walks.latest_walk()


def test_one_worker_at_a_time_walks(walks: SqlWalks):
    walk, _ = held(walks)
    assert walks.lease_walk(walk.id, NIGHT, 60) is None
    assert walks.lease_walk(walk.id, NIGHT + timedelta(seconds=60), 60)


def test_a_worker_whose_time_is_over_takes_and_writes_nothing(walks: SqlWalks):
    walk, old = held(walks)
    page = taken(walks, walk, old)
    new = walks.lease_walk(walk.id, NIGHT + timedelta(seconds=61), 60)
    assert new is not None
    assert walks.take_page(walk.id, old, CITY) is None
    assert not walks.settle_page(walk.id, old, page, READ, NIGHT)
    assert walks.settle_page(walk.id, new, taken(walks, walk, new), READ, NIGHT)


def test_the_nearest_page_comes_first_and_waits_until_it_is_settled(walks: SqlWalks):
    walk, token = held(walks, starts=(CULTURE, FRONT))
    assert taken(walks, walk, token).spot == FRONT
    again = taken(walks, walk, token)
    assert (again.spot, again.attempts) == (FRONT, 2)
    walks.put_back(again)
    page = taken(walks, walk, token)
    assert page.attempts == 2
    assert walks.settle_page(walk.id, token, page, READ, NIGHT)
    assert not walks.settle_page(walk.id, token, page, READ, NIGHT), "settled twice"
    assert taken(walks, walk, token).spot == CULTURE
    assert walks.walk(walk.id).asked == 1


def test_a_page_is_settled_with_all_that_it_adds(walks: SqlWalks, store: SqlStore):
    walk, token = held(walks)
    further = Spot("https://bibliotek.almestad.example/", 1)
    look = Look(seen=(a_sighting(),))
    walks.settle_page(walk.id, token, taken(walks, walk, token), replace(READ, spots=(further,), look=look), NIGHT)
    assert walks.waiting_hosts() == [further.host]
    (kept,) = SqlSightings(store.db).sightings_on(Source.SITE, FRONT.url)
    assert kept.sighting == a_sighting()


def test_a_page_is_known_once_and_by_its_nearest_way(walks: SqlWalks):
    walk, token = held(walks, starts=(FRONT, Spot(f"https://{CITY}/start", 0), Spot(f"https://{CITY}/karta", 0)))
    for depth in (5, 2, 4):
        further = replace(READ, spots=(replace(CULTURE, depth=depth),))
        walks.settle_page(walk.id, token, taken(walks, walk, token), further, NIGHT)
    assert taken(walks, walk, token).spot == replace(CULTURE, depth=2)
    assert walks.count_pages(walk.id).waiting == 1


def test_the_next_walk_asks_for_every_page_again_by_what_it_was_told(walks: SqlWalks):
    walk, token = held(walks)
    walks.settle_page(walk.id, token, taken(walks, walk, token), replace(READ, spots=(CULTURE,)), NIGHT)
    unread = replace(READ, outcome=Outcome.NOT_HAD, etag="", status=503)
    walks.settle_page(walk.id, token, taken(walks, walk, token), unread, NIGHT)
    assert walks.validators_of(FRONT.url) == ('"1"', "")
    assert walks.validators_of(CULTURE.url) == ("", "")
    ended(walks, walk)
    walk, _ = held(walks, due_on=TODAY + timedelta(7))
    assert walks.count_pages(walk.id).waiting == 2
    assert walks.validators_of(FRONT.url) == ('"1"', "")


def test_what_could_not_be_had_keeps_what_it_is_asked_by(walks: SqlWalks):
    walk, token = held(walks)
    walks.settle_page(walk.id, token, taken(walks, walk, token), READ, NIGHT)
    ended(walks, walk)
    walk, token = held(walks, due_on=TODAY + timedelta(7))
    unread = replace(READ, outcome=Outcome.NOT_HAD, etag="", status=503)
    walks.settle_page(walk.id, token, taken(walks, walk, token), unread, NIGHT)
    assert walks.validators_of(FRONT.url) == ('"1"', "")


def test_a_walk_that_reads_anew_asks_for_whole_pages(walks: SqlWalks):
    walk, token = held(walks)
    walks.settle_page(walk.id, token, taken(walks, walk, token), READ, NIGHT)
    ended(walks, walk)
    held(walks, due_on=TODAY + timedelta(7), anew=True)
    assert walks.validators_of(FRONT.url) == ("", "")


def test_a_page_that_is_gone_waits_again_only_where_it_is_still_linked(walks: SqlWalks):
    walk, token = held(walks)
    walks.settle_page(walk.id, token, taken(walks, walk, token), replace(READ, spots=(CULTURE,)), NIGHT)
    gone = replace(READ, outcome=Outcome.GONE, status=404, etag="")
    walks.settle_page(walk.id, token, taken(walks, walk, token), gone, NIGHT)
    ended(walks, walk)
    walk, token = held(walks, due_on=TODAY + timedelta(7))
    front = taken(walks, walk, token)
    assert walks.count_pages(walk.id).waiting == 1
    walks.settle_page(walk.id, token, front, replace(READ, spots=(CULTURE,)), NIGHT)
    again = taken(walks, walk, token)
    assert again.spot == CULTURE
    walks.settle_page(walk.id, token, again, replace(gone, spots=(CULTURE,)), NIGHT)
    assert walks.waiting_hosts() == []


def test_pages_of_one_shape_are_counted(walks: SqlWalks):
    shape = Shape(f"{CITY}/kalender/0/0", 100)
    days = tuple(Spot(f"https://{CITY}/kalender/11/{day}", 1, shape=shape) for day in range(3))
    listed = Spot(f"https://{CITY}/kalender/11/9", 1, Role.SITEMAP)
    held(walks, starts=(*days, listed))
    assert walks.count_shapes([shape.text, f"{CITY}/sok?"]) == {shape.text: 3}


def test_pages_are_counted_by_what_became_of_them(walks: SqlWalks):
    walk, token = held(walks, starts=(FRONT, CULTURE, Spot(f"https://{CITY}/bad", 1)))
    refused = Settled(outcome=Outcome.NOT_HAD, asked=False, transport="not_permitted", reason="robots: closed")
    for settled in (READ, refused):
        walks.settle_page(walk.id, token, taken(walks, walk, token), settled, NIGHT)
    counts = walks.count_pages(walk.id)
    assert (counts.waiting, counts.refused, counts.by_outcome[Outcome.READ]) == (1, 1, 1)


def test_a_page_that_nobody_asked_for_is_counted_apart_from_one_whose_host_was_not_reached(walks: SqlWalks):
    walk, token = held(walks, starts=(FRONT, CULTURE))
    unreached = Settled(outcome=Outcome.NOT_HAD, transport="unreachable", reason="dns: no such name")
    left_out = Settled(outcome=Outcome.NOT_HAD, asked=False, reason="no longer one of the city's sites")
    for settled in (unreached, left_out):
        walks.settle_page(walk.id, token, taken(walks, walk, token), settled, NIGHT)
    counts = walks.count_pages(walk.id)
    assert (counts.by_outcome[Outcome.NOT_HAD], counts.unasked) == (2, 1)
    assert counts.unreached == {CITY: "dns: no such name"}
    assert walks.walk(walk.id).asked == 1


# --- a site that is larger than a walk may ask for


def asked_of(walks: SqlWalks, week: int, pages: int, *found: Spot) -> list[str]:
    """One week's walk over so many pages; its first page leads to `found`. Gives the paths in the order asked for."""
    walk, token = held(walks, due_on=TODAY + timedelta(weeks=week))
    paths = []
    for number in range(pages):
        page = taken(walks, walk, token)
        walks.settle_page(walk.id, token, page, READ if number else replace(READ, spots=found), NIGHT)
        paths.append(page.spot.url.partition(CITY)[2])
    ended(walks, walk)
    return paths


def test_what_a_walk_did_not_come_to_is_first_in_the_next_and_the_starts_are_in_every_one(walks: SqlWalks):
    tree = tuple(Spot(f"https://{CITY}/{name}", depth) for name, depth in (("c", 2), ("a", 1), ("d", 2), ("b", 1)))
    weeks = [asked_of(walks, week, 3, *tree) for week in range(4)]
    assert weeks == [["/", "/a", "/b"], ["/", "/c", "/d"], ["/", "/a", "/b"], ["/", "/c", "/d"]]


def test_a_page_that_is_new_comes_before_what_was_asked_last_week(walks: SqlWalks):
    asked_of(walks, 0, 3, Spot(f"https://{CITY}/a", 1), Spot(f"https://{CITY}/b", 1))
    assert asked_of(walks, 1, 2, Spot(f"https://{CITY}/ny", 3)) == ["/", "/ny"]


def test_a_host_that_no_walk_came_to_is_first_in_the_next(walks: SqlWalks):
    asked_of(walks, 0, 1, Spot(f"https://a.{CITY}/", 1), Spot(f"https://b.{CITY}/", 1))
    walk, token = held(walks, due_on=TODAY + timedelta(weeks=1))
    walks.settle_page(walk.id, token, taken(walks, walk, token, f"a.{CITY}"), READ, NIGHT)
    ended(walks, walk)
    held(walks, due_on=TODAY + timedelta(weeks=2))
    assert walks.waiting_hosts() == [f"b.{CITY}", CITY, f"a.{CITY}"]


UNREACHED = Settled(outcome=Outcome.NOT_HAD, transport="unreachable", reason="dns")


def site_is_read(walks: SqlWalks, *settled: Settled) -> bool:
    """Whether the sites count as read after a walk that came to its end, its pages settled so: the start, then others.

    A link that the register expects is only missing from sites that count as read.
    """
    walk, token = held(walks)
    others = tuple(Spot(f"https://{CITY}/{number}", 1) for number in range(len(settled) - 1))
    for at, each in enumerate(settled):
        more = replace(each, spots=others) if at == 0 else each
        walks.settle_page(walk.id, token, taken(walks, walk, token), more, NIGHT)
    ended(walks, walk)
    return Source.SITE in SqlLists(walks.db).sources_read()


def test_a_walk_that_read_its_pages_has_read_the_sites(walks: SqlWalks):
    closed = Settled(outcome=Outcome.NOT_HAD, transport="not_permitted", reason="robots")
    document = Settled(outcome=Outcome.NOT_HAD, status=200, transport="ok", reason="application/pdf holds no links")
    assert site_is_read(walks, READ, READ, closed, document)


@pytest.mark.parametrize(
    "settled",
    [
        pytest.param((UNREACHED,), id="nothing"),
        pytest.param((UNREACHED, READ, READ, READ, READ, READ), id="all but where it set out"),
        pytest.param((READ, READ, UNREACHED), id="a part"),
    ],
)
def test_a_walk_that_could_not_reach_the_sites_has_not_read_them(walks: SqlWalks, settled: tuple[Settled, ...]):
    assert not site_is_read(walks, *settled)


def test_pages_that_were_had_before_count_though_this_week_they_did_not_answer(walks: SqlWalks):
    assert site_is_read(walks, READ)
    walk, token = held(walks, due_on=TODAY + timedelta(weeks=1))
    walks.settle_page(walk.id, token, taken(walks, walk, token), UNREACHED, NIGHT)
    ended(walks, walk)
    assert Source.SITE in SqlLists(walks.db).sources_read()
