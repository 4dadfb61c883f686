"""The tables, one file a concern, all in one metadata.

core    the register, the runs' ledger, what is held true, what people state
"""

from __future__ import annotations

from worker.storage.tables.base import metadata
from worker.storage.tables.core import (
    account,
    account_key,
    account_owner,
    account_pin,
    administration,
    case_event,
    cases,
    control_reading,
    drift,
    finding,
    held,
    kept_page,
    key_use,
    lane,
    observation,
    register_change,
    register_import,
    run,
    run_account,
    standing,
    statement,
    unit,
)

__all__ = [
    "account",
    "account_key",
    "account_owner",
    "account_pin",
    "administration",
    "case_event",
    "cases",
    "control_reading",
    "drift",
    "finding",
    "held",
    "kept_page",
    "key_use",
    "lane",
    "metadata",
    "observation",
    "register_change",
    "register_import",
    "run",
    "run_account",
    "standing",
    "statement",
    "unit",
]
