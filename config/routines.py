"""`[rule.…]` tables, read and checked: one routine each, with its limits held against each other.

Table + city + windows + exemptions ─▶ Routine | BadRules
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from audits.model import Confirmation, Kind, Severity
from audits.platforms import PLATFORMS
from audits.rulebook import Check, Routine
from audits.rules import CHECKS, STOCK
from audits.wording.said import said
from config.declaring import Table

KEYS = frozenset({
    "check", "of", "severity", "levels", "limits", "limits_for", "confirm", "once_stated", "guarded", "platforms",
    "kinds", "code", "source", "title", "fix", "acts", "due_days", "enabled",
})  # fmt: skip
ROLES = frozenset({"administration", "communications officer", "editor", "information security", "web editor"})
_RISING = ("notice_days", "deviation_days", "closing_days")  # each is reached after the one before
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What the city calls itself, and the domains that are its own."""

    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


def read_routine(table: Table, city: City) -> Routine:
    """The routine of one table; `enabled` is the caller's to heed. Raises `BadRules`."""
    table.known(KEYS)
    check = _check(table)
    limits = {**_from_city(check, city), **_limits(table, check, "limits", table.entry.get("limits", {}))}
    if missing := sorted(check.required - limits.keys()):
        raise table.bad(said("declared.needs_limit", check=check.name, limits=", ".join(missing)), "limits")
    routine = Routine(
        id=table.name,
        check=check,
        severity=table.choice("severity", Severity, table.entry.get("severity", "medium")),
        levels={level: table.choice("levels", Severity, each) for level, each in table.entries_of("levels").items()},
        limits=limits,
        limits_for=dict(_limits_for(table, check, limits)),
        confirmation=_confirmation(table),
        once_stated=table.truth("once_stated", default=False),
        guarded=table.truth("guarded", default=True),
        platforms=platforms_of(table),
        kinds=kinds_of(table),
        code=table.words("code"),
        source=table.words("source"),
        title=table.in_languages("title"),
        fix=table.in_languages("fix"),
        acts=_acts(table),
    )
    due = table.entry.get("due_days")
    return replace(routine, due_days=None if due is None else table.count("due_days", due, most=366))


def _acts(table: Table) -> str:
    """Who acts: one role, or several joined by "and"."""
    acts = table.words("acts")
    if unknown := [role for role in acts.split(" and ") if acts and role not in ROLES]:
        raise table.bad(said("declared.role", value=acts, role=unknown[0], known=", ".join(sorted(ROLES))), "acts")
    return acts


def kinds_of(table: Table) -> frozenset[Kind]:
    """The kinds of account that a table names. An unknown one is refused with its line."""
    return frozenset(table.choice("kinds", Kind, each) for each in table.list_of_words("kinds"))


def platforms_of(table: Table) -> frozenset[str]:
    """The platforms that a table names. An unknown one is refused with its line."""
    named = frozenset(table.list_of_words("platforms"))
    if unknown := sorted(named - PLATFORMS.keys()):
        raise table.bad(said("declared.platform", name=unknown[0], known=", ".join(sorted(PLATFORMS))), "platforms")
    return named


def sharpened(table: Table, routine: Routine, limits: Mapping[str, Any]) -> Mapping[str, Any]:
    """Other limits for a routine, as a window gives them, held against those they leave. Raises `BadRules`."""
    checked = _limits(table, routine.check, "limits", limits)
    _in_order(table, {**routine.limits, **checked})
    return checked


def _check(table: Table) -> Check:
    name, of = table.words("check"), table.words("of")
    if name in CHECKS:
        return CHECKS[name]
    if name in STOCK and of:
        return STOCK[name](of)
    if name in STOCK:
        raise table.bad(said("declared.needs_of", check=name), "check")
    raise table.bad(said("declared.check", name=name, known=", ".join([*CHECKS, *STOCK])), "check")


def _limits(table: Table, check: Check, key: str, given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise table.bad(said("declared.key_no_table", key=key, value=given), key)
    for name, value in given.items():
        if name not in check.limits:
            known = ", ".join(check.limits) or "–"
            raise table.bad(said("declared.no_such_limit", check=check.name, name=name, known=known), name)
        _of_its_kind(table, check, name, value)
    _in_order(table, given)
    return given


def _of_its_kind(table: Table, check: Check, name: str, value: object) -> None:
    """A limit is a number, a text or a list of texts, as the check's own signature says."""
    kind = str(inspect.signature(check.function).parameters[name].annotation)
    if kind == "int":
        table.count(name, value)
    elif kind == "str" and not (isinstance(value, str) and value):
        raise table.bad(said("declared.no_text", key=name, value=value), name)
    elif kind == "Sequence[str]" and not (
        isinstance(value, list) and value and all(isinstance(each, str) and each for each in value)
    ):
        raise table.bad(said("declared.no_list", key=name, value=value), name)


def _limits_for(table: Table, check: Check, limits: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for whose, own in table.entries_of("limits_for").items():
        if whose not in PLATFORMS and whose not in _KINDS:
            raise table.bad(said("declared.limits_for", whose=whose), whose)
        checked = _limits(table, check, whose, own)
        _in_order(table, {**limits, **checked}, whose)
        yield whose, checked


def _in_order(table: Table, limits: Mapping[str, Any], whose: str = "") -> None:
    given = [(name, limits[name]) for name in _RISING if name in limits]
    for (lower, less), (upper, more) in pairwise(given):
        if less > more:
            raise table.bad(said("declared.order", first=f"{lower} = {less}", then=f"{upper} = {more}"), whose or lower)


def _confirmation(table: Table) -> Confirmation:
    given = table.entry.get("confirm", {})
    known = ("looks", "hours", "gap_hours")
    if not isinstance(given, dict) or set(given) - set(known):
        raise table.bad(said("declared.confirm", value=given, known=", ".join(known)), "confirm")
    counts = {name: table.count(name, value, least=int(name == "looks")) for name, value in given.items()}
    return Confirmation(**counts)


def _from_city(check: Check, city: City) -> dict[str, Sequence[str]]:
    own = {"city_names": city.names, "domains": city.domains}
    return {name: value for name, value in own.items() if name in check.limits}
