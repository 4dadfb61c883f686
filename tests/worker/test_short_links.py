"""Short links on the city's pages and on its list: one request to the shortener, none to the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from audits.discovering.comparing import compared
from audits.listing import Declaration, Form
from audits.model import Page, Probe, SightingKind, Source, Transport
from audits.platforms import GRAMMARS
from config.permissions import load_permissions
from tests.builders import NIGHT, a_sighting
from tests.fakes import DictAsker, HandClock
from tests.fetching.webs import a_probe
from worker.ports.short_links import Hiding
from worker.steps.public_list import follow_published, read_through
from worker.steps.short_links import PLATFORM, ShortLinks, follow_hiding
from worker.storage import SqlStore
from worker.storage.lists import SqlLists
from worker.storage.short_links import SqlShortLinks
from worker.storage.sightings import SqlSightings

START = "https://almestad.example/"
SHORT, TINY = "https://fb.me/almestad1", "https://bit.ly/almestad2"
LIBRARY = "https://www.facebook.com/almestadsbibliotek"
KEY = "facebook:almestadsbibliotek"
AS_LINKS = Declaration(url=START, form=Form.LINKS, within="main")


@dataclass
class Shorteners(DictAsker):
    """Sends on as the dict says; anything else is refused, as by a robots.txt."""

    pages: Mapping[str, str]

    async def fetch(self, probe: Probe) -> Page:
        self.asked.append(probe.url)
        ahead = self.pages.get(probe.url)
        if ahead is None:
            return Page(url=probe.url, fetched_at=self.clock(), transport=Transport.NOT_PERMITTED, reason="robots")
        return Page(url=probe.url, fetched_at=self.clock(), status=301, headers={"location": ahead})


@dataclass
class House:
    store: SqlStore
    asker: Shorteners

    @property
    def links(self) -> ShortLinks:
        return ShortLinks(
            store=SqlShortLinks(self.store.db), asker=self.asker, grammars=GRAMMARS, clock=HandClock(NIGHT)
        )

    def shows(self, url: str, page: str = START) -> None:
        seen = a_sighting(url=url, kind=SightingKind.OTHER, platform=None, key=None)
        SqlSightings(self.store.db).save_look(Source.SITE, page, compared((), [seen], NIGHT), NIGHT)

    def keys(self) -> list[str | None]:
        return [each.sighting.key for each in SqlSightings(self.store.db).each_sighting()]


@pytest.fixture
def house(store: SqlStore) -> House:
    return House(store, Shorteners({SHORT: LIBRARY, TINY: SHORT}, HandClock(NIGHT)))


def test_a_short_link_is_asked_for_once_and_what_it_leads_to_never(house: House):
    house.shows(SHORT)
    house.shows(SHORT, f"{START}kontakt")
    assert follow_hiding(house.links, NIGHT, 30)
    assert not follow_hiding(house.links, NIGHT + timedelta(days=7), 30)
    assert house.asker.asked == [SHORT]
    assert house.keys() == [KEY, KEY]


def test_a_short_link_that_leads_to_another_is_followed_through_both(house: House):
    house.shows(TINY)
    follow_hiding(house.links, NIGHT, 30)
    assert (house.asker.asked, house.keys()) == ([TINY, SHORT], [KEY])


def test_short_links_that_lead_round_in_a_ring_are_left(house: House):
    house.asker.pages = {TINY: SHORT, SHORT: TINY}
    house.shows(TINY)
    follow_hiding(house.links, NIGHT, 30)
    assert (len(house.asker.asked), house.keys()) == (3, [None])


def test_a_shortener_that_refuses_is_asked_again_by_the_next_walk_and_not_before(house: House):
    house.shows("https://t.co/a1")
    assert follow_hiding(house.links, NIGHT, 30)
    assert not follow_hiding(house.links, NIGHT, 30)
    assert follow_hiding(house.links, NIGHT + timedelta(seconds=1), 30)


def test_the_invitations_of_a_platform_are_not_asked_for(house: House):
    house.shows("https://www.tiktok.com/t/ZExempel/")
    assert not follow_hiding(house.links, NIGHT, 30)
    assert house.asker.asked == []


def a_list(*urls: str) -> Page:
    lines = "".join(f'<li><a href="{url}">Konto</a></li>' for url in urls)
    return Page(url=START, fetched_at=NIGHT, status=200, body=f"<main><ul>{lines}</ul></main>".encode())


def test_a_line_of_the_list_by_short_link_alone_names_its_account(house: House):
    read = read_through(a_list(SHORT), AS_LINKS, house.links, 30)
    assert [each.key for each in read.listed] == [KEY]
    assert read.unread == ()
    read_through(a_list(SHORT), AS_LINKS, house.links, 30)
    assert house.asker.asked == [SHORT]


def test_a_line_whose_shortener_refuses_keeps_every_account_of_its_platform_from_being_told_as_missing(house: House):
    db = house.store.db
    read = read_through(a_list("https://fb.me/annan", "https://x.com/almestad"), AS_LINKS, house.links, 30)
    follow_published(read, "test", SqlSightings(db), SqlLists(db), NIGHT)
    assert SqlLists(db).hidden() == {Source.LIST: {"facebook"}}
    assert (house.store.public_list() or pytest.fail("the list was not kept")).hidden == {"facebook"}


def test_a_list_that_is_taken_back_takes_its_short_links_along_and_brings_back_those_of_the_one_before_it(house: House):
    db, kept = house.store.db, "https://x.com/almestad"
    lists, sightings = SqlLists(db), SqlSightings(db)
    for night, shown in enumerate(["fb.me/a", "lnkd.in/b", "lnkd.in/b", "fb.me/a", "fb.me/a"]):
        read = read_through(a_list(f"https://{shown}", kept), AS_LINKS, house.links, 30)
        follow_published(read, "test", sightings, lists, NIGHT + timedelta(days=night))
    assert lists.hidden() == {Source.LIST: {"facebook"}}
    forgotten = lists.forget_reading(NIGHT + timedelta(days=5)) or pytest.fail("nothing was saved")
    assert (forgotten.short_links, [each["key"] for each in forgotten.named]) == (["https://fb.me/a"], ["x:almestad"])
    assert lists.hidden() == {Source.LIST: {"linkedin"}}


@pytest.mark.parametrize("host", ["fb.me", "t.co", "lnkd.in", "bit.ly"])
def test_the_shipped_permissions_leave_a_shortener_to_its_own_robots_and_its_platform_closed(host: str):
    shipped, day = load_permissions(), date(2026, 11, 26)
    probe = a_probe(f"https://{host}/a1", platform=PLATFORM)
    asked = shipped.verdict(PLATFORM, probe.route, host, "/a1", keyed=False, connected=False, day=day)
    assert asked.allowed
    assert asked.obeys_robots
    ahead = shipped.verdict(PLATFORM, probe.route, "www.facebook.com", "/a1", keyed=False, connected=False, day=day)
    assert not ahead.allowed


def test_a_short_link_that_nobody_could_follow_is_named_to_whoever_can_mend_its_page(house: House):
    refused = "https://t.co/a1"
    for page in (START, f"{START}kontakt"):
        house.shows(refused, page)
    assert house.links.store.unfollowed() == ()
    follow_hiding(house.links, NIGHT, 9)
    assert house.links.store.unfollowed() == (Hiding(url=refused, page=START, pages=2),)
    house.asker.pages = {refused: LIBRARY}
    follow_hiding(house.links, NIGHT + timedelta(days=7), 9)
    assert house.links.store.unfollowed() == ()
