"""Nights played, disturbed, and held against what was promised.

seed ─▶ a day of the city ─▶ re-checks, the night, kills, edits in between ─▶ letters ─▶ … ─▶ what was broken
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from audits.digest import due_slot
from tests.builders import STOCKHOLM
from tests.sequences.city import Killed, Life
from tests.sequences.living import Living
from tests.sequences.promises import Promises
from worker.ports.telling import LetterKind
from worker.steps.telling import week
from worker.wiring.telling import Letters


def played(url: str, seed: int, nights: int) -> list[str]:
    """What was broken in that history."""
    life = Life(url, seed, 6)
    history = History(life, Living(life), Promises(life))
    try:
        for _ in range(nights):
            history.a_night()
    finally:
        life.store.close()
    return history.promises.broken


@dataclass
class History:
    life: Life
    living: Living
    promises: Promises
    over: set[int] = field(default_factory=set)

    def a_night(self) -> None:
        self.living.a_day()
        if self.living.happens(0.25):
            self.life.clock.pass_hours(self.life.chance.randrange(1, 8))
            self._recheck()
        self._to_the_next_night()
        wrong = self._hours_wrong()
        self.life.clock.pass_hours(wrong)
        self._disturbed()
        if self.living.happens(0.2):
            self.living.register_turns()
        for _ in range(2):  # what must not wait for the next night
            self.life.clock.pass_hours(0.6)
            self._disturbed()
        self._morning()
        self.life.clock.pass_hours(-wrong)  # somebody has put it right

    def _hours_wrong(self) -> int:
        """By how much the clock is wrong until the morning: where nothing sets it, by a day or two either way."""
        return self.life.chance.choice((24, -24, 48)) if self.living.happens(0.1) else 0

    def _to_the_next_night(self) -> None:
        missed = self.life.chance.randrange(1, 4) if self.living.happens(0.06) else 0
        begins = datetime.combine(self.life.today + timedelta(days=1 + missed), time(3, 16), STOCKHOLM).astimezone(UTC)
        self.life.clock.now = max(self.life.clock.now, begins) + timedelta(minutes=self.life.chance.randrange(40))
        if self.living.happens(0.06):  # a clock that was wrong is put right
            self.life.clock.pass_hours(-self.life.chance.choice((1, 2, 20)))

    def _disturbed(self) -> None:
        """Whatever is due, worked by somebody who may be killed, and to its end by whoever comes next."""
        self.life.dies_looking = self.living.happens(0.15)
        if self.living.happens(0.15):
            self.life.fate.writes_left = self.life.chance.randrange(12)
            self.life.fate.commits = self.living.happens(0.5)
        try:
            self._work_what_is_due()
        except Killed:
            self.life.revive()
            self._hold_what_was_left()
            self._meanwhile()
        self.life.revive()
        self._work_what_is_due()

    def _hold_what_was_left(self) -> None:
        """Of every run, also one that was closed with the worker's last breath, what has been compared."""
        latest = self.life.store.latest_run()
        for run_id in range(1, (latest.id if latest else 0) + 1):
            if run_id not in self.over:
                self.promises.after_run(run_id)

    def _meanwhile(self) -> None:
        """Between a worker's end and the next one's beginning."""
        if self.living.happens(0.5):
            self.living.register_turns()
        if self.living.happens(0.5):
            self.life.clock.pass_hours(0.2)
            self._recheck()
        if self.living.happens(0.2):
            self.life.clock.pass_hours(-1)

    def _work_what_is_due(self) -> None:
        for run_id in self.life.deployment.begin_and_list_open():
            self._work(run_id)

    def _recheck(self) -> None:
        self._work(self.life.begin_recheck(self.living.number()))

    def _work(self, run_id: int) -> None:
        if run_id not in self.over:
            self.life.work(run_id)
            self.over.add(run_id)
            self.promises.after_run(run_id)

    def _morning(self) -> None:
        nine = datetime.combine(self.life.today, time(9), STOCKHOLM).astimezone(UTC)
        self.life.clock.now = max(self.life.clock.now, nine)
        letters, now = Letters(self.life.deployment), self.life.clock()
        telling = letters.telling()
        slot = due_slot(now, STOCKHOLM, telling.manner.weekly)
        if slot is None or telling.letters.written(LetterKind.WEEKLY, slot):
            return
        self.promises.of_a_morning()
        for digest, _ in week(telling, slot, now):
            self.promises.of_a_letter(digest, now)
        if self.living.happens(0.4):
            self.life.fate.writes_left, self.life.fate.commits = self.life.chance.randrange(4), self.living.happens(0.5)
        try:
            letters.write_due()
        except Killed:
            self.life.revive()
        self.life.revive()
        letters.write_due()
