"""What is held against the register now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from audits.languages import LANGUAGES
from worker.cli.accounts import ACCOUNT, Typed, chosen
from worker.cli.showing import Entry, NothingDone, as_json, deployed, print_json_lines, print_tables, say
from worker.cli.speaking import day_of, evidence, headings, in_language, label, sentence, spoken, words

if TYPE_CHECKING:
    from audits.model import Account, Case, Finding, RegisteredId, Standing
    from audits.reporting import Dossier
    from audits.rulebook import Routine
    from worker.wiring import Deployment

_KEPT_ID = re.compile(r"[a-z]+(?:@[^\s:]+)?:(?!//)(\S+)")  # as `PlatformId` is written
_BESIDE = frozenset({"level", "of"})  # of what was seen, what is for scripts
_CHOSEN = (
    click.option("--administration", help="Only the accounts of this administration."),
    click.option("--platform", help="Only the accounts on this platform."),
    click.option("--account", "accounts", type=ACCOUNT, multiple=True, help="Only this account; may be repeated."),
)


def choosing(command: Any) -> Any:
    """The options by which accounts are chosen."""
    for option in reversed(_CHOSEN):
        command = option(command)
    return command


@click.command()
@choosing
@click.option("--all", "every", is_flag=True, help="Also rules that passed and those that could not be judged.")
@in_language
@as_json
def findings(
    administration: str | None, platform: str | None, accounts: Sequence[Typed], every: bool, json_out: bool
) -> None:
    """Show the present findings: confirmed, and waiting to be confirmed."""
    with deployed(asks=False) as deployment:
        if not deployment.store.accounts():
            raise NothingDone(words("register.empty"))
        fitting = {account.id for account in chosen(deployment, administration, platform, accounts)}
        own = [each for each in _dossiers(deployment) if each.account.id in fitting and _was_asked(each)]
        titles, routines = titles_in(deployment), deployment.instruments.rulebook.routines
        held = _held(deployment)
    everything = [_as_held(row, held) for each in own for row in rows_of(each, routines)]
    rows = [row for row in everything if every or row["outcome"] == "failed"]
    if json_out:
        print_json_lines(rows)
    else:
        show_what_stands(rows, own, titles, deployment.settings.zone)


def _was_asked(dossier: Dossier) -> bool:
    """Whether a look was made, which may have found nothing to judge: no rule may bind the account."""
    return bool(dossier.findings) or dossier.observation is not None


def _dossiers(deployment: Deployment) -> Sequence[Dossier]:
    from worker.gathering import dossiers

    return dossiers(deployment.store, deployment.instruments.rulebook.routines)


def _held(deployment: Deployment) -> frozenset[tuple[int, str]]:
    """By account and rule, what waits for a person because too much changed at once."""
    from worker.wiring.holding import Holding

    return frozenset((account.id, each.rule) for each in Holding(deployment).waiting() for account in each.accounts)


def _as_held(row: dict[str, Any], held: Collection[tuple[int, str]]) -> dict[str, Any]:
    """The row, where no further look makes its finding believed."""
    waits = row["state"] == "waiting" and (row["account"], row["rule"]) in held
    return {**row, "state": "held"} if waits else row


def rows_of(dossier: Dossier, routines: Mapping[str, Routine]) -> Iterator[dict[str, Any]]:
    """What the latest look found; then what stands though it did not show it, as the last look had it that did."""
    from audits.reporting import registered_id, unshown, why_unread
    from audits.rulebook import Ground

    answered = _answered(dossier.cases)
    hidden = {sight.rule: (sight, standing) for sight, standing in unshown(dossier, routines)}
    for finding, standing in dossier.findings:
        is_told_below = finding.rule in hidden and finding.outcome == "failed"
        if not is_told_below and finding.outcome != "untested":  # the rule was not in the file when that look was taken
            known = registered_id(dossier, finding.seen)
            yield finding_row(dossier.account, finding, standing, answered, registered=known)
    for sight, standing in hidden.values():
        by_look = routines[sight.rule].check.ground is Ground.LOOK
        known, why = registered_id(dossier, sight.seen), why_unread(dossier) if by_look else "ok"
        yield finding_row(dossier.account, sight, standing, answered, registered=known, unseen=why)


def _answered(cases: Iterable[Case]) -> Mapping[tuple[int, str, str], str]:
    """What people have answered or decided, by account, rule and value."""
    from audits.model import CaseState

    by_looks_alone = (CaseState.NEW, CaseState.CONFIRMED)
    said = (each for each in cases if each.state not in by_looks_alone)
    return {(each.account_id, each.rule, each.fingerprint): each.state.value for each in said}


def show_what_stands(
    rows: Sequence[dict[str, Any]], own: Sequence[Dossier], titles: Mapping[str, str], zone: tzinfo
) -> None:
    """The findings; then how many accounts could not be seen, of which silence means nothing."""
    from audits.reporting import was_read

    if not own:
        say(words("never_looked"))
        return
    unread = {each.account.id for each in own if not was_read(each)}
    show_findings(rows, titles, zone, read=len(own) - len(unread), accounts=len(own))
    remarked = unread & {row["account"] for row in rows if row["unseen"]}
    for key, count in (("unseen", len(unread - remarked)), ("unseen_stands", len(remarked))):
        if count:
            say(words(key, count=count))


def failed_in(deployment: Deployment, run_id: int) -> Iterator[dict[str, Any]]:
    """The failed findings of one run, as rows."""
    answered = _answered(deployment.store.cases())
    for account, finding, standing in deployment.store.current_findings(run_id=run_id):
        if finding.outcome == "failed":
            known = _registered(deployment, account, finding)
            yield finding_row(account, finding, standing, answered, registered=known)


def _registered(deployment: Deployment, account: Account, finding: Finding) -> RegisteredId | None:
    """What the register has where another id was seen, which is rare."""
    if "platform_id" not in finding.seen:
        return None
    own = deployment.store.registered_ids([account.id]).get(account.id, ())
    return next((each for each in own if each.id.namespace == finding.seen["platform_id"].partition(":")[0]), None)


def finding_row(
    account: Account,
    finding: Finding,
    standing: Standing,
    answered: Mapping[tuple[int, str, str], str],
    *,
    registered: RegisteredId | None = None,
    unseen: str = "",
) -> dict[str, Any]:
    """One finding as plain values; a `question` without an answer is no remark. `unseen` is why no look has shown it
    since, `registered` what another id was seen instead of, `answer` what people have answered or decided.
    """
    from audits.attesting import is_unanswered

    return {
        "account": account.id,
        "name": account.name,
        "administration": account.administration,
        "platform": account.platform,
        "address": account.address,
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "question": is_unanswered(finding.seen),
        "state": _state(finding, standing),
        "answer": answered.get((account.id, finding.rule, finding.fingerprint)),
        "severity": finding.severity.value,
        "value": finding.fingerprint,
        "seen": dict(finding.seen),
        "why": finding.why,
        "observed_at": finding.observed_at.isoformat(),
        "route": finding.route.value if finding.route else None,
        "registered": {"id": registered.id.value, "since": registered.since.isoformat()} if registered else None,
        "unseen": unseen or None,
        "evidence": [{"id": each.id, "excerpt": each.excerpt} for each in finding.evidence],
    }


def _state(finding: Finding, standing: Standing) -> str:
    """Whether a failed finding may be told: only a confirmed one may."""
    if finding.outcome != "failed":
        return "-"
    confirmed = standing.outcome == "failed" and standing.fingerprint == finding.fingerprint
    return "confirmed" if confirmed else "waiting"


def titles_in(deployment: Deployment) -> dict[str, str]:
    """What each rule is called for people, by its id; one that is switched off among them."""
    return deployment.instruments.rulebook.titles(spoken())


def in_full(rule: str, titles: Mapping[str, str]) -> str:
    """A rule as people call it, with the id that commands take; its id alone where it has no other name."""
    return f"{titles[rule]} ({rule})" if titles.get(rule, rule) != rule else rule


def rule_meant(deployment: Deployment, typed: str) -> str:
    """The rule's key, where somebody typed the title that they read."""
    rulebook = deployment.instruments.rulebook
    named = {title.casefold(): rule for language in LANGUAGES for rule, title in rulebook.titles(language).items()}
    return named.get(typed.strip().casefold(), typed)


