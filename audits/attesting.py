"""What people are asked of where no look reaches: which question, when, and whether an answer still holds.

    Question × accounts × what was answered and seen ─rounds_due▶ Round(administration, period, items) …
    answers ─standing_of▶ confirmed │ denied │ expired │ overdue │ asked │ never asked

An answer holds in the name of whoever gave it, never as something seen. Answers belong to accounts, so that they
outlive a renamed handle and a merged administration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from audits.days import Now
from audits.model import NO_CIRCUMSTANCES, Account, Answer, Circumstances, Kind
from audits.wording import phrase
from audits.wording.dates import day_in_words

BLIND_AFTER: Final = timedelta(days=30)  # field practice: after a month unseen, one friendly request


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
    """Every question, and which accounts are main ones: named by key or by number in the register."""

    every: Mapping[str, Question] = field(default_factory=dict)
    main: frozenset[str] = frozenset()

    def is_main(self, account: Account) -> bool:
        return str(account.id) in self.main or (account.key is not None and account.key in self.main)


Item: TypeAlias = tuple[int, str]
"""An account's id, and a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One request to one administration: a quarter's, or a month's for its main accounts."""

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

    What is asked already and waits for its answer is not asked again, whoever answers for the account now.
    """
    found: dict[tuple[str, str], list[tuple[Item, int]]] = {}
    for account in accounts:
        main = questions.is_main(account)
        where = (account.administration or "", period_of(now.today, main=main))
        if not where[0] or where in begun:
            continue
        known = circumstances.get(account.id, NO_CIRCUMSTANCES)
        for question in questions.every.values():
            if _is_due(question, account, known, now, main=main):
                found.setdefault(where, []).append(((account.id, question.id), question.answer_days))
    return [_round(where, items, now.today) for where, items in sorted(found.items())]


def _round(where: tuple[str, str], items: Sequence[tuple[Item, int]], today: date) -> Round:
    longest = max(days for _, days in items)
    return Round(
        administration=where[0],
        period=where[1],
        due_on=today + timedelta(days=longest),
        items=tuple(item for item, _ in items),
    )


def period_of(day: date, *, main: bool) -> str:
    """`2026-11` for a main account, `2026-Q4` for any other."""
    return f"{day:%Y-%m}" if main else f"{day.year}-Q{(day.month + 2) // 3}"


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


def confirmed(answer: Answer, language: str, now: Now) -> str:
    """How an answer reads: in whose name and of which day, never as something seen."""
    key = "attested.confirmed" if answer.yes else "attested.denied"
    return phrase(key, language, by=answer.by, day=day_in_words(now.day_of(answer.at), language, now.today))
