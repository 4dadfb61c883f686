"""The checks that need code, one room per question.

identity   is it there, is it still ours          activity   does it live
profile    does it say whose it is                register   is it registered once, under an administration
stock      present · matches · links_to · newer_than: for sentences of a routine that need no code
"""

from __future__ import annotations

from collections.abc import Mapping

from audits.rulebook import Check
from audits.rules import activity, identity, profile, register
from audits.rules.stock import STOCK

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
        activity.never_posted,
        profile.named,
        profile.links_to_city,
        register.has_administration,
        register.registered_once,
        register.has_address,
    )
}

__all__ = ["CHECKS", "STOCK"]
