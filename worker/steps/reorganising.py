"""Administrations that merge, split and change names: at once, or on the day for which it was decided.

Wish ─plan▶ Reorganised ─carry_out▶ import        its day still ahead ─▶ planned ─tick, carry_out_due▶ import
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from audits.model import Occasion
from audits.reorganising import Reorganised, Wish, WishRefused, plan, ready
from worker.ports import OrganisationStore, RecipientStore, RegisterMoved, RegisterStore


class Organisation(OrganisationStore, RecipientStore, RegisterStore, Protocol):
    """A store that knows the register and those who answer for it."""


def looked_at(store: Organisation, wish: Wish) -> Reorganised:
    """What the wish would change today. Raises `WishRefused`."""
    return plan(dict(store.register_rows()), store.places(), in_full(wish, store), store.may_be_written_to())


def ready_to_do(store: Organisation, wish: Wish) -> Reorganised:
    """The same, with everything said that it takes. Raises `WishRefused`."""
    return ready(looked_at(store, wish), in_full(wish, store))


def in_full(wish: Wish, store: RecipientStore) -> Wish:
    """The same, with every administration that there is by its whole name."""
    short = store.short_forms()
    sources = tuple(dict.fromkeys(short.get(name, name) for name in wish.sources))
    return replace(wish, sources=sources, target=short.get(wish.target, wish.target))


def carry_out(store: Organisation, wish: Wish, occasion: Occasion, *, planned: int | None = None) -> int:
    """Do it, as the plan of that number where there is one; returns the import's id.

    Raises `WishRefused`, or `RegisterMoved` where somebody was quicker.
    """
    return store.reorganise(ready_to_do(store, wish), in_full(wish, store), occasion, planned=planned)


def carry_out_due(store: Organisation, today: date, now: datetime) -> Sequence[int]:
    """Do what was decided for today or before; returns the imports. One that cannot be done any more waits to be seen.

    `kanalkoll register planned` names it with its reason, and the officer changes or drops it.
    """
    done = []
    for planned in store.planned_reorganisations():
        if planned.wish.effective_on <= today:
            try:
                occasion = Occasion(by=planned.by, at=now, why=planned.why)
                done.append(carry_out(store, planned.wish, occasion, planned=planned.id))
            except (WishRefused, RegisterMoved):
                continue  # it still waits, and the command that lists plans says why
    return done
