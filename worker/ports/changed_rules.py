"""What comparing needs to know of rules that have changed.

a run ─shadowed_rules▶ judged, and not told yet
      ─rules_changed▶ since when each is as it is      accounts ─last_shown▶ the looks that showed what stands
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from audits.model import Finding

if TYPE_CHECKING:  # night.py's store is one of these
    from worker.ports.night import Run


class ChangedRules(Protocol):
    """Every method is one transaction. Times are UTC."""

    def shadowed_rules(self, run: Run) -> frozenset[str]:
        """Rules that are new or changed since all that this run looks at was last looked at as a whole, by a night or
        by another run of an earlier day: judged, and not told yet.
        """
        ...

    def rules_changed(self, run: Run) -> Mapping[str, datetime]:
        """When each rule last changed before this run; one that stands as it did at first is left out."""
        ...

    def rules_text(self, at: datetime) -> str | None:
        """The text of the rules in use at that moment; None where none was kept by then."""
        ...

    def last_shown(self, account_ids: Collection[int]) -> Mapping[int, Mapping[tuple[str, str], Finding]]:
        """By rule and fingerprint, what the last look that counts and showed it found of each thing that stands
        confirmed, or else is suspected; what no kept look shows is left out.
        """
        ...
