"""A planned rest: silence that somebody has decided, with its end.

rest words ─plan▶ Rest │ RestRefused
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from audits.model import Rest
from audits.wording.said import said

LONGEST: Final = timedelta(days=366)  # as an explanation's


class RestRefused(ValueError):
    """A rest that cannot be taken; the message says why and what would do."""


def plan(account_id: int, *, starts_on: date, until: date, reason: str, by: str, today: date) -> Rest:
    """The rest, first and last day included. Raises `RestRefused`."""
    if not by.strip() or not reason.strip():
        raise RestRefused(said("refused.rest.who"))
    if until < max(starts_on, today):
        raise RestRefused(said("refused.rest.backwards", last=until, first=max(starts_on, today)))
    if until - starts_on > LONGEST:
        raise RestRefused(said("refused.rest.long"))
    return Rest(account_id=account_id, starts_on=starts_on, until=until, reason=reason.strip(), by=by.strip())
