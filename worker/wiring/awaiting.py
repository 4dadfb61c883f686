"""What waits for a person's word, as letters tell it.

candidates that are asked about ─▶ questions, by administration
held changes, a list that lost much at once ─▶ the officer's lines, each with the command that lets it through
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audits.days import day_of
from audits.digest import Fact, Question, first_of
from audits.platforms import GRAMMARS
from audits.reading.scrub import one_line
from audits.triage import About, CandidateState, answer_in_words, channel_in_words
from audits.wording import phrase
from worker.ports import HeldChange
from worker.ports.triage import Copied
from worker.steps.triage import Waiting
from worker.storage.lists import SqlLists
from worker.wiring import Deployment
from worker.wiring.holding import Holding
from worker.wiring.reconciling import Reconciling


def asked_about(deployment: Deployment) -> Mapping[str, Sequence[Question]]:
    """The channels that each administration is asked about: it has not answered, and nobody has decided on them or
    registered them since.
    """
    found: dict[str, list[Question]] = {}
    for each in Reconciling(deployment).waiting((CandidateState.ASKED,)):
        owner = each.candidate.administration
        if owner and each.candidate.about is About.NEW and each.answer is None:
            found.setdefault(owner, []).append(_question(each, deployment))
    return found


def how_found(waiting: Waiting, language: str) -> str:
    """Where a channel is, which page names it, and before that what an administration has answered."""
    candidate, pages = waiting.candidate, waiting.evidence.pages
    found = phrase(f"discovery.{candidate.origin.value}", language)
    where = channel_in_words(candidate, GRAMMARS)
    told = f"{where} · {found} {pages[0]}" if pages else f"{found} {where}"
    return f"{answer_in_words(waiting.answer, language)} · {told}" if waiting.answer else told


def _question(asked: Waiting, deployment: Deployment) -> Question:
    candidate, pages = asked.candidate, asked.evidence.pages
    asked_at = candidate.changed_at or candidate.first_seen_at
    return Question(
        candidate=candidate.id or 0,
        name=candidate.name or candidate.key,
        url=candidate.url,
        origin=candidate.origin.value,
        where=pages[0] if pages else "",
        on=day_of(asked_at, deployment.settings.zone),
    )


def mass_changes(deployment: Deployment, language: str) -> Sequence[Fact]:
    """What is held because too many changed at once."""
    return [*_on_the_list(deployment, language), *(_line(deployment, language, each) for each in _held(deployment))]


def doubted(deployment: Deployment) -> frozenset[int]:
    """The accounts of which something is held back because too many changed at once."""
    return frozenset(account.id for held in _held(deployment) for account in held.accounts)


def _held(deployment: Deployment) -> Sequence[HeldChange]:
    return Holding(deployment).waiting()


def _line(deployment: Deployment, language: str, held: HeldChange) -> Fact:
    platform = deployment.instruments.platforms.get(held.platform)
    title = deployment.instruments.rulebook.titles(language).get(held.rule, held.rule)
    command = f"kanalkoll held believe {held.platform} {held.rule} --by … --reason …"
    told = phrase("overview.held.line", language, title=title, changed=held.changed, seen=held.seen, command=command)
    text = f"{told} {_whose(held, language)}" if held.accounts else told
    return Fact(label=platform.called(language) if platform else held.platform, text=text)


def _whose(held: HeldChange, language: str) -> str:
    """The first accounts of which it waits, by name and number: without them nobody can see whether it is true."""
    names = [f"{one_line(each.name, 60)} ({each.id})" for each in held.accounts]
    return phrase("overview.held.accounts", language, accounts=first_of(names, language))


def _on_the_list(deployment: Deployment, language: str) -> Iterator[Fact]:
    last = SqlLists(deployment.store.db).last_copy(Copied.PUBLISHED)
    if last is not None and last.held is not None:
        missing, standing = last.held
        command = f"kanalkoll public-list diff --remember --confirm-removals {missing}"
        told = phrase("overview.held.list", language, changed=missing, seen=standing, command=command)
        yield Fact(label=phrase("overview.held.of_the_list", language), text=told)
