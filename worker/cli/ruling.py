"""The city's routine as rules: what they are, what a change would do, and what became of those that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from worker.cli.exempting import beside_a_rule, exempted_row
from worker.cli.findings import in_full, titles_in
from worker.cli.showing import (
    Listing,
    as_json,
    deployed,
    print_entries,
    print_json,
    print_json_lines,
    print_table,
    register_store,
    say,
)
from worker.cli.speaking import asked, clock, headings, in_language, label, sentence, spoken, word_for, words

if TYPE_CHECKING:
    from datetime import tzinfo

    from audits.exempting import Unmet
    from audits.rehearsing import Effect, Grade, RuleChanges, Shift
    from audits.rulebook import Routine
    from worker.ports.ruling import RulesVersion
    from worker.steps.ruling import Unjudged
    from worker.wiring.ruling import Rehearsal

_NAMED: Final = 10  # accounts that a rehearsal names by itself
_KINDS: Final = ("created", "removed", "regraded")  # what a change does to a finding

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_every_account = click.option("--accounts", is_flag=True, help="List every account affected, not just ten.")


@click.group(cls=Listing, invoke_without_command=True)
@click.option("--what-if", "file", type=_file, help="The same as: kanalkoll rules what-if FILE")
@_every_account
@in_language
@as_json
@click.pass_context
def rules(context: click.Context, file: Path | None, accounts: bool, json_out: bool) -> None:
    """The city's routine as rules. docs/rules.md explains how to change them."""
    context.default_map = {"what-if": {"accounts": accounts}}
    if file is not None:
        context.invoke(what_if, file=file, accounts=accounts, json_out=json_out)
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@rules.command("list")
@in_language
@as_json
def list_(json_out: bool) -> None:
    """Every rule in use, with its limits, who must act, and the sentence it comes from."""
    from audits.exempting import unmet
    from config.rules import PATH, load_rules
    from config.stated import load_settings
    from worker.steps.ruling import waiting_for
    from worker.storage.deciding import SqlDecisions
    from worker.wiring import has_database

    settings = load_settings()
    book = load_rules(settings.rules_file or PATH)
    routines = book.routines
    if json_out:
        for each in routines.values():
            print_json(_routine_row(each, asked()))
        return
    entries = (_entry(_routine_row(each, spoken()), each) for each in routines.values())
    print_entries(words("rules.title"), entries)
    if has_database(settings):
        store = register_store()
        if waiting := waiting_for(SqlDecisions(store.db).open_cases(), book):
            named = ", ".join(f"{rule} ({count})" for rule, count in waiting.items())
            say(words("rules.lost", named=named))
        _say_unmet(unmet(routines, store.each_account()), book.titles(spoken()))


def _entry(row: Mapping[str, Any], routine: Routine) -> tuple[str, Sequence[str]]:
    days = row["due_days"]
    within = "" if days is None else words("rules.within", count=days)
    severity = word_for("value", row["severity"])
    ways = ", ".join(filter(None, (severity, within, _roles(row["acts"]))))
    own = (f"{label(whose)}: {_limits(limits)}" for whose, limits in row["limits_for"].items())
    return f"{row['rule']}: {row['title']}", (
        ways,
        _limits(row["limits"]),
        *own,
        *beside_a_rule(routine),
        row["source"],
    )


def _roles(acts: str) -> str:
    """Who acts: the roles of a routine, each by its name for people."""
    return words("and").join(word_for("role", each) for each in acts.split(" and "))


def _limits(limits: Mapping[str, Any]) -> str:
    return ", ".join(f"{word_for('limit', name)} {each}" for name, each in limits.items())


def _routine_row(routine: Routine, language: str) -> dict[str, Any]:
    return {
        "rule": routine.id,
        "code": routine.code,
        "title": routine.title.get(language, routine.id),
        "fix": routine.fix.get(language, ""),
        "severity": routine.severity.value,
        "limits": {name: value for name, value in routine.limits.items() if isinstance(value, int)},
        "limits_for": {whose: dict(own) for whose, own in routine.limits_for.items()},
        "platforms": sorted(routine.platforms),
        "kinds": sorted(kind.value for kind in routine.kinds),
        "acts": routine.acts,
        "due_days": routine.due_days,
        "source": routine.source,
        "windows": [window.id for window in routine.windows],
        "exemptions": [exemption.reason for exemption in routine.exemptions],
        "exempted": [exempted_row(exemption) for exemption in routine.exemptions],
    }


