"""The letters: what would be said, what is on its way, and who may be written to.

digest                      what this week's letters would say
digest --preview DIR        the same as files: .eml, HTML, text, and pictures where there is a browser
digest --send               write what is due, send what waits
digest release | withhold   whether an administration may be written to
digest outbox | resend | drop      letters on their way
digest resume | wish      a mailbox that rests; what it wants of a week in which all is well
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import BadInput, NothingDone, as_json, deployed, print_json, print_table, refuse, say

if TYPE_CHECKING:
    from audits.digest import Sheet
    from worker.ports.telling import Letter, LetterState
    from worker.wiring import Deployment
    from worker.wiring.telling import Letters


@click.group(invoke_without_command=True)
@click.option("--preview", type=click.Path(file_okay=False, path_type=Path), help="Write every letter to this folder.")
@click.option("--send", is_flag=True, help="Write the letters that are due, and send what waits.")
@as_json
@click.pass_context
def digest(context: click.Context, preview: Path | None, send: bool, json_out: bool) -> None:
    """This week's letters: what they would say, as files, or on their way."""
    if context.invoked_subcommand:
        return
    if preview and send:
        raise BadInput("--preview writes files and sends nothing; give it or --send, not both")
    with deployed() as deployment:
        if send:
            _send(deployment, json_out)
        elif preview:
            _preview(deployment, preview, json_out)
        else:
            _show(deployment, json_out)


def _show(deployment: Deployment, json_out: bool) -> None:
    rows = [_row(*each) for each in _week(deployment)]
    if not rows:
        raise NothingDone("No account has anybody to tell; see: kanalkoll register recipients list")
    if json_out:
        for row in rows:
            print_json(row)
        return
    columns = ("recipient", "language", "released", "when_well", "subject")
    print_table("This week's letters", columns, ([row[column] for column in columns] for row in rows))


def _week(deployment: Deployment) -> Iterator[tuple[Any, Any, frozenset[str]]]:
    """Every letter as it would be today, also to administrations that may not be written to yet."""
    from worker.wiring.telling import Letters

    letters = Letters(deployment)
    released = frozenset(letters.stored.released())
    for told, sheet in letters.this_week():
        yield told, sheet, released


def _row(told: Any, sheet: Sheet, released: frozenset[str]) -> dict[str, Any]:
    counts = told.counts
    return {
        "recipient": told.recipient.address,
        "language": sheet.language,
        "released": "yes" if any(part.administration in released for part in told.parts) else "no",
        "when_well": told.recipient.when_well.value,
        "subject": sheet.subject,
        "administrations": [part.administration for part in told.parts],
        "critical": counts.taken,
        "new": counts.new,
        "remaining": counts.remaining,
        "fixed": counts.fixed,
        "unseen": counts.unseen,
    }


def _preview(deployment: Deployment, folder: Path, json_out: bool) -> None:
    from worker.previewing import preview
    from worker.wiring.telling import Letters

    try:
        files = preview(Letters(deployment), folder)
    except OSError as error:
        refuse(error)
    if json_out:
        print_json({"files": [str(path) for path in files]})
    else:
        say(f"{len(files)} files in {folder}. Nothing was sent; the links in them lead nowhere.")


def _send(deployment: Deployment, json_out: bool) -> None:
    from worker.wiring.telling import BadMail, Letters

    letters = Letters(deployment)
    if not letters.may_send():
        raise BadInput("KANALKOLL_SMTP_HOST is not set: there is no mail server to hand letters to")
    try:
        written = letters.write_due()
        sent = letters.send()
    except BadMail as error:
        refuse(error)
    told = {"weekly": written.weekly, "urgent": written.urgent, "overview": written.overview,
            **{fate.value: count for fate, count in sent.fates.items()}, "parked": sent.parked}  # fmt: skip
    if json_out:
        print_json(told)
    else:
        say(", ".join(f"{name} {count}" for name, count in told.items() if count) or "Nothing was due.")
    if sent.blocked:
        raise NothingDone(f"Nothing can be sent: {sent.blocked}")


@digest.command()
@click.argument("administration")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@as_json
def release(administration: str, by: str, json_out: bool) -> None:
    """Let an administration be written to, from its next letter on."""
    with _letters() as letters:
        if not letters.stored.release(administration, by, letters.deployment.clock()):
            names = ", ".join(sorted(letters.deployment.store.administrations()))
            raise BadInput(f"No administration is called {administration!r}; the register has {names}")
    words = f"{administration} may be written to; its next letter comes with the week's others."
    _tell({"administration": administration, "released": True, "by": by}, words, json_out)


