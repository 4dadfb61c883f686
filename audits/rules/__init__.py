"""The checks that need code, one room per question.

identity   is it there, is it still ours          activity   does it live
profile    does it say whose it is                register   is it registered once, under an administration
posts      have the posts the form asked for      attested   did people answer, and what
stock      present · matches · avoids · links_to · links_with · newer_than · every_post: sentences that need no code

written    whether a text shows a word            languages  the languages that a text names
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from audits.model import Account, Closing, Rest
from audits.rulebook import Check, Routine
from audits.rules import activity, attested, identity, posts, profile, register
from audits.rules.activity import never_told_of_silence
from audits.rules.stock import STOCK as _WORDED
from audits.wording.said import said

CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        identity.gone,
        identity.suspended,
        identity.private,
        identity.moved,
        identity.renamed,
        identity.taken_over,
        activity.inactive,
        activity.silent_in_season,
        activity.never_posted,
        activity.parked_quiet,
        posts.flooded,
        profile.named,
        profile.links_to_city,
        profile.signposted,
        profile.bids_no_farewell,
        profile.language_kept,
        profile.picture_approved,
        attested.attested,
        attested.not_denied,
        attested.closed_in_time,
        register.has_administration,
        register.on_the_list,
        register.registered_once,
        register.has_address,
        register.outlived,
    )
}

CLOSED = frozenset({attested.closed_in_time.name})  # rest on a closing that is under way

# while one of these is open, whose an account is must be seen by an id of a registered kind
DOUBTS = frozenset({identity.gone.name, identity.suspended.name, identity.renamed.name, identity.taken_over.name})
SILENCE = frozenset({activity.inactive.name, activity.silent_in_season.name, activity.never_posted.name})


def releases(routine: Routine | None, account: Account, day: date) -> str:
    """Why a case under this routine is over for the account, whatever is seen of it; "" where it is not.

    What a window suspends, or a decision frees it of for a time, is found anew afterwards. A rest or a season passes,
    and ends nothing.
    """
    if routine is None:
        return said("evidence.out_of_use")
    silent = never_told_of_silence(account) if routine.check.name in SILENCE else ""
    return routine.spares(account, day) or silent


def rests_on_nothing(routine: Routine | None, account: Account, closing: Closing | None) -> str:
    """Why nothing is left of what a case under this routine rests on: somebody took back the account's end date, or its
    closing; "" where it stands.
    """
    check = routine.check.name if routine else ""
    if check == register.outlived.name and account.ends_on is None:
        return said("evidence.no_end_date")
    if check in CLOSED and closing is None:
        return said("evidence.no_closing")
    return ""


def counts_anew(routine: Routine | None, seen: Mapping[str, str], rest: Rest | None, day: date) -> str:
    """Why silence that was seen before a rest is over with the rest: it is counted from the rest's end, and nobody has
    mended anything; "" where the rest goes on, or what was `seen` is counted from its end already.
    """
    if routine is None or routine.check.name != activity.inactive.name or rest is None or rest.until >= day:
        return ""
    counted = max((seen.get(name, "") for name in ("last_post", "stirred_on", "counted_from")), default="")
    return said("evidence.rested", day=rest.until) if counted <= rest.until.isoformat() else ""


STOCK: Mapping[str, Callable[[str], Check]] = {**_WORDED, "every_post": posts.every_post}

__all__ = ["CHECKS", "CLOSED", "DOUBTS", "SILENCE", "STOCK", "counts_anew", "releases", "rests_on_nothing"]
