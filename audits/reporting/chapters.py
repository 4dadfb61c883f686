"""Tables that a report holds beside the accounts.

attested      accounts that somebody vouches for in their own name
closings      accounts that somebody has decided to close, until they are: decisions, no remarks
held_changes  changes too many at once to be believed, which wait for a person
ruled         rules that the city has turned on or off, or changed
unanswered    questions that had no answer in time: no remarks
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from audits.attesting import ASKED_ON, DUE_ON
from audits.model import STATED_BY, Stated
from audits.reporting.sources import source_of
from audits.reporting.values import Cell, Chapter, Dossier, Line, Section
from audits.rulebook import Routine
from audits.wording import Terms, phrase
from audits.wording.dates import long_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """On one platform and rule, so many accounts changed at once, of so many that could be decided."""

    platform: str
    title: str
    changed: int
    seen: int
    accounts: tuple[str, ...] = ()  # of which nobody has been told, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTurn:
    """A rule that counts otherwise from a day of the city's on; `how`: added, removed or changed.

    `routine` is as it stands or last stood, None of one that nobody can read any more.
    """

    on: date
    how: str
    rule: str
    routine: Routine | None = None


def attested(dossiers: Iterable[Dossier], terms: Terms) -> Iterator[Chapter]:
    """The accounts of which somebody stated something that counts; no chapter where there are none."""
    rows = tuple(row for each in dossiers for row in _stated(each, terms))
    if rows:
        yield chapter("attested", ("account", "platform", "administration", "latest", "by", "on"), rows, terms)


def _stated(dossier: Dossier, terms: Terms) -> Iterator[tuple[Cell, ...]]:
    account = dossier.account
    said = next((finding.seen for finding, _ in dossier.findings if finding.stated_by), None)
    if said is not None:
        yield (
            Cell(text=account.name, link=f"#a{account.id}"),
            Cell(text=terms.label(account.platform)),
            Cell(text=account.administration or phrase("report.none", terms.language)),
            Cell(text=said.get(Stated.LATEST_POST, "")),
            Cell(text=said[STATED_BY]),
            Cell(text=said.get("stated_on", "")),
        )


def unanswered(sections: Iterable[Section], terms: Terms) -> Iterator[Chapter]:
    """The questions that had no answer in time, by administration; no chapter where there are none."""
    rows = tuple(_question(line, each.administration, terms) for each in sections for line in each.questions)
    if rows:
        columns = ("administration", "account", "platform", "what", "asked_on", "answer_by", "answer")
        yield chapter("unanswered", columns, rows, terms)


def _question(line: Line, administration: str, terms: Terms) -> tuple[Cell, ...]:
    answer, language = line.answer, terms.language
    answered = f"{phrase(f'answer.{answer.state}', language)} {answer.by}" if answer and answer.by else ""
    return (
        Cell(text=administration),
        Cell(text=line.account.name, link=f"#a{line.account.id}"),
        Cell(text=line.platform),
        Cell(text=line.title),
        Cell(text=line.seen.get(ASKED_ON, "")),
        Cell(text=line.seen.get(DUE_ON, "")),
        Cell(text=answered or phrase("answer.none", language)),
    )


def closings(dossiers: Iterable[Dossier], terms: Terms) -> Iterator[Chapter]:
    """The accounts whose closing is decided and under way, by their days; no chapter where there are none."""
    decided = [(each.closing, each.account) for each in dossiers if each.closing is not None]
    rows = tuple(
        (
            Cell(text=account.name, link=f"#a{account.id}"),
            Cell(text=terms.label(account.platform)),
            Cell(text=account.administration or phrase("report.none", terms.language)),
            Cell(text=long_day(closing.closes_on, terms.language)),
            Cell(text=closing.by),
            Cell(text=closing.reason),
        )
        for closing, account in sorted(decided, key=lambda pair: pair[0].closes_on)
    )
    if rows:
        yield chapter(
            "closings", ("account", "platform", "administration", "closes", "decided_by", "decided_why"), rows, terms
        )


def held_changes(held: Sequence[Held], terms: Terms) -> Iterator[Chapter]:
    """What waits for a person; no chapter where nothing does."""
    rows = tuple(
        (
            Cell(text=terms.label(each.platform)),
            Cell(text=each.title),
            Cell(text=str(each.changed)),
            Cell(text=str(each.seen)),
            Cell(text=", ".join(each.accounts)),
        )
        for each in held
    )
    if rows:
        yield chapter("held", ("platform", "what", "changed", "seen", "accounts"), rows, terms)


def ruled(turns: Sequence[RuleTurn], terms: Terms) -> Iterator[Chapter]:
    """Which rules count otherwise than before, each with the sentence of the routine; no chapter where none does."""
    if turns:
        rows = tuple(_ruled(each, terms) for each in turns)
        yield chapter("ruled", ("rule", "turned", "platform", "routine"), rows, terms)


def _ruled(turn: RuleTurn, terms: Terms) -> tuple[Cell, ...]:
    routine = turn.routine
    title = routine.title.get(terms.language, turn.rule) if routine else terms.title(turn.rule)
    platforms = sorted(map(terms.label, routine.platforms)) if routine else ()
    return (
        Cell(text=title),
        Cell(text=phrase(f"ruled.{turn.how}", terms.language, on=long_day(turn.on, terms.language))),
        Cell(text=", ".join(platforms) or phrase("ruled.everywhere", terms.language)),
        Cell(text=source_of(routine, terms.language) if routine else ""),
    )


def chapter(
    key: str, columns: Iterable[str], rows: tuple[tuple[Cell, ...], ...], terms: Terms, lead: str = ""
) -> Chapter:
    """A table under the words of its key; with `lead`, under that sentence."""
    return Chapter(
        key=key,
        title=phrase(f"chapter.{key}", terms.language),
        lead=lead or phrase(f"chapter.{key}_lead", terms.language),
        columns=tuple(phrase(f"column.{name}", terms.language) for name in columns),
        rows=rows,
    )
