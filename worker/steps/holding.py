"""The officer's word on a change that was held.

platform, rule + word ─▶ what waits ─believe▶ kept, and the coming nights' looks count
"""

from __future__ import annotations

from datetime import date

from audits.holding import Belief, believe
from worker.ports.holding import HoldStore


def vouch(store: HoldStore, belief: Belief, today: date) -> Belief:
    """Keep somebody's word that a held change is real, or that it is for longer. Raises `HoldRefused`."""
    waiting = {(each.platform, each.rule) for each in store.held_now(today)}
    vouched = {(each.platform, each.rule) for each in store.beliefs(today)}
    kept = believe(waiting | vouched, belief, today)
    store.keep_belief(kept)
    return kept
