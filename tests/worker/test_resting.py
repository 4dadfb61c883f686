"""Rests and closings through the nights, from the decision to the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from audits.cases import Act
from audits.closing import ClosingRefused, How, Step
from audits.days import Now
from audits.deciding import CaseRef
from audits.model import CaseState, Closing, Kind, Outcome, Own, Rest, Sighting, SightingKind, Source
from audits.model.sighted import Look
from audits.registering import ChangeKind, RegisterChange
from audits.resting import RestRefused
from config.rules import load_rules, read_rules
from tests.builders import STOCKHOLM, an_occasion
from tests.fakes import board, some_instruments
from tests.worker.nights import City
from worker.ports.deciding import DecisionStore
from worker.steps import closing, resting
from worker.steps.deciding import decide_case, release_cases
from worker.storage import SqlStore
from worker.storage.deciding import SqlDecisions
from worker.storage.resting import SqlRests
from worker.storage.sightings import SqlSightings

RULES = load_rules()
SOON = date(2026, 12, 1)


@pytest.fixture
def city(store: SqlStore) -> City:
    """Two accounts of which the first has long been silent."""
    city = City(store, 2)
    city.instruments = some_instruments()
    city.web[city.addresses[0]] = board(posted="2026-06-01", number="7")
    city.night()
    return city


def kept(city: City) -> SqlRests:
    return SqlRests(city.store.db)


def rested(city: City, until: date) -> None:
    rest = Rest(account_id=1, starts_on=city.clock().date(), until=until, reason="ombyggnad", by="KF")
    resting.plan_rest(city.store, kept(city), rest, city.clock())


def silence(city: City) -> Outcome:
    return next(
        finding.outcome
        for account, finding, _ in city.store.current_findings()
        if account.id == 1 and finding.rule == "inactive"
    )


def test_a_rest_is_no_silence_until_its_last_day_and_counts_from_there(city: City):
    last = city.clock().date() + timedelta(days=2)
    rested(city, last)
    outcomes = []
    for _ in range(4):
        city.night()
        outcomes.append(silence(city))
    assert outcomes == [Outcome.INAPPLICABLE] * 3 + [Outcome.PASSED]
    city.clock.pass_hours(24 * 30)
    city.night()
    assert silence(city) is Outcome.FAILED


def test_a_rest_that_is_taken_back_is_over_at_the_next_look(city: City):
    rested(city, SOON)
    resting.end_rest(kept(city), 1, city.clock())
    city.night()
    assert silence(city) is Outcome.FAILED
    with pytest.raises(RestRefused, match="is not resting"):
        resting.end_rest(kept(city), 1, city.clock())


def test_a_new_rest_replaces_the_old_one(city: City):
    rested(city, SOON)
    rested(city, date(2027, 1, 1))
    assert [rest.until for rest in kept(city).rests()] == [date(2027, 1, 1)]


def test_an_unknown_account_does_not_rest(city: City):
    rest = Rest(account_id=99, starts_on=SOON, until=SOON, reason="r", by="b")
    with pytest.raises(RestRefused, match="99"):
        resting.plan_rest(city.store, kept(city), rest, city.clock())


def test_a_rest_explains_the_open_case_of_silence_until_its_last_day(city: City):
    city.night()
    [case] = city.store.cases()
    assert (case.rule, case.state) == ("inactive", CaseState.CONFIRMED)
    act = Act(what="explain", by="KF", at=city.clock(), zone=STOCKHOLM, reason="ombyggnad", until=SOON)
    decisions, routines = SqlDecisions(city.store.db), city.instruments.rulebook.routines
    [receipt] = resting.explain_silence(decisions, routines, 1, act)
    assert (receipt.state, receipt.until) == (CaseState.EXPLAINED, SOON)
    assert resting.explain_silence(decisions, routines, 2, act) == []


def explained_by_a_rest(city: City) -> SqlDecisions:
    """The case of silence, explained by a rest until `SOON`."""
    city.night()
    rested(city, SOON)
    act = Act(what="explain", by="KF", at=city.clock(), zone=STOCKHOLM, reason="ombyggnad", until=SOON)
    decisions = SqlDecisions(city.store.db)
    resting.explain_silence(decisions, city.instruments.rulebook.routines, 1, act)
    return decisions


def unexplained(city: City, decisions: DecisionStore) -> list[CaseState]:
    rest = resting.rest_of(kept(city), 1)
    assert rest is not None
    receipts = resting.unexplain_silence(decisions, rest, an_occasion(city.clock()), STOCKHOLM)
    return [each.state for each in receipts]


def test_silence_from_before_a_rest_is_over_with_the_rest_and_nobody_is_said_to_have_mended_it(city: City):
    decisions = explained_by_a_rest(city)
    [case] = decisions.open_cases()

    def state() -> CaseState | None:
        kept_case = decisions.case_of(CaseRef(id=case.id))
        return kept_case.case.state if kept_case else None

    city.clock.now = datetime.combine(SOON, city.clock().timetz())
    assert left(city) == []
    city.clock.pass_hours(24)
    assert left(city) == ["the rest ended on 2026-12-01, and silence is counted from there"]
    city.night()
    assert silence(city) is Outcome.PASSED
    assert state() is CaseState.RELEASED
    city.clock.pass_hours(24 * 30)
    city.night()
    city.night()
    assert state() is CaseState.CONFIRMED
    assert left(city) == [], "silence since the rest is silence"


def test_a_rest_that_is_taken_back_takes_its_explanation_with_it(city: City):
    decisions = explained_by_a_rest(city)
    assert unexplained(city, decisions) == [CaseState.CONFIRMED]
    assert unexplained(city, decisions) == []


def test_what_a_person_decided_on_the_case_itself_stands_when_the_rest_ends(city: City):
    decisions = explained_by_a_rest(city)
    city.clock.pass_hours(1)
    own = Act(what="explain", by="Bea", at=city.clock(), zone=STOCKHOLM, reason="sommar", until=SOON)
    [case] = decisions.open_cases()
    decide_case(decisions, CaseRef(id=case.id), own)
    assert unexplained(city, decisions) == []
    [case] = decisions.open_cases()
    assert (case.case.state, case.case.by) == (CaseState.EXPLAINED, "Bea")


def desk(city: City) -> closing.Desk:
    return closing.Desk(city.store, kept(city), RULES, city.clock().date())


def started(city: City, on: date = SOON, explain: Callable[[Closing], object] = lambda _: ()) -> None:
    begun = Closing(account_id=1, started_at=city.clock(), closes_on=on, by="KF", reason="slås ihop", successor=None)
    closing.start(desk(city), begun, explain)


def test_a_closing_that_was_broken_off_before_it_began_is_begun_by_the_same_words(city: City):
    def breaks_off(_: Closing) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        started(city, explain=breaks_off)
    assert kept(city).closings() == {}
    explained: list[bool] = []
    started(city, explain=lambda _: explained.append(True))
    with pytest.raises(ClosingRefused, match="already"):
        started(city, explain=lambda _: explained.append(True))
    assert (list(kept(city).closings()), explained) == ([1], [True])


def steps(city: City) -> dict[Step, How]:
    page = closing.show(desk(city), 1)
    assert page is not None
    return {state.step: state.how for state in page.steps}


def attested(city: City, step: Step) -> None:
    closing.done(desk(city), 1, step, an_occasion(city.clock()))


def linked(city: City, *pages: str) -> None:
    """A page of the city's sites links to the account, or no longer does."""
    for page in pages:
        seen = Sighting(
            page=page, url=city.addresses[0], kind=SightingKind.PROFILE, place="footer", platform="board",
            key="board:konto0", own=Own.LIKELY,
        )  # fmt: skip
        SqlSightings(city.store.db).save_look(Source.SITE, page, Look(seen=(seen,)), city.clock())


