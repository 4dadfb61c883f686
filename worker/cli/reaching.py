"""How far the look comes today, and what would take it further."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_table, say

if TYPE_CHECKING:
    from audits.reach import PlatformReach, Price, Reach


@click.command()
@click.option("--language", type=click.Choice(("sv", "en")), default="en", show_default=True, help="Of the steps.")
@as_json
def reach(language: str, json_out: bool) -> None:
    """Tell how many accounts each route can read today, and what would open the rest. Nothing is asked."""
    with deployed() as deployment:
        found, steps = deployment.reach(language)
        labels = {name: platform.label for name, platform in deployment.instruments.platforms.items()}
    if not found.accounts:
        raise NothingDone("No account in the register. Import one first: kanalkoll register import FILE")
    if json_out:
        print_json(_as_values(found, steps))
    else:
        _show(found, steps, labels)


def _as_values(found: Reach, steps: Sequence[str]) -> dict[str, Any]:
    from dataclasses import asdict

    values = asdict(found)
    for row, step, text in zip(values["steps"], found.steps, steps, strict=True):
        row["monthly"] = {"amount": step.monthly.amount / 1000, "unit": step.monthly.unit} if step.monthly else None
        row["text"] = text
    return values


def _show(found: Reach, steps: Sequence[str], labels: dict[str, str]) -> None:
    columns = ("Platform", "Accounts", "Existence", "Latest post", "Routes that are open today")
    print_table("How far we see", columns, (_platform_cells(row, labels) for row in found.platforms))
    say(f"{found.existence} of {found.accounts} accounts can be seen, {found.activity} with their latest post.")
    if steps:
        rows = ((each.opens, text, _price(each.monthly)) for each, text in zip(found.steps, steps, strict=True))
        print_table("What would open more, cheapest first", ("Accounts", "Step", "A month"), rows)
    say("A host's own robots.txt is read at the look itself, and may close what is open here.")


def _platform_cells(row: PlatformReach, labels: dict[str, str]) -> tuple[object, ...]:
    routes = ", ".join(f"{route.value} {count}" for route, count in row.routes.items()) or "none"
    return labels.get(row.platform, row.platform), row.accounts, row.existence, row.activity, routes


def _price(monthly: Price | None) -> str:
    from config.keys import in_units

    return in_units(monthly.amount, monthly.unit) if monthly else ""
