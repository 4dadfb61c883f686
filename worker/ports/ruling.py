"""What keeping the rules' history needs of the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from audits.rehearsing import RuleChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesVersion:
    """The rules as they stood from `at` (UTC) on. `effect`: by administration, findings created and removed."""

    at: datetime
    digest: str
    text: str = field(repr=False)
    rules: Mapping[str, str]  # each rule's digest
    changes: RuleChanges
    effect: Mapping[str, tuple[int, int]] = field(default_factory=dict)


class RulesStore(Protocol):
    """Every method is one transaction."""

    def latest_rules(self) -> RulesVersion | None: ...
    def rules_history(self) -> Sequence[RulesVersion]:
        """Every version, newest first."""
        ...

    def keep_rules(self, version: RulesVersion, after: str | None) -> bool:
        """Keep a version as the one after that of digest `after`; False where somebody has kept another meanwhile."""
        ...
