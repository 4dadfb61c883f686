"""Which letters are due.

    now ─local week▶ its slot, once the day and the hour have come      begun? a database insert decides

A week that was missed is not caught up: the next letter repeats whatever is still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from audits.days import day_of

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Weekly:
    """A moment of every week, in local time; `weekday` counts from Monday as 0."""

    weekday: int
    at: time


def week_of(day: date) -> str:
    """The ISO week of a local date, such as 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_number(slot: str) -> str:
    """`2026-W47` as people say it: 47."""
    return slot.rpartition("W")[2].lstrip("0") or slot


def due_slot(now: datetime, zone: ZoneInfo, weekly: Weekly) -> str | None:
    """The week whose moment has passed by `now` (UTC), None while this week's is still to come.

    The local date and hour decide, so the weeks in which the clock changes are ordinary ones.
    """
    local = now.astimezone(zone)
    moment = (local.weekday(), local.time().replace(tzinfo=None))
    return week_of(day_of(now, zone)) if moment >= (weekly.weekday, weekly.at) else None
