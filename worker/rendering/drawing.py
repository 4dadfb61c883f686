"""Lines and bars as the figures an SVG needs; what they say in words stands beside them in the page.

    parts ─bar▶ Piece …        nights ─columns▶ Column …        a life in a window of days ─strip▶ Strip

Strokes do not scale with the drawing, so that a drawing may be as wide as a phone or a desk; widths are days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import groupby, pairwise

from audits.history import Glance, History, Said
from audits.model import DriftStage
from audits.news import Night, Turn

GAP = timedelta(hours=36)  # two looks further apart are no unbroken row of nights
NIGHT = 0.9  # of a day: how long one look is drawn
_UNCOUNTED = (Turn.HELD, Turn.MISREAD)
ROWS = {"looks": 0.5, "posts": 1.5, "verdicts": 2.5}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar from `x` on, in hundredths of the whole."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """One night: how many of its accounts were read, of how many something new was told, and whether anything of it
    was held back or does not count.
    """

    night: Night
    x: int
    read: float  # hundredths of the accounts looked at
    told: int
    held: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """An account's nights, posts and verdicts as paths in a drawing of `days` by three rows."""

    days: float
    read: str
    unread: str
    posts: str
    stated: str  # posts that nobody saw but somebody stated
    marks: Sequence[tuple[str, str]]  # what kind of verdict, and its path


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn, the same for every account; times are UTC."""

    start: datetime
    end: datetime

    @property
    def days(self) -> float:
        return round(max((self.end - self.start) / timedelta(days=1), 1.0), 2)

    def x(self, at: datetime) -> float:
        return round((at - self.start) / timedelta(days=1), 2)

    def holds(self, at: datetime) -> bool:
        return self.start <= at <= self.end


def bar(counts: Iterable[tuple[str, int]], total: int) -> Sequence[Piece]:
    """The parts of a whole, side by side, in the order given; those that count nothing are left out."""
    pieces: list[Piece] = []
    for kind, count in counts:
        if count:
            x = round(pieces[-1].x + pieces[-1].width, 2) if pieces else 0.0
            pieces.append(Piece(kind, count, x, round(100 * count / max(total, 1), 2)))
    return pieces


def columns(nights: Sequence[Night]) -> Sequence[Column]:
    """A column a night, the oldest first."""
    return [
        Column(
            night=night,
            x=at,
            read=round(100 * night.read / max(night.accounts, 1), 1),
            told=sum(each.turn is Turn.TOLD for each in night.told),
            held=any(each.turn in _UNCOUNTED for each in night.told),
        )
        for at, night in enumerate(nights)
    ]


def window(histories: Iterable[History], end: datetime, most: timedelta, before: timedelta) -> Window:
    """From some days before the first look of all, but no further back than `most`, to the end of the last night."""
    first = min((look.at for each in histories for look in each.looks), default=end)
    return Window(start=max(first - before, end - most), end=end + timedelta(days=1))


def strip(history: History, days: Window) -> Strip:
    """One account's three rows."""
    rows = list(_unbroken([look for look in history.looks if days.holds(look.at)]))
    posts = [at for at in history.posts if days.holds(at)]
    return Strip(
        days=days.days,
        read=_lines((row for row in rows if row[0].is_read), days),
        unread=_lines((row for row in rows if not row[0].is_read), days),
        posts=_dots(posts, ROWS["posts"], days),
        stated=_dots(filter(days.holds, map(_noon, history.said)), ROWS["posts"], days),
        marks=tuple(_marks(history, days)),
    )


def _unbroken(looks: Sequence[Glance]) -> Iterator[Sequence[Glance]]:
    """Looks of one kind that follow each other night by night."""
    breaks = {after for before, after in pairwise(looks) if after.at - before.at > GAP}
    row: list[Glance] = []
    for look in looks:
        if row and (look in breaks or look.is_read is not row[0].is_read):
            yield row
            row = []
        row.append(look)
    if row:
        yield row


def _lines(rows: Iterable[Sequence[Glance]], days: Window) -> str:
    return "".join(f"M{days.x(row[0].at):g} {ROWS['looks']}H{round(days.x(row[-1].at) + NIGHT, 2):g}" for row in rows)


def _dots(times: Iterable[datetime], y: float, days: Window) -> str:
    """A dot is a line without length: its round ends are drawn."""
    return "".join(dict.fromkeys(f"M{days.x(at):g} {y}h0" for at in times))


def _noon(said: Said) -> datetime:
    return datetime.combine(said.on, time(12), UTC)


def _marks(history: History, days: Window) -> Iterator[tuple[str, str]]:
    told = [(_kind_of(each.stage, each.severity.value), each.at) for each in history.turned]
    told += [("answered", each.at) for each in history.answered]
    shown = sorted((kind, at) for kind, at in told if kind and days.holds(at))
    for kind, times in groupby(shown, key=lambda each: each[0]):
        yield kind, _dots((at for _, at in times), ROWS["verdicts"], days)


def _kind_of(stage: DriftStage, severity: str) -> str:
    """What a verdict is drawn as."""
    if stage in (DriftStage.CONFIRMED, DriftStage.WORSENED):
        return severity
    return "" if stage in (DriftStage.CALMED, DriftStage.RELEASED) else stage.value
