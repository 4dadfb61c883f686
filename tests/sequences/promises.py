"""What must hold after every run and every letter, whatever happened.

a run closed ─▶ each account's look, and what it moved ─held against the truth of that look▶ what was broken

Told is only what was true at the last look that told it; it was seen as often and as far apart as its confirmation
says; it ends by a look that saw it mended, by a person's act or by a takeover; a look that saw nothing moves nothing;
a case stands exactly where its deviation does; letters, report and findings tell the same, and letters ask again what
has no answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import select

from audits.attesting import is_unanswered
from audits.cases import ENDED, OPEN
from audits.digest import CaseKey, Digest, key_of
from audits.digest.gathering import TOLD
from audits.drift import eases
from audits.health import Guard
from audits.model import DECIDED, Case, CaseState, Finding, Outcome, Standing
from audits.reporting import gather
from audits.rulebook import Ground, Routine
from audits.wording import Terms
from tests.sequences.city import Life, Truth
from tests.sequences.plaza import Entity
from worker.cli.findings import rows_of
from worker.gathering import dossiers
from worker.ports import Run, RunKind
from worker.steps.telling import week
from worker.storage import tables as t
from worker.wiring.telling import Letters

Key: TypeAlias = tuple[int, str]

_LIVE: Final = OPEN - {CaseState.NEW} | {CaseState.NOT_OURS}
_TERMS: Final = Terms(language="sv", city="Almestad", labels={"plaza": "Plaza"})
_STANDING: Final = TOLD | {CaseState.EXPLAINED, CaseState.SAID_NOT_OURS}
_SHUT_BY: Final = frozenset({"gone", "suspended", "taken-over"})
_TELL_IT: Final = _SHUT_BY | {"moved", "renamed"}
_DECIDED_ON: Final = frozenset({"past-its-end", "closing-overdue"})
_SIGHTED: Final = frozenset({"suspended", "private", "renamed", "taken-over", "name", "link-to-city"})


def is_true(finding: Finding, truth: Truth) -> bool:
    """Whether what a finding says against its account held at its look, in any sense."""
    holder, own = truth.holder, truth.own
    if finding.rule == "public-list":
        return truth.listed is (finding.seen.get("level") == "closed")
    if finding.rule == "gone":
        return holder is None or any(each.state == "deleted" for each in own)
    if finding.rule in ("suspended", "private"):
        return any(each.state == finding.rule for each in (*own, holder) if each)
    holds = _OF_ITS_OWN.get(finding.rule)
    return holds is None or any(holds(each, truth, finding) for each in own)


def _is_silent(each: Entity, _: Truth, finding: Finding) -> bool:
    limit = timedelta(days=int(finding.seen["limit_days"]))
    return each.last_post is None or finding.observed_at - each.last_post >= limit


def _bears_another_name(each: Entity, truth: Truth, _: Finding) -> bool:
    return each.handle != truth.handle


def _has_lost_its_name(each: Entity, truth: Truth, _: Finding) -> bool:
    return truth.holder is None or each.number != truth.holder.number


_OF_ITS_OWN: Final[Mapping[str, Callable[[Entity, Truth, Finding], bool]]] = {
    "renamed": _bears_another_name,
    "taken-over": _has_lost_its_name,
    "inactive": _is_silent,
    "name": lambda each, _truth, _finding: not each.named,
    "link-to-city": lambda each, _truth, _finding: not each.linked,
}


def is_surely_true(finding: Finding, truth: Truth) -> bool:
    """Whether it held in every sense: then no look may have called it mended."""
    if truth.first is None or finding.rule not in _SIGHTED:
        return False
    alone = truth if finding.rule in ("gone", "taken-over") else replace(truth, holder=None)
    return all(is_true(finding, replace(alone, first=each, meant=None)) for each in (*truth.own, *truth.registered))


@dataclass
class Promises:
    """Remembers what came before, and tells what was broken."""

    life: Life
    broken: list[str] = field(default_factory=list)
    standings: dict[Key, Standing] = field(default_factory=dict)
    looks: dict[Key, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    counted: dict[int, datetime] = field(default_factory=dict)
    judged: set[tuple[int, int]] = field(default_factory=set)
    told_at: dict[tuple[str, CaseKey], datetime] = field(default_factory=dict)
    ended: dict[CaseKey, datetime] = field(default_factory=dict)
    lied_to: Counter[str] = field(default_factory=Counter)  # whom the latest night newly saw gone by a lie, by platform
    baseless: dict[Key, datetime] = field(default_factory=dict)
    deceived: set[Key] = field(default_factory=set)  # told by a lie to so few that nobody can tell it from the truth

    def breaks(self, what: str) -> None:
        self.broken.append(f"{self.life.clock():%m-%d %H:%M} {what}")

    # --- after a run

    def after_run(self, run_id: int) -> None:
        """Of what has been compared of the run so far, what nobody has asked for yet."""
        store, slot = self.life.store, t.run_account.c
        run = store.run(run_id)
        assert run is not None
        query = select(slot.account_id, slot.observed_at).where(slot.run_id == run_id, slot.compared.is_(True))
        rows = store.db.read(lambda conn: conn.execute(query).all())
        looked: dict[int, datetime] = {id_: at for id_, at in rows if (run_id, id_) not in self.judged}
        self.judged |= {(run_id, id_) for id_ in looked}
        findings = store.findings_of(run_id, looked)
        standings, cases = store.standings_of(looked), store.cases_of(looked)
        self._count_lies(run, [each for own in findings.values() for each in own if each.rule == "gone"])
        unmoving = store.shadowed_rules(run), store.held(run_id)
        for id_, at in looked.items():
            self._begin_anew(id_)
            is_newest = at >= self.counted.get(id_, at) and self.life.readdressed.get(id_, at) <= at
            self.counted[id_] = max(at, self.counted.get(id_, at))
            for finding in findings[id_]:
                was = self.standings.get((id_, finding.rule), Standing())
                tells = finding.rule not in unmoving[0] or eases(was, finding)
                counts = is_newest and finding.outcome in DECIDED and tells
                is_held = finding.outcome is Outcome.FAILED and self._where(finding) in unmoving[1]
                by_people = _is_released(cases[id_], finding.rule)
                standing = standings[id_].get(finding.rule, Standing())
                self._judge(finding, standing, moves=counts and not is_held, by_people=by_people)
            self.life.newly_readdressed.pop(id_, None)
        self._cases_agree()

    def _begin_anew(self, id_: int) -> None:
        """What was seen at another address says nothing of the new one: nothing stands before looks confirm it."""
        if id_ not in self.life.newly_readdressed:
            return
        stood = self.life.newly_readdressed[id_]
        for key in [key for key in (*self.standings, *self.looks) if key[0] == id_]:
            self.looks.pop(key, None)
            self.standings[key] = stood.get(key[1], Standing())
        told = [rule for rule, standing in stood.items() if standing.outcome is Outcome.FAILED]
        if told:
            self.breaks(f"{told} of {id_} are told of an address that nobody has looked at")

    def _count_lies(self, run: Run, gone: Sequence[Finding]) -> None:
        """A lie to three or more is never told; fewer, on a platform without an account of known state, may be."""
        if run.kind is not RunKind.NIGHTLY:
            return
        lies = [each for each in gone if each.outcome is Outcome.FAILED and self._truth(each).lied]
        new = [
            each
            for each in lies
            if self.standings.get((each.account_id, each.rule), Standing()).outcome is not Outcome.FAILED
        ]
        self.lied_to = Counter(self._where(each)[0] for each in new)

    def _where(self, finding: Finding) -> tuple[str, str]:
        """What the guard counts it under: its platform and rule."""
        return self.life.platforms[finding.account_id], finding.rule

    def _judge(self, finding: Finding, now: Standing, *, moves: bool, by_people: bool) -> None:
        """`by_people`: the register or the rules have changed what is held since the account was last looked at."""
        key = finding.account_id, finding.rule
        was = self.standings.get(key, Standing())
        self.standings[key] = now
        self._rests_on_something(finding, now)
        if moves:
            self.looks[key].append(finding)
        if by_people:
            return
        if not moves and was._replace(decided_at=None) != now._replace(decided_at=None):
            self.breaks(f"{key} moved by a look that counts for nothing ({finding.outcome}): {was} to {now}")
        if now.outcome is Outcome.FAILED:
            self._stands_rightly(key, now, is_new=(was.outcome, was.fingerprint) != (now.outcome, now.fingerprint))
        elif was.outcome is Outcome.FAILED or (was.is_carried and not now.is_carried and now.pending is None):
            self._mended_rightly(key)

    def _rests_on_something(self, finding: Finding, now: Standing) -> None:
        """What an end date or a closing is held against an account for is over with it, by the second night."""
        key = finding.account_id, finding.rule
        if (
            now.outcome is not Outcome.FAILED
            or finding.outcome is not Outcome.INAPPLICABLE
            or key[1] not in _DECIDED_ON
        ):
            self.baseless.pop(key, None)
        elif finding.observed_at - self.baseless.setdefault(key, finding.observed_at) > timedelta(days=1, hours=12):
            cases = self.life.store.cases_of([key[0]])[key[0]]
            if not any(case.rule == key[1] and case.state is CaseState.NOT_OURS for case in cases):
                self.breaks(f"{key} {now.fingerprint!r} is told, and what it rests on was taken back: {finding.why}")

    def _stands_rightly(self, key: Key, now: Standing, *, is_new: bool) -> None:
        told = [each for each in self.looks[key] if (each.outcome, each.fingerprint) == (now.outcome, now.fingerprint)]
        truthful = [each for each in told if key[1] != "gone" or not self._truth(each).lied]
        is_lie = not truthful and bool(told)
        if is_new:
            self.deceived = self.deceived - {key} | ({key} if is_lie and self._is_beyond_telling(told[-1]) else set())
        is_wrong = not truthful or not is_true(truthful[-1], self._truth(truthful[-1]))
        if is_wrong and not (is_lie and key in self.deceived):
            self.breaks(f"{key} {now.fingerprint!r} is told and was not true: {told[-1:]}")
        if is_new and told:
            self._seen_often_enough(key, now)

    def _is_beyond_telling(self, told: Finding) -> bool:
        platform, rule = self._where(told)
        return (platform, rule) in self.life.store.believed(self.life.today) or self.lied_to[platform] < Guard().least

    def _seen_often_enough(self, key: Key, now: Standing) -> None:
        wanted, apart = self.looks[key][-1].confirmation, list[datetime]()
        for each in _last_row(self.looks[key], now):
            if not apart or each.observed_at - apart[-1] >= max(
                timedelta(minutes=30), timedelta(hours=wanted.gap_hours)
            ):
                apart.append(each.observed_at)
        if len(apart) < wanted.looks or apart[-1] - apart[0] < timedelta(hours=wanted.hours):
            self.breaks(f"{key} {now.fingerprint!r} is told after {apart}, and not after {wanted}")

    def _mended_rightly(self, key: Key) -> None:
        """What was told of an account ends as well once somebody else is told to have it."""
        if self.standings.get((key[0], "taken-over"), Standing()).outcome is Outcome.FAILED:
            return
        last = next(iter(self.looks[key][-1:]), None)
        if last is None or last.outcome is not Outcome.PASSED or last.stated_by:
            self.breaks(f"{key} is told no more, without a look that saw it mended")
        elif is_surely_true(last, self._truth(last)):
            self.breaks(f"{key} is called mended, and was not: {last}")

    def _truth(self, finding: Finding) -> Truth:
        return self.life.truths[finding.account_id, finding.observed_at]

    # --- cases

    def _cases_agree(self) -> None:
        ids = list(self.life.rows())
        standings, cases = self.life.store.standings_of(ids), self.life.store.cases_of(ids)
        kept = self.life.store.db.read(lambda conn: set(conn.scalars(select(t.case_event.c.case_id))))
        if lost := self.life.decided - kept:
            self.breaks(f"what people decided of the cases {sorted(lost)} is lost")
        for id_ in ids:
            for rule, standing in standings[id_].items():
                self._case_agrees(standing, [case for case in cases[id_] if case.rule == rule])
            for case in cases[id_]:
                if case.state in ENDED:
                    self.ended[key_of(case)] = case.changed_at

    def _case_agrees(self, standing: Standing, own: Sequence[Case]) -> None:
        """What is only suspected may have been decided on; else a case is alive exactly where its deviation stands."""
        live = [case.fingerprint for case in own if case.state in _LIVE]
        if standing.pending is not None and standing.pending.fingerprint != standing.fingerprint:
            live = [each for each in live if each != standing.pending.fingerprint]
        if standing.outcome is not Outcome.FAILED and standing.pending is not None:
            live = []
        if live != ([standing.fingerprint] if standing.outcome is Outcome.FAILED else []):
            self.breaks(f"{standing} has the cases {own}")

    # --- letters, report, findings

    def of_a_morning(self) -> None:
        """Hold what would be told to everybody just now against what stands."""
        letters = Letters(self.life.deployment)
        digests = [*week(letters.telling(), "2999-W01", self.life.clock(), also_unreleased=True)]
        parts = [part for digest, _ in digests for part in digest.parts]
        asked = {account.id for part in parts for account in part.questions.accounts}
        self._counts_agree({key for digest, _ in digests for key in digest.keys}, asked)

    def _counts_agree(self, told: Collection[CaseKey], asked: Collection[int]) -> None:
        store, routines = self.life.store, self.life.deployment.instruments.rulebook.routines
        kept = {key_of(case): case for case in store.cases(open_only=False)}
        cases = {key: case.state for key, case in kept.items()}
        stands = _stands(store.standings_of(list(self.life.rows())), routines)
        shut = {key[0] for key in stands if key[1] in _SHUT_BY and cases.get(key) in _STANDING}
        waits = {key for key in stands if key[0] in shut and _shows_on_it(routines[key[1]]) and key[1] not in _TELL_IT}
        wanted = {key for key in stands - waits if cases.get(key) in TOLD}
        questions = {key for key in wanted if is_unanswered(kept[key].seen)}
        if wanted - questions != told:
            self.breaks(f"the letters tell {sorted(told)}, and what stands is {sorted(wanted - questions)}")
        if forgotten := {key for key in questions if key[0] not in asked}:
            self.breaks(f"no letter asks again for {sorted(forgotten)}")
        settled = {key[:2] for key in stands if cases.get(key) is CaseState.NOT_OURS}
        own, wanted_keys = dossiers(store, routines), {key[:2] for key in stands} - settled
        report = gather(own, routines, _TERMS, self.life.clock())
        lines = {(line.account.id, line.rule) for section in report.sections for line in section.lines}
        rows = {(row["account"], row["rule"]) for each in own for row in rows_of(each, routines)
                if row["state"] == "confirmed"}  # fmt: skip
        for name, found in (("report", lines), ("findings", rows)):
            if found - settled != wanted_keys:
                self.breaks(f"the {name} tells {sorted(found)}, and what stands is {sorted(wanted_keys)}")

    def of_a_letter(self, digest: Digest, now: datetime) -> None:
        """What is new to a recipient is told as new once, until it has ended and come back."""
        for remark in (remark for part in digest.parts for remark in part.remarks):
            key = key_of(remark.case)
            told, ended = self.told_at.get((digest.recipient.address, key)), self.ended.get(key)
            is_news = told is None or (ended is not None and ended > told)
            if remark.is_new is not is_news:
                self.breaks(f"{key} is told as new={remark.is_new}; told {told}, ended {ended}")
            if is_news:
                self.told_at[digest.recipient.address, key] = now


def _is_released(cases: Sequence[Case], rule: str) -> bool:
    return any(case.state is CaseState.RELEASED and case.rule == rule for case in cases)


def _last_row(looks: Sequence[Finding], now: Standing) -> Sequence[Finding]:
    """The looks since the last that saw something else."""
    others = [at for at, each in enumerate(looks) if (each.outcome, each.fingerprint) != (now.outcome, now.fingerprint)]
    return looks[others[-1] + 1 if others else 0 :]


def _shows_on_it(routine: Routine) -> bool:
    """Whether only a look at the account could show it to be done, of which nothing is asked while that is shut."""
    return routine.check.ground is Ground.LOOK


def _stands(standings: Mapping[int, Mapping[str, Standing]], routines: Collection[str]) -> set[CaseKey]:
    return {
        (id_, rule, standing.fingerprint)
        for id_, own in standings.items()
        for rule, standing in own.items()
        if standing.outcome is Outcome.FAILED and rule in routines
    }
