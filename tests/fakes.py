"""Small real things: a platform of three pages, an asker over a dict, a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from audits.addresses import Grammar
from audits.asking import offer, own_page
from audits.model import (
    Activity,
    Facts,
    Marker,
    Page,
    PlatformId,
    Probe,
    Reading,
    Route,
    Transport,
)
from audits.platform import Platform, Subject
from audits.reading.answer import Answer
from audits.reading.markers import Packs
from audits.reading.pages import explicit, present, read_answer, undecided
from config.rules import Rulebook, read_rules
from tests.builders import STOCKHOLM
from worker.ports import Asker
from worker.steps import Instruments

GONE = "no such notice board"
UNDECIDED = "one notice, of a board that is not named"


def board(posted: str = "2026-11-01", number: str = "7") -> str:
    """A page of the notice-board platform."""
    return f"board {number}|Almestads stad|{posted}|https://almestad.example/"


def read_board(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Reads `board`; anything else is a wall, an absence or unreadable, as on any platform."""

    def look(answer: Answer) -> Reading | None:
        if answer.text == GONE:
            return explicit(Marker("board.gone", "gone", GONE))
        if answer.text == UNDECIDED:
            return undecided("one notice")
        if not answer.text.startswith("board "):
            return None
        number, name, posted, link = answer.text.removeprefix("board ").split("|")
        at = datetime.fromisoformat(posted).replace(tzinfo=UTC)
        return present(
            Facts(
                display_name=name,
                handle=subject.handle,
                description=None,
                platform_id=PlatformId("board", number),
                website_link=link,
                activity=Activity(at=at, source="board", sees_newest=True),
            )
        )

    return read_answer(page, subject.platform, packs, look)


BOARD = Platform(
    label="Notice board",
    grammar=Grammar(platform="board", forms=()),
    read=read_board,
    routes=(offer(Route.PAGE, read_board, own_page),),
)


def some_rules() -> Rulebook:
    return read_rules(
        '[city]\nnames = ["Almestad"]\ndomains = ["almestad.example"]\n'
        '[rule.gone]\ncheck = "gone"\nconfirm = { looks = 3, hours = 48 }\n'
        '[rule.taken-over]\ncheck = "taken_over"\nseverity = "critical"\nconfirm = { looks = 3, gap_hours = 0 }\n'
        '[rule.inactive]\ncheck = "inactive"\nguarded = false\n'
        "limits = { notice_days = 30, deviation_days = 90, closing_days = 180 }\n"
        '[rule.address-missing]\ncheck = "has_address"\nconfirm = { looks = 1 }\nguarded = false\n'
    )


def some_instruments(rules: Rulebook | None = None) -> Instruments:
    packs = Packs(today=date(2026, 11, 3))
    return Instruments(platforms={"board": BOARD}, packs=packs, rulebook=rules or some_rules(), zone=STOCKHOLM)


@dataclass(slots=True)
class HandClock:
    """Shows the time it was set to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def pass_hours(self, hours: float) -> None:
        self.now += timedelta(hours=hours)


@dataclass
class DictAsker(Asker):
    """Answers from a dict of address to body; an address that is not there is unreachable."""

    pages: Mapping[str, str]
    clock: Callable[[], datetime]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, probe: Probe) -> Page:
        self.asked.append(probe.url)
        if probe.url not in self.pages:
            return Page(url=probe.url, fetched_at=self.clock(), transport=Transport.UNREACHABLE, reason="no answer")
        return Page(url=probe.url, fetched_at=self.clock(), status=200, body=self.pages[probe.url].encode())
