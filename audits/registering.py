"""The register's rows, and what a new version of it would change.

RegisterRow (one account as the register states it) × 2 ─▶ RegisterChange
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from audits.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One account as the register states it: `raw` as it was pasted, `address` and `key` as it was understood."""

    platform: str
    name: str
    ref: str | None = None  # the register file's own id, where it has one
    administration: str | None = None
    unit: str | None = None
    raw: str | None = None
    address: str | None = None
    key: str | None = None
    kind: Kind = Kind.ORDINARY
    purpose: str | None = None
    language: str | None = None
    registered_on: date | None = None
    ends_on: date | None = None
    season_months: tuple[int, ...] = ()  # 1..12
    limits: Mapping[str, int] = field(default_factory=dict)
    recipient: str | None = None  # e-mail address


class ChangeKind(StrEnum):
    """What becomes of one account of the register."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChange:
    """What becomes of one account. An addition has no `before`, a removal no `after`."""

    kind: ChangeKind
    account_id: int | None = None  # None: an account that was never registered before
    before: RegisterRow | None = None
    after: RegisterRow | None = None
