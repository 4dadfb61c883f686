"""A digest in its recipient's language.

Digest ─speak▶ Sheet: subject with its counts, five answers at a glance (glancing), then what was taken over or
freed, what to do by when, what could not be seen, what became of last week
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from audits.days import Now
from audits.digest.due import week_number
from audits.digest.fitting import first_of
from audits.digest.glancing import Glancing
from audits.digest.grave import rests_on, severity_of
from audits.digest.headline import headline
from audits.digest.leaving import entry_of
from audits.digest.letters import Became, Digest, Part, Purpose, Question, Remark, Unseen, Waiting, key_of
from audits.digest.quiet import limited
from audits.digest.sheets import Block, Button, Entry, Fact, Sheet, Tone
from audits.digest.voice import Voice, in_short
from audits.model import Account, Case, CaseState
from audits.reading.scrub import one_line
from audits.reconciling import pages_told
from audits.reporting import Silence, in_a_row, silence, told_of
from audits.rulebook import Ground
from audits.wording import Terms

_BESIDE = frozenset({"level", "of", "picture", "stated_by", "stated_on"})  # told elsewhere, or too technical
_LONGEST_ADDRESS = 2_000
_ALIKE = 3  # accounts that could not be seen for one reason: of as many it is said once
_LONGEST_REASON = 4_000  # more than a form takes
_ANSWERED = {
    CaseState.VERIFIED_FIXED: "digest.became.verified",
    CaseState.CLAIMED_FIXED: "digest.became.claimed",
    CaseState.EXPLAINED: "digest.became.explained",
    CaseState.ACKNOWLEDGED: "digest.became.acknowledged",
    CaseState.SAID_NOT_OURS: "digest.became.said_not_ours",
    CaseState.NOT_OURS: "digest.became.not_ours",
    CaseState.RELEASED: "digest.became.left",
    CaseState.SUPERSEDED: "digest.became.superseded",
}


def _tone_of(became: Sequence[Became]) -> Tone:
    """What became of the last letter's lines is good news only where none of them waits for an answer any more."""
    silent = any(each.case and each.case.state not in _ANSWERED for each in became)
    return Tone.CALM if silent else Tone.GOOD


def address_of(account: Account) -> str:
    """Where a channel is, on one line whatever the register holds; "" where nobody has said."""
    return one_line(account.address or "", _LONGEST_ADDRESS)


def speak(digest: Digest, terms: Terms, zone: ZoneInfo, officer: str = "") -> Sheet:
    """The letter in the language of `terms`; days and times are those of `zone`, as of when it was made.

    `officer` is the address that takes questions about it, "" where there is none.
    """
    return Speaking(terms, Now(digest.made_at, zone)).letter(digest, officer)


