"""What the doctor says of the rules: whether they can be used, and whom their exemptions name.

rules.toml ─▶ Answer        where the database answers: rules that the file has lost while cases wait for them,
                            exemptions that meet no account
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from audits.exempting import unmet
from audits.rulebook import Routine
from audits.wording.said import said
from config.own_words import lacking
from config.rules import PATH, Rulebook, load_rules
from config.settings import Settings
from worker.doctor.answer import Answer
from worker.ports import StoreUnavailable
from worker.steps.ruling import waiting_for
from worker.storage.deciding import SqlDecisions
from worker.wiring import has_database, open_store


def rules_answer(settings: Settings) -> Answer:
    """Whether the rules can be used. Raises `BadRules` or `BadFile` where they cannot."""
    book = load_rules(settings.rules_file or PATH)
    told = said("doctor.rules", count=len(book.routines), city=", ".join(book.city.names))
    try:
        lost, strangers = _lost(settings, book), _freed_strangers(settings, book.routines)
    except StoreUnavailable:
        unchecked, remedy = said("doctor.rules.unchecked", told=told), said("doctor.unasked.remedy")
        return Answer(what="rules", state="ageing", told=unchecked, remedy=remedy)
    if lost:
        return Answer(what="rules", state="ageing", told=lost, remedy=said("doctor.rules.lost.remedy"))
    if strangers:
        return Answer(what="rules", state="ageing", told=strangers, remedy=said("doctor.rules.unmet.remedy"))
    if not (waiting := lacking(book.routines.values())):
        return Answer(what="rules", state="well", told=told)
    lack = said("doctor.rules.lack", told=told, count=waiting)
    return Answer(what="rules", state="well", told=lack, remedy=said("doctor.rules.remedy"))


def _lost(settings: Settings, book: Rulebook) -> str:
    """The rules that the file has lost, and how many cases wait for each; "" where it has lost none."""
    if not has_database(settings):
        return ""
    with closing(open_store(settings)) as store:
        waiting = waiting_for(SqlDecisions(store.db).open_cases(), book)
    named = ", ".join(f"{rule} ({count})" for rule, count in waiting.items())
    return said("doctor.rules.lost", named=named) if named else ""


def _freed_strangers(settings: Settings, routines: Mapping[str, Routine]) -> str:
    """The accounts that exemptions name and the register does not have; "" where there are none, or no register."""
    if not any(each.exemptions for each in routines.values()) or not has_database(settings):
        return ""
    with closing(open_store(settings)) as store:
        found = unmet(routines, store.each_account())
    named = ", ".join(f"{each.named} ({' / '.join(each.near)}?)" if each.near else each.named for each in found)
    return said("doctor.rules.unmet", named=named) if found else ""
