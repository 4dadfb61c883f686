"""What rules see beside a look: the register, and what stands beside the accounts in it.

store + account ids ─▶ Register
"""

from __future__ import annotations

from collections.abc import Sequence

from audits.sights import Register
from worker.ports import Store


def register_beside(store: Store, ids: Sequence[int], main: frozenset[str]) -> Register:
    """The register as rules see it, with what stands beside these accounts; `main` names the main ones."""
    return Register(
        store.administrations(),
        store.shared_keys(),
        store.statements_of(ids),
        store.circumstances_of(ids),
        store.approved_pictures(),
        main,
    )
