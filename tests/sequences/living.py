"""What happens in a made city between and during the nights.

the world (posts, renamings, takeovers, mergers) · the weather (walls, outages, lies) · the register · the public list
· people · machines
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from audits.cases import CaseRefused
from audits.closing import ClosingRefused
from audits.deciding import CaseRef, KeptCase
from audits.holding import Belief
from audits.listing import Listed, ReadList
from audits.model import Kind, Stated, Statement
from audits.registering import ChangeKind, RegisterChange
from tests.sequences.city import ADMINISTRATIONS, RULES, Life, handle_of, leading_to, owned_by
from tests.sequences.plaza import BLIND, HOSTS, KEY, Entity
from worker.steps.deciding import NoSuchCase
from worker.steps.holding import vouch
from worker.steps.public_list import follow_published
from worker.storage.holding import SqlHolds
from worker.storage.lists import SqlLists
from worker.storage.sightings import SqlSightings
from worker.wiring.deciding import Deciding
from worker.wiring.resting import Resting


@dataclass
class Living:
    """Lets things happen to a life, by its own chance."""

    life: Life
    names: int = 0

    def happens(self, share: float) -> bool:
        return self.life.chance.random() < share

    def one_of(self, *ways: Callable[[], None]) -> None:
        self.life.chance.choice(ways)()

    def number(self) -> int:
        return self.life.chance.choice(sorted(self.life.rows()))

    def new_name(self) -> str:
        self.names += 1
        return f"nytt{self.names}"

    def a_day(self) -> None:
        self.posts()
        if self.happens(0.5):
            self.one_of(
                self.falls_silent, self.wakes, self.is_deleted, self.returns, self.is_shut, self.opens,
                self.is_renamed, self.is_renamed, self.changes_words, self.names_swap, self.name_is_taken,
                self.two_merge,
            )  # fmt: skip
        self.register_turns()
        self.list_turns()
        self.people_turn()
        self.weather_turns()
        self.machines_turn()

    # --- the world

    def entity(self) -> Entity:
        return self.life.chance.choice(list(self.life.world.entities.values()))

    def posts(self) -> None:
        for each in self.life.world.entities.values():
            if each.lives and not each.silent and self.happens(0.3):
                each.last_post = self.life.clock() - timedelta(minutes=self.life.chance.randrange(1, 1200))

    def falls_silent(self) -> None:
        self.entity().silent = True

    def wakes(self) -> None:
        each = self.entity()
        each.silent = False
        if each.lives:
            each.last_post = self.life.clock() - timedelta(hours=2)

    def is_deleted(self) -> None:
        self.entity().state = "deleted"

    def returns(self) -> None:
        for each in self.life.world.entities.values():
            if each.state == "deleted" and self.life.world.holder(each.handle or "") is None:
                each.state = "alive"
                return

    def is_shut(self) -> None:
        each = self.entity()
        if each.lives:
            each.state = self.life.chance.choice(("suspended", "private"))

    def opens(self) -> None:
        for each in self.life.world.entities.values():
            if each.state in ("suspended", "private"):
                each.state = "alive"
                return

    def is_renamed(self) -> None:
        each = self.entity()
        if each.lives:
            each.handle = self.new_name()

    def changes_words(self) -> None:
        each = self.entity()
        each.named, each.linked = self.happens(0.5), self.happens(0.5)

    def names_swap(self) -> None:
        one, two = self.entity(), self.entity()
        if one.lives and two.lives and one.platform == two.platform:
            one.handle, two.handle = two.handle, one.handle

    def name_is_taken(self) -> None:
        world, rows = self.life.world, self.life.rows().values()
        free = [(handle_of(row), row.platform) for row in rows if world.holder(handle_of(row)) is None]
        if free:
            age = timedelta(days=self.life.chance.choice((1, 120)))
            handle, platform = self.life.chance.choice(free)
            taker = world.new(handle, self.life.clock() - age, platform)
            taker.named = taker.linked = False

    def two_merge(self) -> None:
        """Of two accounts one is left, and the other's name leads to it."""
        one, two = self.entity(), self.entity()
        if one.lives and two.lives and one is not two and one.platform == two.platform and two.handle:
            two.state = "deleted"
            self.life.world.merged[two.handle] = one.number

    # --- the public list

    def list_turns(self) -> None:
        """Somebody edits the list, or forgets to; mostly it is read in the night, and sometimes half of it."""
        life = self.life
        keys = sorted(row.key or "" for row in life.rows().values())
        if not life.listed or self.happens(0.5):
            life.listed = frozenset(keys)
        if self.happens(0.3):
            life.listed -= {life.chance.choice(keys)}
        if self.happens(0.7):
            named = life.listed if self.happens(0.9) else frozenset(sorted(life.listed)[:2])
            self.list_is_read(named)

    def list_is_read(self, named: Collection[str]) -> None:
        lines = [
            Listed(number=at, url=f"{HOSTS[platform]}/{handle}", key=f"{platform}:{handle}", platform=platform)
            for at, (platform, _, handle) in enumerate(each.partition(":") for each in sorted(named))
        ]
        db, confirmed = self.life.store.db, len(self.life.rows()) if self.happens(0.1) else None
        follow_published(ReadList(listed=tuple(lines)), "test", SqlSightings(db), SqlLists(db), self.life.clock(),
                         confirmed=confirmed)  # fmt: skip
        self.life.list_read = frozenset(named)

    # --- the weather

    def weather_turns(self) -> None:
        """An outage lasts some nights; what lied once tells the truth before it lies again."""
        world, handles = self.life.world, self.life.handles()
        lied = [handle for handle, kind in world.weather.items() if kind == "lie"]
        if world.outage and self.happens(0.6):
            self.outage_spreads()
            return
        is_over, world.outage = bool(world.outage), ""
        world.weather = {handle: self.life.chance.choice(BLIND) for handle in handles if self.happens(0.25)}
        world.weather |= dict.fromkeys(lied, "")
        if not lied and self.happens(0.1):
            world.weather[self.life.chance.choice(handles)] = "lie"
        if not is_over and self.happens(0.06):
            kinds = ("gone", "spreads", "wall", "broken", "bare", *(("template",) if self.life.controlled else ()))
            world.outage, world.struck = self.life.chance.choice(kinds), self.life.chance.choice(sorted(HOSTS))
            self.outage_spreads()
        world.interface_fails = self.happens(0.1)

    def outage_spreads(self) -> None:
        """A platform that breaks page by page reaches one or two more of them a night."""
        world, handles = self.life.world, self.life.handles()
        more = self.life.chance.sample(handles, min(len(handles), self.life.chance.choice((1, 2))))
        world.reached = world.reached | set(more) if world.outage == "spreads" else set()

    # --- the register

    def register_turns(self) -> None:
        if self.happens(0.25):
            self.one_of(
                self.row_follows, self.row_follows, self.row_leads_to_another, self.rows_swap, self.row_leaves,
                self.row_comes_back, self.row_moves, self.row_is_retyped, self.row_is_parked, self.row_ends,
            )  # fmt: skip

    def row_follows(self) -> None:
        """The new name of the account that is meant is entered."""
        number = self.number()
        meant = self.life.world.entities.get(self.life.meant[number])
        if meant and meant.lives and meant.handle:
            self.life.change(number, **leading_to(meant.handle, meant.platform))

    def row_leads_to_another(self) -> None:
        number, age = self.number(), timedelta(days=self.life.chance.choice((1, 100)))
        made = self.life.world.new(self.new_name(), self.life.clock() - age, self.life.rows()[number].platform)
        self.life.change(number, **leading_to(made.handle or "", made.platform))

    def rows_swap(self) -> None:
        one, two = self.number(), self.number()
        rows = self.life.rows()
        if one != two and rows[one].platform == rows[two].platform:
            self.life.apply(*(
                RegisterChange(kind=ChangeKind.CHANGE, account_id=number, before=rows[number],
                               after=replace(rows[number], **leading_to(handle_of(rows[other]), rows[other].platform)))
                for number, other in ((one, two), (two, one))
            ))  # fmt: skip

    def row_leaves(self) -> None:
        rows, number = self.life.rows(), self.number()
        if len(rows) > 3:
            self.life.apply(RegisterChange(kind=ChangeKind.REMOVE, account_id=number, before=rows[number]))

    def row_comes_back(self) -> None:
        for number, row in self.life.store.removed_rows():
            self.life.apply(RegisterChange(kind=ChangeKind.ADD, account_id=number, after=row))
            return

    def row_moves(self) -> None:
        self.life.change(self.number(), **owned_by(self.life.chance.choice(ADMINISTRATIONS)))

    def row_is_retyped(self) -> None:
        self.life.change(self.number(), raw=self.new_name(), name=f"Konto {self.names}")

    def row_is_parked(self) -> None:
        self.life.change(self.number(), kind=self.life.chance.choice((Kind.ORDINARY, Kind.CRISIS_PARKED)))

    def row_ends(self) -> None:
        self.life.change(self.number(), ends_on=self.life.chance.choice((None, self.life.today + timedelta(days=3))))

    # --- people

    def people_turn(self) -> None:
        cases = Deciding(self.life.deployment).open_cases()
        if cases and self.happens(0.35):
            self.decides(cases)
        if self.happens(0.05):
            self.life.clock.pass_hours(0.01)  # nobody does two things at once
            with suppress(CaseRefused):
                until = self.life.today + timedelta(days=5)
                Resting(self.life.deployment).rest(self.number(), until=until, reason="lov", by="KF")
        if self.happens(0.1):
            self.closes()
        if self.happens(0.1):
            on = self.life.today - timedelta(days=self.life.chance.choice((1, 40)))
            word = Statement(account_id=self.number(), what=Stated.LATEST_POST, at=self.life.clock(), by="KF", on=on)
            self.life.store.save_statement(word)
        if self.happens(0.3) and not self.life.world.outage:
            self.vouches()

    def decides(self, cases: Sequence[KeptCase]) -> None:
        act = self.life.chance.choice(("acknowledge", "explain", "not_ours", "confirm_not_ours", "deny_not_ours",
                                       "claim_fixed", "reopen", "undo"))  # fmt: skip
        desk, ref = Deciding(self.life.deployment), CaseRef(id=self.life.chance.choice(cases).id)
        until = self.life.today + timedelta(days=self.life.chance.randrange(20)) if act == "explain" else None
        with suppress(CaseRefused, NoSuchCase):
            if act == "undo":
                desk.undo(ref, by="KF")
            else:
                desk.decide(ref, act, by="KF", reason="därför", until=until)
            self.life.decided.add(ref.id or 0)

    def closes(self) -> None:
        """A closing is decided, moved or given up."""
        self.life.clock.pass_hours(0.01)  # nobody does two things at once
        desk, number = Resting(self.life.deployment), self.number()
        on = self.life.today + timedelta(days=self.life.chance.choice((0, 1, 6)))
        with suppress(CaseRefused, ClosingRefused):
            if desk.show(number) is None:
                desk.start(number, on=on, by="KF", reason="slås ihop")
            elif self.happens(0.5):
                desk.move(number, on=on, by="KF", reason="dröjer")
            else:
                desk.withdraw(number, by="KF", reason="behålls")

    def vouches(self) -> None:
        holds, today = SqlHolds(self.life.store.db), self.life.today
        for each in holds.held_now(today):
            word = Belief(platform=each.platform, rule=each.rule, by="KA", reason="vi stängde", at=self.life.clock(),
                          until=today + timedelta(days=5))  # fmt: skip
            vouch(holds, word, today)

    # --- machines

    def machines_turn(self) -> None:
        if self.happens(0.08):
            self.life.keys = frozenset() if self.life.keys else frozenset({KEY})
        if self.happens(0.05):
            self.life.verified_on = self.life.chance.choice((date(2026, 1, 1), self.life.today))
        if self.happens(0.05):
            self.life.rules = self.other_rules()
        self.life.refit()

    def other_rules(self) -> str:
        """Another limit, and perhaps an exemption or a window."""
        days = self.life.chance.choice((20, 30, 45))
        rules = RULES.replace("notice_days = 30", f"notice_days = {days}", 1)
        if self.happens(0.5):
            rule = self.life.chance.choice(("inactive", "gone", "private", "name", "taken-over"))
            rules += (f'\n[[exemption]]\nrules = ["{rule}"]\naccounts = ["{self.number()}"]\n'
                      'reason = "beslut"\ndecided_by = "KA"\n')  # fmt: skip
        if self.happens(0.3):
            last = self.life.today + timedelta(days=6)
            rules += (f'\n[window.val]\nfirst = {self.life.today}\nlast = {last}\nreason = "val"\n'
                      'suspend = ["inactive", "link-to-city"]\n')  # fmt: skip
        return rules
