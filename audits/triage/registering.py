"""A decision as a change of the register.

new      ─▶ an account is added
changed  ─▶ its address, name or administration is changed
closed   ─▶ it is marked as closed from that day; it stays, so that the closing can be followed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from audits.model import Address, Kind
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.triage.candidates import About, Candidate
from audits.triage.deciding import TriageRefused
from audits.wording.said import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What whoever decided calls the account, and whose it shall be; what is left open is as found or as it stands."""

    name: str = ""
    administration: str | None = None


_AS_FOUND: Final = Called()


def change_for(
    candidate: Candidate,
    address: Address,
    standing: Mapping[int, RegisterRow],
    today: date,
    called: Called = _AS_FOUND,
) -> RegisterChange:
    """What the register does with a candidate; `address` is its own, understood, and `today` the city's day.

    Raises `TriageRefused`.
    """
    if candidate.about is About.NEW:
        return _added(candidate, address, standing, today, called)
    before = standing.get(candidate.account_id or 0)
    if before is None:
        raise TriageRefused(said("refused.no_longer", number=candidate.account_id))
    if candidate.about is About.CLOSED:
        after = replace(before, kind=Kind.SIGNPOSTED_CLOSED, ends_on=before.ends_on or today)
    else:
        administration = called.administration or before.administration
        after = replace(before, name=called.name or before.name, administration=administration)
        if address.key:
            after = replace(after, raw=candidate.url, address=address.canonical_url, key=address.key)
    if after == before:
        raise TriageRefused(said("refused.triage.said", number=candidate.account_id))
    return RegisterChange(kind=ChangeKind.CHANGE, account_id=candidate.account_id, before=before, after=after)


def _added(
    candidate: Candidate,
    address: Address,
    standing: Mapping[int, RegisterRow],
    today: date,
    called: Called,
) -> RegisterChange:
    twin = next((id_ for id_, row in standing.items() if row.key == candidate.key), None)
    if twin is not None:
        raise TriageRefused(said("refused.triage.twin", key=candidate.url or candidate.key, number=twin))
    row = RegisterRow(
        platform=candidate.platform,
        name=called.name or candidate.name or candidate.key,
        administration=called.administration or candidate.administration,
        raw=candidate.url,
        address=address.canonical_url or candidate.url,
        key=candidate.key,
        registered_on=today,
    )
    return RegisterChange(kind=ChangeKind.ADD, after=row)