@digest.command()
@click.argument("administration")
@as_json
def withhold(administration: str, json_out: bool) -> None:
    """Write nothing to an administration until it is released again."""
    with _letters() as letters:
        if not letters.stored.withdraw(administration, letters.deployment.clock()):
            raise NothingDone(f"{administration!r} was not released.")
    _tell({"administration": administration, "released": False}, f"{administration} is not written to.", json_out)


@digest.command()
@click.option("--all", "every", is_flag=True, help="Also letters that have been sent.")
@as_json
def outbox(every: bool, json_out: bool) -> None:
    """Letters on their way, and those that wait for a person."""
    from worker.ports.telling import LetterState

    states = () if every else tuple(state for state in LetterState if state is not LetterState.SENT)
    with _letters() as letters:
        rows = [_letter_row(each) for each in letters.stored.letters(states)]
    if json_out:
        for row in rows:
            print_json(row)
        return
    columns = ("id", "kind", "recipient", "state", "attempts", "due_at", "answer")
    print_table("Letters", columns, ([row[column] for column in columns] for row in rows))


def _letter_row(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "kind": letter.kind.value,
        "slot": letter.slot,
        "channel": letter.channel,
        "recipient": letter.recipient,
        "subject": letter.subject,
        "state": letter.state.value,
        "attempts": letter.attempts,
        "made_at": letter.made_at.isoformat(),
        "due_at": f"{letter.due_at:%Y-%m-%d %H:%M}",
        "answer": letter.answer,
    }


@digest.command()
@click.argument("letter", type=int)
@as_json
def resend(letter: int, json_out: bool) -> None:
    """Send a parked or failed letter once more, as it was. It may arrive twice: nobody could tell whether it did."""
    from worker.ports.telling import LetterState

    _decide(letter, LetterState.WAITING, "waits to be sent again", json_out)


@digest.command()
@click.argument("letter", type=int)
@as_json
def drop(letter: int, json_out: bool) -> None:
    """Leave a parked or failed letter as it is: the next one repeats what is still open."""
    from worker.ports.telling import LetterState

    _decide(letter, LetterState.DROPPED, "is dropped", json_out)


def _decide(letter: int, state: LetterState, told: str, json_out: bool) -> None:
    with _letters() as letters:
        if not letters.stored.decide_parked(letter, state, letters.deployment.clock()):
            raise NothingDone(f"Letter {letter} is not parked and has not failed; see: kanalkoll digest outbox")
    _tell({"letter": letter, "state": state.value}, f"Letter {letter} {told}.", json_out)


@digest.command()
@click.argument("address")
@as_json
def resume(address: str, json_out: bool) -> None:
    """Write again to a mailbox that has paused the letters."""
    with _letters() as letters:
        if not letters.stored.unpause(address, letters.deployment.clock()):
            raise NothingDone(f"{address} has not paused anything.")
    _tell({"address": address, "paused": False}, f"{address} is written to again.", json_out)


@digest.command()
@click.argument("address")
@click.argument("when_well", metavar="line | silence | default", type=click.Choice(["line", "silence", "default"]))
@click.option("--by", required=True, help="Who asks for it: a name or a role.")
@as_json
def wish(address: str, when_well: str, by: str, json_out: bool) -> None:
    """What a mailbox gets in a week in which all is well: one line, silence, or what the deployment has set."""
    from audits.digest import WhenWell

    wanted = None if when_well == "default" else WhenWell(when_well)
    with _letters() as letters:
        if not letters.stored.wish(address, wanted, by, letters.deployment.clock()):
            raise NothingDone(f"{address} has that already.")
    told = {"line": "a line", "silence": "silence", "default": "what is set for everybody"}[when_well]
    words = f"When all is well, {address} gets {told}."
    _tell({"address": address, "when_well": when_well, "by": by}, words, json_out)


def _tell(row: Mapping[str, Any], words: str, json_out: bool) -> None:
    print_json(row) if json_out else say(words)


@contextmanager
def _letters() -> Iterator[Letters]:
    """The letters of the deployment, for as long as a command runs."""
    from worker.wiring.telling import Letters

    with deployed() as deployment:
        yield Letters(deployment)