def show_findings(
    rows: Sequence[dict[str, Any]], titles: Mapping[str, str], zone: tzinfo, read: int, accounts: int
) -> None:
    """One table an administration, its nights by the city's clock.

    Where there is nothing, what that means when so many accounts were read.
    """
    from audits.reporting import silence

    remarks = sorted((row for row in rows if not row["question"]), key=_owner)
    columns = headings("account", "platform", "rule", "seen", "state", "night")
    owners = groupby(remarks, key=_owner)
    tables = {owner or words("nobody"): [_cells(row, titles, zone) for row in own] for owner, own in owners}
    if not print_tables(columns, tables, _entry):
        say(sentence(f"silence.{silence(read, accounts)}", count=read, unseen=accounts - read))
    _show_questions([row for row in rows if row["question"]], titles, zone)


def _show_questions(rows: Sequence[dict[str, Any]], titles: Mapping[str, str], zone: tzinfo) -> None:
    """Questions without an answer, below everything that was seen, and counted apart from it."""
    if rows:
        columns = headings("account", "platform", "rule", "seen")
        tables = {words("unanswered", count=len(rows)): [_cells(row, titles, zone)[: len(columns)] for row in rows]}
        print_tables(columns, tables, _entry)


def _owner(row: Mapping[str, Any]) -> str:
    return row["administration"] or ""


