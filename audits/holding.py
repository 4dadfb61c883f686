"""Changes that were held because too many came at once, and a person's word on them.

    held changes of the latest night ─standing▶ those that nobody has answered
    believe(where, word) ─▶ Belief: the guard lets them through until a day; every other confirmation still holds

Where a fifth of a platform changes within some nights, the platform is suspected first. But a city may well close its
five channels on one day: then the officer says so, and the looks of the coming nights count like any others.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from audits.refusal import Refused
from audits.wording.said import said

LONGEST = timedelta(days=60)


class HoldRefused(Refused):
    """A word that cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """Somebody's word, given at `at` (UTC), that the changes under `rule` on `platform` are real, until a day's end."""

    platform: str
    rule: str
    by: str
    reason: str
    at: datetime
    until: date


def believe(held: Collection[tuple[str, str]], belief: Belief, today: date) -> Belief:
    """The belief, if it may be kept; `held` names what waits or was vouched for before, by platform and rule.

    Raises `HoldRefused` where nothing of the kind waits, or where the name, the reason or a sensible end is missing.
    """
    if (belief.platform, belief.rule) not in held:
        waiting = ", ".join(f"{platform} {rule}" for platform, rule in sorted(held))
        if not waiting:
            raise HoldRefused(said("refused.held.nothing"))
        raise HoldRefused(said("refused.held.none", platform=belief.platform, rule=belief.rule, waiting=waiting))
    if not belief.by.strip() or not belief.reason.strip():
        raise HoldRefused(said("refused.held.who"))
    if not today <= belief.until <= today + LONGEST:
        raise HoldRefused(said("refused.held.far", day=belief.until, days=LONGEST.days))
    return belief
