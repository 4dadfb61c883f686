"""The steps of changing the rules, wired to a deployment's database, rules and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audits.rehearsing import Effect, RuleChanges, changes_between, digests
from config.rules import Rulebook, load_rules
from worker.ports.ruling import RulesVersion
from worker.steps.ruling import note_rules, what_if
from worker.storage.ruling import SqlRules
from worker.wiring import Deployment


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a command, a task or a page calls; each method raises what its step raises."""

    deployment: Deployment

    @property
    def rules(self) -> Rulebook:
        return self.deployment.instruments.rulebook

    def what_if(self, file: Path) -> tuple[RuleChanges, Sequence[Effect]]:
        """What the rules of a file would change, and to what effect. Raises `BadRules` or `OSError`."""
        other = load_rules(file)
        changes = changes_between(digests(self.rules.routines), digests(other.routines))
        return changes, what_if(self.deployment.store, self.rules, other, self.deployment.clock())

    def note(self) -> RulesVersion | None:
        """Keep the rules in use where they say something new."""
        return note_rules(self.deployment.store, self._kept(), self.rules, self.deployment.clock())

    def history(self) -> Sequence[RulesVersion]:
        """Every version of the rules, newest first."""
        return self._kept().rules_history()

    def _kept(self) -> SqlRules:
        return SqlRules(self.deployment.store.db)
