from datetime import timedelta

import pytest

from audits.addresses import identify
from audits.discovering.comparing import compared
from audits.discovering.short_links import Lead
from audits.model import Address, Sighting, SightingKind, Source
from audits.platforms import GRAMMARS
from tests.builders import NIGHT, a_sighting
from worker.storage import SqlStore
from worker.storage.lists import SqlLists
from worker.storage.short_links import SqlShortLinks
from worker.storage.sightings import PAGE, SqlSightings

SHORT, OTHER = "https://fb.me/almestad1", "https://bit.ly/almestad2"
INSTAGRAM = "https://www.instagram.com/almestad/"
WEEK = timedelta(days=7)


@pytest.fixture
def links(store: SqlStore) -> SqlShortLinks:
    return SqlShortLinks(store.db)


def hiding(url: str = SHORT, platform: str | None = "facebook") -> Sighting:
    return a_sighting(url=url, kind=SightingKind.OTHER, platform=platform, key=None)


def saw(links: SqlShortLinks, page: str, *seen: Sighting, source: Source = Source.SITE) -> None:
    sightings = SqlSightings(links.db)
    sightings.save_look(source, page, compared(sightings.sightings_on(source, page), seen, NIGHT), NIGHT)


def account(url: str = INSTAGRAM) -> Address:
    return identify(url, None, GRAMMARS)


def a_lead(url: str = SHORT, leads_to: str = INSTAGRAM) -> Lead:
    return Lead(url=url, asked_at=NIGHT + WEEK, leads_to=leads_to, reason="" if leads_to else "HTTP 404")


def test_the_sightings_that_hid_an_account_are_of_it_and_keep_the_day_on_which_they_were_first_seen(
    links: SqlShortLinks,
):
    pages = [f"https://almestad.example/{number}" for number in range(PAGE + 1)]
    for page in pages:
        saw(links, page, hiding())
    links.keep_lead(a_lead(), account())
    found = list(SqlSightings(links.db).each_sighting())
    assert {each.sighting.key for each in found} == {"instagram:almestad"}
    assert [each.sighting.page for each in found] == pages
    assert {each.first_seen_at for each in found} == {NIGHT}
    saw(links, pages[0], a_sighting(url=SHORT))
    assert len(list(SqlSightings(links.db).each_sighting())) == len(pages)


def test_a_page_that_names_the_account_already_names_it_once(links: SqlShortLinks):
    saw(links, "https://almestad.example/", a_sighting(), hiding())
    links.keep_lead(a_lead(), account())
    (only,) = SqlSightings(links.db).each_sighting()
    assert only.sighting.url == INSTAGRAM


def test_what_was_never_asked_for_comes_first_and_what_is_known_not_at_all(links: SqlShortLinks):
    saw(links, "https://almestad.example/", hiding(), hiding(OTHER, None), hiding("https://t.co/a", "x"))
    assert list(links.hiding(NIGHT, 10)) == [OTHER, SHORT, "https://t.co/a"]
    links.keep_lead(a_lead(leads_to=""), None)
    links.keep_lead(a_lead(OTHER, "https://almestad.example/nyhet"), None)
    assert list(links.hiding(NIGHT, 10)) == ["https://t.co/a"]
    assert list(links.hiding(NIGHT + 2 * WEEK, 10)) == ["https://t.co/a", SHORT]
    assert links.leads([SHORT, OTHER]) == {OTHER: "https://almestad.example/nyhet"}


def test_what_may_hide_an_account_is_known_by_source_until_it_is_known_where_it_leads(links: SqlShortLinks):
    saw(links, "", hiding(OTHER, None), source=Source.LIST)
    saw(links, "https://almestad.example/", hiding())
    lists = SqlLists(links.db)
    assert lists.hidden() == {Source.LIST: {None}, Source.SITE: {"facebook"}}
    links.keep_lead(a_lead(OTHER, "https://almestad.example/nyhet"), None)
    links.keep_lead(a_lead(), account())
    assert lists.hidden() == {}
