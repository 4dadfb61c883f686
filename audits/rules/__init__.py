"""The checks that need code, one room per question.

identity   is it there, is it still ours          activity   does it live
profile    does it say whose it is                register   is it registered once, under an administration
posts      have the posts the form asked for      attested   did people answer, and what
stock      present · matches · avoids · links_to · links_with · newer_than · every_post: sentences that need no code

ending     why a case is over, whatever a look sees
written    whether a text shows a word
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from audits.rulebook import Check
from audits.rules import activity, attested, identity, posts, profile, register
from audits.rules.ending import CLOSED, SILENCE
from audits.rules.stock import STOCK as _WORDED

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

# while one of these is open, whose an account is must be seen by an id of a registered kind
DOUBTS = frozenset({identity.gone.name, identity.suspended.name, identity.renamed.name, identity.taken_over.name})
SILENT = activity.inactive.name  # goes by the newest post, whether it accuses or not

STOCK: Mapping[str, Callable[[str], Check]] = {**_WORDED, "every_post": posts.every_post}

__all__ = ["CHECKS", "CLOSED", "DOUBTS", "SILENCE", "SILENT", "STOCK"]
