"""Days are the city's own: told as its calendar has them, and never counted before they have truly gone by.

    moment × zone ─day_of▶ the day it is there
    Activity, or a day alone ─Now▶ Dated: the day it is told as, and the last moment at which it may have been
    Dated ─days_since▶ told, beside the two dates       ─full_days_since▶ held against a limit

A limit is compared with days that have gone by in both senses: so many times twenty-four hours since the last moment
at which it may have been, and so many days of the calendar. The calendar's count is what people read. It is therefore
never less than a limit that is said to be passed, and it is the difference of the two dates that stand beside it; a
limit is held against an account hours too late rather than a moment too early.

What is known by its day alone stays that day in every zone. It may have been at the day's very end, wherever whoever
wrote it counts days: in the city, or by UTC as most servers do. What was at midnight, to the second, is such a day.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import Final

from audits.model import Activity, Precision

_DAY: Final = timedelta(days=1)
_LAST: Final = time.max.replace(fold=1)  # where clocks are put back over midnight, the second of the two


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day that it is in `zone` at an aware `moment`."""
    return moment.astimezone(zone).date()


def utc_day(moment: datetime) -> date:
    """The day by UTC: for what must read alike in every zone and by every route, and is not told to people as a day."""
    return day_of(moment, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When something was. `day` is the city's, or the source's own where no time was stated; `last` is the last moment
    at which it may have been; `mark` names it alike by every route and in every zone.
    """

    day: date
    last: datetime
    mark: str
    source: str = ""
    month_alone: bool = False  # no day was stated: `day` is the month's last
    stirred: Dated | None = None  # a later sign of life, of another kind

    def __str__(self) -> str:
        """As evidence keeps it: `2026-07-01`, or `2026-07`."""
        return f"{self.day:%Y-%m}" if self.month_alone else self.day.isoformat()

    @property
    def alive(self) -> Dated:
        """The last sign of life of any kind, from which silence is counted."""
        return max(self, self.stirred or self, key=lambda each: each.last)


@dataclass(frozen=True)
class Now:
    """The moment (`at`, aware) as of which something is judged, in the zone whose days count."""

    at: datetime
    zone: tzinfo

    @cached_property
    def today(self) -> date:
        return day_of(self.at, self.zone)

    def day_of(self, moment: datetime) -> date:
        return day_of(moment, self.zone)

    def dated(self, activity: Activity) -> Dated | None:
        """When the latest post was, and the latest sign of life where that is later; None where there was none."""
        if activity.at is None:
            return None
        when = self._dated(activity.at, activity)
        return replace(when, stirred=self._dated(activity.stirred, activity)) if activity.stirred else when

    def _dated(self, at: datetime, activity: Activity) -> Dated:
        mark, source = utc_day(at).isoformat(), activity.source
        whole_month = at is activity.at and activity.precision is Precision.MONTH
        day = _month_end(utc_day(at)) if whole_month else self._day_alone(at, activity.precision)
        if day is None:
            return Dated(day=self.day_of(at), last=at, mark=mark, source=source)
        return Dated(day=day, last=self._end_of(day), mark=mark, source=source, month_alone=whole_month)

    def _day_alone(self, at: datetime, precision: Precision) -> date | None:
        """The day of which no hour was stated; None where one was. Many write such days as midnights of their own."""
        if precision is Precision.DAY or at.astimezone(UTC).time() == time():
            return utc_day(at)
        return self.day_of(at) if at.astimezone(self.zone).time() == time() else None

    def some_time_on(self, day: date) -> Dated:
        """Something of which the day alone is known."""
        return Dated(day=day, last=self._end_of(day), mark=day.isoformat())

    def from_the_start_of(self, day: date) -> Dated:
        """What began with the city's day: a season, the time after a rest."""
        return Dated(day=day, last=datetime.combine(day, time(), self.zone), mark=day.isoformat())

    def days_since(self, when: Dated) -> int:
        """What a reader counts on the calendar, and what is told; none for what is still to come."""
        return max(0, (self.today - when.day).days)

    def full_days_since(self, when: Dated) -> int:
        """What a limit is held against: days that have gone by in every sense. Never more than `days_since`."""
        gone_by = (self.at.astimezone(UTC) - when.last) // _DAY
        return max(0, min(gone_by, self.days_since(when)))

    def ago(self, days: int) -> datetime:
        """So many times twenty-four hours earlier."""
        return self.at.astimezone(UTC) - timedelta(days=days)

    def _end_of(self, day: date) -> datetime:
        return max(datetime.combine(day, _LAST, zone) for zone in (UTC, self.zone))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