@rules.command("what-if")
@click.argument("file", type=_file)
@_every_account
@in_language
@as_json
def what_if(file: Path, accounts: bool, json_out: bool) -> None:
    """Show, per administration, which findings the rules in FILE would create, remove or give another severity.

    The latest check of each account is judged again; nothing is fetched and nothing is written.
    """
    from worker.wiring.ruling import Ruling

    with deployed(asks=False) as deployment:
        rehearsal, titles = Ruling(deployment).what_if(file), titles_in(deployment)
    if json_out:
        print_json(_rehearsal_row(rehearsal))
    else:
        _show_rehearsal(rehearsal, {**titles, **rehearsal.rules.titles(spoken())}, accounts)


def _rehearsal_row(rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "changes": _changes_row(rehearsal.changes),
        "limits": [asdict(each) for each in rehearsal.limits],
        "effects": [_effect_row(each) for each in rehearsal.effects],
        "accounts": rehearsal.grounds.bound,
        "judged": rehearsal.grounds.judged,
        "unmet": [asdict(each) for each in rehearsal.unmet],
        "unjudged": [_unjudged_row(each) for each in rehearsal.unjudged],
    }


def _unjudged_row(unjudged: Unjudged) -> dict[str, Any]:
    kept = unjudged.case
    named = {"case": kept.id, "account": kept.account.id, "name": kept.account.name, "rule": kept.case.rule}
    return {**named, "ends": unjudged.ends}


def _changes_row(changes: RuleChanges) -> dict[str, list[str]]:
    return {"added": list(changes.added), "removed": list(changes.removed), "changed": list(changes.changed)}


def _effect_row(effect: Effect) -> dict[str, Any]:
    regraded = ({"from": _grade_row(each.before), "to": _grade_row(each.after)} for each in effect.regraded)
    return {
        "administration": effect.administration or None,
        "created": [_shift_row(each) for each in effect.created],
        "removed": [_shift_row(each) for each in effect.removed],
        "regraded": [_shift_row(each) | grades for each, grades in zip(effect.regraded, regraded, strict=True)],
    }


def _shift_row(shift: Shift) -> dict[str, Any]:
    return {"account": shift.account_id, "name": shift.name, "rule": shift.rule}


def _grade_row(grade: Grade | None) -> dict[str, str | None] | None:
    return {"level": grade.level or None, "severity": grade.severity.value} if grade else None


def _show_rehearsal(rehearsal: Rehearsal, titles: Mapping[str, str], every_account: bool) -> None:
    """What changes in the rules; what that does to the accounts; what it cannot tell."""
    _say_changes(rehearsal, titles)
    if not rehearsal.changes:
        say(words("rules.same"))
    elif rehearsal.grounds.judged or rehearsal.effects:
        _show_effects(rehearsal.effects, titles, every_account)
        say(words("rules.judged", judged=rehearsal.grounds.judged, count=rehearsal.grounds.bound))
    else:
        say(words("rules.nothing", why=_why_nothing(rehearsal)))
    for each in rehearsal.unjudged:
        say(_unjudged(each, titles))
    _say_unmet(rehearsal.unmet, titles)


def _say_changes(rehearsal: Rehearsal, titles: Mapping[str, str]) -> None:
    """The rules that come, go or change, then each limit as it was and would be."""
    for what, named in _changes_row(rehearsal.changes).items():
        if named:
            say(words(f"rules.{what}", rules=_named(named, titles)))
    for each in rehearsal.limits:
        whose = f" ({label(each.whose)})" if each.whose else ""
        what, limit = titles.get(each.rule, each.rule), word_for("limit", each.name)
        say(f"  {what}{whose}: {limit} {_limit(each.before)} → {_limit(each.after)}")


def _unjudged(unjudged: Unjudged, titles: Mapping[str, str]) -> str:
    """A case of which the last look could not tell, and whether the other rules would end it."""
    key, kept = "rules.unjudged.ends" if unjudged.ends else "rules.unjudged.open", unjudged.case
    rule = titles.get(kept.case.rule, kept.case.rule)
    return words(key, case=kept.id, name=kept.account.name, account=kept.account.id, rule=rule)


def _named(rules: Sequence[str], titles: Mapping[str, str]) -> str:
    return ", ".join(in_full(each, titles) for each in rules)


def _say_unmet(unmet: Sequence[Unmet], titles: Mapping[str, str]) -> None:
    for each in unmet:
        say(_unmet_in_words(each, titles))


