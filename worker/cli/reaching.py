"""How far the look comes today, and what would take it further."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_table, say
from worker.cli.speaking import headings, in_language, label, spoken, words

if TYPE_CHECKING:
    from audits.reach import PlatformReach, Price, Reach


@click.command()
@in_language
@as_json
def reach(*, json_out: bool) -> None:
    """Show how many accounts each route can read today, and what would open the rest. No requests are made."""
    with deployed() as deployment:
        found, steps = deployment.reach(spoken())
    if not found.accounts:
        raise NothingDone(words("audit.no_account"))
    if json_out:
        print_json(_as_values(found, steps))
    else:
        _show(found, steps)


def _as_values(found: Reach, steps: Sequence[str]) -> dict[str, Any]:
    from dataclasses import asdict

    values = asdict(found)
    for row, step, text in zip(values["steps"], found.steps, steps, strict=True):
        row["monthly"] = {"amount": step.monthly.amount / 1000, "unit": step.monthly.unit} if step.monthly else None
        row["text"] = text
    return values


def _show(found: Reach, steps: Sequence[str]) -> None:
    columns = headings("platform", "accounts", "existence", "latest", "routes")
    print_table(words("reach.title"), columns, (_platform_cells(row) for row in found.platforms))
    say(words("reach.sum", seen=found.existence, count=found.accounts, active=found.activity))
    if steps:
        rows = ((each.opens, text, _price(each.monthly)) for each, text in zip(found.steps, steps, strict=True))
        print_table(words("reach.steps"), headings("accounts", "step", "monthly"), rows)
    say(words("reach.robots"))


def _platform_cells(row: PlatformReach) -> tuple[object, ...]:
    routes = "; ".join(f"{words(f'route.{route.value}')}: {count}" for route, count in row.routes.items()) or words(
        "none"
    )
    return label(row.platform), row.accounts, row.existence, row.activity, routes


def _price(monthly: Price | None) -> str:
    from worker.reporting import price

    return price(monthly, spoken()) if monthly else ""
