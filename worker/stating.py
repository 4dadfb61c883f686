"""A link pasted by somebody of the city: checked, kept in their name, and held against what is open.

link ─▶ Statement ─save▶ … ─▶ the cases that it answers are `claimed fixed`, until a look finds them mended
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from audits.addresses import Grammar
from audits.cases import Act, decide
from audits.days import Now, day_of
from audits.model import Account, Activity, Answer, Case, Outcome, Statement
from audits.rulebook import judge
from audits.sights import Register, sights_of
from audits.stating import Word, read_link, state, whose
from worker.ports import Store
from worker.steps import Instruments

CLAIM = "claim_fixed"


@dataclass(frozen=True, slots=True)
class Taken:
    """A statement that was taken, of whom it is, and the rules whose open cases it answers.

    `newer` is the day of a newer post that was known already: then that one counts.
    """

    statement: Statement
    account: Account
    answers: tuple[str, ...]
    newer: date | None = None


def paste(
    store: Store,
    instruments: Instruments,
    grammars: tuple[Grammar, ...],
    link: str,
    account: int | None,
    word: Word,
    beside: Sequence[Answer] = (),
) -> Taken:
    """Keep what a pasted link states of an account's latest post, and what was answered with it, as one.

    Raises `StatementRefused`, and then nothing is kept. Nothing is fetched.
    """
    read = read_link(link, grammars)
    owner = whose(read, store.accounts(), account)
    statement = state(read, owner, word)
    answered = tuple(_answered(store, instruments, owner, statement))
    act = Act(what=CLAIM, by=word.by, at=word.at, zone=word.zone, reason=statement.source_url or "")
    store.save_statement(statement, claimed=[(decide(case, act), CLAIM) for case in answered], answers=beside)
    return Taken(statement, owner, tuple(case.rule for case in answered), _newer(store, statement, word))


def _newer(store: Store, statement: Statement, word: Word) -> date | None:
    """The day of the newest post that was seen or stated, where that is newer than this one."""
    id_ = statement.account_id
    look = store.last_observation(id_)
    seen = look.activity.at if look and isinstance(look.activity, Activity) else None
    stated = [each.on for each in store.statements_of([id_]).get(id_, ())]
    newest = max([*stated, *([day_of(seen, word.zone)] if seen else [])])
    return newest if newest > statement.on else None


def _answered(store: Store, instruments: Instruments, account: Account, statement: Statement) -> Iterator[Case]:
    """The account's open cases whose rule the statement acquits."""
    observation = store.last_observation(account.id)
    register = Register(statements={account.id: (statement,)})
    now = Now(statement.at, instruments.zone)
    sights = sights_of(account, observation, register, now)
    for case in store.cases():
        routine = instruments.rulebook.routines.get(case.rule)
        if case.account_id == account.id and routine is not None:
            finding = judge(routine, account, observation, sights, now)
            if finding.outcome is Outcome.PASSED and finding.stated_by:
                yield case
