"""A TOML text that knows on which line each of its tables stands, so that a complaint can say so.

text ─Declared▶ .tables(section) ─▶ Table(name, entry) ─▶ values of the wanted kind | BadRules with line and remedy
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from audits.languages import LANGUAGES
from audits.wording.said import Called, Said, said
from config.toml import parsed
from config.unusable import Unusable

E = TypeVar("E", bound=StrEnum)
_WRITTEN_IN = ("sv", "en")  # whatever a city has declared so far
MOST_DAYS = 3660  # ten years: a longer limit is a slip of the finger


class BadRules(Unusable):
    """The rules cannot be used; the message says where, what was there and what would do."""


class Declared:
    """A rules file's text, parsed."""

    def __init__(self, text: str, name: str) -> None:
        self.lines, self.name = text.splitlines(), name
        self.entries = parsed(text, name, BadRules)

    def known_sections(self, known: Collection[str]) -> None:
        for section in self.entries:
            if section not in known:
                line = self.line_of(f"[{section}", f"[[{section}", section)
                what = said("declared.unknown_table", name=section, known=", ".join(sorted(known)))
                raise BadRules(said("declared.on_line", file=self.name, line=line, what=what))

    def tables(self, section: str) -> Iterator[Table]:
        """The tables `[section.name]`, in the order declared."""
        for name, entry in self.table(section).entry.items():
            table = Table(self, section, name, entry if isinstance(entry, dict) else {})
            if not isinstance(entry, dict):
                raise table.bad(said("declared.no_table", value=entry, form=f"[{section}.{name}]"))
            yield table

    def table(self, section: str) -> Table:
        """The one table `[section]`, empty where there is none."""
        entry = self.entries.get(section, {})
        table = Table(self, section, "", entry if isinstance(entry, dict) else {})
        if not isinstance(entry, dict):
            raise table.bad(said("declared.no_table", value=entry, form=f"[{section}]"))
        return table

    def rows(self, section: str) -> Iterator[Table]:
        """The rows `[[section]]`."""
        rows = self.entries.get(section, [])
        if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            raise Table(self, section, "", {}).bad(said("declared.rows", form=f"[[{section}]]"))
        for at, entry in enumerate(rows, 1):
            yield Table(self, section, str(at), entry, row=at)

    def line_of(self, *beginnings: str, nth: int = 1) -> int:
        """Number of the nth line that begins so; 1 where none does."""
        found = [at for at, line in enumerate(self.lines, 1) if line.lstrip().startswith(beginnings)]
        return found[nth - 1] if len(found) >= nth else 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the text; every wrong value is refused by its name and line."""

    text: Declared
    section: str
    name: str
    entry: Mapping[str, Any]
    row: int = 0

    def known(self, keys: Collection[str]) -> None:
        for key in self.entry:
            if key not in keys:
                raise self.bad(said("declared.unknown_key", name=key, known=", ".join(sorted(keys))), key)

    def words(self, key: str) -> str:
        value = self.entry.get(key, "")
        if not isinstance(value, str):
            raise self.bad(said("declared.no_text", key=key, value=value), key)
        return value

    def list_of_words(self, key: str) -> tuple[str, ...]:
        value = self.entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise self.bad(said("declared.no_list", key=key, value=value), key)
        return tuple(value)

    def in_languages(self, key: str, *, needed: bool = False) -> Mapping[str, str]:
        """What is said, by language."""
        value = self.entries_of(key)
        if not all(isinstance(each, str) for each in value.values()):
            raise self.bad(said("declared.languages", key=key), key)
        missing = sorted(set(_WRITTEN_IN) - value.keys()) if needed else []
        if missing:
            raise self.bad(said("declared.missing", key=f"{key}.{missing[0]}"), key)
        return in_every(value)

    def entries_of(self, key: str) -> Mapping[str, Any]:
        value = self.entry.get(key, {})
        if not isinstance(value, dict):
            raise self.bad(said("declared.key_no_table", key=key, value=value), key)
        return value

    def truth(self, key: str, *, default: bool) -> bool:
        value = self.entry.get(key, default)
        if not isinstance(value, bool):
            raise self.bad(said("declared.no_truth", key=key, value=value), key)
        return value

    def count(self, key: str, value: object, *, least: int = 0, most: int = MOST_DAYS) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(said("declared.no_whole", key=key, value=value), key)
        if value < least:
            raise self.bad(said("declared.below", key=key, value=value, least=least), key)
        if value > most:
            raise self.bad(said("declared.above", key=key, value=value, most=most), key)
        return value

    def choice(self, key: str, kind: type[E], value: Any) -> E:
        try:
            return kind(value)
        except ValueError as error:
            known = ", ".join(each.value for each in kind)
            raise self.bad(said("declared.no_choice", key=key, value=value, known=known), key) from error

    def day(self, key: str) -> date | None:
        value = self.entry.get(key)
        if value is None or type(value) is date:
            return value
        raise self.bad(said("declared.no_day", key=key, value=value), key)

    def bad(self, complaint: Said, key: str = "") -> BadRules:
        """The refusal of this table, behind file, line and name."""
        line = self._line(key)
        return BadRules(said("declared.in_table", file=self.text.name, line=line, table=self._called(), what=complaint))

    def _called(self) -> str:
        """What people call the table: a rule by its title, others by the name they have in the file."""
        if self.row or not self.name:
            return self.section
        title = self.entry.get("title")
        if self.section == "rule" and title and isinstance(title, dict) and all(map(_is_text, title.values())):
            return said("declared.table.titled", name=self.name, title=Called(title))
        return said(f"declared.table.{self.section}", name=self.name)

    def _line(self, key: str) -> int:
        if self.row:
            start = self.text.line_of(f"[[{self.section}]]", nth=self.row)
        else:
            start = self.text.line_of(f"[{self.section}{'.' if self.name else ''}{self.name}")
        return next((at for at in self._lines_from(start) if key and key in self.text.lines[at - 1]), start)

    def _lines_from(self, start: int) -> Iterator[int]:
        """The numbers of the table's lines, those of the tables below it included."""
        own = f"[{self.section}{'.' if self.name else ''}{self.name}"
        for at in range(start, len(self.text.lines) + 1):
            line = self.text.lines[at - 1].lstrip()
            if at > start and line.startswith("[") and (self.row or not line.startswith(own)):
                return
            yield at


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def in_every(value: Mapping[str, str], languages: Collection[str] = LANGUAGES) -> Mapping[str, str]:
    """The same, where a language that came to Kanalkoll after the file was written is told as the first is."""
    newer = set(languages) - set(_WRITTEN_IN) if LANGUAGES[0] in value else ()
    return {**dict.fromkeys(newer, value.get(LANGUAGES[0], "")), **value}
