"""Who is told: the mailboxes around accounts, and those of every administration and unit.

RecipientStore    reads them; they are changed as all of the register is: `RegisterStore.apply_changes`
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in night.py
    from audits.recipients import Mailbox, Mailboxes, Place


class RecipientStore(Protocol):
    """`audits.recipients.whom_to_tell` decides among what is read here."""

    def mailboxes_around(self, account_ids: Collection[int] | None = None) -> Mapping[int, Mailboxes]:
        """Around each account of the register, or around these accounts, removed ones too."""
        ...

    def places(self, *, ended: bool = False) -> Mapping[Place, Mailbox]:
        """Every administration and unit of today, also those without a mailbox; with `ended`, every one there was."""
        ...

    def short_forms(self) -> Mapping[str, str]:
        """Names of today's administrations by their short forms."""
        ...
