"""`rules.toml`, read and checked: the city's routine as a table of `Routine`s.

text ─▶ Rulebook(routines, guard, city) | BadRules with rule, key, line and remedy
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audits.drift import Guard
from audits.model import Confirmation, Kind, Severity
from audits.rulebook import Check, Routine
from audits.rules import CHECKS, STOCK

PATH = Path(__file__).parent / "rules.toml"
_KEYS = {
    "check", "of", "severity", "levels", "limits", "limits_for", "confirm", "once_stated", "guarded", "platforms",
    "kinds", "code", "source", "title", "fix", "acts", "due_days", "enabled",
}  # fmt: skip


class BadRules(ValueError):
    """The rules cannot be used; the message says where, what was there and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What the city calls itself, and the domains that are its own."""

    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    routines: Mapping[str, Routine]
    guard: Guard
    city: City


def load_rules(path: Path = PATH) -> Rulebook:
    """Read a rules file. Raises `BadRules`, or `OSError` where the file cannot be read."""
    return read_rules(path.read_text(encoding="utf-8"), path.name)


def read_rules(text: str, name: str = "rules.toml") -> Rulebook:
    """Read rules from their TOML text. Raises `BadRules`."""
    return _Reading(text, name).rulebook()


class _Reading:
    """One text being read; knows on which line a rule stands, so that a complaint can say so."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = text.splitlines()
        self.name = name
        try:
            self.declared = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadRules(f"{name}: {error}") from error

    def rulebook(self) -> Rulebook:
        city = City(**{key: tuple(value) for key, value in self.declared.get("city", {}).items()})
        rules = self.declared.get("rule", {})
        routines = {
            name: self._routine(name, entry, city) for name, entry in rules.items() if entry.get("enabled", True)
        }
        return Rulebook(routines=routines, guard=Guard(**self.declared.get("guard", {})), city=city)

    def _routine(self, rule_id: str, entry: Mapping[str, Any], city: City) -> Routine:
        self._known(rule_id, entry)
        check = self._check(rule_id, entry)
        limits = {**_from_city(check, city), **entry.get("limits", {})}
        limits_for = entry.get("limits_for", {})
        for given in (limits, *limits_for.values()):
            self._limits_fit(rule_id, check, given)
        missing = check.required - set(limits)
        if missing:
            raise self._bad(rule_id, f"check {check.name!r} needs the limit {', '.join(sorted(missing))}")
        return Routine(
            id=rule_id,
            check=check,
            severity=self._one_of(rule_id, "severity", Severity, entry.get("severity", "medium")),
            levels={
                level: self._one_of(rule_id, "levels", Severity, each)
                for level, each in entry.get("levels", {}).items()
            },
            limits=limits,
            limits_for=limits_for,
            confirmation=Confirmation(**entry.get("confirm", {})),
            once_stated=entry.get("once_stated", False),
            guarded=entry.get("guarded", True),
            platforms=frozenset(entry.get("platforms", ())),
            kinds=frozenset(self._one_of(rule_id, "kinds", Kind, each) for each in entry.get("kinds", ())),
            code=entry.get("code", ""),
            source=entry.get("source", ""),
            title=entry.get("title", {}),
            fix=entry.get("fix", {}),
            acts=entry.get("acts", ""),
            due_days=entry.get("due_days"),
        )

    def _check(self, rule_id: str, entry: Mapping[str, Any]) -> Check:
        name = entry.get("check", "")
        if name in CHECKS:
            return CHECKS[name]
        if name in STOCK and entry.get("of"):
            return STOCK[name](entry["of"])
        if name in STOCK:
            raise self._bad(rule_id, f'check {name!r} needs `of`: what it looks at, such as of = "bio"')
        raise self._bad(rule_id, f"unknown check {name!r}; known are {', '.join([*CHECKS, *STOCK])}")

    def _known(self, rule_id: str, entry: Mapping[str, Any]) -> None:
        unknown = sorted(set(entry) - _KEYS)
        if unknown:
            raise self._bad(rule_id, f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}", unknown[0])

    def _limits_fit(self, rule_id: str, check: Check, limits: Mapping[str, Any]) -> None:
        for name, value in limits.items():
            if name not in check.limits:
                known = ", ".join(check.limits) or "none"
                raise self._bad(rule_id, f"check {check.name!r} takes no limit {name!r}; it takes {known}", name)
            if isinstance(value, int) and value < 0:
                raise self._bad(rule_id, f"{name} = {value} is below nought", name)

    def _one_of(self, rule_id: str, key: str, kind: Callable[[str], Any], value: str) -> Any:
        try:
            return kind(value)
        except ValueError as error:
            known = ", ".join(each.value for each in kind)  # type: ignore[attr-defined]  # an enum is iterable
            raise self._bad(rule_id, f"{key} {value!r} is not one of {known}", key) from error

    def _bad(self, rule_id: str, complaint: str, key: str = "") -> BadRules:
        return BadRules(f"{self.name}, line {self._line(rule_id, key)}, rule {rule_id!r}: {complaint}")

    def _line(self, rule_id: str, key: str) -> int:
        start = next((at for at, line in enumerate(self.lines, 1) if line.startswith(f"[rule.{rule_id}")), 1)
        inside = enumerate(self.lines[start - 1 :], start)
        return next((at for at, line in inside if key and key in line), start)


def _from_city(check: Check, city: City) -> dict[str, Any]:
    own = {"city_names": city.names, "domains": city.domains}
    return {name: value for name, value in own.items() if name in check.limits}