def test_an_account_that_is_being_closed_is_not_told_of_as_silent(city: City):
    started(city)
    city.night()
    assert silence(city) is Outcome.INAPPLICABLE


def test_an_account_is_closed_once(city: City):
    started(city)
    with pytest.raises(ClosingRefused, match="already"):
        started(city)


def test_a_link_that_still_stands_is_seen_and_no_word_hides_it(city: City):
    started(city)
    linked(city, "https://almestad.example/kontakt")
    with pytest.raises(ClosingRefused, match=r"linked from https://almestad\.example/kontakt"):
        attested(city, Step.UNLINK)


def test_a_renamed_account_is_looked_for_under_every_name_it_had(city: City):
    linked(city, "https://almestad.example/kontakt")
    row = dict(city.store.register_rows())[1]
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=1, before=row, after=replace(row, key="board:nytt"))
    city.store.apply_changes([change], an_occasion(city.clock()), source="test")
    assert kept(city).links_to(1).pages == ("https://almestad.example/kontakt",)


def test_a_closing_ends_with_the_register_when_every_step_is_done(city: City):
    started(city)
    assert steps(city)[Step.KEEP_NAME] is How.SEEN
    for step in (Step.ANNOUNCE, Step.ARCHIVE, Step.UNLINK, Step.LIST):
        attested(city, step)
    with pytest.raises(ClosingRefused, match="remain: signpost"):
        closing.finish(desk(city), 1, an_occasion(city.clock()))
    with pytest.raises(ClosingRefused, match="does not say so"):
        attested(city, Step.SIGNPOST)
    city.web[city.addresses[0]] = "<title>Log in</title>"
    city.night()
    attested(city, Step.SIGNPOST)
    attested(city, Step.KEEP_NAME)
    closing.finish(desk(city), 1, an_occasion(city.clock()))
    [account] = city.store.accounts(ids=[1])
    assert account.kind is Kind.SIGNPOSTED_CLOSED
    assert kept(city).closings() == {}
    assert closing.show(desk(city), 1) is None
    answer = city.store.circumstances_of([1])[1].answers["name-kept"]
    assert (answer.yes, answer.by, answer.at) == (True, "KF", city.clock()), "it is asked again in a year"


