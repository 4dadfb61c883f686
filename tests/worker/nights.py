"""A small city whose nights pass in virtual time: a register, a web of notice boards and a clock."""

from __future__ import annotations

from datetime import time

from audits.addresses import Form, Grammar, Host
from audits.model import AddressKind, Outcome
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from tests.builders import NIGHT, STOCKHOLM, an_occasion
from tests.fakes import DictAsker, HandClock, board, some_instruments
from worker.ports import Run
from worker.steps import advance_run, begin_due_night
from worker.storage import SqlStore


def registered(store: SqlStore, count: int) -> list[str]:
    addresses = [f"https://board.example/{number}" for number in range(count)]
    rows = [
        RegisterRow(platform="board", name=f"Konto {at}", address=address, key=f"board:konto{at}", administration="KF")
        for at, address in enumerate(addresses)
    ]
    additions = [RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows]
    store.apply_changes(additions, an_occasion(), source="test")
    return addresses


class City:
    """A register, a web of notice boards and a clock; `night` lives through one more night."""

    def __init__(self, store: SqlStore, accounts: int) -> None:
        self.store = store
        self.clock = HandClock(NIGHT)
        self.addresses = registered(store, accounts)
        self.web = {address: board(number=str(at)) for at, address in enumerate(self.addresses)}
        self.asker = DictAsker(self.web, self.clock)
        self.instruments = some_instruments()

    def night(self) -> Run:
        run = begin_due_night(self.store, STOCKHOLM, time(3, 15), self.clock())
        assert run is not None
        while advance_run(self.store, self.asker, self.instruments, run, self.clock, seconds=30):
            pass
        self.clock.pass_hours(24)
        closed = self.store.run(run.id)
        assert closed is not None
        return closed

    def told(self) -> set[tuple[int, str]]:
        return {
            (account.id, finding.rule)
            for account, finding, standing in self.store.current_findings()
            if standing.outcome is Outcome.FAILED
        }


def proven(city: City) -> None:
    """Three nights on which every account shows its own id."""
    for _ in range(3):
        city.night()


BOARDS = Grammar(
    platform="board",
    hosts=(Host("board.example"),),
    forms=(
        Form("/{name}", key="konto{name}", url="https://board.example/{name}"),
        Form("/{name}/note/{post}", AddressKind.POST, owner="konto{name}",
             url="https://board.example/{name}/note/{post}"),
    ),
)  # fmt: skip
WALL = "<title>Log in</title>"
