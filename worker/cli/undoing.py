"""`kanalkoll register undo`: what a change of the register was, told before it is taken back; or done again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from worker.cli.showing import BadInput, NothingDone, as_json, print_json, register_store, say
from worker.cli.speaking import clock, in_language, words

if TYPE_CHECKING:
    from worker.ports.organisation import Undoable
    from worker.storage import SqlStore

_KINDS: Final = {"recipients": "mailbox", "rename": "rename", "merge": "merge", "split": "split", "triage": "triage",
                 "kanalkoll closing": "closing"}  # fmt: skip  # by source; anything else is a file that was imported


@click.command()
@click.argument("number", type=int, required=False)
@click.option("--dry-run", is_flag=True, help="Tell what would be undone; write nothing.")
@click.option("--confirm-removals", type=int, metavar="N", help="Yes, this many accounts are to be removed.")
@click.option("--by", default="", help="Who undoes: a name or a role.")
@click.option("--why", default="", help="Why it is undone.")
@in_language
@as_json
def undo(number: int | None, *, dry_run: bool, confirm_removals: int | None, by: str, why: str, json_out: bool) -> None:
    """Undo the last import, reorganisation or change of a mailbox, or the change NUMBER of the history.

    Said again it undoes the one before. The number of an undoing does again what was undone.
    """
    store = register_store()
    last, found = store.last_import(), store.undoable(number)
    if found is None:
        raise NothingDone(words("register.nothing_to_undo") if number is None else words("undo.none", number=number))
    held = found.held and confirm_removals != found.remove
    if not json_out:
        _tell(found)
    done = None if dry_run or held else _undone(store, found, last, by, why)
    if json_out:
        print_json(_row(found, done, held=held, dry_run=dry_run))
    elif done is not None:
        say(words("undo.done", number=done))
    if held:
        raise NothingDone(words("undo.held", count=found.remove, total=found.registered))


def _undone(store: SqlStore, found: Undoable, last: int, by: str, why: str) -> int | None:
    from worker.ports import RegisterMoved
    from worker.wiring import utc_now

    said = {"by": by or "command line", "why": why}
    try:
        return store.undo_last_import(now=utc_now(), number=found.id, after_import=last, **said)
    except RegisterMoved as error:
        raise BadInput(words("undo.moved", number=found.id, why=error.args[0])) from error


def _tell(found: Undoable) -> None:
    from config.stated import load_settings

    at = clock(found.at, load_settings().zone)
    what = words(f"undo.what.{_kind(found)}", source=found.source)
    say(words("undo.again" if found.again else "undo.would", what=what, number=found.id, at=at, by=found.by))
    counts = {"add": found.add, "remove": found.remove, "change": found.change, "places": found.places}
    say(words("undo.counts", **counts))


def _kind(found: Undoable) -> str:
    return _KINDS.get(found.source, "import")


def _row(found: Undoable, done: int | None, *, held: bool, dry_run: bool) -> dict[str, Any]:
    return {
        "import": done,
        "undoes": found.id,
        "what": _kind(found),
        "source": found.source,
        "at": found.at.isoformat(),
        "by": found.by,
        "add": found.add,
        "remove": found.remove,
        "change": found.change,
        "places": found.places,
        "held": held,
        "dry_run": dry_run,
    }
