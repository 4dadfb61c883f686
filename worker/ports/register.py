"""How the register is changed: all of an import or nothing, and back again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from audits.refusal import Refused

if TYPE_CHECKING:  # every command loads the ports; what stands only in their signatures it need not
    from audits.model import Occasion
    from audits.recipients import PlaceChange
    from audits.register_put_back import Earlier
    from audits.registering import RegisterChange, RegisterRow


class RegisterMoved(Refused):
    """The register is no longer as the plan saw it, so nothing of the plan was done; make the plan again."""


class RegisterStore(Protocol):
    """How the register is changed: every change has a row of its history, with who, when, why, before and after."""

    def register_rows(self) -> Sequence[tuple[int, RegisterRow]]:
        """The register as it stands, by account id: what an import is held against, and what an export writes."""
        ...

    def last_import(self) -> int:
        """Id of the latest import or undoing, 0 before the first."""
        ...

    def earlier_changes(self, account_ids: Collection[int], since: datetime) -> Sequence[Earlier]:
        """What became of these accounts since then, the latest first."""
        ...

    def apply_changes(self, changes: Sequence[RegisterChange], occasion: Occasion, *, source: str,
                      mailboxes: Sequence[PlaceChange] = (), after_import: int | None = None,
                      told: Callable[[int], None] | None = None) -> int:  # fmt: skip
        """Do all of it or nothing; returns the import's id. `source` names the file or command; `told` is called after
        each change.

        An addition that names an account id takes a removed account up again. Raises `RegisterMoved` where an account
        or a mailbox is not as its change's `before` says, or where another import came after `after_import`.
        """
        ...

    def undo_last_import(
        self, occasion: Occasion, *, number: int | None = None, after_import: int | None = None
    ) -> int | None:
        """Take back the change of that number, else the latest that has not been taken back; None when there is none.

        The undoing is an import of its own, so that the history keeps both. Raises `RegisterMoved`.
        """
        ...

    def removed_rows(self) -> Sequence[tuple[int, RegisterRow]]:
        """The accounts that were removed, as they stood; an addition that names one takes it up again."""
        ...

    def name_administrations(self, short_forms: Mapping[str, str], now: datetime) -> None:
        """Set the administrations' short forms, by name; an import may then use either."""
        ...
