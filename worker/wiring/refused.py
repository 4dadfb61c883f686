"""What registers' files held and no import took, kept in a deployment's database."""

from __future__ import annotations

from worker.ports.refused import RefusedStore
from worker.storage import SqlStore
from worker.storage.refused import SqlRefused


def refused_rows(store: SqlStore) -> RefusedStore:
    """The refused rows beside a register."""
    return SqlRefused(store.db)
