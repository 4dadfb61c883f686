"""The officer's overview.

Overview ─overview_sheet▶ critical first, what waits for the officer, the oldest open, coverage, silence
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from audits.days import Now
from audits.digest.at_once import first_labels
from audits.digest.due import week_number
from audits.digest.fitting import NAMED, first_of
from audits.digest.glancing import Glancing
from audits.digest.grave import severity_of
from audits.digest.headline import headline
from audits.digest.letters import Looks, Purpose, Remark
from audits.digest.quiet import quiet
from audits.digest.sheets import Block, Entry, Fact, Sheet, Tone
from audits.digest.speaking import Speaking, address_of
from audits.digest.voice import in_short
from audits.model import Account, CaseState, Severity
from audits.reading.scrub import one_line
from audits.reporting import Coverage, Silence, silence
from audits.wording import Terms
from audits.wording.reasons import in_words

OLDEST: Final = 10  # of the open lines, those that have stood longest
SILENT_WEEKS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """How it stands with one administration's mail."""

    administration: str
    accounts: int
    remarks: int
    unanswered: int = 0  # questions without an answer in time
    released_by: str = ""
    addresses: tuple[str, ...] = ()
    silent: bool = False  # nobody has pressed a button for eight weeks, though there was something to answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything that the officer looks through on a Monday.

    `bounced` are addresses with why, `paused` those with the day on which they are written to again.
    """

    slot: str
    made_at: datetime
    remarks: tuple[Remark, ...]
    coverage: tuple[Coverage, ...]
    mailings: tuple[Mailing, ...]
    said_not_ours: tuple[Remark, ...] = ()
    remarked: int = 0  # accounts that were read and on which a remark stands
    unanswered: int = 0  # questions without an answer in time, which are no remarks
    explained: int = 0  # that stand confirmed, and that their administration has explained
    discoveries: tuple[Fact, ...] = ()
    held: tuple[Fact, ...] = ()  # changes too many at once to be believed, each with what would let it through
    upkeep: tuple[Fact, ...] = ()  # keys that end within the month
    signs: tuple[Fact, ...] = ()  # that nobody has verified for long: whoever maintains the packs acts
    bounced: Mapping[str, str] | None = None
    paused: Mapping[str, date] | None = None
    unnamed: tuple[Account, ...] = ()  # accounts for which nobody but the officer is told
    last_look: datetime | None = None
    routes: tuple[str, ...] = ()  # by which accounts were read
    became: tuple[CaseState | None, ...] = ()  # of last week's lines; None: its account has left the register

    @property
    def looks(self) -> Looks:
        read, accounts = sum(each.read for each in self.coverage), sum(each.accounts for each in self.coverage)
        return Looks(read, accounts, self.remarked)

    @property
    def critical(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if each.case.severity is Severity.CRITICAL)

    @property
    def oldest(self) -> tuple[Remark, ...]:
        rest = [each for each in self.remarks if each.case.severity is not Severity.CRITICAL]
        return tuple(sorted(rest, key=lambda each: each.case.opened_at)[:OLDEST])

    @property
    def silent(self) -> tuple[Mailing, ...]:
        return tuple(each for each in self.mailings if each.silent)

    @property
    def waiting(self) -> tuple[Mailing, ...]:
        """Administrations that may not be written to yet, though there is something to tell them."""
        return tuple(each for each in self.mailings if not each.released_by and each.remarks)


def overview_sheet(overview: Overview, terms: Terms, zone: ZoneInfo) -> Sheet:
    """The overview in the officer's language."""
    now = Now(overview.made_at, zone)
    return _Overseeing(Speaking(terms, now), Glancing(terms, now), overview).sheet()


