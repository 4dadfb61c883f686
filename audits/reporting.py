"""What a night adds up to, for people: coverage first, then each administration.

    accounts with what was seen, what is held true and what people made of it ─gather▶ Report ─▶ page, table, JSON

A line is told only when its deviation stands confirmed. What could not be seen is told beside it, calmly, with
what would open it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audits.model import (
    STATED_BY,
    Account,
    Case,
    CaseState,
    Existence,
    Finding,
    Marker,
    Observation,
    Outcome,
    Severity,
    Standing,
    Stated,
    Transport,
)
from audits.news import Night
from audits.rulebook import Routine
from audits.wording import Terms, phrase

NO_ADDRESS = "no_address"
URGENT = (Severity.CRITICAL, Severity.HIGH)
_OF_THE_REGISTER = frozenset({"account", "register", "now"})  # sights that need no look
_BESIDE = frozenset({"level", "read_from"})  # of what was seen, told elsewhere or too technical
_ORDER = ("last_post", "days", "limit_days", "sender", "links", "wanted")
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_CLOSED = ("remedy.key", "remedy.decide", "remedy.link", "remedy.attest")
_REMEDIES = {
    NO_ADDRESS: ("remedy.address",),
    Transport.NOT_PERMITTED: _CLOSED,
    Transport.WALLED: ("remedy.key", "remedy.link", "remedy.attest"),
    Transport.BLOCKED: ("remedy.key", "remedy.link", "remedy.attest"),
    Transport.UNREADABLE: ("remedy.layout",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One account with everything that is currently held of it."""

    account: Account
    observation: Observation | None
    findings: tuple[tuple[Finding, Standing], ...]
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One confirmed deviation, with all that makes it believable.

    `since` is when it was first seen; `observed` is False where the register alone says so.
    """

    account: Account
    platform: str
    rule: str
    severity: Severity
    title: str
    seen: Mapping[str, str]
    level: str
    observed: bool
    observed_at: datetime
    since: datetime
    route: str
    basis: str
    url: str
    evidence: tuple[Marker, ...]
    source: str
    fix: str
    due_days: int | None
    state: CaseState | None = None
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One account that could not be seen, why, what somebody states of it, and what would open it."""

    account: Account
    platform: str
    why: str
    sentence: str
    reason: str
    remedies: tuple[str, ...]
    stated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A deviation that had been told, and was seen to be well again."""

    account: Account
    platform: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Well:
    """An account that was read, and of which there is nothing to say."""

    account: Account
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    administration: str
    accounts: int
    read: int
    lines: tuple[Line, ...]
    unread: tuple[Unread, ...]
    mended: tuple[Mended, ...] = ()
    well: tuple[Well, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far the look came on one platform; `unread` counts why it came no further."""

    platform: str
    accounts: int
    read: int
    unread: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    made_at: datetime
    terms: Terms
    accounts: int
    read: int
    waiting: int
    coverage: tuple[Coverage, ...]
    sections: tuple[Section, ...]
    nights: tuple[Night, ...] = ()
    blind: str = ""  # what can be told of no page any more

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, the gravest first."""
        lines = (line for section in self.sections for line in section.lines)
        return tuple(sorted(lines, key=lambda line: (_RANK[line.severity], line.account.name, line.rule)))

    @property
    def urgent(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.severity in URGENT)


def gather(
    dossiers: Iterable[Dossier],
    routines: Mapping[str, Routine],
    terms: Terms,
    made_at: datetime,
    nights: Sequence[Night] = (),
    blind: Collection[tuple[str, Existence]] = (),
) -> Report:
    """Add up the dossiers; `made_at` is UTC, `nights` what the last ones changed, oldest first.

    `blind` names, by platform, what no sign proves any more.
    """
    everything = list(dossiers)
    writing = _Writing(routines, terms)
    grouped: dict[str, list[Dossier]] = {}
    for each in everything:
        grouped.setdefault(each.account.administration or "", []).append(each)
    return Report(
        made_at=made_at,
        terms=terms,
        accounts=len(everything),
        read=sum(_was_read(each) for each in everything),
        waiting=sum(standing.pending is not None for each in everything for _, standing in each.findings),
        coverage=writing.coverage(everything),
        sections=tuple(writing.section(owner, grouped[owner]) for owner in sorted(grouped, key=_in_the_list)),
        nights=tuple(nights),
        blind=writing.blind(blind, {each.account.platform for each in everything}),
    )


@dataclass(frozen=True, slots=True)
class _Writing:
    """One report being written, with the rules and the words it is written in."""

    routines: Mapping[str, Routine]
    terms: Terms

    def section(self, owner: str, dossiers: Sequence[Dossier]) -> Section:
        lines = [line for each in dossiers for line in self._lines(each)]
        return Section(
            administration=owner or self._say("report.none"),
            accounts=len(dossiers),
            read=sum(_was_read(each) for each in dossiers),
            lines=tuple(sorted(lines, key=lambda line: (_RANK[line.severity], line.account.name, line.rule))),
            unread=tuple(self._unread(each) for each in dossiers if not _was_read(each)),
            mended=tuple(mended for each in dossiers for mended in self._mended(each)),
            well=tuple(self._well(each) for each in dossiers if _was_read(each) and not any(self._lines(each))),
        )

    def _lines(self, dossier: Dossier) -> Iterable[Line]:
        for finding, standing in dossier.findings:
            routine = self.routines.get(finding.rule)
            if routine is not None and standing.outcome is Outcome.FAILED and finding.outcome is Outcome.FAILED:
                yield self._line(dossier, finding, routine)

    def _line(self, dossier: Dossier, finding: Finding, routine: Routine) -> Line:
        observation, case = dossier.observation, _case_of(dossier, finding)
        return Line(
            account=dossier.account,
            platform=self.terms.label(dossier.account.platform),
            rule=finding.rule,
            severity=finding.severity,
            title=routine.title.get(self.terms.language, finding.rule),
            seen={name: finding.seen[name] for name in sorted(finding.seen, key=_place) if _is_told(name, finding)},
            level=finding.seen.get("level", ""),
            observed=not _OF_THE_REGISTER.issuperset(routine.check.sees),
            observed_at=finding.observed_at,
            since=case.opened_at if case else finding.observed_at,
            route=finding.route.value if finding.route else "",
            basis=self._basis(observation.basis) if observation else "",
            url=dossier.account.address or "",
            evidence=tuple(marker for marker in finding.evidence if marker.means != Existence.PRESENT),
            source=routine.source,
            fix=routine.fix.get(self.terms.language, ""),
            due_days=routine.due_days,
            state=case.state if case else None,
            until=case.until.isoformat() if case and case.until else "",
        )

    def _basis(self, decision: str) -> str:
        """A recorded decision in the report's language; its kind and its last day are the words that need it."""
        kind, _, words = decision.partition(": ")
        by, _, day = words.rpartition(", until ")
        return f"{self._say(f'basis.{kind}')}: {by}, {self._say('basis.until')} {day}" if by else decision

    def _unread(self, dossier: Dossier) -> Unread:
        why = _why_unread(dossier)
        return Unread(
            account=dossier.account,
            platform=self.terms.label(dossier.account.platform),
            why=why,
            sentence=self._say(f"transport.{why}"),
            reason=dossier.observation.reason if dossier.observation else "",
            remedies=tuple(self._say(key) for key in _REMEDIES.get(why, ("remedy.wait",))),
            stated=self._stated(dossier),
        )

    def _stated(self, dossier: Dossier) -> str:
        """What somebody confirmed of the account in their own name, "" where nobody did."""
        said = next((finding.seen for finding, _ in dossier.findings if finding.stated_by), None)
        if said is None:
            return ""
        facts = {"by": said[STATED_BY], "day": said.get("stated_on", ""), "last": said.get(Stated.LATEST_POST, "")}
        return phrase("report.stated", self.terms.language, **facts)

    def _well(self, dossier: Dossier) -> Well:
        return Well(account=dossier.account, platform=self.terms.label(dossier.account.platform))

    def _mended(self, dossier: Dossier) -> Iterable[Mended]:
        for case in dossier.cases:
            routine = self.routines.get(case.rule)
            if case.state is CaseState.VERIFIED_FIXED and routine is not None:
                title = routine.title.get(self.terms.language, case.rule)
                label = self.terms.label(dossier.account.platform)
                yield Mended(account=dossier.account, platform=label, title=title, at=case.changed_at)

    def blind(self, lost: Collection[tuple[str, Existence]], own: Collection[str]) -> str:
        """One line for who answers for communications, "" where no platform of the city's is concerned."""
        told = [f"{self.terms.label(name)} ({self._say(f'existence.{what}')})" for name, what in lost if name in own]
        return phrase("report.blind", self.terms.language, what=", ".join(told)) if told else ""

    def coverage(self, dossiers: Sequence[Dossier]) -> tuple[Coverage, ...]:
        platforms = sorted({each.account.platform for each in dossiers}, key=self.terms.label)
        return tuple(self._of_platform(name, dossiers) for name in platforms)

    def _of_platform(self, platform: str, dossiers: Sequence[Dossier]) -> Coverage:
        own = [each for each in dossiers if each.account.platform == platform]
        unread = Counter(_why_unread(each) for each in own if not _was_read(each))
        return Coverage(
            platform=self.terms.label(platform), accounts=len(own), read=sum(map(_was_read, own)), unread=unread
        )

    def _say(self, key: str) -> str:
        return phrase(key, self.terms.language)


def _in_the_list(owner: str) -> tuple[bool, str]:
    """By name; accounts that nobody answers for come last."""
    return (not owner, owner)


def _place(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _is_told(name: str, finding: Finding) -> bool:
    return name not in _BESIDE and bool(finding.seen[name])


def _case_of(dossier: Dossier, finding: Finding) -> Case | None:
    same = (each for each in dossier.cases if (each.rule, each.fingerprint) == (finding.rule, finding.fingerprint))
    return next(same, None)


def _why_unread(dossier: Dossier) -> str:
    if dossier.account.address is None:
        return NO_ADDRESS
    return (dossier.observation.transport if dossier.observation else Transport.NOT_RECORDED).value


def _was_read(dossier: Dossier) -> bool:
    return dossier.observation is not None and dossier.observation.transport is Transport.OK
