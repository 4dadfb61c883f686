"""What stands beside a rule, as `kanalkoll rules list` tells it: decisions that free accounts, and windows of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from worker.cli.speaking import evidence, word_for, words

if TYPE_CHECKING:
    from audits.rulebook import Exemption, Routine, Window


def beside_a_rule(routine: Routine) -> Iterator[str]:
    """Each exemption and each window of the rule, in words."""
    for exemption in routine.exemptions:
        yield _exemption(exemption)
    for window in routine.windows:
        yield _window(window)


def exempted_row(exemption: Exemption) -> dict[str, Any]:
    """An exemption as plain values, its last day as ISO 8601."""
    return {
        "accounts": sorted(exemption.accounts),
        "kinds": sorted(kind.value for kind in exemption.kinds),
        "reason": exemption.reason,
        "decided_by": exemption.decided_by,
        "until": exemption.until.isoformat() if exemption.until else None,
    }


def _exemption(exemption: Exemption) -> str:
    row = exempted_row(exemption)
    who, facts = ", ".join([*row["accounts"], *row["kinds"]]), {"why": exemption.reason, "by": exemption.decided_by}
    if exemption.until is None:
        return words("rules.exempts", who=who, **facts)
    return words("rules.exempts.until", who=who, until=evidence(exemption.until.isoformat()), **facts)


def _window(window: Window) -> str:
    told = {"name": window.id, "first": _day(window.first), "last": _day(window.last), "why": window.reason}
    if window.limits is None:
        return words("rules.window.suspends", **told)
    limits = ", ".join(f"{word_for('limit', name)} {each}" for name, each in window.limits.items())
    return words("rules.window.limits", limits=limits, **told)


def _day(day: date | tuple[int, int]) -> str:
    """A day of one year in words, and one of every year as month and day."""
    return evidence(day.isoformat()) if isinstance(day, date) else f"{day[0]:02}-{day[1]:02}"
