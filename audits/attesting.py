"""What people are asked of where no look reaches: which question, when, and whether an answer still holds.

    Question × accounts × what was answered and seen ─rounds_due▶ Round(administration, period, items) …
    what a finding or a case saw ─is_unanswered▶ a question that waits, and nothing that was seen

An office is asked about a few accounts a week, so that its quarter's questions never come all at once. An answer holds
in the name of whoever gave it, never as something seen. Answers belong to accounts, so that they outlive a renamed
handle and a merged administration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final, TypeAlias

from audits.days import Now
from audits.model import NO_CIRCUMSTANCES, Account, Answer, Circumstances, Kind
from audits.wording import phrase
from audits.wording.dates import day_in_words

BLIND_AFTER: Final = timedelta(days=30)  # field practice: after a month unseen, one friendly request
AT_A_TIME: Final = 3  # accounts: some six questions, a few minutes
_QUARTER: Final = 13  # weeks, in which an office's every account has had its turn
ASKED_ON: Final = "asked_on"  # seen by nobody: when a question was put that has had no answer in time
DUE_ON: Final = "due_on"


class Reach(StrEnum):
    """Of which accounts a question is asked."""

    UNSEEN = "unseen"  # those that no open route has seen for a month
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that only people can tell, as the city declares it beside its rules. `title` is put as a question."""

    id: str
    title: Mapping[str, str]  # by language
    source: str
    every_days: int = 90
    main_every_days: int | None = None  # of the main accounts, where it differs
    answer_days: int = 14
    of: Reach = Reach.UNSEEN
    takes_link: bool = False  # the latest post's link answers it
    platforms: frozenset[str] = frozenset()  # empty: all
    kinds: frozenset[Kind] = frozenset()  # empty: all
    code: str = ""

    def days_for(self, *, main: bool) -> int:
        return self.main_every_days if main and self.main_every_days is not None else self.every_days

    def applies_to(self, account: Account) -> bool:
        return (not self.platforms or account.platform in self.platforms) and (
            not self.kinds or account.kind in self.kinds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Every question, which accounts are main ones (named by key or by number in the register), and about how many an
    administration is asked in one week.
    """

    every: Mapping[str, Question] = field(default_factory=dict)
    main: frozenset[str] = frozenset()
    at_a_time: int = AT_A_TIME

    def is_main(self, account: Account) -> bool:
        return str(account.id) in self.main or (account.key is not None and account.key in self.main)


Item: TypeAlias = tuple[int, str]
"""An account's id, and a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One request to one administration: a week's, or a month's for its main accounts."""

    administration: str
    period: str
    due_on: date
    items: tuple[Item, ...]


def rounds_due(
    accounts: Iterable[Account],
    questions: Questions,
    circumstances: Mapping[int, Circumstances],
    begun: frozenset[tuple[str, str]],
    now: Now,
) -> Sequence[Round]:
    """The rounds to open on the city's day; `begun` names the administration and period of those opened already.

    What is asked already and waits for its answer is not asked again, whoever answers for the account now. Of the main
    accounts everything is asked at once, of all others a week's share: those first that no look has reached.
    """
    found: dict[tuple[str, str], list[_Due]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for account in accounts:
        main = questions.is_main(account)
        where = (account.administration or "", period_of(now.today, main=main))
        if not where[0] or where in begun:
            continue
        counts[where] += 1
        known = circumstances.get(account.id, NO_CIRCUMSTANCES)
        asked = tuple(each for each in questions.every.values() if _is_due(each, account, known, now, main=main))
        if asked:
            found.setdefault(where, []).append(_Due(account.id, asked, main=main))
    return [
        _round(where, _share(due, max(questions.at_a_time, ceil(counts[where] / _QUARTER))), now.today)
        for where, due in sorted(found.items())
    ]


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due to be asked of one account."""

    account_id: int
    questions: tuple[Question, ...]
    main: bool

    @property
    def is_unseen(self) -> bool:
        return any(each.of is Reach.UNSEEN for each in self.questions)


def _share(due: Sequence[_Due], most: int) -> Sequence[_Due]:
    """This week's part: so many accounts at most, whichever day of the quarter it is, and all parts alike."""
    if due[0].main:
        return due
    weeks = ceil(len(due) / most)
    return sorted(due, key=lambda each: not each.is_unseen)[: ceil(len(due) / weeks)]


def _round(where: tuple[str, str], share: Sequence[_Due], today: date) -> Round:
    longest = max(each.answer_days for due in share for each in due.questions)
    return Round(
        administration=where[0],
        period=where[1],
        due_on=today + timedelta(days=longest),
        items=tuple((due.account_id, each.id) for due in share for each in due.questions),
    )


def period_of(day: date, *, main: bool) -> str:
    """`2026-11` for a main account, `2026-W46` for any other."""
    year, week, _ = day.isocalendar()
    return f"{day:%Y-%m}" if main else f"{year}-W{week:02}"


def _is_due(question: Question, account: Account, known: Circumstances, now: Now, *, main: bool) -> bool:
    if not question.applies_to(account) or question.id in known.asked:
        return False
    if question.of is Reach.UNSEEN and not unseen(known, now):
        return False
    latest = known.answers.get(question.id)
    return latest is None or (now.today - now.day_of(latest.at)).days >= question.days_for(main=main)


def unseen(known: Circumstances, now: Now) -> bool:
    """Whether no look has told for a month whether the account is there; one that is new has its month yet."""
    since = known.last_seen_at or known.added_at
    return since is None or now.today - now.day_of(since) > BLIND_AFTER


def is_unanswered(seen: Mapping[str, str]) -> bool:
    """Whether this, as a finding or a case has it, is a question that had no answer in time: nothing that was seen of
    an account, nor anything that somebody has said of it. Such questions are gathered, and counted apart from remarks.
    """
    return ASKED_ON in seen


def confirmed(answer: Answer, language: str, now: Now) -> str:
    """How an answer reads: in whose name and of which day, never as something seen."""
    key = "attested.confirmed" if answer.yes else "attested.denied"
    return phrase(key, language, by=answer.by, day=day_in_words(now.day_of(answer.at), language, now.today))
