"""What stands beside the rules: windows of days, exemptions by decision, and questions that only people can answer.

[window.election]   first, last, suspend = [rules], limits.<rule> = {…}
[[exemption]]       rules, accounts or kinds, reason, decided_by, until
[question.…]        what administrations are asked, how often, and whose sentence it is
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from audits.attesting import AT_A_TIME, Question, Questions, Reach
from audits.model import AddressKind
from audits.rulebook import Exemption, Routine, Window
from audits.wording.said import said
from config.declaring import Declared, Table
from config.routines import kinds_of, platforms_of, sharpened

_WINDOW = frozenset({"first", "last", "suspend", "limits", "reason"})
_EXEMPTION = frozenset({"rules", "accounts", "kinds", "reason", "decided_by", "until"})
_QUESTION = frozenset({
    "title", "source", "every_days", "main_every_days", "answer_days", "of", "takes_link", "platforms", "kinds", "code",
})  # fmt: skip
_NUMBER = re.compile(r"#?(\d+)", re.ASCII)
# An account's key, and no web address: "x:almestad".
_KEY = re.compile(r"(?!https?:)[a-z][a-z0-9_]*:(?!//).+", re.DOTALL)
_YEARLY = re.compile(r"(\d\d)-(\d\d)")  # a month and a day: "06-15"


def with_windows(routines: Mapping[str, Routine], declared: Declared) -> dict[str, Routine]:
    """The routines, each with the windows that suspend or sharpen it. Raises `BadRules`."""
    found = dict(routines)
    for table in declared.tables("window"):
        for rule, window in _windows(table, routines):
            found[rule] = replace(found[rule], windows=(*found[rule].windows, window))
    return found


def _windows(table: Table, routines: Mapping[str, Routine]) -> Iterator[tuple[str, Window]]:
    table.known(_WINDOW)
    first, last = _day(table, "first"), _day(table, "last")
    if isinstance(first, date) is not isinstance(last, date):
        raise table.bad(said("declared.one_year"), "last")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise table.bad(said("declared.backwards", first=first, last=last), "last")
    window = Window(id=table.name, reason=table.words("reason") or table.name, first=first, last=last)
    for rule in _known(table, "suspend", table.list_of_words("suspend"), routines):
        yield rule, window
    limits = table.entries_of("limits")
    for rule in _known(table, "limits", limits, routines):
        yield rule, replace(window, limits=sharpened(table, routines[rule], limits[rule]))


def _day(table: Table, key: str) -> date | tuple[int, int]:
    value = table.entry.get(key)
    if type(value) is date:
        return value
    found = _YEARLY.fullmatch(value) if isinstance(value, str) else None
    if found:
        month, day = int(found[1]), int(found[2])
        try:
            date(2028, month, day)  # a leap year, so that 29 February is a day
        except ValueError as error:
            raise table.bad(said("declared.no_yearly_day", key=key, value=value), key) from error
        return month, day
    raise table.bad(said("declared.day_or_yearly", key=key, value=value), key)


def with_exemptions(routines: Mapping[str, Routine], declared: Declared) -> dict[str, Routine]:
    """The routines, each with the decisions that free accounts of it. Raises `BadRules`."""
    found = dict(routines)
    for table in declared.rows("exemption"):
        exemption = _exemption(table)
        for rule in _known(table, "rules", table.list_of_words("rules"), routines):
            found[rule] = replace(found[rule], exemptions=(*found[rule].exemptions, exemption))
    return found


def _exemption(table: Table) -> Exemption:
    table.known(_EXEMPTION)
    accounts = table.entry.get("accounts", [])
    if not isinstance(accounts, list) or not all(isinstance(each, str | int) for each in accounts):
        raise table.bad(said("declared.accounts", key="accounts"), "accounts")
    exemption = Exemption(
        reason=table.words("reason"),
        decided_by=table.words("decided_by"),
        accounts=frozenset(_in_the_register(table, str(each)) for each in accounts),
        kinds=kinds_of(table),
        until=table.day("until"),
    )
    for key in ("reason", "decided_by"):
        if not table.words(key).strip():
            raise table.bad(said("declared.exemption", key=key), key)
    if not exemption.accounts and not exemption.kinds:
        raise table.bad(said("declared.frees_nobody"), "accounts")
    return exemption


def _in_the_register(table: Table, given: str) -> str:
    """The number or the key that names an account; an address where it is certain whose it is. Raises `BadRules`."""
    if number := _NUMBER.fullmatch(given.strip()):
        return number[1]
    if _KEY.fullmatch(given.strip()):
        return given.strip()
    from audits.addresses import identify  # by far the most exemptions name a key, and need no grammar
    from audits.platforms import GRAMMARS

    address = identify(given, None, GRAMMARS)
    if address.kind is AddressKind.PROFILE and address.key:
        return address.key
    raise table.bad(said("declared.no_account_named", value=given), "accounts")


def read_questions(declared: Declared) -> Questions:
    """What administrations are asked. Raises `BadRules`."""
    attestation = declared.table("attestation")
    attestation.known({"main", "accounts_a_week"})
    main = attestation.entry.get("main", [])
    if not isinstance(main, list) or not all(isinstance(each, str | int) for each in main):
        raise attestation.bad(said("declared.accounts", key="main"), "main")
    every = {table.name: _question(table) for table in declared.tables("question")}
    at_a_time = attestation.count("accounts_a_week", attestation.entry.get("accounts_a_week", AT_A_TIME), least=1)
    return Questions(every=every, main=frozenset(map(str, main)), at_a_time=at_a_time)


def _question(table: Table) -> Question:
    table.known(_QUESTION)
    entry: Mapping[str, Any] = table.entry
    main = entry.get("main_every_days")
    return Question(
        id=table.name,
        title=table.in_languages("title", needed=True),
        source=table.words("source"),
        every_days=table.count("every_days", entry.get("every_days", 90), least=1),
        main_every_days=None if main is None else table.count("main_every_days", main, least=1),
        answer_days=table.count("answer_days", entry.get("answer_days", 14), least=1, most=90),
        of=table.choice("of", Reach, entry.get("of", "unseen")),
        takes_link=table.truth("takes_link", default=False),
        platforms=platforms_of(table),
        kinds=kinds_of(table),
        code=table.words("code"),
    )


def attested_questions(routines: Mapping[str, Routine], questions: Questions, declared: Declared) -> None:
    """A rule about an answer must ask a question that is asked. Raises `BadRules`."""
    for table in declared.tables("rule"):
        routine = routines.get(table.name)
        asked = routine.limits.get("question") if routine else None
        if asked is not None and asked not in questions.every:
            known = ", ".join(questions.every) or "–"
            raise table.bad(said("declared.question", name=asked, known=known), "question")


def _known(table: Table, key: str, rules: Collection[str], routines: Mapping[str, Routine]) -> Collection[str]:
    for rule in rules:
        if rule not in routines:
            raise table.bad(said("declared.rule", key=key, name=rule, known=", ".join(sorted(routines))), rule)
    return rules
