"""`discover.toml`, read and checked: where the walk over the city's own sites goes, and what it never asks for.

text, the city's domains ─▶ Discovery ─┬ plan, hygiene, traps: what the walk decides by
                                       └ weekday, begins, seconds, looks
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from audits.discovering.addresses import Hygiene, canonical
from audits.discovering.comparing import LOOKS
from audits.discovering.plan import Limits, Plan, Site
from audits.discovering.traps import Most, Skip, Traps
from audits.wording.said import said
from config.files import read_text
from config.toml import bad, parsed
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "discover.toml"
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TABLES: Final = frozenset({"site", "walk", "most", "drop", "skip"})
_WALK: Final = frozenset({"weekday", "begins", "depth", "pages", "hours", "seconds", "looks"})
_SKIP: Final = ("endings", "words", "parameters")


class BadDiscovery(Unusable):
    """The declaration cannot be used; the message names the place, what was there and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """`begins` is local time of the weekday, 0 for Monday; `seconds` lie between two requests to one host."""

    plan: Plan
    hygiene: Hygiene
    traps: Traps
    weekday: int = 5
    begins: time = time(1, 30)
    seconds: float = 2.0
    looks: int = LOOKS


def load_discovery(path: Path = PATH, domains: Iterable[str] = ()) -> Discovery:
    """The declaration in a file; `domains` are walked where it names no site. Raises `BadDiscovery`, `BadFile`."""
    return read_discovery(read_text(path), domains, path.name)


def read_discovery(text: str, domains: Iterable[str] = (), name: str = "discover.toml") -> Discovery:
    """The declaration in a TOML text. Raises `BadDiscovery`."""
    declared = parsed(text, name, BadDiscovery)
    _known(declared, _TABLES, name)
    walk = _table(declared, "walk", name)
    _known(walk, _WALK, f"{name}, [walk]")
    sites = [_site(entry, f"{name}, [[site]] {number}") for number, entry in enumerate(declared.get("site", []), 1)]
    return Discovery(
        plan=Plan(sites=tuple(sites) or tuple(map(whole_domain, domains)), limits=_limits(walk, f"{name}, [walk]")),
        hygiene=_hygiene(_table(declared, "drop", name), f"{name}, [drop]"),
        traps=_traps(declared, name),
        weekday=_weekday(walk.get("weekday", "saturday"), name),
        begins=_begins(walk.get("begins", time(1, 30)), name),
        seconds=_number(walk, "seconds", 2.0, f"{name}, [walk]"),
        looks=_whole(walk, "looks", LOOKS, f"{name}, [walk]"),
    )


def whole_domain(domain: str) -> Site:
    """A domain with all that lies below it. Raises `BadDiscovery` where it is none."""
    return site_at(domain if "://" in domain else f"https://{domain}", subdomains=True)


def site_at(url: str, *, subdomains: bool = False) -> Site:
    """The site at an address. Raises `BadDiscovery` where that is none."""
    start = canonical(url if "://" in url else f"https://{url}")
    host = urlsplit(start).hostname or "" if start else ""
    if start is None or ("." not in host and ":" not in host and host != "localhost"):
        raise BadDiscovery(said("declared.no_site", value=url))
    return Site(url=start, subdomains=subdomains)


def _site(entry: Any, where: str) -> Site:
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        raise bad(BadDiscovery, where, "declared.site_url")
    _known(entry, frozenset(each.name for each in fields(Site)), where)
    subdomains = entry.get("subdomains", False)
    if not isinstance(subdomains, bool):
        raise bad(BadDiscovery, where, "declared.no_truth", key="subdomains", value=subdomains)
    start = site_at(entry["url"], subdomains=subdomains)
    hosts, paths = (_texts(entry, name, where) for name in ("except_hosts", "except_paths"))
    if wrong := next((path for path in paths if not path.startswith("/")), None):
        raise bad(BadDiscovery, where, "declared.no_path", key="except_paths", value=wrong)
    return Site(url=start.url, subdomains=subdomains, except_hosts=hosts, except_paths=paths)


def _limits(walk: Mapping[str, Any], where: str) -> Limits:
    usual = Limits()
    return Limits(
        depth=_whole(walk, "depth", usual.depth, where),
        pages=_whole(walk, "pages", usual.pages, where),
        hours=_number(walk, "hours", usual.hours, where),
    )


def _hygiene(drop: Mapping[str, Any], where: str) -> Hygiene:
    _known(drop, frozenset({"parameters"}), where)
    return Hygiene(frozenset(name.lower() for name in _texts(drop, "parameters", where)))


def _traps(declared: Mapping[str, Any], name: str) -> Traps:
    most = _table(declared, "most", name)
    usual = asdict(Most())
    _known(most, frozenset(usual), f"{name}, [most]")
    counts = {each: _whole(most, each, usual[each], f"{name}, [most]") for each in usual}
    skips = (_skip(entry, f"{name}, [[skip]] {entry.get('id', '')}") for entry in declared.get("skip", []))
    return Traps(tuple(skips), Most(**counts))


def _skip(entry: Mapping[str, Any], where: str) -> Skip:
    _known(entry, frozenset({"id", "why", *_SKIP}), where)
    if missing := [field for field in ("id", "why") if not entry.get(field)]:
        raise bad(BadDiscovery, where, "declared.without_reason", missing=", ".join(missing))
    endings, words, parameters = (tuple(text.lower() for text in _texts(entry, field, where)) for field in _SKIP)
    if not (endings or words or parameters):
        raise bad(BadDiscovery, where, "declared.says_nothing", known=", ".join(_SKIP))
    return Skip(
        id=entry["id"], why=entry["why"], endings=endings, words=frozenset(words), parameters=frozenset(parameters)
    )


def _weekday(value: Any, name: str) -> int:
    if value not in WEEKDAYS:
        raise bad(
            BadDiscovery, f"{name}, [walk]", "declared.no_choice", key="weekday", value=value, known=", ".join(WEEKDAYS)
        )
    return WEEKDAYS.index(value)


def _begins(value: Any, name: str) -> time:
    if not isinstance(value, time):
        raise bad(BadDiscovery, f"{name}, [walk]", "declared.no_time", key="begins", value=value)
    return value


def _table(declared: Mapping[str, Any], table: str, name: str) -> Mapping[str, Any]:
    found = declared.get(table, {})
    if not isinstance(found, dict):
        raise bad(BadDiscovery, name, "declared.no_table", value=found, form=f"[{table}]")
    return found


def _known(entry: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(set(entry) - known):
        raise bad(BadDiscovery, where, "declared.unknown", name=", ".join(unknown), known=", ".join(sorted(known)))


def _whole(entry: Mapping[str, Any], field: str, usual: int, where: str) -> int:
    value = entry.get(field, usual)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise bad(BadDiscovery, where, "declared.no_count", key=field, value=value)
    return value


def _number(entry: Mapping[str, Any], field: str, usual: float, where: str) -> float:
    value = entry.get(field, usual)
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise bad(BadDiscovery, where, "declared.no_amount", key=field, value=value)
    return float(value)


def _texts(entry: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    values = entry.get(field, [])
    if not isinstance(values, list) or not all(isinstance(each, str) and each for each in values):
        raise bad(BadDiscovery, where, "declared.no_list", key=field, value=values)
    return tuple(values)
