"""Does the account live? Silence is told in three levels; some accounts may be silent, each under checks of its own.

ordinary, rota   inactive, never_posted          seasonal    inactive after its first post of the season, else
crisis-parked    parked_quiet                                silent_in_season
resting          counted from the end of the rest            signposted   signposted (see profile)
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from audits.model import Account, Activity, Closing, Kind, Rest
from audits.rulebook import Verdict, failed, inapplicable, passed, rule

_MAY_BE_SILENT = {
    Kind.CRISIS_PARKED: "parked for a crisis",
    Kind.SIGNPOSTED_CLOSED: "closed, with a signpost",
}


def season_start(months: tuple[int, ...], day: date) -> date:
    """First day of the unbroken run of months that `day` stands in; its month is one of `months`."""
    month, year = day.month, day.year
    for _ in range(11):
        before = (month - 2) % 12 + 1
        if before not in months:
            break
        month, year = before, year - (before == 12)
    return date(year, month, 1)


def never_told_of_silence(account: Account) -> str:
    """Why the account is of a kind that is never told of as silent; "" where it is not."""
    return _MAY_BE_SILENT.get(account.kind, "")


def may_be_silent(account: Account, rest: Rest | None, closing: Closing | None, now: datetime) -> str:
    """Why silence is legitimate today; "" where it is not."""
    if why := never_told_of_silence(account):
        return why
    if closing is not None or account.has_ended(now.date()):
        return "being closed"
    if rest is not None and rest.holds(now.date()):
        return f"resting until {rest.until.isoformat()}: {rest.reason}"
    if account.season_months and now.month not in account.season_months:
        return "out of season"
    return ""


def _counted_from(at: datetime, rest: Rest | None, now: datetime) -> datetime:
    """A rest that is over is no silence; counting begins at its end."""
    if rest is None or rest.until >= now.date():
        return at
    return max(at, datetime.combine(rest.until, time(), UTC) + timedelta(days=1))


@rule
def inactive(
    account: Account,
    activity: Activity | None,
    rest: Rest | None,
    closing: Closing | None,
    now: datetime,
    *,
    notice_days: int,
    deviation_days: int,
    closing_days: int,
) -> Verdict:
    """No new post for so and so many days; which limit was used is told with the finding."""
    if why := may_be_silent(account, rest, closing, now):
        return inapplicable(why)
    if activity is None or activity.at is None:
        return inapplicable("no post at all")
    if account.season_months and activity.at.date() < season_start(account.season_months, now.date()):
        return inapplicable("not posted this season, which has a rule of its own")
    days = (now - _counted_from(activity.at, rest, now)).days
    limits = (("closing", closing_days), ("deviation", deviation_days), ("notice", notice_days))
    level, limit = next(((name, limit) for name, limit in limits if days >= limit), ("", 0))
    last = activity.at.date().isoformat()
    if not level:
        return passed(last)
    return failed(last, level=level, last_post=last, days=days, limit_days=limit, read_from=activity.source)


@rule
def silent_in_season(
    account: Account,
    activity: Activity | None,
    rest: Rest | None,
    closing: Closing | None,
    now: datetime,
    *,
    notice_days: int,
    deviation_days: int,
) -> Verdict:
    """The season has begun, and nothing has been posted in it."""
    if not account.season_months:
        return inapplicable("no season")
    if why := may_be_silent(account, rest, closing, now):
        return inapplicable(why)
    begun = season_start(account.season_months, now.date())
    if activity is not None and activity.at is not None and activity.at.date() >= begun:
        return passed(activity.at.date().isoformat())
    days = (now.date() - begun).days
    limits = (("deviation", deviation_days), ("notice", notice_days))
    level, limit = next(((name, limit) for name, limit in limits if days >= limit), ("", 0))
    if not level:
        return inapplicable("the season has just begun")
    return failed(begun.isoformat(), level=level, season_since=begun, days=days, limit_days=limit)


@rule
def never_posted(
    account: Account, activity: Activity | None, rest: Rest | None, closing: Closing | None, now: datetime, *, days: int
) -> Verdict:
    """Registered a while ago, and nothing was ever posted."""
    if why := may_be_silent(account, rest, closing, now):
        return inapplicable(why)
    if activity is not None and activity.at is not None:
        return passed("has posted")
    if account.registered_on is None or (now.date() - account.registered_on).days < days:
        return inapplicable("registered too recently, or on an unknown day")
    return failed("never posted", registered_on=account.registered_on, limit_days=days)


@rule
def parked_quiet(latest_known: Activity | None, now: datetime, *, days: int) -> Verdict:
    """An account that is parked for a crisis is quiet while there is none."""
    if latest_known is None or latest_known.at is None:
        return passed("quiet")
    last = latest_known.at.date()
    if (now - latest_known.at).days >= days:
        return passed(last)
    return failed(last, last_post=last, limit_days=days)
