"""Platforms on which every account of the city's has stood still since one day: nobody is told of silence there.

silence found tonight, by platform ─▶ the latest known sign of life of each of its accounts ─stands_still▶ held
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from audits.days import Now
from audits.health import MassChange, stands_still
from audits.model import Activity, Observation, Standing
from audits.rules import SILENT
from worker.ports import Run, Store
from worker.steps.instruments import Instruments


def standing_still(
    store: Store, instruments: Instruments, run: Run, flips: Sequence[tuple[str, str]], now: Now
) -> Iterator[MassChange]:
    """The silence that `flips` would tell of on platforms that stand still."""
    routines, guard = instruments.rulebook.routines, instruments.rulebook.guard
    found = Counter(where for where in flips if routines[where[1]].check.name == SILENT)
    if not found:
        return
    watched_since = min(store.begun_nights(since=run.local_date), default=run.local_date)
    for (platform, rule), changed in sorted(found.items()):
        days = signs_of_life(store, platform, rule, now)
        if stands_still(days, watched_since, now.today, guard):
            yield MassChange(platform=platform, rule=rule, changed=changed, seen=len(days))


def signs_of_life(store: Store, platform: str, rule: str, now: Now) -> Sequence[date]:
    """The day of the latest known sign of life of each account there: of the last look, or of one before it."""
    ids = [account.id for account in store.each_account() if account.platform == platform]
    seen, held = store.last_observations(ids), store.standings_of(ids)
    days = (_latest(seen.get(id_), held.get(id_, {}).get(rule), now) for id_ in ids)
    return [day for day in days if day is not None]


def _latest(seen: Observation | None, held: Standing | None, now: Now) -> date | None:
    activity = seen.facts.activity if seen else None
    shown = now.dated(activity) if isinstance(activity, Activity) else None
    known = _day(held.fingerprint) if held else None
    return max((each for each in (shown.alive.day if shown else None, known) if each), default=None)


def _day(mark: str) -> date | None:
    """What was held true of silence names the day of the post; some marks name a month alone, or none."""
    try:
        return date.fromisoformat(mark)
    except ValueError:
        return None
