"""What counting the uses of the platforms' keys needs of the world."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # every command loads the ports; what stands only in their signatures it need not
    from config.keys import KeyUse, Limit


class KeyStore(Protocol):
    """What the keys have used up, counted where all processes see it. Amounts are thousandths of a key's unit."""

    def take_key_use(self, use: KeyUse) -> Limit | None:
        """Count the use in its day and its month; the limit that it would pass, and then nothing is counted."""
        ...

    def give_back_key_use(self, use: KeyUse) -> None: ...
    def key_uses(self, name: str, periods: Collection[str]) -> Mapping[str, int]:
        """What the key has used up, by period; a period in which it was not used is left out."""
        ...
