"""The officer's word on a change that was held.

platform, rule + word ─▶ what waits ─believe▶ kept, and the coming nights' looks count
"""

from __future__ import annotations

from datetime import date

from audits.holding import Belief, believe
from worker.ports.holding import HoldStore


def vouch(store: HoldStore, belief: Belief, today: date) -> Belief:
    """Keep somebody's word that a held change is real. Raises `HoldRefused`."""
    waiting = {(each.platform, each.rule) for each in store.held_now(today)}
    kept = believe(waiting, belief, today)
    store.keep_belief(kept)
    return kept
