"""One run now: the whole register, a part of it, or a few accounts again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, chosen, number_of
from worker.cli.findings import choosing, failed_in, show_findings, titles_in
from worker.cli.showing import BadInput, NothingDone, as_json, deployed, print_json, progress, refuse, say
from worker.cli.speaking import clock, in_language, label, words

if TYPE_CHECKING:
    from audits.controls import ControlReading
    from audits.model import Account, Observation
    from worker.ports import Run, RunCounts, RunKind
    from worker.steps import Told
    from worker.wiring import Deployment


@click.command()
@choosing
@click.option(
    "--replay",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Answer from a folder of recorded responses instead of the network.",
)
@click.option("--silent", is_flag=True, help="Check and judge but tell nobody, as on a register's first night.")
@in_language
@as_json
def audit(
    *,
    administration: str | None,
    platform: str | None,
    accounts: Sequence[Typed],
    replay: Path | None,
    silent: bool,
    json_out: bool,
) -> None:
    """Audit the register once, now. An interrupted run continues where it stopped."""
    from worker.ports import RunKind
    from worker.wiring import register_recording

    with deployed(replay, begins=replay is not None) as deployment:
        if replay is not None and not deployment.store.accounts():
            register_recording(deployment, replay)
        if not deployment.store.accounts():
            raise NothingDone(words("audit.no_account"))
        fitting = chosen(deployment, administration, platform, accounts)
        kind = RunKind.REPLAY if replay else RunKind.RECHECK
        _whole(_run_and_show(deployment, kind, fitting, json_out, silent=silent))


def look_silently(deployment: Deployment, accounts: Sequence[Account]) -> None:
    """One run over these accounts that is told to nobody, with its progress and what it found."""
    from worker.ports import RunKind

    if left := _run_and_show(deployment, RunKind.RECHECK, accounts, json_out=False, silent=True):
        say(words("audit.left", count=left))


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@in_language
@as_json
def recheck(accounts: Sequence[str], json_out: bool) -> None:
    """Check accounts again now, by number, key or address."""
    from worker.ports import RunKind

    with deployed(None) as deployment:
        named = [_named(deployment, name) for name in accounts]
        if deployment.settings.redis_url is not None:
            _enqueue(deployment, named, json_out)
        else:
            _whole(_run_and_show(deployment, RunKind.RECHECK, named, json_out))


def _whole(left: int) -> None:
    """Raises `NothingDone` where others still look at accounts of the run: what was told is a part of it, and must not
    be taken for all that there is.
    """
    if left:
        raise NothingDone(words("audit.left", count=left))


def _named(deployment: Deployment, name: str) -> Account:
    number = number_of(deployment, ACCOUNT.convert(name, None, None))
    found = deployment.store.accounts(ids=[number])
    if not found:
        raise BadInput(words("recheck.no_account", name=name))
    return found[0]


def _enqueue(deployment: Deployment, accounts: Sequence[Account], json_out: bool) -> None:
    from worker.ports import RunKind
    from worker.wiring.queueing import QueueUnavailable, hint

    run = deployment.begin(RunKind.RECHECK, accounts, _asked(RunKind.RECHECK, accounts))
    try:
        hint(run.id, deployment.settings)
    except QueueUnavailable as error:
        refuse(error)
    answer = {"run": run.id, "queued": [account.id for account in accounts]}
    print_json(answer) if json_out else say(words("recheck.queued", run=run.id, count=len(accounts)))


def _run_and_show(
    deployment: Deployment, kind: RunKind, accounts: Sequence[Account], json_out: bool, *, silent: bool = False
) -> int:
    """How many accounts of the run others are still looking at, once all that is left to us has been looked at."""
    from worker.wiring import alone

    _say_clock(deployment)
    with alone(deployment.settings) as only_one:
        run = deployment.begin(kind, accounts, _asked(kind, accounts), silent=silent)
        if only_one:
            _take_over(deployment, run)
        else:
            _say_others(deployment)
        observed = work_through(partial(deployment.work, run.id), partial(deployment.store.counts, run.id), run.id)
    return _show_run(deployment, run, observed, json_out)


def _say_clock(deployment: Deployment) -> None:
    """What speaks against the clock, before the run is dated by it."""
    from worker.wiring.clocks import clock_doubt

    if doubted := clock_doubt(deployment.store, deployment.clock()):
        say(words("audit.clock", why=doubted))


def _take_over(deployment: Deployment, run: Run) -> None:
    """What whoever died at this run had begun, unless somebody is at work beside us."""
    from worker.wiring import with_nobody_beside

    with with_nobody_beside(deployment.settings) as are_dead:
        if are_dead:
            deployment.store.break_leases(run.id)


def _say_others(deployment: Deployment) -> None:
    """Who else is looking on this database just now, and what that means."""
    zone = deployment.settings.zone
    for run in deployment.store.at_work(deployment.clock()):
        counts, since = deployment.store.counts(run.id), clock(run.started_at, zone)
        say(words("audit.beside", run=run.id, since=since, done=counts.done, total=counts.total))


def _asked(kind: RunKind, accounts: Sequence[Account]) -> str:
    """The same accounts asked for again while their run is open are that run."""
    import hashlib

    ids = ",".join(str(account.id) for account in accounts)
    return f"{kind}:{hashlib.sha256(ids.encode()).hexdigest()[:16]}"


def work_through(work: Callable[[Told], bool], counts: Callable[[], RunCounts], run_id: int) -> int:
    """Slice after slice of a run, until `work` finds nothing more to do; how many accounts were observed.

    Raises `NothingDone` where somebody stops it: what was read is kept, and they are told how to go on.
    """
    observed, begun = 0, counts()
    with progress() as bar:
        task = bar.add_task(words("audit.looking"), total=begun.total, completed=begun.done)

        def told(account: Account, observation: Observation) -> None:
            nonlocal observed
            del account, observation
            observed += 1
            bar.advance(task)

        try:
            while work(told):
                pass
        except KeyboardInterrupt as stopped:
            so_far = counts()
            raise NothingDone(words("audit.stopped", run=run_id, done=so_far.done, total=so_far.total)) from stopped
    return observed


def _show_run(deployment: Deployment, run: Run, observed: int, json_out: bool) -> int:
    """What the run found so far; how many of its accounts others are still looking at."""
    counts, rows = deployment.store.counts(run.id), list(failed_in(deployment, run.id))
    if json_out:
        print_json({**_in_figures(deployment, run, counts, observed), "findings": rows})
    else:
        _tell_run(deployment, run, counts, rows)
    return _left(counts)


def _left(counts: RunCounts) -> int:
    return counts.total - counts.done - counts.quarantined


def _in_figures(deployment: Deployment, run: Run, counts: RunCounts, observed: int) -> dict[str, Any]:
    return {
        "run": run.id,
        "kind": run.kind.value,
        "accounts": counts.total,
        "observed": counts.done,
        "observed_now": observed,
        "left": _left(counts),
        "seen": counts.seen,
        "quarantined": counts.quarantined,
        "transports": dict(counts.by_transport),
        "held": [{"platform": platform, "rule": rule} for platform, rule in sorted(deployment.store.held(run.id))],
        "controls": controls_row(deployment.store.control_readings(run.id)),
    }


def _tell_run(deployment: Deployment, run: Run, counts: RunCounts, rows: Sequence[dict[str, Any]]) -> None:
    """What was found, how much was seen, what waits for a person, and what kept the look from seeing more."""
    titles = titles_in(deployment)
    reached = _say_network(deployment, run, counts.by_transport.get("ok", 0))
    show_findings(rows, titles, deployment.settings.zone, read=counts.seen, accounts=counts.total)
    say(words("audit.done", run=run.id, done=counts.done, total=counts.total, seen=counts.seen, count=counts.total))
    for platform, rule in sorted(deployment.store.held(run.id)):
        say(words("audit.held", label=label(platform), platform=platform, what=titles.get(rule, rule), rule=rule))
    _say_contact(deployment, run)
    if reached:
        _say_controls(controls_row(deployment.store.control_readings(run.id)), counts.seen)


def _say_network(deployment: Deployment, run: Run, answered: int) -> bool:
    """Before all else, where this machine reaches nobody: then no platform has changed. False where it said so."""
    from worker.doctor.controls import no_network

    asked = [each for each in deployment.store.control_readings(run.id) if not each.closed]
    answer = None if answered else no_network(asked)
    if answer is not None:
        say(words("audit.nobody", told=answer.told, remedy=answer.remedy))
    return answer is None


def _say_contact(deployment: Deployment, run: Run) -> None:
    """Once, where nothing could be asked since we have no address to name."""
    from worker.doctor.network import contact_answer
    from worker.ports import RunKind

    answer = contact_answer(deployment.settings)
    if run.kind is not RunKind.REPLAY and answer.state == "wrong":
        say(words("told", told=answer.told, remedy=answer.remedy))


def controls_row(readings: Sequence[ControlReading]) -> Any:
    """How a run's controls were read; "none" where none was looked at, so that everything counts as it is.

    What could not be seen is no sign that a platform has changed, and stands apart from what was misread.
    """
    if all(each.closed for each in readings):
        return "none"
    return {
        "right": sum(each.right for each in readings),
        "wrong": [_control_row(each) for each in readings if each.misread],
        "unseen": [_control_row(each) for each in readings if each.unseen],
    }


def _control_row(each: ControlReading) -> dict[str, str]:
    return {"platform": each.platform, "route": each.route.value, "side": each.side.value,
            "transport": each.transport.value, "existence": each.existence.value, "reason": each.reason}  # fmt: skip


def _say_controls(controls: Any, read: int) -> None:
    """What the controls say for the `read` accounts that could be read."""
    if controls == "none":
        say(words("controls.none" if read else "controls.none_read"))
        return
    say(words("controls.right", count=controls["right"]))
    for how in ("wrong", "unseen"):
        for platform, route in dict.fromkeys((each["platform"], each["route"]) for each in controls[how]):
            say(words(f"controls.{how}", platform=label(platform), route=words(f"route.{route}")))
