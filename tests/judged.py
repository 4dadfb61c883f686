"""One rule of the shipped routine, held against one observation."""

from __future__ import annotations

from datetime import timedelta

from audits.model import (
    Activity,
)
from audits.rulebook import judge
from audits.sights import Register, sights_of
from config.rules import load_rules
from tests.builders import NIGHT, an_account, an_observation, as_of, some_facts

RULES = load_rules()


def outcome_of(rule, observation=None, account=None, register=None, rules=RULES):
    return finding_of(rule, observation, account, register, rules).outcome


def finding_of(rule, observation=None, account=None, register=None, rules=RULES):
    account, observation = account or an_account(), observation or an_observation()
    sights = sights_of(account, observation, register or Register(), as_of(observation.observed_at))
    return judge(rules.routines[rule], account, observation, sights, as_of())


def last_posted(days, **changes):
    """A look whose newest post is so many days old."""
    activity = Activity(at=NIGHT - timedelta(days=days), source="feed", **{"sees_newest": True, **changes})
    return an_observation(facts=some_facts(activity=activity))
