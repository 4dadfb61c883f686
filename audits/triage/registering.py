"""A decision as a change of the register.

new      ─▶ an account is added
changed  ─▶ its address, name or administration is changed
closed   ─▶ it is marked as closed from that day; it stays, so that the closing can be followed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from audits.model import Address, Kind
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.triage.candidates import About, Candidate
from audits.triage.deciding import TriageRefused
from audits.wording.said import said


def change_for(
    candidate: Candidate,
    address: Address,
    standing: Mapping[int, RegisterRow],
    today: date,
    *,
    name: str = "",
    administration: str | None = None,
) -> RegisterChange:
    """What the register does with a candidate; `address` is its own, understood. Raises `TriageRefused`."""
    if candidate.about is About.NEW:
        return _added(candidate, address, standing, today, name, administration)
    before = standing.get(candidate.account_id or 0)
    if before is None:
        raise TriageRefused(said("refused.no_longer", number=candidate.account_id))
    if candidate.about is About.CLOSED:
        after = replace(before, kind=Kind.SIGNPOSTED_CLOSED, ends_on=before.ends_on or today)
    else:
        after = replace(before, name=name or before.name, administration=administration or before.administration)
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
    name: str,
    administration: str | None,
) -> RegisterChange:
    twin = next((id_ for id_, row in standing.items() if row.key == candidate.key), None)
    if twin is not None:
        raise TriageRefused(said("refused.triage.twin", key=candidate.url or candidate.key, number=twin))
    row = RegisterRow(
        platform=candidate.platform,
        name=name or candidate.name or candidate.key,
        administration=administration or candidate.administration,
        raw=candidate.url,
        address=address.canonical_url or candidate.url,
        key=candidate.key,
        registered_on=today,
    )
    return RegisterChange(kind=ChangeKind.ADD, after=row)
