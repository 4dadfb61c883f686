from datetime import datetime, timedelta

import pytest

from audits.discovering.comparing import APART, compared, unchanged
from audits.model import Own, Sighting, Source
from tests.builders import NIGHT, a_sighting
from worker.storage import SqlStore
from worker.storage.sightings import PAGE, SqlSightings

START = "https://almestad.example/"
WEEK = timedelta(days=7)
INSTAGRAM = a_sighting()
VIMEO = a_sighting(url="https://vimeo.com/almestad", platform="vimeo", key="vimeo:almestad")


@pytest.fixture
def sightings(store: SqlStore) -> SqlSightings:
    return SqlSightings(store.db)


def look(sightings: SqlSightings, week: int, *seen: Sighting, source: Source = Source.SITE, page: str = START) -> None:
    look_at(sightings, NIGHT + week * WEEK, *seen, source=source, page=page)


def look_at(
    sightings: SqlSightings, now: datetime, *seen: Sighting, source: Source = Source.SITE, page: str = START
) -> None:
    sightings.save_look(source, page, compared(sightings.sightings_on(source, page), seen, now), now)


def test_a_sighting_comes_back_as_it_was_seen(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM)
    (back,) = sightings.sightings_on(Source.SITE, START)
    assert back.sighting == INSTAGRAM
    assert (back.first_seen_at, back.last_seen_at, back.missed, back.stands) == (NIGHT, NIGHT, 0, True)


def test_what_is_still_there_was_first_seen_when_it_was(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM)
    look(sightings, 1, a_sighting(text="Följ oss", own=Own.UNKNOWN))
    (back,) = sightings.sightings_on(Source.SITE, START)
    assert (back.first_seen_at, back.last_seen_at) == (NIGHT, NIGHT + WEEK)
    assert (back.sighting.text, back.sighting.own) == ("Följ oss", Own.UNKNOWN)


def test_one_look_that_misses_it_removes_nothing(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM, VIMEO)
    look(sightings, 1, VIMEO)
    assert [each.missed for each in sightings.each_sighting()] == [1, 0]


def test_the_second_look_believes_it_gone_and_the_day_is_kept(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM, VIMEO)
    for week in (1, 2, 3):
        look(sightings, week, VIMEO)
    assert [each.sighting for each in sightings.each_sighting()] == [VIMEO]
    gone, _ = sightings.each_sighting(gone=True)
    assert gone.gone_at == NIGHT + 2 * WEEK


def test_a_second_look_within_hours_is_no_second_look(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM, VIMEO)
    for hours in (0, 1, 5.9):
        look_at(sightings, NIGHT + WEEK + timedelta(hours=hours), VIMEO)
    missing, _ = sightings.each_sighting()
    assert (missing.missed, missing.missed_at, missing.stands) == (1, NIGHT + WEEK, True)
    look_at(sightings, NIGHT + WEEK + APART, VIMEO)
    assert [each.sighting for each in sightings.each_sighting()] == [VIMEO]


def test_what_is_seen_between_two_misses_was_missed_by_neither(sightings: SqlSightings):
    look(sightings, 0, VIMEO)
    for hours, seen in ((1, ()), (2, (VIMEO,)), (8, ())):
        look_at(sightings, NIGHT + timedelta(hours=hours), *seen)
    (back,) = sightings.each_sighting()
    assert (back.missed, back.missed_at) == (1, NIGHT + timedelta(hours=8))


def test_what_returns_was_first_seen_when_it_was(sightings: SqlSightings):
    for week, seen in enumerate(([INSTAGRAM], [], [], [INSTAGRAM])):
        look(sightings, week, *seen)
    (back,) = sightings.each_sighting()
    assert (back.first_seen_at, back.last_seen_at, back.missed) == (NIGHT, NIGHT + 3 * WEEK, 0)


def test_every_page_and_source_has_its_own(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM)
    look(sightings, 0, INSTAGRAM, page="https://almestad.example/kontakt")
    look(sightings, 0, INSTAGRAM, source=Source.LIST, page="")
    assert len(list(sightings.each_sighting())) == 3
    assert len(list(sightings.each_sighting(source=Source.LIST))) == 1


def test_an_address_without_a_key_is_told_by_itself(sightings: SqlSightings):
    short, other = (a_sighting(url=f"https://fb.me/{name}", key=None, platform="facebook") for name in "ab")
    look(sightings, 0, short, other, short)
    assert [each.sighting.url for each in sightings.each_sighting()] == [short.url, other.url]


def test_however_many_places_a_channel_has_they_come_together(sightings: SqlSightings):
    nowhere = a_sighting(key=None, platform=None)
    for number in range(PAGE // 2 + 2):
        look(sightings, 0, VIMEO, INSTAGRAM, nowhere, page=f"{START}{number}")
    keys = [each.sighting.key for each in sightings.each_sighting()]
    assert keys == sorted(keys, key=lambda key: key or "")
    assert len(keys) == 3 * (PAGE // 2 + 2)


def test_an_unchanged_page_still_names_what_it_named_and_still_misses_what_it_missed(sightings: SqlSightings):
    look(sightings, 0, INSTAGRAM, VIMEO)
    look(sightings, 1, VIMEO)
    now = NIGHT + 2 * WEEK
    sightings.save_look(Source.SITE, START, unchanged(sightings.sightings_on(Source.SITE, START), now), now)
    missed, seen = sightings.sightings_on(Source.SITE, START)
    assert (missed.last_seen_at, missed.stands) == (NIGHT, False)
    assert (seen.last_seen_at, seen.stands) == (NIGHT + 2 * WEEK, True)


def test_words_that_no_database_holds_do_not_cost_the_page(sightings: SqlSightings):
    look(sightings, 0, a_sighting(text="Följ\0oss", url="https://vimeo.com/\ud800"), page="https://almestad.example/\0")
    (back,) = sightings.sightings_on(Source.SITE, "https://almestad.example/\0")
    assert back.sighting.text == "Följ\ufffdoss"


def test_the_places_of_a_few_channels_are_those_that_stand_on_the_city_s_own_sites(
    sightings: SqlSightings, store: SqlStore
):
    look(sightings, 0, INSTAGRAM, VIMEO)
    look(sightings, 0, INSTAGRAM, page=f"{START}kontakt")
    look(sightings, 0, INSTAGRAM, page="", source=Source.LIST)
    for week in (1, 2):
        look(sightings, week, page=f"{START}kontakt")
    assert [each.sighting for each in store.site_sightings({"instagram:almestad"})] == [INSTAGRAM]
    assert store.site_sightings(set()) == ()
