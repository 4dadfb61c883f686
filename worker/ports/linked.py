"""What following linked channels needs to remember.

LinkedStore   what was seen of channels that are linked and not registered
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from audits.freed import Watch


class LinkedStore(Protocol):
    """Every method is one transaction. Times are UTC; nothing is ever forgotten."""

    def watches(self, keys: Collection[str]) -> Mapping[str, Watch]:
        """By key; a channel that was never looked at is left out."""
        ...

    def looked_since(self, moment: datetime) -> frozenset[str]:
        """Keys of the channels that were looked at since then."""
        ...

    def save_watch(self, watch: Watch) -> None: ...