@dataclass(frozen=True, slots=True)
class _Overseeing:
    """One overview being put into words."""

    speaking: Speaking
    glancing: Glancing
    overview: Overview

    def sheet(self) -> Sheet:
        say, overview = self.speaking.say, self.overview
        return Sheet(
            language=self.speaking.terms.language,
            subject=headline("overview.subject", self.speaking.terms.language, self._counted()),
            title=say("overview.title", week=week_number(overview.slot)),
            opening=say("overview.opening", city=self.speaking.terms.city),
            preview=self._yours(),
            glance=tuple(self._glance()),
            blocks=tuple(self._blocks()),
            closing=(say("overview.closing"), *((self.speaking.terms.note,) if self.speaking.terms.note else ())),
        )

    def _counted(self) -> Sequence[str]:
        overview, say = self.overview, self.speaking.say
        told = (
            ("digest.count.taken", len(overview.critical)),
            ("overview.count.yours", len(overview.said_not_ours) + len(overview.discoveries) + len(overview.held)),
            ("overview.count.open", len(overview.remarks) if len(overview.remarks) > len(overview.critical) else 0),
            ("apart.unanswered", overview.unanswered),
        )
        said = [say(key, count=count) for key, count in told if count]
        return said or [say("digest.count.unknown" if self._is_blind() else "digest.count.nothing")]

    def _is_blind(self) -> bool:
        """Whether nothing was read, so that no remark says nothing."""
        return silence(self.overview.looks.read, self.overview.looks.accounts) is Silence.UNKNOWN

    def _glance(self) -> Iterator[Fact]:
        overview, say = self.overview, self.speaking.say
        no_longer = self.glancing.no_longer(overview.remarks, overview.looks)
        unheard = self._some([in_short(each.administration, 60) for each in overview.silent])
        became = self.glancing.what_became(overview.became) if overview.became else say("overview.became.none")
        yield Fact(label=say("digest.ask.taken"), text=no_longer)
        yield Fact(label=say("overview.ask.yours"), text=self._yours())
        yield Fact(label=say("overview.ask.open"), text=self._open())
        how = self.glancing.how_known(overview.looks, overview.last_look, overview.routes)
        yield Fact(label=say("digest.ask.how"), text=how)
        yield Fact(label=say("digest.ask.unseen"), text=self._unseen())
        yield Fact(label=say("digest.ask.became"), text=became)
        yield Fact(label=say("overview.ask.silent"), text=unheard or say("overview.silent.none"))

    def _unseen(self) -> str:
        """How many accounts could not be read, and the commonest reasons."""
        looks = self.overview.looks
        if not looks.accounts:
            return self.speaking.say("overview.unseen.nothing")
        if not looks.unseen:
            return self.speaking.say("digest.glance.all_seen")
        reasons: Counter[str] = Counter()
        for each in self.overview.coverage:
            reasons.update(each.unread)
        told = ", ".join(f"{self.speaking.say(f'short.{why}')}: {count}" for why, count in reasons.most_common(NAMED))
        return self.speaking.say("overview.unseen", count=looks.unseen, why=told)

    def _yours(self) -> str:
        overview, say = self.overview, self.speaking.say
        told = (
            ("overview.yours.not_ours", len(overview.said_not_ours)),
            ("overview.yours.discoveries", len(overview.discoveries)),
            ("overview.yours.held", len(overview.held)),
            ("overview.yours.upkeep", len(overview.upkeep)),
            ("overview.yours.release", len(overview.waiting)),
            ("overview.yours.bounced", len(overview.bounced or ())),
            ("overview.yours.paused", len(overview.paused or ())),
            ("overview.yours.unnamed", len(overview.unnamed)),
        )
        waiting = ", ".join(say(key, count=count) for key, count in told if count)
        return f"{waiting}." if waiting else say("digest.glance.nothing")

    def _open(self) -> str:
        overview, say = self.overview, self.speaking.say
        beside = (("overview.explained", overview.explained), ("overview.unanswered", overview.unanswered))
        told = (say(key, count=count) for key, count in beside if count)
        return " ".join((self._open_since() if overview.remarks else self._none_open(), *told))

    def _none_open(self) -> str:
        return quiet(self.overview.looks, "digest.glance.nothing", self.speaking.terms.language)

    def _open_since(self) -> str:
        overview, say = self.overview, self.speaking.say
        oldest = min(each.case.opened_at for each in overview.remarks)
        return say("overview.open_since", count=len(overview.remarks), day=self.speaking.day_of(oldest))

    def _blocks(self) -> Iterator[Block]:
        overview, say = self.overview, self.speaking.say
        wanted = (
            ("digest.taken", Tone.GRAVE, [self._remark(each) for each in overview.critical]),
            ("overview.yours", Tone.DO, list(self._waiting())),
            ("overview.oldest", Tone.DO, [self._remark(each) for each in overview.oldest]),
            ("overview.coverage", Tone.CALM, list(self._seen())),
            ("overview.mail", Tone.CALM, [self._mailings()] if overview.mailings else []),
        )
        for key, tone, entries in wanted:
            if entries:
                yield Block(heading=say(key), note=say(f"{key}.note"), tone=tone, entries=tuple(entries))

    def _remark(self, remark: Remark) -> Entry:
        """As its administration is told, with whose it is and since when, and the evidence alone as button."""
        entry = self.speaking.remark(remark)
        say = self.speaking.say
        owner = in_short(remark.account.administration or "", 60) or say("report.none")
        facts = (
            Fact(label=say("column.administration"), text=owner),
            Fact(label=say("digest.since"), text=self.speaking.day_of(remark.case.opened_at)),
            *(fact for fact in entry.facts if fact.label in first_labels(self.speaking)),
        )
        shown = tuple(button for button in entry.buttons if button.purpose in (Purpose.EVIDENCE, Purpose.RECHECK))
        mark = severity_of(remark, self.speaking.terms.language)
        return Entry(title=entry.title, where=entry.where, url=entry.url, mark=mark, facts=facts, buttons=shown)

    def _waiting(self) -> Iterator[Entry]:
        overview, say = self.overview, self.speaking.say
        for remark in overview.said_not_ours:
            yield self._said_not_ours(remark)
        if overview.discoveries:
            yield self._discoveries()
        if overview.held:
            facts = (*overview.held, Fact(label=say("column.fix"), text=say("overview.held.fix")))
            yield Entry(title=say("overview.held", count=len(overview.held)), facts=facts)
        if overview.upkeep:
            yield Entry(title=say("overview.upkeep"), facts=overview.upkeep)
        if overview.waiting:
            yield self._releases()
        yield from self._mailboxes()

    def _mailboxes(self) -> Iterator[Entry]:
        """Addresses that take no letter, and accounts of which nobody is told."""
        overview, say = self.overview, self.speaking.say
        for address, why in sorted((overview.bounced or {}).items()):
            facts = (
                Fact(label=say("digest.why"), text=in_words(one_line(why), self.speaking.terms.language)),
                Fact(label=say("column.fix"), text=say("overview.bounced.fix", address=one_line(address))),
            )
            yield Entry(title=say("overview.bounced", address=one_line(address)), facts=facts)
        for address, until in sorted((overview.paused or {}).items()):
            yield Entry(title=say("overview.paused", address=one_line(address), why=self.speaking.day(until)))
        if overview.unnamed:
            title = say("overview.unnamed", count=len(overview.unnamed))
            accounts = Fact(label=say("column.accounts"), text=self._numbered(overview.unnamed))
            yield Entry(title=title, facts=(accounts, Fact(label=say("column.fix"), text=say("overview.unnamed.fix"))))

    def _numbered(self, accounts: Sequence[Account]) -> str:
        """The first of them by name and number."""
        number = self.speaking.say("column.number").casefold()
        return self._some([f"{self.speaking.channel(each)}, {number} {each.id}" for each in accounts])

    def _discoveries(self) -> Entry:
        """The first of them; all are shown where they are decided."""
        say, found = self.speaking.say, self.overview.discoveries
        told = [Fact(label=one_line(each.label, 60), text=one_line(each.text)) for each in found[:OLDEST]]
        command = Fact(label=say("column.fix"), text="kanalkoll triage list")
        return Entry(title=say("overview.discoveries", count=len(found)), facts=(*told, command))

    def _releases(self) -> Entry:
        say = self.speaking.say
        waiting = [
            Fact(label=in_short(each.administration, 60), text=say("overview.release.lines", count=each.remarks))
            for each in self.overview.waiting
        ]
        command = Fact(label=say("column.fix"), text='kanalkoll digest release "…" --by …')
        return Entry(title=say("overview.release"), facts=(*waiting, command))

    def _said_not_ours(self, remark: Remark) -> Entry:
        case, say = remark.case, self.speaking.say
        key: Mapping[CaseState, str] = {CaseState.SAID_NOT_OURS: "digest.became.said_not_ours"}
        day = self.speaking.day_of(case.changed_at)
        told = say(key[case.state], by=one_line(case.by, 60), day=day)
        command = f"kanalkoll case confirm_not_ours {case.account_id} {case.rule} --by …"
        return Entry(
            title=self.speaking.channel(remark.account),
            url=address_of(remark.account),
            facts=(
                Fact(label=say("column.answer"), text=f"{told} {self._quoted(case.reason)}".strip()),
                Fact(label=say("column.fix"), text=command),
            ),
        )

    def _quoted(self, words: str) -> str:
        return self.speaking.say("overview.quoted", text=one_line(words)) if words else ""

    def _seen(self) -> Iterator[Entry]:
        if self.overview.coverage:
            yield self._coverage()
        if self.overview.signs:
            yield Entry(title=self.speaking.say("overview.signs"), facts=self.overview.signs)

    def _coverage(self) -> Entry:
        say = self.speaking.say
        facts = [
            Fact(
                label=each.platform,
                text=say("report.seen_of", seen=each.read, total=each.accounts, count=each.accounts) + self._why(each),
            )
            for each in self.overview.coverage
        ]
        return Entry(title=say("overview.coverage.who"), facts=tuple(facts))

    def _why(self, coverage: Coverage) -> str:
        reasons = ", ".join(f"{self.speaking.say(f'short.{why}')}: {count}" for why, count in coverage.unread.items())
        return f" ({reasons})" if reasons else ""

    def _some(self, names: Sequence[str]) -> str:
        return first_of(names, self.speaking.terms.language)

    def _mailings(self) -> Entry:
        facts = [
            Fact(label=in_short(each.administration, 60), text=self._mailing(each)) for each in self.overview.mailings
        ]
        return Entry(title=self.speaking.say("overview.mail.who"), facts=tuple(facts))

    def _mailing(self, mailing: Mailing) -> str:
        say = self.speaking.say
        addresses = self._some([one_line(each) for each in mailing.addresses]) or say("overview.nobody")
        key = "overview.mail.silent" if mailing.silent else "overview.mail.on"
        state = say(key, by=one_line(mailing.released_by, 60)) if mailing.released_by else say("overview.mail.off")
        remarks = "–" if self._is_blind() and not mailing.remarks else mailing.remarks
        counts = say("overview.mail.counts", accounts=mailing.accounts, remarks=remarks)
        asked = say("overview.mail.unanswered", count=mailing.unanswered) if mailing.unanswered else ""
        return " ".join(filter(None, (f"{addresses}.", counts, asked, state)))
