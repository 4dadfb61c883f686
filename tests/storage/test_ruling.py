from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from audits.rehearsing import RuleChanges
from tests.builders import NIGHT
from tests.storage.nights import a_night, looked, registered
from worker.ports import Run, RunKind
from worker.ports.ruling import RulesVersion
from worker.storage import SqlStore
from worker.storage.ruling import SqlRules


def night(count: int) -> datetime:
    return NIGHT + timedelta(days=count)


def a_version(at: datetime, digest: str, **changes: Any) -> RulesVersion:
    given = {"text": "[rule.å]", "rules": {"å": "1"}, "changes": RuleChanges(changed=("å",)), "effect": {"KF": (3, 1)}}
    return RulesVersion(at=at, digest=digest, **{**given, **changes})


def a_whole_night(store: SqlStore, at: datetime) -> Run:
    run = a_night(store, [account.id for account in store.accounts()], at)
    looked(store, run, at)
    store.begin_comparing(run.id, at)
    return store.close_run(run.id, at)


def test_versions_come_back_as_they_were_kept_newest_first(store: SqlStore) -> None:
    kept = SqlRules(store.db)
    first, second = a_version(night(0), "a", effect={}), a_version(night(1), "b")
    assert kept.latest_rules() is None
    assert kept.keep_rules(first, None)
    assert kept.keep_rules(second, "a")
    assert not kept.keep_rules(a_version(night(2), "c"), "a")
    assert kept.rules_history() == (second, first)
    assert kept.latest_rules() == second


def test_a_changed_rule_is_in_the_shadow_until_a_whole_night_is_over(store: SqlStore) -> None:
    registered(store, 2)
    kept = SqlRules(store.db)
    kept.keep_rules(a_version(night(0), "a", changes=RuleChanges(added=("å",))), None)
    assert store.shadowed_rules(a_whole_night(store, night(0))) == frozenset()
    kept.keep_rules(a_version(night(1), "b"), "a")
    recheck, _ = store.start_run(RunKind.RECHECK, night(1).date(), night(1), [], request_id="r")
    assert store.shadowed_rules(recheck) == {"å"}
    shadow = a_whole_night(store, night(1))
    assert store.shadowed_rules(shadow) == {"å"}
    assert store.shadowed_rules(a_whole_night(store, night(2))) == frozenset()
