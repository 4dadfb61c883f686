"""What a letter answers on its first screen, so that nobody has to read on who need not.

no longer ours?   what to do, and by when?   how is it known?   what could not be seen?   what became of last week?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from audits.digest.grave import gravest, is_no_longer
from audits.digest.letters import Digest, Looks, Part, Remark
from audits.digest.quiet import quiet
from audits.digest.sheets import Fact
from audits.digest.voice import Voice
from audits.model import Account, CaseState
from audits.reporting import days_unlooked


@dataclass(frozen=True, slots=True)
class Glancing(Voice):
    """The five answers, of a week's letter and of the officer's overview."""

    def answers(self, digest: Digest) -> Iterator[Fact]:
        parts, looks = digest.parts, digest.looks
        remarks = [each for part in parts for each in part.remarks]
        yield Fact(label=self.say("digest.ask.taken"), text=self.no_longer(remarks, looks))
        yield Fact(label=self.say("digest.ask.do"), text=self.by_when(digest))
        yield Fact(label=self.say("digest.ask.how"), text=self._how(digest))
        yield Fact(label=self.say("digest.ask.unseen"), text=self._blind(parts))
        yield Fact(label=self.say("digest.ask.became"), text=self._last_week(digest))

    def no_longer(self, remarks: Sequence[Remark], looks: Looks) -> str:
        """What was seen of accounts that may be another's or are not where they were, where so many were read."""
        away = [each for each in remarks if is_no_longer(each)]
        return gravest(away, self.terms.language, self._named) or quiet(looks, "digest.glance.no", self.terms.language)

    def by_when(self, digest: Digest) -> str:
        """What is to be done, what is to be answered, and by which day the first of it."""
        waiting = [part.questions for part in digest.parts if part.questions.count]
        if not waiting:
            return self._things(digest)
        first = min(day for each in waiting if (day := each.late_since or each.due_on))
        key = "digest.glance.answer_late" if first < self.now.today else "digest.glance.answer_by"
        asked = self.say(key, count=digest.questions, day=self.day(first))
        return f"{self._things(digest)} {asked}"

    def _things(self, digest: Digest) -> str:
        todo = [each for part in digest.parts for each in (*part.taken, *part.to_do)]
        if not todo:
            return quiet(digest.looks, "digest.glance.nothing", self.terms.language)
        dated = [(each.due, each.account) for each in todo if each.due]
        if not dated:
            return self.say("digest.glance.do", count=len(todo))
        due, account = min(dated, key=itemgetter(0))
        key = "digest.glance.do_late" if due < self.now.today else "digest.glance.do_by"
        return self.say(key, count=len(todo), name=self.channel(account), day=self.day(due))

    def _how(self, digest: Digest) -> str:
        looked = [part.last_look for part in digest.parts if part.last_look]
        routes = dict.fromkeys(route for part in digest.parts for route in part.routes)
        return self.how_known(digest.looks, max(looked, default=None), tuple(routes))

    def how_known(self, looks: Looks, last_look: datetime | None, routes: Sequence[str]) -> str:
        """How many accounts were read of how many, when, and by which routes; and for how many days nobody has looked,
        where that is not as it should be.
        """
        if last_look is None:
            return self.say("digest.glance.never")
        days = days_unlooked(last_look, self.now)
        how = self._looked(looks, last_look, routes)
        return f"{how} {self.say('report.unlooked', count=days)}" if days else how

    def _looked(self, looks: Looks, last_look: datetime, routes: Sequence[str]) -> str:
        facts = {"read": looks.read, "accounts": looks.accounts, "count": looks.accounts, "day": self.moment(last_look)}
        if not routes:
            return self.say("digest.glance.looked", **facts)
        ways = dict.fromkeys(self.say(f"route.{each}") for each in routes)
        how = self.say("digest.glance.how", **facts, routes=", ".join(ways))
        return f"{self.say('digest.glance.half')} {how}" if 2 * looks.read < looks.accounts else how

    def _blind(self, parts: Sequence[Part]) -> str:
        doubted = sum(len(part.doubted) for part in parts)
        held = self.say("digest.glance.held", count=doubted) if doubted else ""
        return f"{self._unseen(parts)} {held}".strip()

    def _unseen(self, parts: Sequence[Part]) -> str:
        unseen = [each for part in parts for each in part.unseen]
        if not unseen:
            return self.say("digest.glance.all_seen")
        since = [each.since for each in unseen]
        names = self._named(each.account for each in unseen)
        if any(each is None for each in since):
            return self.say("digest.glance.unseen", count=len(unseen), names=names)
        longest = self.day_of(min(each for each in since if each))
        return self.say("digest.glance.unseen_since", count=len(unseen), names=names, day=longest)

    def _last_week(self, digest: Digest) -> str:
        states = [each.case.state if each.case else None for part in digest.parts for each in part.became]
        told = [self.what_became(states)] if states else []
        if digest.handed_on:
            told.append(self.say("digest.glance.handed_on", count=digest.handed_on))
        return " ".join(told) or self.say("digest.glance.first")

    def what_became(self, states: Sequence[CaseState | None]) -> str:
        """How many of last week's lines are mended, answered and unanswered."""
        fixed = states.count(CaseState.VERIFIED_FIXED)
        silent = states.count(CaseState.CONFIRMED)
        counts = {"fixed": fixed, "answered": len(states) - fixed - silent, "silent": silent}
        told = (self.say(f"digest.became.count.{name}", count=count) for name, count in counts.items() if count)
        return self.say("digest.glance.became", count=len(states), told=", ".join(told))

    def _named(self, accounts: Iterable[Account]) -> str:
        """The first two names, and how many accounts are left: what is registered twice bears one name, and is two."""
        names = [self.channel(each) for each in {each.id: each for each in accounts}.values()]
        shown = list(dict.fromkeys(names))[:2]
        left = len(names) - len(shown)
        return ", ".join(shown) + (self.say("digest.more", count=left) if left else "")
