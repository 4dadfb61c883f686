"""`rules.toml`, read and checked: the city's routine as a table of `Routine`s.

text ─▶ Rulebook(routines, every, guard, city, questions) | BadRules with rule, key, line and remedy
          └ routines      the rules' own tables                └ windows       windows, exemptions, questions
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from audits.attesting import Questions
from audits.health import Guard
from audits.rulebook import Routine
from audits.wording.said import said
from config.declaring import BadRules, Declared
from config.files import read_text
from config.routines import City, read_routine
from config.windows import attested_questions, read_questions, with_exemptions, with_windows

PATH = Path(__file__).parent / "rules.toml"
SECTIONS = frozenset({"city", "guard", "rule", "window", "exemption", "question", "attestation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The city's routine: rules by id, the guard against mass changes, what the city is called, and its questions."""

    routines: Mapping[str, Routine]
    every: Mapping[str, Routine] = field(default_factory=dict)  # those that are switched off among them
    guard: Guard
    city: City
    questions: Questions = field(default_factory=Questions)
    text: str = field(default="", repr=False)  # as it was read, to be kept with what changed

    def titles(self, language: str) -> dict[str, str]:
        """What people call each rule, by its id: also one that is switched off, or that only the shipped file names."""
        every = {**_shipped(), **self.every}
        return {rule: routine.title.get(language, rule) for rule, routine in every.items()}


@cache
def _shipped() -> Mapping[str, Routine]:
    return load_rules().every


def load_rules(path: Path = PATH) -> Rulebook:
    """Read a rules file. Raises `BadRules` or `BadFile`."""
    return read_rules(read_text(path), path.name)


def read_rules(text: str, name: str = "rules.toml") -> Rulebook:
    """Read rules from their TOML text. Raises `BadRules`."""
    declared = Declared(text, name)
    declared.known_sections(SECTIONS)
    city = _city(declared)
    every = {table.name: read_routine(table, city) for table in declared.tables("rule")}
    ruled = with_exemptions(with_windows(every, declared), declared)
    enabled = {
        table.name: ruled[table.name] for table in declared.tables("rule") if table.truth("enabled", default=True)
    }
    questions = read_questions(declared)
    attested_questions(enabled, questions, declared)
    guard = _guard(declared)
    if not enabled:
        raise _empty(declared, switched_off=bool(every))
    return Rulebook(routines=enabled, every=ruled, guard=guard, city=city, questions=questions, text=text)


def _empty(declared: Declared, *, switched_off: bool) -> BadRules:
    """The refusal of a file by which nothing would be judged: emptied by a slip or a full disk, or with every rule
    switched off, it would take every case with it.
    """
    line = max(len(declared.lines), 1)
    what = said("declared.all_off" if switched_off else "declared.no_rule")
    return BadRules(said("declared.on_line", file=declared.name, line=line, what=what))


def _city(declared: Declared) -> City:
    table = declared.table("city")
    table.known({"names", "domains"})
    return City(names=table.list_of_words("names"), domains=table.list_of_words("domains"))


def _guard(declared: Declared) -> Guard:
    table, usual = declared.table("guard"), Guard()
    table.known({"share", "least", "nights"})
    share = table.entry.get("share", usual.share)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
        raise table.bad(said("declared.share", value=share), "share")
    least, nights = (
        table.count(name, table.entry.get(name, getattr(usual, name)), least=1) for name in ("least", "nights")
    )
    return Guard(share=float(share), least=least, nights=nights)


__all__ = ["PATH", "BadRules", "City", "Rulebook", "load_rules", "read_rules"]
