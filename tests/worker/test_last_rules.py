"""A night is judged by one set of rules, and none stops because the file of them is broken: whoever runs it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from audits.model import Account, Observation, Outcome
from audits.reporting import gather
from config.rules import PATH as SHIPPED
from config.rules import BadRules, Rulebook, read_rules
from config.settings import Settings
from tests.fakes import some_instruments
from tests.telling.offices import office
from tests.telling.offices import settings as made_settings
from tests.worker.nights import City
from tests.worker.routines import NAMED, city_that_last_posted, rules, take
from worker.embedded import tick_forever
from worker.gathering import dossiers
from worker.ports import RunKind, RunState
from worker.steps import begin_audit
from worker.storage import SqlStore, open_store
from worker.wiring import Deployment, wired
from worker.wiring.telling import Letters

SILENT = ("2026-05-01", "2026-05-01", "2026-05-01")


@pytest.fixture
def store(sqlite_copy: str) -> Iterator[SqlStore]:
    with closing(open_store(sqlite_copy)) as opened:
        yield opened


class Interrupted(BaseException):
    """The worker ends after its first account."""


def ends(_: Account, __: Observation) -> None:
    raise Interrupted


def deployed(city: City, book: Rulebook) -> Deployment:
    return Deployment(made_settings("sqlite://"), city.store, some_instruments(book), city.asker, city.clock)


def worked(deployment: Deployment, run_id: int) -> None:
    while deployment.work(run_id):
        pass


def test_a_change_in_the_middle_of_a_night_counts_from_the_next_one_on(store: SqlStore):
    city, before, after = city_that_last_posted(store, *SILENT), rules(), rules(250, deviation=300)
    run = begin_audit(store, RunKind.NIGHTLY, store.accounts(), city.clock().date(), city.clock())
    with pytest.raises(Interrupted):
        deployed(city, before).work(run.id, ends)
    city.clock.pass_hours(1)
    take(city, after)
    worked(deployed(city, after), run.id)
    found = store.findings_of(run.id, [1, 2, 3])
    assert {id_: [each.outcome for each in own] for id_, own in found.items()} == {
        id_: [Outcome.FAILED] for id_ in (1, 2, 3)
    }
    city.clock.pass_hours(23)
    city.night()
    assert city.told() == set()


def test_where_the_rules_cannot_be_used_nights_go_on_by_the_last_ones_that_could_be(sqlite_copy: str, tmp_path: Path):
    file = tmp_path / "rules.toml"
    file.write_text(SHIPPED.read_text())
    settings = Settings(database_url=SecretStr(sqlite_copy), live=False, rules_file=file)
    said = list[str]()
    with wired(settings, asks=False) as deployment:
        tick_forever(deployment, once=True, say=said.append)
        assert said == []
    file.write_text(SHIPPED.read_text()[:3000] + '\n[rule.gone]\ncheck = "gon')
    with pytest.raises(BadRules), wired(settings, asks=False):
        pass
    with wired(settings, asks=False, goes_on=True) as deployment:
        assert len(deployment.instruments.rulebook.every) > 20
        tick_forever(deployment, once=True, say=said.append)
        assert [each for each in said if "rules.toml" in each and "the last usable rules" in each] == said != []
        latest = deployment.store.latest_run()
        assert latest is not None
        assert latest.state is RunState.CLOSED


def test_where_none_was_ever_in_use_a_broken_file_is_refused(sqlite_copy: str, tmp_path: Path):
    file = tmp_path / "rules.toml"
    file.write_text("[rule.gone")
    settings = Settings(database_url=SecretStr(sqlite_copy), live=False, rules_file=file)
    with pytest.raises(BadRules), wired(settings, asks=False, goes_on=True):
        pass


def test_operators_and_the_officer_are_told_that_the_rules_cannot_be_used(tmp_path: Path):
    with office(tmp_path) as an_office:
        broken = replace(an_office.deployment, rules_unread="rules.toml, line 7: no such check")
        letters = Letters(broken)
        assert letters.write_due().trouble
        assert not letters.write_due().trouble, "once a day"
        told = [fact.text for fact in letters.telling().upkeep()]
        assert any("rules.toml, line 7" in each for each in told), told


def reported(city: City, book: Rulebook) -> tuple[int, int, list[tuple[int, str]]]:
    """Of how many accounts how many were read, and what is remarked on, as a report tells it."""
    own, terms = dossiers(city.store, book.routines), some_instruments(book).terms("en")
    report = gather(own, book.routines, terms, city.clock())
    lines = [(line.account.id, line.rule) for section in report.sections for line in section.lines]
    return report.read, report.accounts, lines


def test_a_report_tells_what_it_told_before_once_rules_that_were_lost_are_back(store: SqlStore):
    city, whole, half = city_that_last_posted(store, *SILENT), rules(), read_rules(NAMED)
    before = reported(city, whole)
    assert before == (3, 3, [(1, "silence"), (2, "silence"), (3, "silence")])
    take(city, half)
    assert reported(city, half)[:2] == (3, 3)
    city.night()
    assert reported(city, half)[:2] == (3, 3)
    take(city, whole)
    assert reported(city, whole) == before
    city.night()
    assert reported(city, whole) == before
