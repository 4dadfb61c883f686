"""The latest post among those that a page or an answer shows, and whether a newer one may be hidden.

posts ─ those dated in the future aside ─┬▶ the newest of its own that is not pinned ─▶ Activity
                                         └▶ what was passed on, pinned or done since ─▶ its `stirred`
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from audits.model import UNSEEN, Activity, Post, Precision, Seen, Unseen

T = TypeVar("T")

_ZONES: Final = timedelta(hours=26)  # from the first place on Earth where a day begins to the last
_PLANNED: Final = timedelta(days=90)  # how far ahead a premiere or an event is told at most
_MOMENTS: Final = timedelta(minutes=10)
_DAY: Final = timedelta(days=1)
_ON_TOP: Final = 2  # whoever keeps one post on top has the newest below it


def latest(
    posts: Sequence[Post],
    now: datetime,
    source: str,
    *,
    sees_newest: bool = False,
    signs: Iterable[datetime | None] = (),
) -> Activity | Unseen:
    """The newest own post at `now` (UTC); UNSEEN where none carries a date. `signs` date what was done but posting.

    That there are no posts at all is for the caller to say. Where every post is pinned, one came without its date,
    one lies so little or so far ahead that its clock may be wrong, or the list does not begin with the newest, which
    no server promises, a newer one may be hidden.
    """
    past = [post for post in posts if post.at is not None and post.at <= now]
    own = [post for post in past if not post.repost]
    loose = [post for post in own if not post.pinned]
    at = _newest(loose or own)
    if at is None:
        return UNSEEN
    in_order = begins_with_newest([post.at for post in past if post.at and not post.pinned])
    complete = in_order and bool(loose) and all(post.at and not _is_doubtful(post.at, now) for post in posts)
    others = _newest([post for post in past if post.repost or post.pinned])  # a pinned one may be the newest of all
    since = max((sign for sign in (others, *signs) if sign and sign <= now), default=None)
    return _stirred(Activity(at=at, source=source, sees_newest=sees_newest and complete), since)


def _newest(posts: Sequence[Post]) -> datetime | None:
    return max((post.at for post in posts if post.at), default=None)


def _stirred(activity: Activity, since: datetime | None) -> Activity:
    known = activity.stirred or activity.at
    return replace(activity, stirred=since) if since and known and since > known else activity


def _is_doubtful(at: datetime, now: datetime) -> bool:
    """Whether a date ahead is no appointment and may be past: a little ahead, because its zone was left out or a clock
    is fast; or further ahead than anybody plans, because a clock is wrong.
    """
    return now < at <= now + _ZONES or at > now + _PLANNED


def begins_with_newest(dates: Sequence[datetime]) -> bool:
    """Whether a list, by its order, begins with the newest: one that begins with the oldest may be cut before it, and
    one in no order anywhere. What came within a day of the newest is in order.
    """
    first = dates[:_ON_TOP] if len(dates) > _ON_TOP else dates[:1]
    return not dates or any(max(dates) - each < _DAY for each in first)


_FEWEST: Final = 5  # posts: no list is asked for fewer


def has_lost_some(listed: int, counted: Seen[int]) -> bool:
    """Whether a list is shorter than any is asked for, and than what is counted beside it: the newest may be what it
    has lost.
    """
    return isinstance(counted, int) and listed < min(counted, _FEWEST)


def reconciled(listed: Activity, known: Seen[Activity]) -> Activity:
    """The newest post of a list, beside the date of the last one of any kind that the account states of itself.

    Where that is later, the list leaves something out: silence is counted from it, if it is of the newest. Two notes of
    one post may lie moments apart.
    """
    later = known.at if isinstance(known, Activity) else None
    if not isinstance(known, Activity) or later is None or listed.at is None or later - listed.at < _MOMENTS:
        return listed
    return replace(_stirred(listed, later), sees_newest=known.sees_newest)


def agreed(owners: Iterable[T | None]) -> T | None:
    """Whose all the things of a list are; None where they are of several, one tells no owner, or there are none."""
    several = set(owners)
    return several.pop() if len(several) == 1 else None


def by_day(activity: Activity | Unseen) -> Activity | Unseen:
    """The same date where its zone is not told: it is known to the day."""
    return replace(activity, precision=Precision.DAY) if isinstance(activity, Activity) else activity


def proving_life_only(activity: Seen[Activity]) -> Activity | Unseen:
    """The same date where something newer may be hidden, and UNSEEN for "nothing yet": neither proves silence."""
    return replace(activity, sees_newest=False) if isinstance(activity, Activity) else UNSEEN
