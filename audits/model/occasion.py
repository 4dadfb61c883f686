"""On whose word something is decided: who, when, and why in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """`by` is a name or a role, `at` is UTC, `why` is "" where they gave no reason; what they typed is trimmed."""

    by: str
    at: datetime
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", self.by.strip())
        object.__setattr__(self, "why", self.why.strip())