@dataclass(frozen=True, slots=True)
class Speaking(Voice):
    """A week's letter and what stands in it, put into words."""

    def letter(self, digest: Digest, officer: str = "") -> Sheet:
        many = len(digest.parts) > 1
        return Sheet(
            language=self.terms.language,
            subject=headline("digest.subject", self.terms.language, self._counted(digest), self._who(digest)),
            title=self.say("digest.title", who=self._who(digest), week=week_number(digest.slot)),
            opening=self._opening(digest),
            preview=Glancing(self.terms, self.now).by_when(digest),
            glance=tuple(Glancing(self.terms, self.now).answers(digest)),
            blocks=tuple(block for part in digest.parts for block in self._blocks(part, many=many)),
            buttons=tuple(self._unasked(digest)),
            closing=tuple(self._closing(officer if officer != digest.recipient.address else "")),
            stop=Button(label=self.say("button.stop"), purpose=Purpose.STOP),
        )

    def _opening(self, digest: Digest) -> str:
        if not digest.counts.nothing_to_say:
            return self.say("digest.opening", city=self.terms.city)
        is_well = silence(digest.looks.read, digest.looks.accounts) is Silence.WELL
        return self.say("digest.well") if is_well else limited(digest.looks, self.terms.language)

    def _unasked(self, digest: Digest) -> Iterator[Button]:
        if digest.questions:
            yield self._round(digest.questions)
        yield Button(label=self.say("button.report"), purpose=Purpose.REPORT)

    def _who(self, digest: Digest) -> str:
        names = [self._owner(part) for part in digest.parts]
        return in_short(names[0], 60) if len(names) == 1 else self.say("digest.several", count=len(names))

    def _owner(self, part: Part) -> str:
        return one_line(part.administration) or self.say("report.none")

    def _counted(self, digest: Digest) -> Sequence[str]:
        counts = digest.counts
        told = (
            ("digest.count.taken", counts.taken),
            ("digest.count.new", counts.new),
            ("digest.count.remaining", counts.remaining),
            ("digest.count.asked", counts.asked),
            ("digest.count.fixed", counts.fixed),
            ("digest.count.unseen", counts.unseen),
        )
        said = [self.say(key, count=count) for key, count in told if count]
        if counts.nothing_to_say and silence(digest.looks.read, digest.looks.accounts) is Silence.UNKNOWN:
            return [self.say("digest.count.unknown")]
        return said or [self.say("digest.count.nothing")]

    def _closing(self, officer: str) -> Iterator[str]:
        yield self.say("digest.closing.calm")
        yield self.say("digest.closing.answer")
        if officer:
            yield self.say("digest.closing.ask", address=one_line(officer))
        if self.terms.note:
            yield self.terms.note

    # --- at length

    def _blocks(self, part: Part, *, many: bool) -> Iterator[Block]:
        above, say = self._owner(part) if many else "", self.terms.language
        wanted = (
            ("digest.taken", Tone.GRAVE, [self.remark(each) for each in part.taken]),
            ("digest.do", Tone.DO, [self.remark(each) for each in part.to_do]),
            ("digest.asked", Tone.DO, [self._question(each) for each in part.asked]),
            ("digest.questions", Tone.DO, [self._questions(part.questions)] if part.questions.count else []),
            ("digest.held", Tone.CALM, [self._held(part.doubted)] if part.doubted else []),
            ("digest.unseen", Tone.CALM, list(self._all_unseen(part.unseen))),
            ("digest.leaving", Tone.CALM, [entry_of(each, self.channel(each.account), say) for each in part.leaving]),
            ("digest.became", _tone_of(part.became), [self._became(each) for each in part.became]),
        )
        for key, tone, entries in wanted:
            if entries:
                note = self.say(f"{key}.note")
                yield Block(heading=self.say(key), note=note, tone=tone, entries=tuple(entries), part=above)

    def _questions(self, waiting: Waiting) -> Entry:
        """All that is asked about the administration's accounts: one thing to do, with one button."""
        names = [self.channel(each) for each in waiting.accounts]
        return Entry(
            title=self.say("digest.questions.wait", count=waiting.count),
            facts=(
                Fact(label=self.say("digest.by"), text=self._wanted(waiting)),
                Fact(label=self.say("column.accounts"), text=first_of(names, self.terms.language)),
            ),
            buttons=(self._round(waiting.count),),
        )

    def _held(self, doubted: Sequence[Account]) -> Entry:
        """Accounts that are not accused, and not acquitted either, until the officer has looked."""
        names = [self.channel(each) for each in doubted]
        return Entry(
            title=self.say("digest.held.waits", count=len(doubted)),
            facts=(
                Fact(label=self.say("column.accounts"), text=first_of(names, self.terms.language)),
                Fact(label=self.say("column.fix"), text=self.say("digest.held.fix")),
            ),
        )

    def _wanted(self, waiting: Waiting) -> str:
        if waiting.late_since:
            return self.say("digest.questions.late", count=waiting.late, day=self.day(waiting.late_since))
        return self.day(waiting.due_on) if waiting.due_on else ""

    def _round(self, count: int) -> Button:
        return Button(label=self.say("button.round", count=count), purpose=Purpose.ROUND, main=True)

    def _question(self, asked: Question) -> Entry:
        found = f"{self.say(f'discovery.{asked.origin}')} {one_line(asked.where or asked.url)}"
        return Entry(
            title=in_short(asked.name, 80),
            url=one_line(asked.url, _LONGEST_ADDRESS),
            facts=(
                Fact(label=self.say("digest.why"), text=found),
                Fact(label=self.say("digest.asked.on"), text=self.day(asked.on)),
                Fact(label=self.say("column.answer"), text=self.say("digest.asked.answer")),
            ),
            buttons=(
                Button(label=self.say("button.ours"), purpose=Purpose.OURS, candidate_id=asked.candidate, main=True),
            ),
        )

    def _where(self, account: Account) -> str:
        unit = self._unit(account)
        return self.channel(account) + (f" · {unit}" if unit else "")

    def _unit(self, account: Account) -> str:
        """The unit, where the account does not bear its name."""
        unit = in_short(account.unit or "", 60)
        return unit if unit != in_short(account.name, 60) else ""

    def remark(self, remark: Remark) -> Entry:
        """One deviation with all that makes it believable, and the buttons that answer it."""
        title = remark.routine.title.get(self.terms.language, remark.case.rule)
        age = self.say("digest.remaining", day=self.day(remark.known)) if remark.known else self.say("digest.new")
        return Entry(
            title=title,
            where=self._where(remark.account),
            url=address_of(remark.account),
            mark=f"{severity_of(remark, self.terms.language)} · {age}",
            facts=tuple(fact for fact in self._facts(remark) if fact.text),
            buttons=tuple(self._buttons(remark)),
        )

    def _facts(self, remark: Remark) -> Iterator[Fact]:
        yield Fact(label=self.say("digest.by"), text=self._due(remark))
        yield Fact(label=self.say("column.fix"), text=remark.routine.fix.get(self.terms.language, ""))
        yield Fact(label=self.say("seen.still_linked"), text=pages_told(remark.linked, self.terms.language))
        yield Fact(label=self.say("digest.shows"), text=self._shows(remark))
        yield Fact(label=self.say("digest.how"), text=self._known(remark))
        yield rests_on(remark.routine, self.terms.language)
        yield Fact(label=self.say("column.answer"), text=self._answer(remark))

    def _due(self, remark: Remark) -> str:
        if remark.due:
            day = self.day(remark.due)
            return self.say("digest.passed", day=day) if remark.due < self.now.today else day
        days = remark.routine.due_days
        return self.say("digest.when_you_can") if days is None else self.say("column.due_told", count=days)

    def _shows(self, remark: Remark) -> str:
        seen = {name: value for name, value in remark.seen.items() if name not in _BESIDE}
        if remark.registered:
            facts = {"id": remark.registered.id.value, "day": self.day_of(remark.registered.since)}
            seen["registered_id"] = self.say("saw.registered", **facts)
        return in_a_row(told_of(seen, self.day_of(remark.seen_at), self.terms.language, self.plain))

    def _known(self, remark: Remark) -> str:
        if remark.ground is not Ground.LOOK:
            return self.say(f"report.in_{remark.ground}", day=self.moment(remark.seen_at))
        known = self._sighted(remark)
        if remark.blind:
            short = self.say(f"short.{remark.blind}") if remark.blind != "ok" else self.say("digest.not_told")
            return f"{known} {self.say('digest.known_blind', why=short)}"
        return f"{known} {self._basis(remark.basis)}".strip()

    def _sighted(self, remark: Remark) -> str:
        """When it was last seen, and how; where no look that showed it is kept, when it stood confirmed."""
        day, route = self.moment(remark.seen_at), remark.sight.route
        key = "digest.last_known_route" if remark.blind else "digest.known_route"
        return self.say(key, day=day, route=self.say(f"route.{route}")) if route else self.say("digest.known", day=day)

    def _basis(self, decision: str) -> str:
        """The recorded decision by which a page was read, "" where none was needed."""
        kind, _, words = decision.partition(": ")
        by, _, day = words.rpartition(", until ")
        if not by:
            return ""
        facts = {"kind": self.say(f"basis.{kind}"), "by": one_line(by, 160), "until": self.plain(day)}
        return self.say("digest.basis", **facts)

    def _answer(self, remark: Remark) -> str:
        key = {
            CaseState.ACKNOWLEDGED: "digest.became.acknowledged",
            CaseState.CLAIMED_FIXED: "digest.became.claimed",
        }.get(remark.case.state)
        return self._answered(key, remark) if key else ""

    def answer_of(self, case: Case) -> str:
        """What people, or a look, have last said of a case; "" where it simply stands."""
        key = _ANSWERED.get(case.state)
        return self._told_of(key, case) if key else ""

    def _answered(self, key: str, each: Remark | Became) -> str:
        return self._told_of(key, each.case) if each.case else self.say("digest.became.left")

    def _told_of(self, key: str, case: Case) -> str:
        by = one_line(case.by, 60) or self.say("digest.nobody")
        facts = {"by": by, "day": self.day_of(case.changed_at)}
        until = self.day(case.until) if case.until else ""
        return self.say(
            key, **facts, until=until, reason=shorten(one_line(case.reason, _LONGEST_REASON), 200, placeholder=" …")
        )

    def _buttons(self, remark: Remark) -> Iterator[Button]:
        key = key_of(remark.case)
        if remark.case.state is CaseState.CONFIRMED:
            yield Button(label=self.say("button.fix"), purpose=Purpose.FIX, case=key, main=True)
        if remark.case.state is CaseState.ACKNOWLEDGED:
            yield Button(label=self.say("button.fixed"), purpose=Purpose.FIX, case=key, main=True)
        for purpose in (Purpose.EXPLAIN, Purpose.NOT_OURS):
            yield Button(label=self.say(f"button.{purpose.value}"), purpose=purpose, case=key)
        if remark.account.address and remark.ground is Ground.LOOK:
            yield Button(label=self.say("button.recheck"), purpose=Purpose.RECHECK, case=key)
        yield Button(label=self.say("button.evidence"), purpose=Purpose.EVIDENCE, case=key)

    def _all_unseen(self, unseen: Sequence[Unseen]) -> Iterator[Entry]:
        """Each with why; where several could not be seen for one reason, that is said once, above them all."""
        alike: dict[tuple[Fact, ...], list[Unseen]] = {}
        for each in unseen:
            alike.setdefault(self._reasons(each), []).append(each)
        for reasons, own in alike.items():
            if len(own) < _ALIKE:
                yield from (self._unseen(each, reasons) for each in own)
            else:
                yield Entry(title=self.say("digest.unseen.alike", count=len(own)), facts=reasons)
                yield from (self._unseen(each, ()) for each in own)

    def _reasons(self, unseen: Unseen) -> tuple[Fact, ...]:
        """Why an account could not be seen, what that leaves, and what would open it."""
        opens = " ".join(f"{self.say(f'remedy.{each}')}." for each in unseen.remedies)
        why = self.say(f"transport.{unseen.why}", platform=self.terms.label(unseen.account.platform))
        left = self.say("unread.stands" if unseen.stands else "unread.open")
        told = (
            Fact(label=self.say("digest.why"), text=f"{why} {left}"),
            Fact(label=self.say("digest.opens"), text=opens),
        )
        return tuple(fact for fact in told if fact.text)

    def _unseen(self, unseen: Unseen, reasons: Sequence[Fact]) -> Entry:
        facts = (
            *reasons,
            Fact(label=self.say("digest.read"), text=self._read(unseen.since)),
            Fact(label=self.say("digest.confirmed"), text=self._confirmed(unseen)),
        )
        asked = Button(label=self.say("button.attest"), purpose=Purpose.ATTEST, account_id=unseen.account.id, main=True)
        return Entry(
            title=self.channel(unseen.account),
            where=self._unit(unseen.account),
            url=address_of(unseen.account),
            facts=tuple(fact for fact in facts if fact.text),
            buttons=(asked,) if "link" in unseen.remedies else (),
        )

    def _read(self, at: datetime | None) -> str:
        return self.day_of(at) if at else self.say("digest.read.never")

    def _confirmed(self, unseen: Unseen) -> str:
        said = {name: self.plain(value) for name, value in unseen.confirmed.items()}
        return self.say("report.stated", **said) if said else ""

    def _became(self, became: Became) -> Entry:
        case, rule, language = became.case, became.key[1], self.terms.language
        key = _ANSWERED.get(case.state, "digest.became.silent") if case else "digest.became.left"
        return Entry(
            title=became.routine.title.get(language, rule) if became.routine else self.terms.title(rule),
            where=self._where(became.account) if became.account else "",
            facts=(Fact(label=self.say("digest.outcome"), text=self._answered(key, became)),),
        )
