"""Attestation: asking administrations what no look can tell, and keeping what they answer.

open_due_rounds ─▶ a round an administration, at most one a quarter (a month for main accounts)
round_page      ─▶ each channel of a round, with what the machine knows beside what is asked
answer          ─▶ answers kept in somebody's name; a pasted link becomes a statement of the latest post
hand_over       ─▶ a colleague answers instead
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from audits.addresses import Grammar
from audits.attesting import Question, Questions, confirmed, rounds_due
from audits.days import Now
from audits.model import Account, Answer, Observation, Statement
from audits.refusal import Refused
from audits.stating import Word
from audits.wording.said import said
from worker.ports import Store
from worker.ports.attesting import AskedRound, AttestationStore, HandOver
from worker.stating import Taken, paste
from worker.steps.instruments import Instruments


class AnswerRefused(Refused):
    """An answer that cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One account of a round: what is asked of it, what was answered before, and what the machine knows itself."""

    account: Account
    questions: tuple[Question, ...]
    open: frozenset[str]  # of these, the questions that wait for an answer
    answers: Mapping[str, Answer]  # the latest of each question
    last_seen_at: datetime | None
    last_look: Observation | None
    last_stated: Statement | None  # the latest post that somebody stated

    def answered_by(self, name: str) -> frozenset[str]:
        """The questions to which that person gave the latest answer."""
        return frozenset(question for question, answer in self.answers.items() if answer.by == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """A round as its administration sees it."""

    round: AskedRound
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody answers of one account: yes or no by question, and the latest post's link where they have it."""

    account_id: int
    word: Word
    answers: Mapping[str, bool] = field(default_factory=dict)
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was kept of a reply. Answering again replaces an answer; both are kept."""

    account: Account
    answers: tuple[Answer, ...]
    taken: Taken | None = None  # the statement that a pasted link made, and the cases it claims fixed

    def in_words(self, questions: Questions, language: str, now: Now) -> Sequence[str]:
        """Each answer as it will read: in whose name and of which day."""
        return [
            f"{questions.every[each.question].title[language]} {confirmed(each, language, now)}"
            for each in self.answers
            if each.question in questions.every
        ]


def open_due_rounds(
    store: Store,
    attestations: AttestationStore,
    questions: Questions,
    now: Now,
    *,
    of: Collection[str] | None = None,
) -> Sequence[int]:
    """Ask what is due, of these administrations or of all; the ids of the rounds that were opened now.

    Calling again opens nothing. An administration that may not be written to is not asked: nobody is overdue with an
    answer to a question that never reached them.
    """
    if not questions.every or (of is not None and not of):
        return []
    asked = (each for each in store.each_account() if of is None or each.administration in of)
    circumstances, begun = attestations.every_circumstance(), attestations.begun_rounds()
    return attestations.open_rounds(rounds_due(asked, questions, circumstances, begun, now), now.at)


def round_page(store: Store, attestations: AttestationStore, questions: Questions, round_id: int) -> RoundPage | None:
    """A round with its channels; accounts that have left the register, and questions no longer asked, are left out."""
    asked = attestations.round(round_id)
    if asked is None:
        return None
    wanted: dict[int, list[Question]] = {}
    for account_id, question in asked.items:
        if question in questions.every:
            wanted.setdefault(account_id, []).append(questions.every[question])
    return RoundPage(round=asked, channels=_channels(store, asked, wanted))


def about(page: RoundPage, accounts: Collection[int]) -> RoundPage:
    """The page with these accounts alone."""
    return replace(page, channels=tuple(each for each in page.channels if each.account.id in accounts))


def _channels(store: Store, asked: AskedRound, wanted: Mapping[int, Sequence[Question]]) -> tuple[Channel, ...]:
    """The accounts of a round that are still in the register, each with what is known of it."""
    known, stated = store.circumstances_of(wanted), store.statements_of(list(wanted))
    return tuple(
        Channel(
            account=account,
            questions=tuple(wanted[account.id]),
            open=frozenset(each.id for each in wanted[account.id] if (account.id, each.id) in asked.open),
            answers=known[account.id].answers,
            last_seen_at=known[account.id].last_seen_at,
            last_look=store.last_observation(account.id),
            last_stated=next(iter(stated.get(account.id, ())), None),
        )
        for account in store.accounts(ids=wanted)
    )


def answer(
    store: Store,
    attestations: AttestationStore,
    instruments: Instruments,
    grammars: tuple[Grammar, ...],
    reply: Reply,
) -> Answered:
    """Keep what somebody answers. Raises `AnswerRefused`, or `StatementRefused` for a link; then nothing is kept."""
    questions = instruments.rulebook.questions
    account = next(iter(store.accounts(ids=[reply.account_id])), None)
    if account is None:
        raise AnswerRefused(said("refused.no_account", number=reply.account_id))
    answers = _answers(account, questions, reply)
    if not reply.link.strip():
        attestations.keep_answers(answers)
        return Answered(account=account, answers=answers)
    taken = paste(store, instruments, grammars, reply.link, account.id, reply.word, answers)
    return Answered(account=account, answers=answers, taken=taken)


def _answers(account: Account, questions: Questions, reply: Reply) -> tuple[Answer, ...]:
    if not reply.word.by.strip():
        raise AnswerRefused(said("refused.who_answers"))
    linked = {each.id: True for each in questions.every.values() if each.takes_link and reply.link.strip()}
    given = {**linked, **reply.answers}
    if not given:
        raise AnswerRefused(said("refused.attest.nothing"))
    for question, yes in given.items():
        _check(question, account, questions, is_contradicted=bool(reply.link.strip()) and not yes)
    return tuple(
        Answer(
            account_id=account.id,
            question=question,
            yes=yes,
            by=reply.word.by.strip(),
            at=reply.word.at,
            note=reply.note.strip(),
            source_url=reply.link.strip() or None if question in linked else None,
        )
        for question, yes in given.items()
    )


def _check(question: str, account: Account, questions: Questions, *, is_contradicted: bool) -> None:
    """Raises `AnswerRefused` where the account is not asked that, or where a "no" comes with the link of a post."""
    known = questions.every.get(question)
    if known is None or not known.applies_to(account):
        asked = ", ".join(each.id for each in questions.every.values() if each.applies_to(account)) or "nothing"
        raise AnswerRefused(said("refused.attest.not_asked", question=question, name=account.name, asked=asked))
    if known.takes_link and is_contradicted:
        raise AnswerRefused(said("refused.attest.both", question=question))


def hand_over(attestations: AttestationStore, round_id: int, given: HandOver) -> None:
    """Let a colleague answer: for one account, or for the whole round. Raises `AnswerRefused`."""
    asked = attestations.round(round_id)
    if asked is None:
        raise AnswerRefused(said("refused.attest.none", number=round_id))
    if not given.to or not given.by:
        raise AnswerRefused(said("refused.attest.hand"))
    if given.account_id is not None and given.account_id not in {account for account, _ in asked.items}:
        raise AnswerRefused(said("refused.attest.elsewhere", number=given.account_id, round=round_id))
    attestations.hand_over(round_id, given)
