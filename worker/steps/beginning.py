"""What a tick begins: everything that is due by now, each at most once.

    every tick       reorganisations of today · explanations past their last day · what must not wait for the next night
    a night is due   old pages forgotten · rounds opened · cases released ─▶ the night, last: it ends the due

May be killed anywhere and called again: what was begun stands, and nothing is begun twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from audits.days import Now
from worker.ports import PageStore, ReportStore
from worker.ports.attesting import AttestationStore
from worker.ports.deciding import DecisionStore
from worker.ports.ruling import RulesStore
from worker.steps.attesting import open_due_rounds
from worker.steps.deciding import lapse_explanations, release_cases
from worker.steps.instruments import Instruments
from worker.steps.night import begin_confirmations, begin_due_night, night_due
from worker.steps.reorganising import Organisation, carry_out_due
from worker.steps.ruling import lately_gone, note_rules

PAGES_KEPT: Final = timedelta(days=30)


class House(Organisation, ReportStore, PageStore, Protocol):
    """A store that knows the register, the runs and the pages kept between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a tick works with. `released` names the administrations that may be written to."""

    store: House
    decisions: DecisionStore
    attestations: AttestationStore
    rules: RulesStore
    instruments: Instruments
    zone: ZoneInfo
    night_starts: time
    released: Callable[[], Collection[str]]


def begin_due(begin: Beginning, now: datetime) -> Sequence[int]:
    """Begin what is due at `now` (UTC) and end what has lapsed; the ids of every run that is not closed."""
    store, as_of = begin.store, Now(now, begin.zone)
    note_rules(store, begin.rules, begin.instruments.rulebook, as_of)
    carry_out_due(store, as_of.today, now)
    if night_due(store, begin.zone, begin.night_starts, now):
        _begin_night(begin, as_of)
    lapse_explanations(begin.decisions, as_of.today, now)
    begin_confirmations(store, begin.instruments, as_of.today, now)
    return [run.id for run in store.open_runs()]


def _begin_night(begin: Beginning, now: Now) -> None:
    """What comes once a night, before the night itself: killed in between, it is done again."""
    store, rulebook = begin.store, begin.instruments.rulebook
    store.forget_pages(now.at - PAGES_KEPT)
    open_due_rounds(store, begin.attestations, rulebook.questions, now, of=begin.released())
    awaited = lately_gone(begin.rules, rulebook, now)
    release_cases(begin.decisions, store, rulebook.routines, now, awaited=awaited)
    begin_due_night(store, begin.zone, begin.night_starts, now.at)
