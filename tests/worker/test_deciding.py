"""People's decisions through the nights: what they settle, what they wait for, and what ends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest

from audits.cases import Act, CaseRefused
from audits.days import Now
from audits.deciding import CaseRef, Receipt, in_words
from audits.model import Case, CaseState, Kind
from audits.registering import ChangeKind, RegisterChange
from config.rules import read_rules
from tests.builders import STOCKHOLM, an_occasion
from tests.fakes import board, some_instruments
from tests.worker.nights import City
from worker.ports.deciding import CaseMoved
from worker.steps.deciding import NoSuchCase, decide_case, lapse_explanations, release_cases, undo_decision
from worker.storage import SqlStore
from worker.storage.deciding import SqlDecisions

SILENT = CaseRef(account_id=1, rule="inactive")
QUIET = board(posted="2026-08-01", number="0")


@pytest.fixture
def city(store: SqlStore) -> City:
    """Two accounts, of which the first has been silent for two nights and is told of it."""
    city = City(store, 2)
    city.web[city.addresses[0]] = QUIET
    city.night()
    city.night()
    return city


def decided(city: City, what: str, **changes: Any) -> Receipt:
    given = {"by": "KF", "at": city.clock(), "reason": "ombyggnad", "until": date(2026, 12, 24), **changes}
    return decide_case(SqlDecisions(city.store.db), SILENT, Act(what=what, zone=STOCKHOLM, **given))


def undone(city: City, by: str = "Bea") -> Receipt:
    return undo_decision(SqlDecisions(city.store.db), SILENT, by, city.clock())


def state(city: City) -> CaseState:
    [case] = silences(city)
    return case.state


def silences(city: City) -> list[Case]:
    """The first account's cases of silence, in the order opened."""
    return [each for each in city.store.cases_of([1])[1] if each.rule == "inactive"]


def acts(city: City) -> list[tuple[str, str]]:
    kept = SqlDecisions(city.store.db).case_of(SILENT)
    assert kept is not None
    return [(event.act, event.by) for event in kept.events]


def test_a_receipt_says_what_was_decided_by_whom_until_when_and_how_to_undo_it(city: City):
    receipt = decided(city, "explain")
    assert (receipt.act, receipt.state, receipt.by, receipt.until) == (
        "explain", CaseState.EXPLAINED, "KF", date(2026, 12, 24),
    )  # fmt: skip
    assert receipt.undo == f"kanalkoll case undo {receipt.case_id} --by …"
    words = in_words(receipt, "Inget nytt inlägg", "sv")
    assert words[0] == "Konto 0: Inget nytt inlägg."
    assert "KF har lämnat en förklaring, som gäller till och med 24 december 2026." in words[1]


def test_a_reason_about_health_is_answered_with_a_hint_and_kept(city: City):
    receipt = decided(city, "explain", reason="redaktören är sjukskriven")
    assert any("hälsa" in line for line in in_words(receipt, "Inget nytt inlägg", "sv"))
    assert state(city) is CaseState.EXPLAINED


def test_every_act_leaves_an_event_in_the_name_of_whoever_acted(city: City):
    decided(city, "acknowledge")
    decided(city, "not_ours", by="Bea")
    undone(city, by="Cleo")
    assert acts(city)[-3:] == [("acknowledge", "KF"), ("not_ours", "Bea"), ("undo", "Cleo")]
    assert state(city) is CaseState.ACKNOWLEDGED


def test_a_button_pressed_twice_decides_once(city: City):
    assert not decided(city, "acknowledge").repeated
    assert decided(city, "acknowledge").repeated
    assert [act for act, _ in acts(city)].count("acknowledge") == 1


def test_a_claimed_fix_waits_behind_a_wall_and_falls_at_the_next_clear_look_that_finds_none(city: City):
    decided(city, "claim_fixed")
    city.web[city.addresses[0]] = "<title>Log in</title>"
    city.night()
    assert state(city) is CaseState.CLAIMED_FIXED
    city.web[city.addresses[0]] = QUIET
    city.night()
    assert state(city) is CaseState.CONFIRMED
    assert acts(city)[-1] == ("confirmed", "")


def test_a_claimed_fix_is_verified_by_the_next_clear_look_that_finds_it(city: City):
    decided(city, "claim_fixed")
    city.web[city.addresses[0]] = board(posted="2026-11-04", number="0")
    city.night()
    assert state(city) is CaseState.VERIFIED_FIXED


def test_what_a_look_has_verified_is_not_undone(city: City):
    decided(city, "claim_fixed")
    city.web[city.addresses[0]] = board(posted="2026-11-04", number="0")
    city.night()
    [case] = silences(city)
    ref = CaseRef(account_id=1, rule="inactive", fingerprint=case.fingerprint)
    with pytest.raises(CaseRefused, match="check"):
        undo_decision(SqlDecisions(city.store.db), ref, "Bea", city.clock())


def test_an_explanation_ends_early_when_what_is_seen_changes(city: City):
    decided(city, "explain", until=date(2027, 6, 1))
    city.web[city.addresses[0]] = board(posted="2026-09-01", number="0")
    city.night()
    city.night()
    [old, new] = silences(city)
    assert (old.state, new.state) == (CaseState.SUPERSEDED, CaseState.CONFIRMED)


@pytest.mark.parametrize("then", ["2026-09-15", "2026-08-01"], ids=["another value", "what stands"])
def test_a_suspicion_that_somebody_decided_on_gives_way_to_what_is_seen_instead(city: City, then: str):
    city.web[city.addresses[0]] = board(posted="2026-09-01", number="0")
    city.night()
    suspected = CaseRef(account_id=1, rule="inactive", fingerprint=silences(city)[-1].fingerprint)
    act = Act(what="acknowledge", by="KF", at=city.clock(), zone=STOCKHOLM)
    decide_case(SqlDecisions(city.store.db), suspected, act)
    city.web[city.addresses[0]] = board(posted=then, number="0")
    city.night()
    assert [each.state for each in silences(city)[:2]] == [CaseState.CONFIRMED, CaseState.SUPERSEDED]


