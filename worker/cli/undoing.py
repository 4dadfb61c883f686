"""`kanalkoll register undo`: what a change of the register was, told before it is taken back; or done again."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from worker.cli.naming import on_the_word_of
from worker.cli.numbers import NUMBER
from worker.cli.showing import BadInput, NothingDone, as_json, print_json, print_table, register_store, say
from worker.cli.speaking import clock, headings, in_language, spoken, word_for, words

if TYPE_CHECKING:
    from worker.ports.organisation import Undoable
    from worker.storage import SqlStore

_SHOWN: Final = 20
_KINDS: Final = {"recipients": "mailbox", "rename": "rename", "merge": "merge", "split": "split", "triage": "triage",
                 "kanalkoll closing": "closing"}  # fmt: skip  # by source; anything else is a file that was imported


@click.command()
@click.argument("number", type=NUMBER, required=False, metavar="[CHANGE]")
@click.option("--dry-run", is_flag=True, help="Show what would be undone and for which accounts; write nothing.")
@click.option("--yes", is_flag=True, help="Do it without asking first.")
@click.option("--confirm-removals", type=NUMBER, metavar="N", help="Yes, this many accounts are to be removed.")
@click.option("--by", default="", help="Who undoes: a name or a role.")
@click.option("--why", default="", help="Why it is undone.")
@in_language
@as_json
def undo(
    number: int | None, *, dry_run: bool, yes: bool, confirm_removals: int | None, by: str, why: str, json_out: bool
) -> None:
    """Undo the last import, reorganisation or change of a mailbox, or that CHANGE of the register.

    CHANGE is the number of a change, as kanalkoll register history shows it, not an account's. In a terminal it asks
    first, and if repeated, it undoes the change before that; if it does not ask, that takes its number. The number of
    an undo redoes what was undone.
    """
    store = register_store()
    last, found = store.last_import(), store.undoable(number)
    if found is None:
        raise NothingDone(words("register.nothing_to_undo") if number is None else words("undo.none", number=number))
    held = found.held and confirm_removals != found.count("remove")
    if not json_out:
        _tell(found)
    if not (dry_run or held):
        _agree(found, asks=not (yes or json_out or confirm_removals) and sys.stdin.isatty())
    done = None if dry_run or held else _undone(store, found, last, by, why)
    if json_out:
        print_json(_row(found, done, held=held, dry_run=dry_run))
    elif done is not None:
        say(words("undo.done", number=done))
    elif dry_run:
        say(words("nothing_written"))
    if held:
        raise NothingDone(words("undo.held", count=found.count("remove"), total=found.registered))


def _undone(store: SqlStore, found: Undoable, last: int, by: str, why: str) -> int | None:
    from worker.ports import RegisterMoved
    from worker.wiring import utc_now

    occasion = on_the_word_of(by, why, utc_now())
    try:
        return store.undo_last_import(occasion, number=found.id, after_import=last)
    except RegisterMoved as error:
        raise BadInput(words("undo.moved", number=found.id, why=error.args[0])) from error


def _agree(found: Undoable, *, asks: bool) -> None:
    """Wait for a yes where somebody can give one; elsewhere what may be given again, since the first answer was lost,
    is not taken for a wish to take back one change more. Raises `NothingDone`.
    """
    from worker.cli.asking import Desk

    if found.behind and not asks:
        raise NothingDone(words("undo.behind", last=found.behind, number=found.id))
    if asks and not Desk(spoken()).confirm("terminal.undo.ask", default=False):
        raise NothingDone(words("nothing_written"))


def _tell(found: Undoable) -> None:
    from config.stated import load_settings

    at = clock(found.at, load_settings().zone)
    what = words(f"undo.what.{_kind(found)}", source=found.source)
    key = "undo.again" if found.again else "undo.would"
    say(words(key, what=what, number=found.id, at=at, by=word_for("who", found.by)))
    say(words("undo.counts", **_counts(found), places=found.places))
    rows = [(word_for("undo.turn", each.what), each.account, each.name, each.address) for each in found.accounts]
    if rows:
        print_table(words("accounts_affected"), headings("act", "account_number", "account", "address"), rows[:_SHOWN])
    if len(rows) > _SHOWN:
        say(words("undo.more", count=len(rows) - _SHOWN))


def _counts(found: Undoable) -> dict[str, int]:
    return {what: found.count(what) for what in ("add", "remove", "change")}


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
        **_counts(found),
        "places": found.places,
        "accounts": [asdict(each) for each in found.accounts],
        "held": held,
        "dry_run": dry_run,
    }