def withdrawn(city: City) -> None:
    closing.withdraw(kept(city), 1, an_occasion(city.clock()), unexplain=lambda _: ())


def test_a_closing_that_is_withdrawn_leaves_the_account_as_it_was(city: City):
    started(city)
    withdrawn(city)
    [account] = city.store.accounts(ids=[1])
    assert account.kind is Kind.ORDINARY
    with pytest.raises(ClosingRefused, match="not being closed"):
        withdrawn(city)


def test_every_closing_under_way_is_listed_by_its_day(city: City):
    started(city)
    assert [page.account.id for page in closing.under_way(desk(city))] == [1]


def left(city: City) -> list[str]:
    """What the beginning of a night ends, with its reasons."""
    routines, now = city.instruments.rulebook.routines, Now(city.clock(), UTC)
    return [each.reason for each in release_cases(SqlDecisions(city.store.db), city.store, routines, now)]


def ruled_by(city: City, rules: str) -> None:
    """From now on by these rules alone, and without the cases of others."""
    city.instruments = some_instruments(read_rules(rules))
    left(city)


OVERDUE = '[rule.overdue]\ncheck = "closed_in_time"\nconfirm = { looks = 1 }\nguarded = false\n'
OUTLIVED = '[rule.outlived]\ncheck = "outlived"\nconfirm = { looks = 1 }\nguarded = false\n'


def test_a_closing_that_is_given_up_after_its_day_is_overdue_no_more(city: City):
    ruled_by(city, OVERDUE)
    started(city, on=city.clock().date())
    city.night()
    city.night()
    assert city.told() == {(1, "overdue")}
    assert left(city) == []
    withdrawn(city)
    assert left(city) == ["no closing under way"]
    city.night()
    assert city.told() == set()


def test_an_end_date_that_is_taken_back_is_held_against_nobody_any_more(city: City):
    ruled_by(city, OUTLIVED)
    for ends_on in (city.clock().date() - timedelta(days=1), None):
        before = dict(city.store.register_rows())[1]
        after = replace(before, ends_on=ends_on)
        change = RegisterChange(kind=ChangeKind.CHANGE, account_id=1, before=before, after=after)
        city.store.apply_changes([change], an_occasion(city.clock()), source="test")
        assert left(city) == (["no end date"] if ends_on is None else [])
        city.night()
        city.night()
        assert city.told() == (set() if ends_on is None else {(1, "outlived")})
