"""The latest sign of life among the posts that a page or an answer shows.

posts ─ reposts and what is dated in the future aside ─▶ the newest that is not pinned ─▶ Activity
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from audits.model import UNSEEN, Activity, Post, Seen, Unseen


def latest(posts: Sequence[Post], now: datetime, source: str, *, sees_newest: bool) -> Activity | Unseen:
    """The newest own post at `now` (UTC); UNSEEN where none carries a date.

    That there are no posts at all is for the caller to say. Where every post is pinned, or one came without its
    date, a newer one may be hidden.
    """
    written = [post for post in posts if not post.repost]
    own = [post for post in written if post.at is not None and post.at <= now]
    loose = [post for post in own if not post.pinned]
    at = max((post.at for post in loose or own if post.at), default=None)
    complete = bool(loose) and all(post.at for post in written)
    return Activity(at=at, source=source, sees_newest=sees_newest and complete) if at else UNSEEN


def proving_life_only(activity: Seen[Activity]) -> Activity | Unseen:
    """The same date where something newer may be hidden, and UNSEEN for "nothing yet": neither proves silence."""
    return replace(activity, sees_newest=False) if isinstance(activity, Activity) else UNSEEN
