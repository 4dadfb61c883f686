"""`permissions.toml`, read and checked: whether a request may be made at all, and how often a host may be asked.

    text ─▶ Permissions ─verdict(platform, route, host, path, keyed, day)─▶ Verdict
                        └pace_of(host)─▶ Pace

A decision that is incomplete, or has ended on the day of the question, opens nothing; it is told by name and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from audits.model import Route
from audits.wording.said import FIRST, Called, Said, said
from config.files import read_text
from config.toml import parsed
from config.unusable import Unusable

PATH = Path(__file__).parent / "permissions.toml"


class BadPermissions(Unusable):
    """The permissions cannot be used; the message says where, what was there and what would do."""


class Basis(StrEnum):
    """On which ground a decision opens a platform: its permission, or the city's own assessment."""

    PLATFORM_PERMISSION = "platform_permission"
    OWN_ASSESSMENT = "own_assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a host may be asked: `seconds` between requests, `at_once` under way, `nightly` in all."""

    seconds: float = 10.0
    at_once: int = 1
    nightly: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one platform's own rules say to a visitor without a key."""

    name: str
    hosts: tuple[str, ...]
    closed: frozenset[Route] = frozenset()
    closed_paths: tuple[str, ...] = ()
    api_or_page: bool = False
    choice: str = ""
    why: str = ""
    source: str = ""
    read_on: date | None = None

    def closes(self, route: Route, path: str) -> bool:
        return route in self.closed or path.startswith(self.closed_paths)

    def holds(self, host: str) -> bool:
        """By whole labels: `evilfacebook.com` is not Facebook's."""
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A recorded decision that opens routes of a platform up to and including `until`."""

    platform: str
    routes: frozenset[Route]
    basis: Basis
    decided_by: str
    reference: str
    until: date
    line: int
    file: str = "permissions.toml"

    @property
    def words(self) -> str:
        return f"{self.basis.value}: {self.reference}, {self.decided_by}, until {self.until}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a request may be made. `basis` names the decision that opened it; then robots.txt is not asked.

    `why` is where the platform says no, or a name that `audits.wording.reasons` has words for, before that.
    """

    allowed: bool
    why: str = ""
    basis: str = ""
    obeys_robots: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """What the platforms' terms close, what decisions on file open, and how often a host may be asked."""

    grounds: tuple[Ground, ...] = ()
    decisions: tuple[Decision, ...] = ()
    incomplete: tuple[Said, ...] = ()
    pace: Pace = Pace()
    paces: Mapping[str, Pace] = field(default_factory=dict)

    def verdict(
        self, platform: str, route: Route, host: str, path: str, *, keyed: bool, connected: bool, day: date
    ) -> Verdict:
        """Whether `path` on `host` may be asked for on `day`, on behalf of a visit to `platform`.

        `keyed`: the request carries a key of the platform's own; `connected`: this deployment holds one.
        """
        if keyed:
            return Verdict(allowed=True, obeys_robots=False)
        for ground in self._grounds_of(platform, host):
            if ground.api_or_page and connected and route is Route.PAGE:
                return Verdict(allowed=False, why=f"key_instead: {ground.name}")
            decision = self._decision(ground, route, day)
            if decision is not None and ground.holds(host):
                return Verdict(allowed=True, basis=decision.words, obeys_robots=False)
            if ground.closes(route, path):
                return Verdict(allowed=False, why=self._closed(ground, route, day))
        return Verdict(allowed=True)

    def choice_for(self, host: str) -> str:
        """The cookie that states our choice to this host's consent page, "" where none is known."""
        return next((ground.choice for ground in self.grounds if ground.choice and ground.holds(host)), "")

    def pace_of(self, host: str) -> Pace:
        return self.paces.get(host, self.pace)

    def paced(self, seconds: float) -> Permissions:
        """The same with another pause for hosts that have none of their own."""
        return replace(self, pace=replace(self.pace, seconds=seconds))

    def complaints(self, day: date) -> tuple[Said, ...]:
        """What is wrong with the decisions on `day`, each with its line and remedy."""
        ended = (_ended(decision) for decision in self.decisions if decision.until < day)
        return (*self.incomplete, *ended)

    def _grounds_of(self, platform: str, host: str) -> Iterator[Ground]:
        """A page is bound by the platform it belongs to and by the host it lies on."""
        return (ground for ground in self.grounds if ground.name == platform or ground.holds(host))

    def _decision(self, ground: Ground, route: Route, day: date) -> Decision | None:
        return next((each for each in self._decisions_for(ground, route) if each.until >= day), None)

    def _decisions_for(self, ground: Ground, route: Route) -> Iterator[Decision]:
        return (each for each in self.decisions if each.platform == ground.name and route in each.routes)

    def _closed(self, ground: Ground, route: Route, day: date) -> str:
        stands = ground.source or ground.name
        ended = [each for each in self._decisions_for(ground, route) if each.until < day]
        return f"decision_over: {ended[-1].reference}, {ended[-1].until}, {stands}" if ended else stands


def _ended(decision: Decision) -> Said:
    what = said(
        "declared.ended", reference=decision.reference, platform=decision.platform, until=decision.until.isoformat()
    )
    return said("declared.on_line", file=decision.file, line=decision.line, what=what)


def load_permissions(path: Path = PATH) -> Permissions:
    """Read a permissions file. Raises `BadPermissions` or `BadFile`."""
    return read_permissions(read_text(path), path.name)