def _unmet_in_words(unmet: Unmet, titles: Mapping[str, str]) -> str:
    key = "rules.unmet.near" if unmet.near else "rules.unmet"
    return words(key, named=unmet.named, rules=_named(unmet.rules, titles), near=" · ".join(unmet.near))


def _limit(value: object) -> str:
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(map(str, value)) or words("value.none")
    return words("value.none") if value is None else str(value)


def _why_nothing(rehearsal: Rehearsal) -> str:
    if not rehearsal.grounds.bound:
        return words("rules.nothing.bound")
    if rehearsal.by_latest_post:
        return words("rules.nothing.posts")
    return words("rules.nothing.looks")


def _counted(effect: Effect) -> Sequence[int]:
    return [len(getattr(effect, kind)) for kind in _KINDS]


def _show_effects(effects: Sequence[Effect], titles: Mapping[str, str], every_account: bool) -> None:
    created, removed, regraded = map(sum, zip(*map(_counted, effects), strict=True)) if effects else (0, 0, 0)
    touched = sum(bool(each.created) for each in effects)
    say(words("rules.would", created=created, touched=touched, removed=removed, regraded=regraded))
    rows = ([each.administration or words("nobody"), *_counted(each)] for each in effects)
    if effects:
        print_table(words("rules.changes"), headings("administration", *_KINDS), rows)
        shifts = (shift for each in effects for shift in (*each.created, *each.regraded, *each.removed))
        _show_accounts(list(shifts), titles, every_account)


def _show_accounts(shifts: Sequence[Shift], titles: Mapping[str, str], every_account: bool) -> None:
    shown = shifts if every_account else shifts[:_NAMED]
    cells = ((each.account_id, each.name, titles.get(each.rule, each.rule), _what_becomes(each)) for each in shown)
    print_table(words("accounts_affected"), headings("number", "account", "rule", "what"), cells)
    if left := len(shifts) - len(shown):
        say(words("rules.more", count=left))


def _what_becomes(shift: Shift) -> str:
    """What the change does to one finding; of its level and its severity what differs, else both."""
    before, after = shift.before, shift.after
    if before is None or after is None:
        [kept] = filter(None, (before, after))
        return words("rules.effect.created" if before is None else "rules.effect.removed", grade=_grade_in_words(kept))
    level, severity = before.level != after.level, before.severity is not after.severity
    was, will = (_grade_in_words(each, level=level, severity=severity) for each in (before, after))
    return f"{was} → {will}"


def _grade_in_words(grade: Grade, *, level: bool = True, severity: bool = True) -> str:
    from audits.wording import catalogue

    named = f"level.{grade.level}" in catalogue(spoken())
    called = sentence(f"level.{grade.level}") if named else grade.level
    told = (called if level else "", word_for("value", grade.severity.value) if severity else "")
    return ", ".join(filter(None, told))


@rules.command()
@in_language
@as_json
def history(json_out: bool) -> None:
    """Every version of the rules file that was ever in use: when, what changed, and to what effect."""
    from worker.wiring.ruling import Ruling

    with deployed(asks=False) as deployment:
        ruling = Ruling(deployment)
        ruling.note()
        versions, zone, titles = ruling.history(), deployment.settings.zone, titles_in(deployment)
    if json_out:
        print_json_lines(_version_row(each) for each in versions)
        return
    rows = (_version_cells(each, titles, zone) for each in versions)
    columns = headings("from", "version", "rules", "created", "removed")
    print_table(words("rules.history"), columns, rows)


def _version_row(version: RulesVersion) -> dict[str, Any]:
    return {
        "at": version.at.isoformat(),
        "version": version.digest,
        "changes": _changes_row(version.changes),
        "effect": {name: {"created": plus, "removed": minus} for name, (plus, minus) in version.effect.items()},
    }


def _version_cells(version: RulesVersion, titles: Mapping[str, str], zone: tzinfo) -> tuple[object, ...]:
    changes = _changes_row(version.changes)
    told = "; ".join(words(f"rules.{what}", rules=_named(named, titles)) for what, named in changes.items() if named)
    first = not (version.changes.removed or version.changes.changed or version.effect)
    counts = [sum(each[at] for each in version.effect.values()) for at in (0, 1)]
    if first and len(version.changes.added) == len(version.rules):
        told = words("rules.first", count=len(version.rules))
    return clock(version.at, zone), version.digest[:8], told or words("rules.words_only"), *counts
