"""A made city: its register, its clock, a store whose writer may be killed, and what was true at every look.

seed ─▶ Life ─work▶ runs, each look with its Truth
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar

from pydantic import SecretStr
from sqlalchemy import Connection

from audits.model import ALIVE, Account, Observation, PlatformId, Route, Standing, Transport, surely_its
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from config.markers import load_packs
from config.rules import PATH, read_rules
from config.settings import Settings
from tests.builders import STOCKHOLM, an_occasion
from tests.fakes import HandClock
from tests.sequences import plaza
from tests.sequences.plaza import Entity, World
from worker.ports import RunKind, RunState
from worker.steps import Instruments
from worker.storage import SqlStore
from worker.storage.engine import Database, connect
from worker.storage.letters import SqlLetters
from worker.wiring import Deployment

T = TypeVar("T")

RULES: Final = (
    PATH.read_text(encoding="utf-8").replace("Helsingborg", "Almestad").replace("helsingborg.se", "almestad.example")
)
ADMINISTRATIONS: Final = ("KF", "MF", "SF")  # the last one may not be written to
FIRST: Final = datetime(2026, 10, 12, 1, 20, tzinfo=UTC)  # clocks are put back a fortnight later


class Killed(BaseException):
    """The worker was killed."""


@dataclass(slots=True)
class Fate:
    """How many more writes the worker does before it is killed, and whether the last one is committed."""

    writes_left: int | None = None
    commits: bool = True

    def strikes(self) -> bool:
        if self.writes_left is None:
            return False
        self.writes_left -= 1
        return self.writes_left < 0


@dataclass(frozen=True, slots=True)
class Brittle(Database):
    """A database whose writer may be killed before or after a commit; from then on nothing is written."""

    fate: Fate = field(default_factory=Fate)

    def write(self, work: Callable[[Connection], T]) -> T:
        if not self.fate.strikes():
            return Database.write(self, work)
        if self.fate.commits:
            Database.write(self, work)
            self.fate.commits = False
        raise Killed


@dataclass(frozen=True, slots=True)
class Truth:
    """What was true at one look: who bore the registered name, whom the register means, who showed an id first, and
    whose ids of any kind are registered: where no answer tells both kinds, nobody knows that they are of two.

    `lied` says that the page told of an absence that was none, `listed` whether the public list named the account when
    it was last read; None where it never was. `unknowable`: who showed an id that none can be held against, so that
    nobody can tell them from the one that is meant: at this look, and at those before any id was proven.
    """

    handle: str
    holder: Entity | None
    meant: Entity | None
    first: Entity | None
    registered: Sequence[Entity]
    lied: bool
    listed: bool | None = None
    unknowable: Sequence[Entity] = ()

    @property
    def own(self) -> Sequence[Entity]:
        return [each for each in (self.first, self.meant, *self.unknowable) if each]


class Life:
    """One history of some accounts."""

    def __init__(self, url: str, seed: int, accounts: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a history that can be lived again
        self.clock = HandClock(FIRST + timedelta(days=seed % 9))
        self.fate = Fate()
        self.store = SqlStore(Brittle(connect(url), fate=self.fate))
        self.world = World(self.clock, self.chance, bridged=self.chance.random() < 0.5)
        self.rules, self.verified_on = RULES, date(2026, 10, 1)
        self.keys = frozenset({plaza.KEY}) if self.chance.random() < 0.4 else frozenset[str]()
        self.controlled = self.chance.random() < 0.5
        self.truths: dict[tuple[int, datetime], Truth] = {}
        self.meant: dict[int, int] = {}
        self.first: dict[int, int] = {}
        self.unknowable: dict[int, set[int]] = {}
        self.readdressed: dict[int, datetime] = {}
        self.newly_readdressed: dict[int, Mapping[str, Standing]] = {}  # since their last look, and what stood then
        self.dies_looking = False
        self.platforms: dict[int, str] = {}  # of every account that was ever looked at, also one that has left
        self.decided: set[int] = set()  # numbers of the cases on which somebody has decided
        self.listed: frozenset[str] = frozenset()  # keys that the city publishes
        self.list_read: frozenset[str] | None = None  # those that its list named when it was last read
        settings = Settings.model_construct(
            database_url=SecretStr(url), live=False, mail_from="Kanalkoll <kanalkoll@almestad.example>",
            officer_recipient="kommunikation@almestad.example",
        )  # fmt: skip
        self.deployment = Deployment(settings, self.store, self.instruments(), self.world, self.clock)
        self._register(accounts)
        for name in ADMINISTRATIONS[:2]:
            SqlLetters(self.store.db, STOCKHOLM).release(name, "KA", self.clock())

    @property
    def today(self) -> date:
        return self.clock().astimezone(STOCKHOLM).date()

    def instruments(self) -> Instruments:
        packs = load_packs(self.today, zone=STOCKHOLM)
        own = {name: plaza.pack(self.verified_on, name) for name in plaza.HOSTS}
        packs = replace(packs, by_platform={**packs.by_platform, **own})
        return Instruments(
            platforms={plaza.KEY: plaza.PLAZA, plaza.NEIGHBOUR: plaza.AGORA}, packs=packs,
            rulebook=read_rules(self.rules), zone=STOCKHOLM,
            keys=self.keys, controls=(plaza.control(),) if self.controlled else (),
        )  # fmt: skip

    def refit(self) -> None:
        """Go by the keys, signs and rules as they are by now."""
        self.deployment = replace(self.deployment, instruments=self.instruments())

    # --- the register

    def rows(self) -> dict[int, RegisterRow]:
        return dict(self.store.register_rows())

    def handles(self) -> list[str]:
        return [handle_of(row) for row in self.rows().values()]

    def apply(self, *changes: RegisterChange) -> None:
        self.store.apply_changes(changes, an_occasion(self.clock()), source="test")
        for number, row in self.rows().items():
            if any(each.account_id == number and _moves(each) for each in changes) or number not in self.meant:
                self._mean(number, row)

    def change(self, number: int, **cells: Any) -> None:
        row = self.rows()[number]
        self.apply(RegisterChange(kind=ChangeKind.CHANGE, account_id=number, before=row, after=replace(row, **cells)))

    def _register(self, accounts: int) -> None:
        rows = []
        for at in range(accounts):
            days = self.chance.choice((0, 10, 25, 28, 40, 85, 100))
            platform = plaza.NEIGHBOUR if at % 3 == 1 else plaza.KEY
            last = self.clock() - timedelta(days=days, hours=self.chance.randrange(24))
            entity = self.world.new(f"konto{at}", last, platform)
            entity.silent = self.chance.random() < 0.4
            owner = ADMINISTRATIONS[at % 3]
            rows.append(
                RegisterRow(platform=platform, name=f"Konto {at}", registered_on=date(2026, 1, 1),
                            **owned_by(owner), **leading_to(f"konto{at}", platform))
            )  # fmt: skip
        self.apply(*(RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows))

    def _mean(self, number: int, row: RegisterRow) -> None:
        holder = self.world.holder(handle_of(row))
        self.meant[number] = holder.number if holder else 0
        self.first.pop(number, None)
        self.unknowable.pop(number, None)
        self.readdressed[number] = self.clock()
        self.newly_readdressed[number] = self.store.standings_of([number])[number]

    # --- looking

    def work(self, run_id: int) -> None:
        """Work one run to its end, whatever leases a killed worker has left."""
        for _ in range(60):
            if not self.deployment.work(run_id, self._looked):
                run = self.store.run(run_id)
                if run is not None and run.state is RunState.CLOSED:
                    return
                self.clock.pass_hours(0.1)
        raise AssertionError(f"run {run_id} does not end: {self.store.counts(run_id)}")

    def begin_recheck(self, number: int) -> int:
        accounts = self.store.accounts(ids=[number])
        return self.deployment.begin(RunKind.RECHECK, accounts, f"{self.clock()} {self.chance.random()}").id

    def _looked(self, account: Account, seen: Observation) -> None:
        """Note what is true just now of an account that has just been looked at; sometimes the worker dies of it."""
        self.platforms[account.id] = account.platform
        handle, shown, world = account.handle or "", seen.facts.platform_id, self.world
        led = isinstance(shown, PlatformId) and world.merged.get(handle) == int(shown.value) % plaza.APART
        is_own = seen.facts.handle == handle or seen.identity.value == "same" or led
        if seen.transport is Transport.OK and seen.existence in ALIVE and isinstance(shown, PlatformId) and is_own:
            self.first.setdefault(account.id, int(shown.value) % plaza.APART)
        first, meant = (copy(world.entities.get(of.get(account.id, 0))) for of in (self.first, self.meant))
        unproven, untold = self.unknowable.setdefault(account.id, set()), set[int]()
        if account.pinned and seen.identity.value == "first_seen" and seen.facts.handle == handle:
            holder = world.behind(handle)
            untold = {holder.number} if holder else set()
            unproven |= set() if surely_its(account.pinned) else untold
        known = dict.fromkeys(int(each.value) % plaza.APART for each in account.pinned)
        registered = [copy(world.entities[number]) for number in known if number in world.entities]
        lied = seen.route is Route.PAGE and world.lies_of(handle, account.platform)
        listed = account.key in self.list_read if self.list_read is not None else None
        self.truths[account.id, seen.observed_at] = Truth(
            handle,
            copy(world.behind(handle)),
            meant,
            first,
            registered,
            lied,
            listed,
            unknowable=[copy(world.entities[number]) for number in unproven | untold],
        )
        if self.dies_looking and self.chance.random() < 0.3:
            self.dies_looking, self.fate.commits = False, False
            self.fate.writes_left = self.chance.choice((0, 1, None))
            raise Killed

    def revive(self) -> None:
        """Another worker takes over."""
        self.dies_looking = False
        self.fate.writes_left, self.fate.commits = None, True


def handle_of(row: RegisterRow) -> str:
    return (row.key or "").partition(":")[2]


def leading_to(handle: str, platform: str) -> dict[str, Any]:
    """The cells of a row that say where the account is."""
    address = f"{plaza.HOSTS[platform]}/{handle}"
    return {"raw": address, "address": address, "key": f"{platform}:{handle}"}


def owned_by(administration: str) -> dict[str, Any]:
    return {"administration": administration, "recipient": f"{administration.lower()}@almestad.example"}


def _moves(change: RegisterChange) -> bool:
    return bool(change.before and change.after and change.before.key != change.after.key)
