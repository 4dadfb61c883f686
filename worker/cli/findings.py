"""What is held against the register now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from worker.cli.naming import chosen
from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_table, say
from worker.cli.speaking import day_of, evidence, headings, in_language, label, sentence, spoken, words

if TYPE_CHECKING:
    from audits.model import Account, Finding, Standing
    from worker.wiring import Deployment

_BESIDE = frozenset({"level", "of", "read_from"})  # of what was seen, what is for scripts
_CHOSEN = (
    click.option("--administration", help="Only the accounts of this administration."),
    click.option("--platform", help="Only the accounts on this platform."),
    click.option("--account", "account_ids", type=int, multiple=True, help="Only this account; may be repeated."),
)


def choosing(command: Any) -> Any:
    """The options by which accounts are chosen."""
    for option in reversed(_CHOSEN):
        command = option(command)
    return command


@click.command()
@choosing
@click.option("--all", "every", is_flag=True, help="Also what passed and what could not be told.")
@in_language
@as_json
def findings(
    administration: str | None, platform: str | None, account_ids: Sequence[int], every: bool, json_out: bool
) -> None:
    """What is held against the register now: confirmed, and waiting to be confirmed."""
    with deployed(asks=False) as deployment:
        if not deployment.store.accounts():
            raise NothingDone(words("register.empty"))
        fitting = {account.id for account in chosen(deployment, administration, platform, account_ids)}
        everything = [
            finding_row(account, finding, standing)
            for account, finding, standing in deployment.store.current_findings()
            if account.id in fitting
        ]
        accounts = {row["account"] for row in everything}
        unseen = _unseen(deployment, accounts)
        titles = titles_in(deployment)
    rows = [row for row in everything if every or row["outcome"] == "failed"]
    if json_out:
        for row in rows:
            print_json(row)
    else:
        show_findings(rows, titles, deployment.settings.zone, read=len(accounts) - unseen, accounts=len(accounts))
        if unseen:
            say(words("unseen", count=unseen))


def _unseen(deployment: Deployment, account_ids: Collection[int]) -> int:
    """On how many of these accounts silence means nothing, since the latest look did not see them."""
    from audits.reporting import was_seen

    looks = deployment.store.last_known(deployment.store.accounts(ids=sorted(account_ids)))
    return len(account_ids) - sum(map(was_seen, looks.values()))


def failed_in(deployment: Deployment, run_id: int) -> Iterator[dict[str, Any]]:
    """The failed findings of one run, as rows."""
    for account, finding, standing in deployment.store.current_findings(run_id=run_id):
        if finding.outcome == "failed":
            yield finding_row(account, finding, standing)


def finding_row(account: Account, finding: Finding, standing: Standing) -> dict[str, Any]:
    """One finding as plain values."""
    return {
        "account": account.id,
        "name": account.name,
        "administration": account.administration,
        "platform": account.platform,
        "address": account.address,
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "state": _state(finding, standing),
        "severity": finding.severity.value,
        "value": finding.fingerprint,
        "seen": dict(finding.seen),
        "why": finding.why,
        "observed_at": finding.observed_at.isoformat(),
        "route": finding.route.value if finding.route else None,
        "evidence": [{"id": each.id, "excerpt": each.excerpt} for each in finding.evidence],
    }


def _state(finding: Finding, standing: Standing) -> str:
    """Whether a failed finding may be told: only a confirmed one may."""
    if finding.outcome != "failed":
        return "-"
    confirmed = standing.outcome == "failed" and standing.fingerprint == finding.fingerprint
    return "confirmed" if confirmed else "waiting"


def titles_in(deployment: Deployment) -> dict[str, str]:
    """What each rule is called for people, by its id."""
    routines = deployment.instruments.rulebook.routines.values()
    return {each.id: each.title.get(spoken(), each.id) for each in routines}


def rule_meant(deployment: Deployment, typed: str) -> str:
    """The rule's key, where somebody typed the title that they read."""
    routines = deployment.instruments.rulebook.routines.values()
    named = {title.casefold(): each.id for each in routines for title in each.title.values()}
    return named.get(typed.strip().casefold(), typed)


def show_findings(
    rows: Sequence[dict[str, Any]], titles: Mapping[str, str], zone: tzinfo, read: int, accounts: int
) -> None:
    """One table an administration, its nights by the city's clock.

    Where there is nothing, what that means when so many accounts were read.
    """
    from audits.reporting import silence

    owners = sorted({row["administration"] or "" for row in rows})
    columns = headings("account", "platform", "rule", "seen", "state", "night")
    for owner in owners:
        own = [row for row in rows if (row["administration"] or "") == owner]
        print_table(owner or words("nobody"), columns, (_cells(row, titles, zone) for row in own))
    if not rows:
        say(sentence(f"silence.{silence(read, accounts)}", count=read, unseen=accounts - read))


def _cells(row: dict[str, Any], titles: Mapping[str, str], zone: tzinfo) -> tuple[object, ...]:
    rule = row["rule"]
    title = f"{titles[rule]} ({rule})" if rule in titles else rule
    state = words(f"finding.{row['state']}") if row["outcome"] == "failed" else words(f"outcome.{row['outcome']}")
    return (
        row["name"],
        label(row["platform"]),
        title,
        seen_in_words(row["seen"]) or evidence(row["value"]),
        state,
        day_of(datetime.fromisoformat(row["observed_at"]), zone),
    )


def seen_in_words(seen: Mapping[str, str]) -> str:
    """What a look handed on, each by its name for people."""
    from audits.wording import catalogue
    from audits.wording.dates import told

    known = catalogue(spoken())
    return ", ".join(
        f"{sentence(f'seen.{name}') if f'seen.{name}' in known else name} {told(value, spoken())}"
        for name, value in seen.items()
        if value and name not in _BESIDE
    )