def test_a_suspicion_that_nobody_decided_on_is_forgotten_where_another_value_is_seen(city: City):
    for posted in ("2026-09-01", "2026-09-15"):
        city.web[city.addresses[0]] = board(posted=posted, number="0")
        city.night()
    assert [each.state for each in silences(city)] == [CaseState.CONFIRMED, CaseState.NEW]


def test_an_explanation_ends_early_when_the_deviation_grows_worse(city: City):
    city.instruments = some_instruments(
        read_rules(
            '[rule.inactive]\ncheck = "inactive"\nguarded = false\nlevels = { closing = "high" }\n'
            "limits = { notice_days = 30, deviation_days = 90, closing_days = 180 }\n"
        )
    )
    decided(city, "explain", until=date(2027, 6, 1))
    city.clock.pass_hours(24 * 60)
    city.night()
    assert state(city) is CaseState.EXPLAINED
    city.clock.pass_hours(24 * 60)
    city.night()
    assert state(city) is CaseState.CONFIRMED


def test_the_calendar_ends_an_explanation_once(city: City):
    decided(city, "explain")
    store, day = SqlDecisions(city.store.db), date(2026, 12, 24)
    assert lapse_explanations(store, day, city.clock()) == []
    [lapsed] = lapse_explanations(store, day + timedelta(days=1), city.clock())
    assert (lapsed.act, lapsed.state, lapsed.undo) == ("lapse", CaseState.CONFIRMED, "")
    assert lapse_explanations(store, day + timedelta(days=1), city.clock()) == []
    assert state(city) is CaseState.CONFIRMED


def test_not_ours_waits_for_the_officer(city: City):
    assert decided(city, "not_ours").waits_for_officer
    assert not decided(city, "confirm_not_ours", by="Kommunikationsansvarig").waits_for_officer
    assert state(city) is CaseState.NOT_OURS


def test_a_case_that_is_not_there_is_named_in_the_refusal(city: City):
    with pytest.raises(NoSuchCase, match="renamed"):
        decide_case(
            SqlDecisions(city.store.db),
            CaseRef(account_id=1, rule="renamed"),
            Act(what="reopen", by="KF", at=city.clock(), zone=STOCKHOLM),
        )


def test_a_decision_that_meets_another_is_taken_anew_on_what_then_stands(city: City):
    class Overtaken(SqlDecisions):
        def keep_decision(self, kept: Any, after: Any, event: Any) -> None:
            if event.act == "explain" and state(city) is CaseState.CONFIRMED:
                decided(city, "acknowledge", by="Bea", at=city.clock() - timedelta(hours=1))
                raise CaseMoved("first")
            super().keep_decision(kept, after, event)

    act = Act(what="explain", by="KF", at=city.clock(), zone=STOCKHOLM, reason="ombyggnad", until=date(2026, 12, 24))
    decide_case(Overtaken(city.store.db), SILENT, act)
    assert acts(city)[-2:] == [("acknowledge", "Bea"), ("explain", "KF")]
    assert state(city) is CaseState.EXPLAINED


def released(city: City, rules: str) -> list[str]:
    city.instruments = some_instruments(read_rules(rules))
    routines, now = city.instruments.rulebook.routines, Now(city.clock(), UTC)
    return [each.reason for each in release_cases(SqlDecisions(city.store.db), city.store, routines, now)]


SILENCE = (
    '[rule.inactive]\ncheck = "inactive"\nguarded = false\n'
    "limits = { notice_days = 30, deviation_days = 90, closing_days = 180 }\n"
)


def test_a_rule_that_is_taken_out_of_use_takes_its_cases_with_it(city: City):
    decided(city, "acknowledge")
    assert released(city, '[rule.gone]\ncheck = "gone"\n') == ["the rule is no longer in use"]
    assert state(city) is CaseState.RELEASED
    assert released(city, '[rule.gone]\ncheck = "gone"\n') == []


def test_a_rule_that_comes_back_into_use_finds_anew(city: City):
    released(city, '[rule.gone]\ncheck = "gone"\n')
    city.instruments = some_instruments()
    city.night()
    city.night()
    assert state(city) is CaseState.CONFIRMED
    assert (1, "inactive") in city.told()


def test_an_exemption_ends_the_case_and_says_why(city: City):
    freed = '[[exemption]]\nrules = ["inactive"]\naccounts = [1]\nreason = "beslut"\ndecided_by = "KA"\n'
    assert released(city, SILENCE + freed) == ["beslut"]


def test_an_account_that_is_parked_or_closed_has_no_case_of_silence(city: City):
    row = dict(city.store.register_rows())[1]
    parked = replace(row, kind=Kind.CRISIS_PARKED)
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=1, before=row, after=parked)
    city.store.apply_changes([change], an_occasion(city.clock()), source="test")
    assert released(city, SILENCE) == ["parked for a crisis"]


def test_a_rule_that_binds_ends_no_case(city: City):
    assert released(city, SILENCE) == []
    assert state(city) is CaseState.CONFIRMED


def test_a_window_that_suspends_the_rule_ends_the_case_and_says_why(city: City):
    days = '[window.w]\nreason = "val"\nfirst = "11-01"\nlast = "12-31"\nsuspend = ["inactive"]\n'
    assert released(city, SILENCE + days) == ["val"]
