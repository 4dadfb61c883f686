"""Exemptions held against the register: those that name an account which is not in it free nobody.

routines + accounts ─unmet▶ Unmet(named, near) …
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from audits.model import Account
from audits.rulebook import Routine

_NEAREST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """An account that an exemption names and the register does not have; `near` are the keys most like it."""

    named: str
    rules: tuple[str, ...]
    near: tuple[str, ...]


def unmet(routines: Mapping[str, Routine], accounts: Iterable[Account]) -> Sequence[Unmet]:
    """In the order of the rules that name them. No account is read where no exemption names one."""
    named: dict[str, list[str]] = {}
    for routine in routines.values():
        for account in sorted({each for exemption in routine.exemptions for each in exemption.accounts}):
            named.setdefault(account, []).append(routine.id)
    if not named:
        return []
    known = {name for account in accounts for name in (str(account.id), account.key) if name}
    keys = sorted(each for each in known if not each.isdigit())
    return [
        Unmet(named=name, rules=tuple(rules), near=tuple(difflib.get_close_matches(name, keys, n=_NEAREST)))
        for name, rules in named.items()
        if name not in known
    ]
