"""The steps of changing the rules, wired to a deployment's database, rules and clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audits.exempting import Unmet, unmet
from audits.rehearsing import Effect, Grounds, LimitChange, RuleChanges, changes_between, digests, limits_between
from audits.rulebook import Routine
from config.declaring import BadRules
from config.rules import Rulebook, load_rules, read_rules
from worker.ports.ruling import RulesVersion
from worker.steps.ruling import Unjudged, grounds, note_rules, unjudged, what_if
from worker.storage.deciding import SqlDecisions
from worker.storage.ruling import SqlRules
from worker.wiring import Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What other rules would change, to what effect, and how much that rests on."""

    rules: Rulebook
    changes: RuleChanges
    limits: Sequence[LimitChange]
    effects: Sequence[Effect]
    grounds: Grounds
    unmet: Sequence[Unmet]  # accounts that the other rules' exemptions name, and the register does not have
    unjudged: Sequence[Unjudged]  # open cases that the effects cannot tell of
    by_latest_post: bool  # whether all the rules that change look at the latest post


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a command, a task or a page calls; each method raises what its step raises."""

    deployment: Deployment

    @property
    def rules(self) -> Rulebook:
        return self.deployment.instruments.rulebook

    def what_if(self, file: Path) -> Rehearsal:
        """What the rules of a file would change, and to what effect. Raises `BadRules` or `BadFile`."""
        other, store, now = load_rules(file), self.deployment.store, self.deployment.now
        changes = changes_between(digests(self.rules.routines), digests(other.routines))
        both = {**self.rules.routines, **other.routines}
        moved = [both[name] for name in (*changes.added, *changes.removed, *changes.changed)]
        return Rehearsal(
            rules=other,
            changes=changes,
            limits=limits_between(self.rules.routines, other.routines),
            effects=what_if(store, self.rules, other, now),
            grounds=grounds(store, self.rules, other, now),
            unmet=unmet(other.routines, store.each_account()),
            unjudged=unjudged(store, SqlDecisions(store.db).open_cases(), self.rules, other, now),
            by_latest_post=all("activity" in each.check.sees for each in moved),
        )

    def note(self) -> RulesVersion | None:
        """Keep the rules in use where they say something new."""
        return note_rules(self.deployment.store, self._kept(), self.rules, self.deployment.now)

    def last_known(self, wanted: Collection[str], versions: Iterable[RulesVersion]) -> Mapping[str, Routine]:
        """These rules as they stand, or as they stood in the first of the versions that had them. A version whose text
        this edition cannot read any more knows none.
        """
        known = {name: self.rules.routines[name] for name in wanted if name in self.rules.routines}
        for version in versions:
            if known.keys() >= set(wanted):
                break
            known = {**{name: each for name, each in _routines_of(version).items() if name in wanted}, **known}
        return known

    def history(self) -> Sequence[RulesVersion]:
        """Every version of the rules, newest first."""
        return self._kept().rules_history()

    def _kept(self) -> SqlRules:
        return SqlRules(self.deployment.store.db)


def _routines_of(version: RulesVersion) -> Mapping[str, Routine]:
    try:
        return read_rules(version.text).routines
    except BadRules:
        return {}
