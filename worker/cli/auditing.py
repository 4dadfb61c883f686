"""One run now, and what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import BadInput, NothingDone, as_json, print_json, print_table, progress, refuse, say

if TYPE_CHECKING:
    from audits.model import Account, Finding, Observation, Standing
    from worker.ports import Run, RunKind
    from worker.wiring import Deployment

_chosen = (
    click.option("--administration", help="Only the accounts of this administration."),
    click.option("--platform", help="Only the accounts on this platform."),
    click.option("--account", "account_ids", type=int, multiple=True, help="Only this account; may be repeated."),
)


def _choosing(command: Any) -> Any:
    for option in reversed(_chosen):
        command = option(command)
    return command


@click.command()
@_choosing
@click.option(
    "--replay",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Answer from a folder of recorded responses instead of the network.",
)
@as_json
def audit(
    administration: str | None, platform: str | None, account_ids: Sequence[int], replay: Path | None, json_out: bool
) -> None:
    """Audit the register once, now. A run that was cut short goes on where it stopped."""
    from worker.ports import RunKind

    with _deployment(replay) as deployment:
        if replay is not None and not deployment.store.accounts():
            _register_recording(deployment, replay)
        accounts = deployment.store.accounts(administration=administration, platform=platform, ids=account_ids or None)
        if not accounts:
            raise NothingDone("No account to audit. Import a register first: kanalkoll register import FILE")
        kind = RunKind.REPLAY if replay else RunKind.RECHECK
        _run_and_show(deployment, kind, accounts, json_out)


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@as_json
def recheck(accounts: Sequence[str], json_out: bool) -> None:
    """Look again, now, at accounts named by number, key or address."""
    from worker.ports import RunKind

    with _deployment(None) as deployment:
        chosen = [_named(deployment, name) for name in accounts]
        if deployment.settings.redis_url is not None:
            _enqueue(deployment, chosen, json_out)
        else:
            _run_and_show(deployment, RunKind.RECHECK, chosen, json_out)


def _named(deployment: Deployment, name: str) -> Account:
    from audits.addresses import identify
    from audits.platforms import GRAMMARS

    key = identify(name, None, GRAMMARS).key
    for account in deployment.store.accounts():
        if name == str(account.id) or name == account.key or (key and key == account.key):
            return account
    raise BadInput(f"{name!r} is no account of the register; give its number, its key (x:name) or its address")


def _enqueue(deployment: Deployment, accounts: Sequence[Account], json_out: bool) -> None:
    from worker.ports import RunKind
    from worker.tasks import recheck as recheck_task

    run = deployment.begin(RunKind.RECHECK, accounts, _request_id(RunKind.RECHECK, accounts, deployment))
    recheck_task.delay(run.id)
    answer = {"run": run.id, "queued": [account.id for account in accounts]}
    print_json(answer) if json_out else say(f"Run {run.id}: {len(accounts)} accounts queued for a re-check.")


def _run_and_show(deployment: Deployment, kind: RunKind, accounts: Sequence[Account], json_out: bool) -> None:
    from worker.wiring import alone

    with alone(deployment.settings) as only_one:
        run = deployment.begin(kind, accounts, _request_id(kind, accounts, deployment))
        if only_one:
            deployment.store.break_leases(run.id)
        observed = _work_through(deployment, run, len(accounts))
    _show_run(deployment, run, observed, json_out)


def _request_id(kind: RunKind, accounts: Sequence[Account], deployment: Deployment) -> str:
    """The same accounts asked for again while their run is open are that run."""
    import hashlib

    ids = ",".join(str(account.id) for account in accounts)
    asked = f"{kind}:{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
    for run in deployment.store.open_runs():
        if run.request_id and run.request_id.startswith(asked):
            return run.request_id
    return f"{asked}:{deployment.clock().isoformat()}"


def _work_through(deployment: Deployment, run: Run, total: int) -> int:
    observed = 0
    with progress() as bar:
        task = bar.add_task("Looking", total=total, completed=deployment.store.counts(run.id).done)

        def told(account: Account, observation: Observation) -> None:
            nonlocal observed
            del account, observation
            observed += 1
            bar.advance(task)

        while deployment.work(run.id, told):
            pass
    return observed


def _show_run(deployment: Deployment, run: Run, observed: int, json_out: bool) -> None:
    counts = deployment.store.counts(run.id)
    rows = list(_told(deployment, run))
    held = sorted(deployment.store.held(run.id))
    summary = {
        "run": run.id,
        "kind": run.kind.value,
        "accounts": counts.total,
        "observed": counts.done,
        "observed_now": observed,
        "quarantined": counts.quarantined,
        "transports": dict(counts.by_transport),
        "held": [{"platform": platform, "rule": rule} for platform, rule in held],
    }
    if json_out:
        print_json({**summary, "findings": rows})
        return
    _show_findings(rows)
    seen = counts.by_transport.get("ok", 0)
    say(f"Run {run.id}: {counts.done} of {counts.total} accounts observed, {seen} could be read.")
    for platform, rule in held:
        say(f"Held for a person: too many accounts on {platform} changed at once on {rule}.")


@click.command()
@_choosing
@click.option("--all", "every", is_flag=True, help="Also what passed and what could not be told.")
@as_json
def findings(
    administration: str | None, platform: str | None, account_ids: Sequence[int], every: bool, json_out: bool
) -> None:
    """What is held against the register now: confirmed, and waiting to be confirmed."""
    with _deployment(None, looking=False) as deployment:
        rows = [
            _finding_row(account, finding, standing)
            for account, finding, standing in deployment.store.current_findings()
            if (administration is None or account.administration == administration)
            and (platform is None or account.platform == platform)
            and (not account_ids or account.id in account_ids)
            and (every or finding.outcome == "failed")
        ]
    if json_out:
        for row in rows:
            print_json(row)
    else:
        _show_findings(rows)


def _told(deployment: Deployment, run: Run) -> Iterator[dict[str, Any]]:
    for account, finding, standing in deployment.store.current_findings(run_id=run.id):
        if finding.outcome == "failed":
            yield _finding_row(account, finding, standing)


def _finding_row(account: Account, finding: Finding, standing: Standing) -> dict[str, Any]:
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


def _show_findings(rows: Sequence[dict[str, Any]]) -> None:
    owners = sorted({row["administration"] or "" for row in rows})
    columns = ("Account", "Platform", "Rule", "Seen", "State", "Night")
    for owner in owners:
        own = [row for row in rows if (row["administration"] or "") == owner]
        print_table(owner or "No administration", columns, (_cells(row) for row in own))
    if not rows:
        say("Nothing to remark on.")


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    seen = ", ".join(f"{name} {value}" for name, value in row["seen"].items() if value) or row["value"]
    return row["name"], row["platform"], row["rule"], seen, row["state"], row["observed_at"][:10]


@click.command()
@click.argument("act", type=click.Choice(["list", "acknowledge", "explain", "not_ours", "claim_fixed", "reopen"]))
@click.argument("account", type=int, required=False)
@click.argument("rule", required=False)
@click.option("--by", default="", help="Who decides: a name or a role.")
@click.option("--reason", default="", help="In words. Leave out anybody's health.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which an explanation holds.")
@as_json
def case(act: str, account: int | None, rule: str | None, by: str, reason: str, until: Any, json_out: bool) -> None:
    """List the open cases, or decide one: kanalkoll case explain 12 inactive --by … --reason … --until …"""
    with _deployment(None, looking=False) as deployment:
        if act == "list":
            _list_cases(deployment, json_out)
            return
        if account is None or rule is None:
            raise BadInput(f"kanalkoll case {act} ACCOUNT RULE: which account, which rule?")
        _decide(deployment, account, rule, {"what": act, "by": by, "reason": reason}, until, json_out)


def _decide(deployment: Deployment, account: int, rule: str, given: dict[str, str], until: Any, json_out: bool) -> None:
    from audits.cases import Act, CaseRefused, decide

    found = [each for each in deployment.store.cases() if each.account_id == account and each.rule == rule]
    if not found:
        raise NothingDone(f"No open case of account {account} under rule {rule!r}; see: kanalkoll case list")
    now = deployment.clock()
    try:
        decided = decide(found[-1], Act(at=now, until=until.date() if until else None, **given))
    except CaseRefused as error:
        refuse(error)
    deployment.store.save_case(decided, given["what"], now)
    print_json(_case_row(decided)) if json_out else say(f"Account {account}, {rule}: {decided.state.value}.")


def _list_cases(deployment: Deployment, json_out: bool) -> None:
    rows = [_case_row(each) for each in deployment.store.cases()]
    if json_out:
        for row in rows:
            print_json(row)
        return
    columns = ("account", "rule", "state", "severity", "since", "by", "until")
    print_table("Open cases", columns, ([row[name] for name in columns] for row in rows))


def _case_row(each: Any) -> dict[str, Any]:
    return {
        "account": each.account_id,
        "rule": each.rule,
        "value": each.fingerprint,
        "state": each.state.value,
        "severity": each.severity.value,
        "since": each.opened_at.date().isoformat(),
        "by": each.by,
        "reason": each.reason,
        "until": each.until.isoformat() if each.until else None,
    }


def _deployment(replay: Path | None, *, looking: bool = True) -> Any:
    """The wired deployment, with what is wrong in the declarations told as bad input."""
    from worker.wiring import wired

    del looking
    return wired(replay=replay)


def _register_recording(deployment: Deployment, replay: Path) -> None:
    raise NotImplementedError


@click.command()
@as_json
def doctor(json_out: bool) -> None:
    """Is everything in place? Says what is not, and what would mend it."""
    from worker.doctoring import examine

    answers = examine()
    if json_out:
        print_json([answer.__dict__ for answer in answers])
    else:
        print_table("Kanalkoll", ("What", "State", "Remedy"), ((a.what, a.state, a.remedy) for a in answers))
    if any(answer.state == "wrong" for answer in answers):
        raise NothingDone("Something is wrong; see the remedies above.")


@click.command()
@click.option("--once", is_flag=True, help="One tick, then end.")
def up(once: bool) -> None:
    """Tick the nightly audit in this process, without any server."""
    from worker.embedded import tick_forever

    with _deployment(None) as deployment:
        tick_forever(deployment, once=once)