def read_permissions(text: str, name: str = "permissions.toml") -> Permissions:
    """Read permissions from their TOML text. Raises `BadPermissions`."""
    return _Reading(name, text.splitlines()).permissions(parsed(text, name, BadPermissions))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text being read; knows on which line a thing stands, so that a complaint can say so."""

    name: str
    lines: list[str]

    def permissions(self, declared: Mapping[str, Any]) -> Permissions:
        self._known(declared, {"pace", "platforms", "decisions"})
        grounds = tuple(self._ground(name, entry) for name, entry in declared.get("platforms", {}).items())
        names = {ground.name for ground in grounds}
        judged = [(line, entry, _lacking(entry, names)) for line, entry in self._decisions(declared)]
        pace = dict(declared.get("pace", {}))
        hosts = pace.pop("hosts", {})
        default = self._pace("pace", pace, Pace())
        return Permissions(
            grounds=grounds,
            decisions=tuple(_decision(entry, line, self.name) for line, entry, lack in judged if not lack),
            incomplete=tuple(self._on(line, lack) for line, _, lack in judged if lack),
            pace=default,
            paces={host: self._pace(host, entry, default) for host, entry in hosts.items()},
        )

    def _ground(self, name: str, entry: Mapping[str, Any]) -> Ground:
        self._known(entry, {each.name for each in fields(Ground)} - {"name"})
        try:
            return Ground(
                **{
                    **entry,
                    "name": name,
                    "hosts": tuple(entry["hosts"]),
                    "closed": frozenset(Route(route) for route in entry.get("closed", ())),
                    "closed_paths": tuple(entry.get("closed_paths", ())),
                    "why": _in_each_language(entry.get("why", "")),
                }
            )
        except (KeyError, TypeError, ValueError) as wrong:
            raise self._bad(
                f"[platforms.{name}]", said("declared.ground", why=wrong, known=", ".join(Route))
            ) from wrong

    def _pace(self, name: str, entry: Any, default: Pace) -> Pace:
        try:
            pace = replace(default, **entry)
        except TypeError as wrong:
            raise self._bad(name, said("declared.pace", value=entry)) from wrong
        if not (_number(pace.seconds) and pace.seconds >= 0 and _whole(pace.at_once) and _whole(pace.nightly)):
            raise self._bad(name, said("declared.pace_amounts", value=entry))
        return pace

    def _known(self, entry: Mapping[str, Any], known: set[str]) -> None:
        unknown = sorted(set(entry) - known)
        if unknown:
            raise self._bad(unknown[0], said("declared.unknown", name=repr(unknown[0]), known=", ".join(sorted(known))))

    def _bad(self, token: str, what: Said) -> BadPermissions:
        line = next((number for number, line in enumerate(self.lines, 1) if token in line.partition("#")[0]), 1)
        return BadPermissions(self._on(line, what))

    def _on(self, line: int, what: Said) -> Said:
        return said("declared.on_line", file=self.name, line=line, what=what)

    def _decisions(self, declared: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
        lines = [number for number, line in enumerate(self.lines, 1) if line.strip().startswith("[[decisions]]")]
        entries = declared.get("decisions", [])
        if not isinstance(entries, list) or len(entries) != len(lines):
            raise self._bad("decisions", said("declared.rows", form="[[decisions]]"))
        return zip(lines, entries, strict=True)


def _in_each_language(why: Any) -> str:
    """One text, or one for each language. Raises `ValueError` for anything else."""
    texts = why if isinstance(why, dict) and why else {FIRST: why}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError(said("declared.languages", key="why"))
    return Called(texts)


_NEEDED = ("platform", "routes", "basis", "decided_by", "reference", "until")


def _lacking(entry: Mapping[str, Any], platforms: set[str]) -> Said | None:
    """What keeps a decision from being one, None where it is whole."""
    lack = _not_given(entry) or _ill_formed(entry, platforms)
    if lack is None:
        return None
    return said("declared.decision", platform=str(entry.get("platform", "–")), what=lack)


def _not_given(entry: Mapping[str, Any]) -> Said | None:
    if missing := [name for name in _NEEDED if not str(entry.get(name) or "").strip()]:
        return said("declared.lacks", missing=", ".join(missing))
    if unknown := sorted(set(entry) - set(_NEEDED)):
        return said("declared.unknown", name=repr(unknown[0]), known=", ".join(_NEEDED))
    return None


def _ill_formed(entry: Mapping[str, Any], platforms: set[str]) -> Said | None:
    until, basis, routes = entry["until"], entry["basis"], entry["routes"]
    if entry["platform"] not in platforms:
        return said("declared.platform", name=entry["platform"], known=", ".join(sorted(platforms)))
    if not isinstance(until, date) or isinstance(until, datetime):
        return said("declared.no_day", key="until", value=until)
    if basis not in set(Basis):
        return said("declared.no_choice", key="basis", value=basis, known=", ".join(Basis))
    if not isinstance(routes, list) or not all(route in list(Route) for route in routes):
        return said("declared.routes", value=routes, known=", ".join(Route))
    return None


def _decision(entry: Mapping[str, Any], line: int, file: str) -> Decision:
    return Decision(
        platform=entry["platform"],
        routes=frozenset(Route(route) for route in entry["routes"]),
        basis=Basis(entry["basis"]),
        decided_by=str(entry["decided_by"]),
        reference=str(entry["reference"]),
        until=entry["until"],
        line=line,
        file=file,
    )


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
