"""A planned rest: silence that somebody has decided, with its end.

rest words ─plan▶ Rest │ RestRefused        case, rest or closing ─explains▶ whether the case's explanation is of it
"""

from __future__ import annotations

from datetime import date, timedelta, tzinfo
from typing import Final

from audits.cases import LONGEST_EXPLANATION
from audits.days import day_of
from audits.model import Case, CaseState, Closing, Occasion, Rest
from audits.refusal import Refused
from audits.wording.said import said

LONGEST: Final = timedelta(days=365)  # as an explanation's


class RestRefused(Refused):
    """A rest that cannot be taken; the message says why and what would do."""


def plan(account_id: int, occasion: Occasion, *, starts_on: date, until: date, today: date) -> Rest:
    """The rest, first and last day included. Raises `RestRefused`."""
    if not occasion.by or not occasion.why:
        raise RestRefused(said("refused.rest.who"))
    first = max(starts_on, today)
    if until < first:
        raise RestRefused(said("refused.rest.backwards", last=until, first=first))
    if until - starts_on > LONGEST:
        raise RestRefused(said("refused.rest.long"))
    return Rest(account_id=account_id, starts_on=starts_on, until=until, reason=occasion.why, by=occasion.by)


def last_day_explained(decided: Rest | Closing, today: date) -> date:
    """Until when a rest or closing explains silence: an explanation holds a year at most, and is then given anew."""
    last = decided.until if isinstance(decided, Rest) else decided.closes_on
    return min(last, today + LONGEST_EXPLANATION)


def explains(decided: Rest | Closing, case: Case, zone: tzinfo) -> bool:
    """Whether the case stands explained by this rest or closing, and by nobody's decision on the case itself."""
    if case.state is not CaseState.EXPLAINED or (case.by, case.reason) != (decided.by, decided.reason):
        return False
    return case.until == last_day_explained(decided, day_of(case.changed_at, zone))
