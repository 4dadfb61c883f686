"""The published list and Wikidata, asked for through the one way out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audits.model import Source
from audits.reconciling import NoItem
from config.settings import Settings
from tests.empty import migrated
from tests.fakes import DictAsker, HandClock
from worker.steps.public_list import is_due
from worker.storage.sightings import SqlSightings
from worker.wiring import wired
from worker.wiring.reconciling import Reconciling

PAGE = "https://almestad.example/konton"
ITEM = "https://www.wikidata.org/wiki/Special:EntityData/Q1.json"
NIGHT = datetime(2026, 11, 3, 2, 20, tzinfo=UTC)  # 3:20 in Stockholm, five minutes into the night
BEGINS = datetime(2026, 11, 3, 2, 15, tzinfo=UTC)


@pytest.fixture
def pages() -> dict[str, str]:
    claims = {"P2002": [{"rank": "normal", "mainsnak": {"datavalue": {"value": "almestad"}}}]}
    return {
        PAGE: '<main><a href="https://x.com/almestad">Staden</a></main>',
        ITEM: json.dumps({"entities": {"Q1": {"id": "Q1", "claims": claims}}}),
    }


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NIGHT)


@pytest.fixture
def reconciling(tmp_path: Path, pages: dict[str, str], clock: HandClock) -> Iterator[Reconciling]:
    (tmp_path / "list.toml").write_text(f'url = "{PAGE}"\nwithin = "main"\n')
    (tmp_path / "wikidata.toml").write_text(
        'items = ["Q1"]\n[properties]\nP2002 = { platform = "x", address = "https://x.com/{}" }\n'
    )
    settings = Settings(
        database_url=migrated(tmp_path / "desk.sqlite3"),  # type: ignore[arg-type]  # pydantic makes it a secret
        live=False,
        public_list_file=tmp_path / "list.toml",
        wikidata_file=tmp_path / "wikidata.toml",
    )
    with wired(settings) as deployment:
        yield Reconciling(replace(deployment, asker=DictAsker(pages, clock), clock=clock))


def listed(reconciling: Reconciling, source: Source = Source.LIST) -> list[str | None]:
    sightings = SqlSightings(reconciling.deployment.store.db)
    return [each.sighting.key for each in sightings.each_sighting(source=source)]


def test_the_list_is_read_once_a_night(reconciling: Reconciling, clock: HandClock):
    assert reconciling.follow_if_due() == "the public list was read: 1 added, 0 removed"
    assert listed(reconciling) == ["x:almestad"]
    clock.pass_hours(0.2)
    assert reconciling.follow_if_due() == ""


def test_a_list_that_cannot_be_had_is_told_and_changes_nothing(reconciling: Reconciling, pages, clock: HandClock):
    reconciling.follow_if_due()
    del pages[PAGE]
    clock.pass_hours(24)
    assert reconciling.follow_if_due().startswith("the public list was not read: https://almestad.example/konton")
    assert listed(reconciling) == ["x:almestad"]


def test_a_declaration_that_cannot_be_used_is_told_and_stops_nothing_else(reconciling: Reconciling, tmp_path: Path):
    (tmp_path / "list.toml").write_text("form = 'pdf'")
    assert 'form = "pdf"' in reconciling.follow_if_due()


@pytest.mark.parametrize(
    ("minutes", "last", "due"),
    [(-1, None, False), (0, None, True), (59, None, True), (60, None, False), (5, 24, True), (5, 11, False)],
)
def test_the_list_is_due_in_the_first_hour_of_a_night_and_not_twice(minutes, last, due):
    now = BEGINS + timedelta(minutes=minutes)
    assert is_due(now - timedelta(hours=last) if last else None, now, BEGINS) is due


def test_an_item_of_wikidata_is_remembered_with_the_page_to_mend(reconciling: Reconciling):
    reconciling.follow_wikidata()
    (seen,) = SqlSightings(reconciling.deployment.store.db).each_sighting(source=Source.WIKIDATA)
    assert (seen.sighting.key, seen.sighting.page) == ("x:almestad", "https://www.wikidata.org/wiki/Q1")


def test_an_item_that_cannot_be_had_is_told_and_changes_nothing(reconciling: Reconciling, pages):
    reconciling.follow_wikidata()
    pages[ITEM] = "{}"
    with pytest.raises(NoItem):
        reconciling.follow_wikidata()
    assert listed(reconciling, Source.WIKIDATA) == ["x:almestad"]
