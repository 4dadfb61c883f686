"""The buttons of letters, wired to a deployment: what the pages behind them call.

press ─together▶ link used up ─▶ what it does ─▶ the officer told        all in one transaction, or none of it
run ─call▶ a word to the workers, where there are any
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from audits.cases import Act
from audits.days import day_of
from audits.deciding import Receipt
from audits.digest import Addressee, Briefing, Entry, Fact, Purpose, Sheet, Speaking, WhenWell, address_of
from audits.digest.at_once import Notice, notice_sheet
from audits.model import Account, Existence, Occasion
from audits.reading.scrub import scrub
from audits.recipients import whom_to_tell
from worker.ports import Run, StoreUnavailable
from worker.ports.telling import LetterKind, Link
from worker.steps.answering import (
    REST,
    AccountReport,
    AskedNoMore,
    LinkState,
    Looked,
    Opened,
    Subject,
    accounts_behind,
    answer_case,
    ask_again,
    asked_by,
    may_press,
    open_link,
    outcome_of,
    rounds_asked_of,
    say_whose,
    subject_of,
    take_report,
    undo_answer,
    undo_token,
    use_up,
)
from worker.steps.attesting import RoundPage, about
from worker.steps.telling import finished, hash_of
from worker.storage.deciding import SqlDecisions
from worker.storage.engine import Database
from worker.wiring import Deployment
from worker.wiring.telling import Letters

if TYPE_CHECKING:
    from audits.triage import Answer
    from worker.stating import Taken
    from worker.steps.triage import Waiting

_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a page calls; each method raises what its step raises."""

    deployment: Deployment

    @property
    def letters(self) -> Letters:
        return Letters(self.deployment)

    def now(self) -> datetime:
        return self.deployment.clock()

    def today(self) -> date:
        return self.deployment.now.today

    def opened(self, purpose: Purpose, token: str) -> Opened:
        """What is behind a token; changes nothing."""
        return open_link(self.letters.stored, token, purpose, self.now())

    def subject(self, link: Link) -> Subject | None:
        """What a link is about, as it stands now."""
        routines, zone = self.deployment.instruments.rulebook.routines, self.deployment.settings.zone
        briefing = Briefing(slot="", now=self.now(), zone=zone, routines=routines, tells=False)
        return subject_of(self.deployment.store, link, briefing, self.deployment.store.first_told())

    def speaking(self, language: str) -> Speaking:
        return Speaking(self.letters.terms(language), self.deployment.now)

    def entry(self, subject: Subject, link: Link) -> Entry:
        """The subject as the letter told it: what, where, how it is known; and whose it is by now."""
        entry = self._as_told(subject, link.language)
        if not (account := subject.account).administration or not self._has_moved(account, link):
            return entry
        whose = ", ".join(filter(None, (account.administration, account.unit)))
        now = Fact(label=self.speaking(link.language).say("page.answers_now"), text=whose)
        return replace(entry, facts=(now, *entry.facts))

    def _has_moved(self, account: Account, link: Link) -> bool:
        """Whether another mailbox is told of the account than was; the officer is told of every one."""
        officer = self.deployment.settings.officer_recipient
        told = whom_to_tell(self.deployment.store.mailboxes_around([account.id])[account.id])
        now = {told.recipient if told else officer, officer}
        return link.recipient.casefold() not in {each.casefold() for each in now}

    def _as_told(self, subject: Subject, language: str) -> Entry:
        speaking = self.speaking(language)
        if subject.remark is not None:
            return speaking.remark(subject.remark)
        rule = subject.case.rule if subject.case else ""
        title, channel = speaking.terms.title(rule), speaking.channel(subject.account)
        return Entry(title=title or channel, where=channel if title else "", url=address_of(subject.account))

    def together(self, press: Callable[[Answers], T]) -> T:
        """Let a press do all that it does, or nothing, in one transaction, which may have to be begun anew."""

        def on(db: Database) -> T:
            return press(Answers(replace(self.deployment, store=replace(self.deployment.store, db=db))))

        return self.deployment.store.db.together(on)

    def decide(
        self,
        link: Link,
        token: str,
        what: str,
        *,
        by: str,
        reason: str = "",
        until: date | None = None,
        stood: str = "",
    ) -> str:
        """Decide by the link of `token`, where `stood` stands; a token that can take it back."""
        now = self.deployment.now
        act = Act(what=what, by=by, at=now.at, zone=now.zone, reason=reason, until=until)
        undo = undo_token(token, now.at)
        self.together(lambda mine: answer_case(mine.decisions, mine.letters.stored, link, act, undo, stood))
        return undo

    def undo(self, link: Link, by: str) -> Receipt:
        now = self.now()
        return self.together(lambda mine: undo_answer(mine.decisions, mine.letters.stored, link, by, now))

    @property
    def decisions(self) -> SqlDecisions:
        return SqlDecisions(self.deployment.store.db)

    def receipt_of(self, link: Link, token: str) -> str:
        """The token by which what a used link has answered can still be taken back; "" where it cannot."""
        undo = undo_token(token, link.used_at) if link.used_at else ""
        return undo if self.opened(Purpose.UNDO, undo).state is LinkState.GOOD else ""

    def recheck(self, link: Link, account: Account, by: str) -> Run:
        """Keep the wish for a look now."""
        day, now = self.today(), self.now()
        return self.together(
            lambda mine: ask_again(mine.deployment.store, mine.letters.stored, link, account, by, day, now)
        )

    def call(self, run: Run) -> None:
        """A word to the workers, where there are any, that a run waits. Nobody need wait for this one."""
        if self.deployment.settings.redis_url is None:
            return
        from worker.wiring.queueing import QueueUnavailable, hint

        try:
            hint(run.id, self.deployment.settings)
        except QueueUnavailable as unheard:  # the reader's wish is kept, and is only later fulfilled
            _log.warning("%s", unheard)

    def looked(self, subject: Subject, link: Link) -> Looked:
        return outcome_of(subject, link, self.deployment.store.last_observation(subject.account.id))

    def paste(self, link: Link, account: Account, url: str, by: str, on: date | None = None) -> Taken:
        """Keep what the link of a post states; `on` is its day, where the link carries none.

        Raises `LinkUsed` or `StatementRefused`.
        """
        now = self.now()

        def pasted(mine: Answers) -> Taken:
            use_up(mine.letters.stored, link, by, now)
            return mine.deployment.paste(url, account.id, by, on)

        return self.together(pasted)

    def rest(self, link: Link, by: str) -> date:
        """Pause the letters to this mailbox and tell the officer; the day on which they begin again. A
        mailbox that this link has paused already rests as it did.
        """
        now = self.now()
        return self.together(lambda mine: mine._rest(link, by, now))

    def _rest(self, link: Link, by: str, now: datetime) -> date:
        stored, until = self.letters.stored, now + REST
        held = stored.hold(link.hash)
        if held is not None and held.used_at is not None and (day := self.paused_until(link)):
            return day
        stored.use(link.hash, by, now)
        day = day_of(until, self.deployment.settings.zone)
        if stored.pause(link.recipient, by, until, now):
            self._tell_officer(Notice(what="rest", facts={"address": link.recipient, "by": by, "day": day}), link, now)
        return day

    def paused_until(self, link: Link) -> date | None:
        """The day on which letters to the link's mailbox begin again; None where none is paused."""
        pauses = (each for each in self.letters.stored.pauses(self.now()) if each.recipient == link.recipient)
        pause = next(pauses, None)
        return day_of(pause.ends_at, self.deployment.settings.zone) if pause else None

    def resume(self, link: Link, by: str) -> None:
        """Take the pause of this mailbox back and tell the officer, who was told of it; nothing where there is none."""
        now, notice = self.now(), Notice(what="resume", facts={"address": link.recipient, "by": by})

        def resumed(mine: Answers) -> None:
            if mine.letters.stored.unpause(link.recipient, by, now):
                mine._tell_officer(notice, link, now)

        self.together(resumed)

    def when_well(self, link: Link) -> WhenWell:
        """What the link's mailbox gets in a week without anything to say."""
        return self.wished(link) or WhenWell(self.deployment.settings.digest_when_well)

    def wished(self, link: Link) -> WhenWell | None:
        """What somebody has chosen for the link's mailbox; None where nobody has."""
        return self.letters.stored.wishes().get(link.recipient.casefold())

    def wish(self, link: Link, when_well: WhenWell, by: str) -> None:
        """Keep what the mailbox wants of a week without anything to say."""
        now = self.now()

        def wished(mine: Answers) -> None:
            mine.letters.stored.use(link.hash, by, now)
            mine.letters.stored.wish(link.recipient, when_well, by, now)

        self.together(wished)

    def may_press(self, link: Link) -> bool:
        """Whether the link's mailbox may still press such a button today; counts the press."""
        return may_press(self.letters.stored, link, self.now())

    def report(self, link: Link, said: AccountReport) -> None:
        """Hand a new, changed or closed account on to the officer, who decides what becomes of it. Raises
        `TriageRefused` where a new one is in the register already, or another is not.
        """
        from worker.wiring.reconciling import Reconciling

        now = self.now()
        facts = {"address": link.recipient, "by": said.by, "url": said.address, "to": said.new_address,
                 "note": said.note}  # fmt: skip
        notice = Notice(what=f"report_{said.about}", facts=facts)

        def reported(mine: Answers) -> None:
            mine.letters.stored.hold(link.hash)
            take_report(Reconciling(mine.deployment).desk, link, said, now)
            mine._tell_officer(notice, link)

        self.together(reported)

    def asked(self, link: Link) -> Waiting | None:
        """The channel that the link asks about, with its evidence; None where that is no question any more."""
        from worker.wiring.reconciling import Reconciling

        return asked_by(link, self.letters.telling(), Reconciling(self.deployment).desk)

    def say_whose(self, link: Link, said: Answer, *, by: str, reason: str, stood: str = "") -> bool:
        """Keep what is answered of a channel; False where the officer has decided just now. Raises `LinkUsed` or
        `AnsweredSince`.
        """
        from worker.wiring.reconciling import Reconciling

        occasion = Occasion(by=by, at=self.now(), why=reason)

        def told(mine: Answers) -> None:
            say_whose(Reconciling(mine.deployment).desk, mine.letters.stored, link, said, occasion, stood)

        try:
            self.together(told)
        except AskedNoMore:
            return False
        return True

    def said_of(self, link: Link) -> str:
        """What was last answered to the link's question, in words; "" where nothing was, or nobody asks any more."""
        from audits.triage import answer_in_words

        asked = self.asked(link)
        return answer_in_words(asked.answer, link.language) if asked and asked.answer else ""

    def rounds(self, link: Link) -> list[RoundPage]:
        """The rounds that wait for an answer from whoever the link's letter went to, with the accounts that they tell
        about and no colleague's.
        """
        from worker.wiring.attesting import Attesting

        attesting, mine = Attesting(self.deployment), accounts_behind(link.recipient, self.letters.telling())
        pages = (attesting.page(id_) for id_ in rounds_asked_of(mine, attesting.rounds()))
        return [about(page, mine) for page in pages if page]

    def unanswered(self, link: Link, by: str) -> Mapping[int, frozenset[str]]:
        """By account, the questions of the link's rounds that nobody but `by` has answered. Other presses of the link
        wait meanwhile, where this is part of a transaction.
        """
        self.letters.stored.hold(link.hash)
        free: dict[int, frozenset[str]] = {}
        for each in (channel for page in self.rounds(link) for channel in page.channels):
            free[each.account.id] = free.get(each.account.id, frozenset()) | each.open | each.answered_by(by)
        return free

    @property
    def linked(self) -> frozenset[str]:
        """The questions that the link of a post answers."""
        every = self.deployment.instruments.rulebook.questions.every.values()
        return frozenset(each.id for each in every if each.takes_link)

    def attest(
        self, link: Link, account_id: int, given: Mapping[str, bool], *, by: str, post: str, on: date | None
    ) -> None:
        """Keep what is answered of one account. Raises `AnswerRefused` or `StatementRefused`."""
        from worker.wiring.attesting import Attesting

        Attesting(self.deployment).answer(account_id, given, by=by, link=post, on=on)
        self.letters.stored.use(link.hash, by, self.now())

    def hand_over(self, link: Link, round_id: int, account_id: int, *, to: str, by: str) -> None:
        """Let a colleague answer of one account of a round. Raises `AnswerRefused`."""
        from worker.wiring.attesting import Attesting

        Attesting(self.deployment).hand_over(round_id, to=to, by=by, account_id=account_id)
        self.letters.stored.use(link.hash, by, self.now())

    def _tell_officer(self, notice: Notice, link: Link, at: datetime | None = None) -> None:
        """Tell it once; with `at`, once for what happened at that moment, however often the same happens."""
        telling, now = self.letters.telling(), self.now()
        officer = telling.manner.officer
        if officer is not None:
            sheet = notice_sheet(notice, telling.terms(officer.language), self.deployment.now)
            told = f"{link.hash}:{notice.what}:{sorted(notice.facts.items())}{at.isoformat() if at else ''}"
            slot = hash_of(told)[:32]
            letter = finished(telling, sheet, f"notice:{slot}:{officer.address}", officer, now)
            telling.letters.write(LetterKind.NOTICE, slot, [letter], now)

    def whole(self, link: Link) -> Sheet | None:
        """Everything that the link's letter would say now; None where there is nobody to say it to any more."""
        letters = self.letters
        if link.letter_kind is LetterKind.OVERVIEW:
            return letters.overview_now()
        mine = link.recipient.casefold()
        return next((sheet for told, sheet in letters.this_week() if told.recipient.address.casefold() == mine), None)

    def excerpts(self, subject: Subject) -> list[str]:
        """The words of the page on which the line rests, each once; that an account is there decides nothing."""
        marks = subject.finding.evidence if subject.finding else ()
        return list(
            dict.fromkeys(
                scrub(mark.excerpt, 600) for mark in marks if mark.excerpt and mark.means != Existence.PRESENT
            )
        )

    def agent(self) -> str:
        """What this deployment calls itself in every request."""
        from worker.fetching.limits import Agent

        contact = self.deployment.settings.agent_contact or self.deployment.settings.console_url
        return Agent(contact=contact).line

    def pace(self) -> float:
        """Seconds between two questions to one server of somebody else's that has no pace of its own.

        Nothing is asked while permissions cannot be used; whoever wants to object still finds the page.
        """
        from config.permissions import BadPermissions, Pace
        from worker.wiring.asking import permissions_of

        try:
            return permissions_of(self.deployment.settings).pace.seconds
        except BadPermissions:
            return Pace().seconds

    def officer(self) -> Addressee | None:
        return self.letters.telling().manner.officer


__all__ = ["Answers", "StoreUnavailable"]
