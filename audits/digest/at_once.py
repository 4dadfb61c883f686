"""What is told at once, and to whom: a critical deviation, what somebody has said, what operators must mend.

Remark ─urgent_sheet▶ one letter about one critical deviation      Notice ─notice_sheet▶ to the officer
Trouble … ─trouble_sheet▶ what only operators are told
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from audits.days import Now
from audits.digest.letters import Remark
from audits.digest.sheets import Block, Entry, Fact, Sheet, Tone
from audits.digest.speaking import Speaking
from audits.digest.voice import in_short
from audits.reading.scrub import one_line
from audits.wording import Terms
from audits.wording.reasons import in_words

_NAMED: Final = 36  # letters of a channel's name in a subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that an operator must mend. `what` names words, `facts` fill them."""

    what: str
    facts: Mapping[str, object]


def urgent_sheet(remark: Remark, terms: Terms, now: Now) -> Sheet:
    """One critical deviation, told as soon as it is confirmed."""
    speaking = Speaking(terms, now)
    entry, first = speaking.remark(remark), _first_of_all(speaking)
    rest = replace(entry, facts=tuple(fact for fact in entry.facts if fact.label not in first))
    title = remark.routine.title.get(terms.language, remark.case.rule)
    owner = in_short(remark.account.administration or "", 60) or speaking.say("report.none")
    return Sheet(
        language=terms.language,
        subject=speaking.say("urgent.subject", channel=in_short(speaking.channel(remark.account), _NAMED)),
        title=title,
        opening=speaking.say("urgent.opening", channel=speaking.channel(remark.account), who=owner),
        glance=tuple(fact for fact in entry.facts if fact.label in first),
        blocks=(Block(heading=speaking.say("digest.taken"), note=speaking.say("digest.taken.note"), tone=Tone.GRAVE,
                      entries=(rest,)),),
        closing=(speaking.say("urgent.closing"), *((terms.note,) if terms.note else ())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that somebody has said and that the officer is told at once. `what` names words, `facts` fill them."""

    what: str
    facts: Mapping[str, str | date]


def notice_sheet(notice: Notice, terms: Terms, now: Now) -> Sheet:
    """One thing that somebody has said, for the officer."""
    speaking = Speaking(terms, now)
    facts = {name: _told(value, speaking) for name, value in notice.facts.items()}
    title = speaking.say(f"notice.{notice.what}", **facts)
    told = [Fact(label=speaking.say(f"notice.of.{name}"), text=value) for name, value in facts.items() if value]
    return Sheet(
        language=terms.language,
        subject=title,
        title=title,
        opening=speaking.say("notice.opening"),
        glance=tuple(told),
    )


def _told(fact: str | date, speaking: Speaking) -> str:
    return speaking.day(fact) if isinstance(fact, date) else one_line(fact, 400)


def _first_of_all(speaking: Speaking) -> frozenset[str]:
    """The labels of what a letter about one thing says before all else: by when, what to do, and what was seen."""
    return frozenset(speaking.say(key) for key in ("digest.by", "column.fix", "digest.shows"))


def first_labels(speaking: Speaking) -> frozenset[str]:
    """The labels of what a remark says first: by when, how it is known, what was seen."""
    return frozenset(speaking.say(key) for key in ("digest.by", "digest.how", "digest.shows"))


def trouble_sheet(troubles: Sequence[Trouble], terms: Terms, now: Now) -> Sheet:
    """What operators must mend; nobody else is told of it."""
    speaking = Speaking(terms, now)
    told = dict.fromkeys(speaking.say(f"trouble.{each.what}", **_in_words(each.facts, speaking)) for each in troubles)
    return Sheet(
        language=terms.language,
        subject=speaking.say("trouble.subject", count=len(told)),
        title=speaking.say("trouble.title"),
        opening=speaking.say("trouble.opening"),
        preview=next(iter(told), ""),
        blocks=(Block(heading=speaking.say("trouble.heading"), tone=Tone.DO,
                      entries=tuple(Entry(title=sentence) for sentence in told)),),
        closing=(speaking.say("trouble.closing"),),
    )  # fmt: skip


def _in_words(facts: Mapping[str, object], speaking: Speaking) -> Mapping[str, object]:
    told = {
        name: in_words(fact, speaking.terms.language) if isinstance(fact, str) else fact for name, fact in facts.items()
    }
    if "platform" in told:
        told["platform"] = speaking.terms.label(str(told["platform"]))
    return {name: speaking.day(fact) if isinstance(fact, date) else fact for name, fact in told.items()}
