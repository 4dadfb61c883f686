"""A report as rows of a table, for spreadsheets: every account, and a row more for each further thing told of it.

Report ─findings▶ accounts and lines · ─coverage▶ platforms · ─mended▶ what was mended · ─chapters▶ tables of others
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from audits.days import day_of
from audits.reporting import READ_FROM, Answer, Life, Line, Report, counted, left_out, read_as
from audits.wording import phrase
from audits.wording.dates import written_day

Value: TypeAlias = str | int | date | None

_OF_AN_ACCOUNT: Final = (
    "number", "administration", "unit", "account", "platform", "address", "standing", "why", "remedies", "looked",
    "route", "latest",
)  # fmt: skip
_OF_A_LINE: Final = (
    "severity", "what", "seen_values", "since", "told_at", "routine", "fix", "due", "due_days", "answer", "by",
    "answered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its headings and its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A report in tables; days are those of `zone`."""

    report: Report
    zone: ZoneInfo

    def findings(self) -> Sheet:
        """Every account, in the order of the register; one with several things told of it has several rows."""
        rows = [row for life in self.report.lives for row in self._of_life(life)]
        return Sheet(self._say("column.accounts"), self._headings((*_OF_AN_ACCOUNT, *_OF_A_LINE)), rows)

    def sheets(self) -> Iterator[Sheet]:
        """Everything that the report tells, the accounts first."""
        yield self.findings()
        yield self._coverage()
        yield self._openings()
        yield self._mended()
        for chapter in self.report.chapters:
            yield Sheet(
                chapter.title,
                chapter.columns,
                [[written_day(cell.text) or cell.text for cell in row] for row in chapter.rows],
            )

    def _of_life(self, life: Life) -> Iterator[Sequence[Value]]:
        for line in life.lines or (None,):
            yield (*self._account(life), *self._line(line))

    def _account(self, life: Life) -> tuple[Value, ...]:
        account, unread = life.account, life.unread
        return (
            account.id,
            account.administration,
            account.unit,
            account.name,
            life.platform,
            account.address,
            self._say(f"standing.{life.standing}"),
            self._why(unread.sentence) if unread else None,
            "; ".join(self._say(f"remedy.{each}") for each in unread.remedies) if unread else None,
            self._day(life.looked_at),
            self._say(f"route.{life.route}") if life.route else None,
            self._day(life.last_post),
        )

    def _why(self, sentence: str) -> str:
        """Why it was not read, without the words that the heading of its column says."""
        said = phrase("unread.because", self.report.terms.language, why="", left="").rstrip()
        return sentence.removeprefix(said).lstrip()

    def _line(self, line: Line | None) -> tuple[Value, ...]:
        if line is None:
            return (None,) * len(_OF_A_LINE)
        answer = line.answer
        return (
            self._say(f"severity.{'question' if line.is_unanswered else line.severity.value}"),
            line.title,
            "; ".join(self._seen(line)),
            self._day(line.since),
            self._day(line.confirmed_at),
            line.source,
            line.fix,
            None if line.is_unanswered else line.due_on,
            None if line.is_unanswered else line.due_days,
            self._answered(answer),
            answer.by if answer else None,
            self._day(answer.at) if answer and answer.by else None,
        )

    def _answered(self, answer: Answer | None) -> str:
        """What was answered; who did stands in a column of its own."""
        if answer is None or not answer.by:
            return self._say("answer.none")
        told = self._say(f"terminal.value.{answer.state.value}")
        return f"{told[:1].upper()}{told[1:]}"

    def _seen(self, line: Line) -> Iterator[str]:
        """What was seen, each by its name; a day as a table has it."""
        on, language = day_of(line.observed_at, self.zone).isoformat(), self.report.terms.language
        for name in line.seen:
            if name != READ_FROM:
                yield f"{self._say(f'seen.{name}')}: {counted(name, read_as(name, line.seen, language), on, language)}"
        yield from filter(None, (left_out(line.seen, language),))

    def _coverage(self) -> Sheet:
        columns = self._headings(("platform", "accounts", "read", "not_read", "why"))
        rows = [
            (
                each.platform,
                each.accounts,
                each.read,
                each.accounts - each.read,
                ", ".join(f"{self._say(f'short.{why}')}: {count}" for why, count in each.unread.items()),
            )
            for each in self.report.coverage
        ]
        return Sheet(self._say("report.coverage"), columns, rows)

    def _openings(self) -> Sheet:
        columns = self._headings(("step", "accounts", "price"))
        rows = [
            (f"{each.text[:1].upper()}{each.text[1:]}", each.opens, each.price or self._say("openings.free"))
            for each in self.report.openings
        ]
        return Sheet(self._say("sheet.openings"), columns, rows)

    def _mended(self) -> Sheet:
        columns = self._headings(("number", "administration", "account", "platform", "what", "verified"))
        rows = [
            (
                each.account.id, each.account.administration, each.account.name, each.platform, each.title,
                self._day(each.at),
            )
            for each in self.report.mended
        ]  # fmt: skip
        return Sheet(self._say("report.mended"), columns, rows)

    def _headings(self, names: Sequence[str]) -> list[str]:
        return [self._say(f"column.{name}") for name in names]

    def _day(self, at: datetime | None) -> date | None:
        return day_of(at, self.zone) if at else None

    def _say(self, key: str) -> str:
        return phrase(key, self.report.terms.language)
