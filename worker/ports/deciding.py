"""What deciding on cases needs of the world.

CaseRef ─case_of▶ KeptCase ─keep_decision▶ case and event, together or not at all
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from audits.deciding import CaseRef, KeptCase
from audits.model import Case, CaseEvent


class CaseMoved(Exception):
    """The case is no longer as it was read, so nothing was written; read it again."""


class DecisionStore(Protocol):
    """Every method is one transaction."""

    def case_of(self, ref: CaseRef) -> KeptCase | None:
        """The case that is meant, also where its account has left the register; None where there is none."""
        ...

    def open_cases(self) -> Sequence[KeptCase]:
        """Every open case of an account in the register, in the order opened, without its history."""
        ...

    def keep_decision(self, kept: KeptCase, after: Case, event: CaseEvent) -> None:
        """Write what was decided, with an event of its own. Raises `CaseMoved`."""
        ...

    def free_buttons(self, case_id: int, used_at: datetime) -> None:
        """Let what a letter's button was used for at that moment, on this case, be answered by it again."""
        ...

    def release(self, kept: KeptCase, after: Case, event: CaseEvent) -> None:
        """Write a release, and let the rule's standing begin anew for the account. Raises `CaseMoved`."""
        ...

    def lapsed_before(self, today: date) -> Sequence[KeptCase]:
        """Cases whose explanation held until a day before `today`."""
        ...
