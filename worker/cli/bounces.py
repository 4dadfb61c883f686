"""Letters that come back after the mail server had taken them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import BadInput, Listing, as_json, deployed, print_json, print_table, say
from worker.cli.speaking import headings, in_language, word_for, words

if TYPE_CHECKING:
    import mailbox


@click.group(cls=Listing)
def bounces() -> None:
    """Returned letters, read from the mailbox that the city's mail system sends them to."""


@bounces.command("list")
@in_language
@as_json
def list_refusing(json_out: bool) -> None:
    """Show every mailbox that has refused letters and not accepted any since."""
    from worker.steps.alerting import refusing
    from worker.wiring.telling import Letters

    with deployed(asks=False) as deployment:
        found = sorted(refusing(Letters(deployment).stored, deployment.clock()).items())
    if json_out:
        for recipient, answer in found:
            print_json({"recipient": recipient, "answer": answer})
        return
    if not found:
        say(words("bounces.none"))
        return
    print_table(words("bounces"), headings("recipient", "answer"), found)
    say(words("bounces.fix"))


@bounces.command("read")
@click.argument("where", metavar="FILE | MAILDIR | -")
@in_language
@as_json
def read(where: str, json_out: bool) -> None:
    """Read delivery reports: one message, an mbox file, a Maildir, or one message from standard input.

    If an address refuses letters for good, the communications officer is told; anything else in the mailbox changes
    nothing. The mailbox is left as it is, and reading it again does no harm.
    """
    from worker.steps.bouncing import Told, read_bounces
    from worker.wiring.telling import Letters

    messages = _messages(where)
    with deployed(asks=False) as deployment:
        found = read_bounces(Letters(deployment).stored, messages, deployment.clock())
    if json_out:
        letters = [{"letter": each.id, "recipient": each.recipient} for each in found.bounced]
        print_json({**{told.value: found.counts[told] for told in Told}, "letters": letters})
        return
    for each in found.bounced:
        say(words("bounces.refuses", recipient=each.recipient, number=each.id))
    counted = ", ".join(f"{word_for('bounces', told.value)} {count}" for told, count in found.counts.items() if count)
    say(counted or words("bounces.empty"))


def _messages(where: str) -> Iterator[bytes]:
    """Every message there. Raises `BadInput` or `OSError`."""
    import mailbox

    path = Path(where)
    if where == "-":
        return iter([sys.stdin.buffer.read()])
    if path.is_dir():
        if not (path / "cur").is_dir():
            raise BadInput(words("bounces.no_maildir", folder=where))
        return _each(mailbox.Maildir(path, create=False))
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    return _each(mailbox.mbox(path, create=False)) if is_mbox else iter([path.read_bytes()])


def _each(box: mailbox.Mailbox[Any]) -> Iterator[bytes]:
    with closing(box):
        for key in box.iterkeys():
            yield box.get_bytes(key)
