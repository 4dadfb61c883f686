"""`kanalkoll register history`: who changed what, when and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_table

if TYPE_CHECKING:
    from worker.ports.organisation import Told


@click.command()
@click.argument("account", type=int, required=False)
@click.option("--limit", default=50, show_default=True, help="How many changes at most, the latest first.")
@as_json
def history(account: int | None, limit: int, json_out: bool) -> None:
    """Show every change of the register, or of one ACCOUNT and those who answered for it: who, when and why."""
    with deployed(asks=False) as deployment:
        told, zone = deployment.store.history(account, limit), deployment.settings.zone
    if json_out:
        for each in told:
            print_json(asdict(each))
        return
    if not told:
        raise NothingDone("Nothing of it was ever changed here." if account else "The register was never changed.")
    rows = (
        (each.import_id, f"{each.at.astimezone(zone):%Y-%m-%d %H:%M}", each.by, _what(each), _values(each), each.why)
        for each in told
    )
    print_table("History", ("Import", "When", "Who", "What", "From → to", "Why"), rows)


def _what(each: Told) -> str:
    undoing = f" (undoes {each.undoes})" if each.undoes else ""
    since = f" from {each.effective_on.isoformat()}" if each.effective_on else ""
    return f"{each.what} {each.of}{since}{undoing}"


def _values(each: Told) -> str:
    if not each.before or not each.after:
        side = each.before or each.after
        return ", ".join(str(side[name]) for name in ("administration", "name", "address", "recipient") if name in side)
    names = dict.fromkeys([*each.before, *each.after])
    return "; ".join(f"{name}: {each.before.get(name, '–')} → {each.after.get(name, '–')}" for name in names)