def _entry(_columns: Sequence[str], row: Sequence[str]) -> Entry:
    """Without room for columns: which account and what, then what was seen, and how far it is believed."""
    name, platform, rule, seen, *how = row
    return f"{name} ({platform}): {rule}", [seen if seen != "–" else "", ", ".join(how)]


def _cells(row: dict[str, Any], titles: Mapping[str, str], zone: tzinfo) -> tuple[object, ...]:
    return (
        words("numbered", name=row["name"], number=row["account"]),
        label(row["platform"]),
        in_full(row["rule"], titles),
        seen_in_words(row, zone) or evidence(shown_value(row)),
        _state_in_words(row),
        day_of(datetime.fromisoformat(row["observed_at"]), zone),
    )


def shown_value(row: dict[str, Any]) -> str:
    """What was looked at; of an id that is as it should be the number alone, without the name of its kind."""
    from audits.reporting import value_of

    if row["outcome"] == "failed":
        return value_of(row["value"], row["seen"])
    kind_and_id = _KEPT_ID.fullmatch(row["value"]) if row["outcome"] == "passed" else None
    return kind_and_id[1] if kind_and_id else str(row["value"])


def _state_in_words(row: dict[str, Any]) -> str:
    """How far it is believed, what people say of it, how grave it is, and why no look has shown it since."""
    if row["outcome"] != "failed":
        return words(f"value.{row['outcome']}")
    level, unseen = row["seen"].get("level"), row["unseen"]
    answer = [words(f"value.{row['answer']}")] if row["answer"] else []
    told = [words(f"finding.{row['state']}"), *answer, *([sentence(f"level.{level}")] if level else [])]
    if unseen == "ok":
        return ", ".join([*told, words("not_shown")])
    return ", ".join([*told, *([words("not_read", why=sentence(f"short.{unseen}"))] if unseen else [])])


def seen_in_words(row: dict[str, Any], zone: tzinfo) -> str:
    """What a look handed on, each by its name for people, counted to its day."""
    from audits.reporting import in_a_row, told_of
    from audits.wording.dates import long_day, told

    def day(moment: str) -> str:
        return long_day(day_of(datetime.fromisoformat(moment), zone), spoken())

    seen = {name: value for name, value in row["seen"].items() if name not in _BESIDE}
    if known := row["registered"]:
        seen["registered_id"] = sentence("saw.registered", id=known["id"], day=day(known["since"]))
    return in_a_row(told_of(seen, day(row["observed_at"]), spoken(), lambda value: told(value, spoken())))
