"""Which nights and which weeks are due.

    now ─local date▶ the night that is on, if it has not begun; those before it that never did are missed

Beat only sends ticks; whether a night is due is decided here, and whether it has begun by a database insert. The
local date decides, so the nights on which the clock changes are ordinary ones. A missed night is not made up: whoever
looked now would see today, and ask every host about every account twice within minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from audits.days import day_of


def due_night(now: datetime, zone: ZoneInfo, night_starts: time, begun: Collection[date]) -> date | None:
    """The local date of the night that should have begun by `now` (UTC) and has not; `begun` holds those that have."""
    tonight = _tonight(now, zone, night_starts)
    return None if tonight in begun else tonight


def missed_nights(last: date, begun: date) -> Sequence[date]:
    """The local dates of the nights between two that began one after the other, oldest first."""
    return [last + timedelta(days=days) for days in range(1, (begun - last).days)]


def _tonight(now: datetime, zone: ZoneInfo, night_starts: time) -> date:
    """The local date of the latest night whose hour has come."""
    today = day_of(now, zone)
    return today if now.astimezone(zone).time() >= night_starts else today - timedelta(days=1)


def next_night(now: datetime, zone: ZoneInfo, night_starts: time) -> datetime:
    """When the next night begins, in `zone`; `now` is UTC. An hour that comes twice begins it the first time, and one
    that is left out at the first moment after it.
    """
    today = day_of(now, zone)
    begins = _begins(today, zone, night_starts)
    return begins if now < begins.astimezone(UTC) else _begins(today + timedelta(days=1), zone, night_starts)


def _begins(day: date, zone: ZoneInfo, night_starts: time) -> datetime:
    """The first moment of that day at which a clock on the wall shows the hour, or a later one."""
    wall = datetime.combine(day, night_starts)
    moment = min(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    while (shown := moment.astimezone(zone)).replace(tzinfo=None) < wall:
        moment += timedelta(minutes=1)
    return shown


def due_week(now: datetime, zone: ZoneInfo, weekday: int, begins: time, begun: Collection[date]) -> date | None:
    """The local date of the weekly walk that should have begun by `now` (UTC) and has not; `weekday` is 0 for Monday.

    A missed week is caught up on whatever day the worker is back, older ones are not. The first one ever waits for its
    day.
    """
    local = now.astimezone(zone)
    days = (local.weekday() - weekday) % 7
    if days == 0 and local.time() < begins:
        days = 7
    day = day_of(now, zone) - timedelta(days=days)
    is_due = day not in begun and (days == 0 or bool(begun))
    return day if is_due else None
