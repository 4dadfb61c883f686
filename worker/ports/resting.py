"""What planned rests and closings need of the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audits.model import Answer, Closing, Occasion, Rest, Seen, StepDone
from audits.registering import RegisterChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where an account stands linked, by any key it ever had; `UNSEEN` where that place was never looked at whole."""

    pages: Seen[tuple[str, ...]]
    on_list: Seen[bool]


class RestStore(Protocol):
    """Every method is one transaction."""

    def plan_rest(self, rest: Rest, now: datetime) -> None:
        """Keep it as the account's one rest; an earlier one that still stands is ended."""
        ...

    def end_rest(self, account_id: int, now: datetime, by: str = "") -> bool:
        """Take the account's rest back; False where there is none."""
        ...

    def rests(self) -> Sequence[Rest]:
        """Every rest that nobody took back, those that end first first."""
        ...


class ClosingStore(Protocol):
    """Every method is one transaction."""

    def start_closing(self, closing: Closing) -> bool:
        """False where the account is being closed already."""
        ...

    def closings(self) -> Mapping[int, Closing]:
        """The closings that are under way, by account."""
        ...

    def keep_step(self, closing_id: int, done: StepDone) -> None:
        """The latest word on a step counts."""
        ...

    def finish_closing(
        self,
        closing_id: int,
        seen: Sequence[StepDone],
        change: RegisterChange,
        occasion: Occasion,
        answers: Sequence[Answer] = (),
    ) -> bool:
        """The steps that were seen, the register's change, what is answered by it and the end together; False where it
        is over already.

        Raises `RegisterMoved`.
        """
        ...

    def withdraw_closing(self, closing_id: int, word: StepDone) -> bool:
        """End it, and keep whose word it was; False where it is over already."""
        ...

    def move_closing(self, closing_id: int, moved: Closing) -> bool:
        """End it for the one that is decided instead, with the steps done so far; False where it is over already."""
        ...

    def links_to(self, account_id: int) -> Links: ...
