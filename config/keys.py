"""`keys.toml`, read and checked: how a key is carried, who answers for it, and what it may cost.

    text ─▶ {name: DeclaredKey} ─use(accounts, now)─▶ KeyUse: what one request uses up, and of which ceilings

The values are not here: `config.safe` knows where they are. Amounts are thousandths of the key's own unit, so that a
tenth of a cent is counted exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from pathlib import Path
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from audits.days import day_of
from audits.wording import catalogue
from audits.wording.said import FIRST, Said, said
from config.files import read_text
from config.toml import parsed
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "keys.toml"
WARNING: Final = timedelta(days=30)
_THOUSAND: Final = 1000


class BadKeys(Unusable):
    """The declared keys cannot be used; the message says where, what was there and what would do."""


class Per(StrEnum):
    """What a key's uses are counted by."""

    CALL = "call"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be used up in one day (`2026-11-03`) or month (`2026-11`); None where nobody has set a ceiling."""

    period: str
    ceiling: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUse:
    """One use of a key: what it costs, and which of its days and months it counts in."""

    name: str
    cost: int
    unit: str
    limits: tuple[Limit, ...]

    def reached(self, limit: Limit) -> str:
        """Why the key may not be used any more."""
        amount = in_units(limit.ceiling or 0, self.unit)
        return f"{self.name}, {amount}, {limit.period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredKey:
    """One key without its value."""

    name: str
    platforms: frozenset[str]
    hosts: frozenset[str]
    owner: str
    header: str = ""
    param: str = ""
    prefix: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    companions: Mapping[str, str] = field(default_factory=dict)  # header → end of the variable that holds its value
    expires_on: date | None = None
    cost: int = _THOUSAND
    per: Per = Per.CALL
    unit: str = "calls"
    daily_quota: int | None = None
    monthly_ceiling: int | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    step: Mapping[str, str] = field(default_factory=dict)  # by language: what it takes to get one
    source: str = ""
    read_on: date | None = None

    @property
    def renewed_by(self) -> str:
        """Its owner: a role that everybody knows is a sentence, which each reader has in their own language."""
        role = f"terminal.role.{self.owner}"
        return said(role) if role in catalogue(FIRST) else self.owner

    def expired(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day

    def expires_soon(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on - day <= WARNING

    def use(self, accounts: int, now: datetime) -> KeyUse:
        """What a request about so many accounts uses up; `now` is UTC."""
        cost = self.cost * (accounts if self.per is Per.ACCOUNT else 1)
        return KeyUse(name=self.name, cost=cost, unit=self.unit, limits=self.limits(now))

    def limits(self, now: datetime) -> tuple[Limit, ...]:
        day = day_of(now, self.zone)
        return Limit(day.isoformat(), self.daily_quota), Limit(f"{day:%Y-%m}", self.monthly_ceiling)

    def told(self, used: Mapping[str, int], now: datetime) -> Said:
        """How long the key holds, and what of its ceilings is used up."""
        holds = said("key.holds", day=self.expires_on.isoformat()) if self.expires_on else said("key.for_good")
        uses = [self._used(limit, used.get(limit.period, 0)) for limit in self.limits(now)]
        return reduce(lambda told, use: said("key.and", told=told, use=use), uses, holds)

    def _used(self, limit: Limit, used: int) -> Said:
        facts = {"amount": _amount(used), "unit": self.unit, "period": limit.period}
        if limit.ceiling is None:
            return said("key.used", **facts)
        return said("key.used_of", ceiling=_amount(limit.ceiling), **facts)

    def spent(self, used: Mapping[str, int], now: datetime) -> bool:
        """Whether not even one more account may be asked about, today or this month."""
        ceilings = ((limit, limit.ceiling) for limit in self.limits(now))
        return any(each is not None and used.get(limit.period, 0) + self.cost > each for limit, each in ceilings)


Keys: TypeAlias = Mapping[str, DeclaredKey]


def in_units(thousandths: int, unit: str) -> str:
    """An amount as people write it: `12.5 USD`, `81 units`."""
    return f"{_amount(thousandths)} {unit}"


def _amount(thousandths: int) -> str:
    return f"{thousandths / _THOUSAND:.3f}".rstrip("0").rstrip(".")


def load_keys(path: Path = PATH) -> Keys:
    """Read a keys file. Raises `BadKeys` or `BadFile`."""
    return read_keys(read_text(path), path.name)


def read_keys(text: str, name: str = "keys.toml") -> Keys:
    """Read keys from their TOML text. Raises `BadKeys`."""
    return {key: _key(key, entry, f"{name}, [{key}]") for key, entry in parsed(text, name, BadKeys).items()}


_KNOWN: Final = {each.name for each in fields(DeclaredKey)} - {"name"}
_AMOUNTS: Final = ("cost", "daily_quota", "monthly_ceiling")


def _key(name: str, entry: Any, where: str) -> DeclaredKey:
    complaint = next(_complaints(name, entry), None)
    if complaint:
        raise BadKeys(said("declared.at", where=where, what=complaint))
    amounts = {each: round(entry[each] * _THOUSAND) for each in _AMOUNTS if each in entry}
    return DeclaredKey(
        **{
            **entry,
            **amounts,
            "name": name,
            "platforms": frozenset(entry["platforms"]),
            "hosts": frozenset(entry["hosts"]),
            "per": Per(entry.get("per", "call")),
            "zone": ZoneInfo(entry.get("zone", "UTC")),
        }
    )


def _complaints(name: str, entry: Any) -> Iterator[Said]:
    """What keeps an entry from being a key, each with what would do."""
    if not isinstance(entry, dict) or not name.isidentifier() or name.lower().endswith("_file"):
        yield said("declared.key_name")
        return
    if unknown := sorted(set(entry) - _KNOWN):
        yield said("declared.unknown", name=repr(unknown[0]), known=", ".join(sorted(_KNOWN)))
    for needed in ("platforms", "hosts", "owner"):
        if not entry.get(needed):
            yield said("declared.missing", key=needed)
    if bool(entry.get("header")) == bool(entry.get("param")):
        yield said("declared.carries")
    yield from _ill_formed(entry)


def _ill_formed(entry: Mapping[str, Any]) -> Iterator[Said]:
    day = entry.get("expires_on")
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        yield said("declared.no_day", key="expires_on", value=day)
    if entry.get("per", "call") not in set(Per):
        yield said("declared.no_choice", key="per", value=entry["per"], known=", ".join(Per))
    for amount in _AMOUNTS:
        value = entry.get(amount, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            yield said("declared.no_amount", key=amount, value=value)
    if not _is_zone(entry.get("zone", "UTC")):
        yield said("declared.no_zone", key="zone", value=entry["zone"])


def _is_zone(name: object) -> bool:
    try:
        ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):  # what zoneinfo raises for names that are none
        return False
    return True
