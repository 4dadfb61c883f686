"""Which standing accounts the rows that were not taken are about: none of them may be lost for a slip in a cell.

    accounts that no row was held to + claims of the refused rows ─spared▶ Spared(accounts, unsure)

A claim is what could be read of a refused row. It is held against the file's reference, the key of its address, then
platform and name, or the name alone where no platform could be read. Of several that are as likely all are spared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from audits.registering import RegisterRow

OWN_NUMBER: Final = re.compile(r"#(\d+)")  # `exporting.own_number`


@dataclass(frozen=True, slots=True)
class Spared:
    """Accounts that a refused row is about, and how many refused rows could be about any account."""

    accounts: frozenset[int] = frozenset()
    unsure: int = 0


def spared(standing: Mapping[int, RegisterRow], left: Collection[int], claims: Collection[RegisterRow]) -> Spared:
    """Of the accounts that are `left` over, those that a refused row claims."""
    if not (left and claims):
        return Spared()
    signs: dict[object, set[int]] = {}
    for account_id, row in standing.items():
        for sign in (*_sure(account_id, row), *_likely(row), ("name", row.name)):
            signs.setdefault(sign, set()).add(account_id)
    found: set[int] = set()
    unsure = 0
    for claim in claims:
        about = _about(claim, signs, left)
        found |= about or set()
        unsure += about is None
    return Spared(frozenset(found), unsure)


def _about(claim: RegisterRow, signs: Mapping[object, set[int]], left: Collection[int]) -> set[int] | None:
    """The accounts left over that the claim is about, none where another row has its account; None: it may be any."""
    sure = _sure(None, claim)
    for sign in (*sure, *_likely(claim)):
        if about := {each for each in signs.get(sign, ()) if each in left}:
            return about
    return set() if any(sign in signs for sign in sure) else None


def _sure(account_id: int | None, row: RegisterRow) -> list[object]:
    """Signs that name one account: its number, its reference, an address that was read."""
    number = OWN_NUMBER.fullmatch(row.ref or "")
    told = account_id if account_id is not None else number and int(number.group(1))
    signs: list[object] = [("number", told)] if told else []
    signs += [("ref", row.ref)] if row.ref else []
    return signs + ([("key", row.key)] if row.key and row.address else [])


def _likely(row: RegisterRow) -> list[object]:
    """Signs that several may bear: an address that was only guessed, a name on its platform, a name alone."""
    signs: list[object] = [("key", row.key)] if row.key else []
    if row.name:
        signs.append(("name", row.platform, row.name) if row.platform else ("name", row.name))
    return signs
