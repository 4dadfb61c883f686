"""Does the account live? Silence is told in three levels; some kinds of account may be silent."""

from __future__ import annotations

from datetime import datetime

from audits.model import Account, Activity, Kind
from audits.rulebook import Verdict, failed, inapplicable, passed, rule

_MAY_BE_SILENT = {
    Kind.CRISIS_PARKED: "parked for a crisis",
    Kind.SIGNPOSTED_CLOSED: "closed, with a signpost",
}


@rule
def inactive(
    account: Account,
    activity: Activity | None,
    now: datetime,
    *,
    notice_days: int,
    deviation_days: int,
    closing_days: int,
) -> Verdict:
    """No new post for so and so many days; which limit was used is told with the finding."""
    if account.kind in _MAY_BE_SILENT:
        return inapplicable(_MAY_BE_SILENT[account.kind])
    if account.season_months and now.month not in account.season_months:
        return inapplicable("out of season")
    if activity is None or activity.at is None:
        return inapplicable("no post at all")
    days = (now - activity.at).days
    limits = (("closing", closing_days), ("deviation", deviation_days), ("notice", notice_days))
    level, limit = next(((name, limit) for name, limit in limits if days >= limit), ("", 0))
    last = activity.at.date().isoformat()
    if not level:
        return passed(last)
    return failed(last, level=level, last_post=last, days=days, limit_days=limit, read_from=activity.source)


@rule
def never_posted(account: Account, activity: Activity | None, now: datetime, *, days: int) -> Verdict:
    """Registered a while ago, and nothing was ever posted."""
    if account.kind in _MAY_BE_SILENT:
        return inapplicable(_MAY_BE_SILENT[account.kind])
    if activity is not None and activity.at is not None:
        return passed("has posted")
    if account.registered_on is None or (now.date() - account.registered_on).days < days:
        return inapplicable("registered too recently, or on an unknown day")
    return failed("never posted", registered_on=account.registered_on, limit_days=days)
