"""What a night adds up to, for people: coverage first, then each administration.

    accounts with what was seen and what is held true ─gather▶ Report ─▶ page, table, JSON

A line is told only when its deviation stands confirmed. What could not be seen is told beside it, calmly, with
what would open it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audits.model import Account, Finding, Observation, Outcome, Severity, Standing, Transport
from audits.rulebook import Routine
from audits.wording import phrase

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_REMEDIES = {
    Transport.NOT_PERMITTED: ("remedy.key", "remedy.link", "remedy.attest"),
    Transport.WALLED: ("remedy.key", "remedy.link", "remedy.attest"),
    Transport.BLOCKED: ("remedy.key", "remedy.link", "remedy.attest"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One account with everything that is currently held of it."""

    account: Account
    observation: Observation | None
    findings: tuple[tuple[Finding, Standing], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One confirmed deviation, with all that makes it believable."""

    account: Account
    rule: str
    severity: Severity
    title: str
    seen: Mapping[str, str]
    observed_at: datetime
    route: str
    url: str
    source: str
    fix: str
    due_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One account that could not be seen, why, and what would open it."""

    account: Account
    transport: Transport
    sentence: str
    reason: str
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    administration: str
    accounts: int
    read: int
    lines: tuple[Line, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    platform: str
    accounts: int
    read: int
    transports: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    made_at: datetime
    language: str
    accounts: int
    read: int
    waiting: int
    coverage: tuple[Coverage, ...]
    sections: tuple[Section, ...]


def gather(dossiers: Iterable[Dossier], routines: Mapping[str, Routine], language: str, made_at: datetime) -> Report:
    """Add up the dossiers; `made_at` is UTC."""
    everything = list(dossiers)
    owners = sorted({_owner(each.account, language) for each in everything})
    grouped = {owner: [each for each in everything if _owner(each.account, language) == owner] for owner in owners}
    return Report(
        made_at=made_at,
        language=language,
        accounts=len(everything),
        read=sum(_was_read(each) for each in everything),
        waiting=sum(standing.pending is not None for each in everything for _, standing in each.findings),
        coverage=_coverage(everything),
        sections=tuple(_section(owner, part, routines, language) for owner, part in grouped.items()),
    )


def _section(owner: str, dossiers: Sequence[Dossier], routines: Mapping[str, Routine], language: str) -> Section:
    lines = [line for each in dossiers for line in _lines(each, routines, language)]
    return Section(
        administration=owner,
        accounts=len(dossiers),
        read=sum(_was_read(each) for each in dossiers),
        lines=tuple(sorted(lines, key=lambda line: (_RANK[line.severity], line.account.name, line.rule))),
        unread=tuple(_unread(each, language) for each in dossiers if not _was_read(each)),
    )


def _lines(dossier: Dossier, routines: Mapping[str, Routine], language: str) -> Iterable[Line]:
    for finding, standing in dossier.findings:
        routine = routines.get(finding.rule)
        if routine is not None and standing.outcome is Outcome.FAILED and finding.outcome is Outcome.FAILED:
            yield _line(dossier, finding, routine, language)


def _line(dossier: Dossier, finding: Finding, routine: Routine, language: str) -> Line:
    observation = dossier.observation
    return Line(
        account=dossier.account,
        rule=finding.rule,
        severity=finding.severity,
        title=routine.title.get(language, finding.rule),
        seen=finding.seen,
        observed_at=finding.observed_at,
        route=finding.route.value if finding.route else "",
        url=(observation.url if observation else None) or dossier.account.address or "",
        source=routine.source,
        fix=routine.fix.get(language, ""),
        due_days=routine.due_days,
    )


def _unread(dossier: Dossier, language: str) -> Unread:
    observation = dossier.observation
    transport = observation.transport if observation else Transport.NOT_RECORDED
    keys = ("remedy.address",) if dossier.account.address is None else _REMEDIES.get(transport, ("remedy.wait",))
    return Unread(
        account=dossier.account,
        transport=transport,
        sentence=phrase(f"transport.{transport.value}", language),
        reason=observation.reason if observation else "",
        remedies=tuple(phrase(key, language) for key in keys),
    )


def _coverage(dossiers: Sequence[Dossier]) -> tuple[Coverage, ...]:
    platforms = sorted({each.account.platform for each in dossiers})
    return tuple(_of_platform(name, [each for each in dossiers if each.account.platform == name]) for name in platforms)


def _of_platform(platform: str, dossiers: Sequence[Dossier]) -> Coverage:
    transports = Counter(each.observation.transport.value for each in dossiers if each.observation)
    read = sum(_was_read(each) for each in dossiers)
    return Coverage(platform=platform, accounts=len(dossiers), read=read, transports=transports)


def _was_read(dossier: Dossier) -> bool:
    return dossier.observation is not None and dossier.observation.transport is Transport.OK


def _owner(account: Account, language: str) -> str:
    return account.administration or phrase("report.none", language)
