"""What may be said where nothing is told: only as much as was seen.

how many were read, of how many ─silence▶ every one is well · those that were read are · nobody knows
"""

from __future__ import annotations

from enum import StrEnum


class Silence(StrEnum):
    """What it means that there is nothing to tell; the values are the last parts of `silence.…`."""

    WELL = "well"
    PARTLY = "partly"
    UNKNOWN = "unknown"


def silence(read: int, accounts: int) -> Silence:
    """What no remark on so many accounts says, of which so many were read."""
    if not read:
        return Silence.UNKNOWN
    return Silence.WELL if read == accounts else Silence.PARTLY
