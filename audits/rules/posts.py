"""Have the latest posts the form that the routine asks for?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from audits.model import Post
from audits.postings import Form
from audits.rulebook import Check, Verdict, failed, inapplicable, passed, rule


def every_post(of: str) -> Check:
    """Every post of the last days answers `of` with yes; what is told is how many do not, and the newest of them."""

    def every_post(forms: Sequence[Form], now: datetime, *, recent_days: int) -> Verdict:
        recent = [form for form in forms if form.post.at and form.post.at >= now - timedelta(days=recent_days)]
        wanting = sorted((form.post for form in recent if not form.holds), key=_when, reverse=True)
        if not recent:
            return inapplicable(f"no such post in the last {recent_days} days")
        if not wanting:
            return passed(f"{len(recent)} of {len(recent)}")
        newest = wanting[0]
        return failed(
            newest.url or _when(newest),
            posts=len(recent),
            wanting=len(wanting),
            post=newest.url or "",
            posted_on=_when(newest)[:10],
            machine_captions=_machine_made(wanting),
        )

    check = rule(every_post)
    return Check(check.name, check.function, (of, *check.sees[1:]), check.limits, check.required)


def _when(post: Post) -> str:
    return post.at.isoformat() if post.at else ""


def _machine_made(wanting: Sequence[Post]) -> int | None:
    """How many have captions that only a machine made; None where there is none."""
    return sum(post.has_machine_captions is True for post in wanting) or None


@rule
def flooded(posts: Sequence[Post], now: datetime, *, posts_a_day: int) -> Verdict:
    """More posts within one day than the account makes."""
    today = [post for post in posts if post.at and post.at > now - timedelta(days=1) and not post.repost]
    if len(today) < posts_a_day:
        return passed(len(today))
    return failed(max(map(_when, today))[:10], posts=len(today), limit_posts=posts_a_day)
