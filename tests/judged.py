"""One rule of the shipped routine, held against one observation and what is known beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from audits.model import Account, Activity, Circumstances, Closing, Finding, Observation, Outcome
from audits.rulebook import judge
from audits.sights import Register, sights_of
from config.rules import load_rules
from tests.builders import NIGHT, TODAY, an_account, an_observation, as_of, some_facts

RULES = load_rules()
PASSED, FAILED, CANNOT_TELL, INAPPLICABLE = (
    Outcome.PASSED,
    Outcome.FAILED,
    Outcome.CANNOT_TELL,
    Outcome.INAPPLICABLE,
)


def outcome_of(rule, observation=None, account=None, register=None, rules=RULES):
    return finding_of(rule, observation, account, register, rules).outcome


def finding_of(rule, observation=None, account=None, register=None, rules=RULES) -> Finding:
    account, observation = account or an_account(), observation or an_observation()
    sights = sights_of(account, observation, register or Register(), as_of(observation.observed_at))
    return judge(rules.routines[rule], account, observation, sights, as_of())


def last_posted(days, **changes):
    """A look whose newest post is so many days old."""
    activity = Activity(at=NIGHT - timedelta(days=days), source="feed", **{"sees_newest": True, **changes})
    return an_observation(facts=some_facts(activity=activity))


def found(
    rule: str,
    observation: Observation | None = None,
    account: Account | None = None,
    beside: Circumstances | None = None,
    **register: Any,
) -> Finding:
    """What the rule finds where `beside` is known of the account, and `register` of all of them."""
    account = account or an_account()
    known = Register(circumstances={account.id: beside or Circumstances()}, **register)
    return finding_of(rule, observation, account, known)


def saying(description: str | None) -> Observation:
    """A look at a profile with this description."""
    return an_observation(facts=some_facts(description=description))


def a_closing(**changes: Any) -> Closing:
    given = {"account_id": 1, "started_at": NIGHT, "closes_on": TODAY, "by": "KF", "reason": "slås ihop"}
    return Closing(**{**given, **changes})
