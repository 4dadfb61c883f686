"""Changes that were held because too many came at once: see them, vouch for them, take that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from worker.cli.days import DAY
from worker.cli.findings import in_full, rule_meant, titles_in
from worker.cli.naming import Act
from worker.cli.showing import (
    BadInput,
    NothingDone,
    as_json,
    deployed,
    plain,
    print_json,
    print_json_lines,
    print_table,
    say,
)
from worker.cli.speaking import headings, in_language, label, platform_meant, words

if TYPE_CHECKING:
    from datetime import date

    from worker.wiring.holding import Holding


@click.command()
@click.argument("act", type=Act(["list", "believe", "withdraw"]), default="list", metavar="[ACT]")
@click.argument("platform", required=False)
@click.argument("rule", required=False)
@click.option("--by", default="", help="Who says so: a name or a role.")
@click.option("--reason", default="", help="How it is known that the change is real.")
@click.option("--until", type=DAY, help="The last day this counts; two weeks ahead unless given.")
@in_language
@as_json
def held(
    act: str, platform: str | None, rule: str | None, by: str, reason: str, until: date | None, json_out: bool
) -> None:
    """Show what is held because a fifth of a platform changed within a week, and accept it if it is real:

    kanalkoll held believe youtube gone --by … --reason "we closed them on Monday"

    ACT is list, believe or withdraw. What is accepted must still be seen as many times as its rule requires before
    anyone is told.
    """
    from worker.wiring.holding import Holding

    with deployed(asks=False) as deployment:
        holding = Holding(deployment)
        if act == "list":
            _list(holding, json_out)
            return
        if platform is None or rule is None:
            raise BadInput(words("held.which", act=act))
        platform, rule = platform_meant(platform), rule_meant(deployment, rule)
        if act == "withdraw":
            _withdraw(holding, platform, rule, by, json_out)
        else:
            _believe(holding, platform, rule, json_out, by=by, reason=reason, until=until)


def _believe(holding: Holding, platform: str, rule: str, json_out: bool, **given: Any) -> None:
    kept = holding.believe(platform, rule, **given)
    row = {"platform": platform, "rule": rule, "by": kept.by, "until": kept.until.isoformat()}
    told = words("held.believed_now", platform=label(platform), rule=_in_words(holding, rule), day=kept.until)
    if json_out:
        print_json(row)
        return
    say(told)
    say(words("held.believed_undo", platform=platform, rule=rule))


def _withdraw(holding: Holding, platform: str, rule: str, by: str, json_out: bool) -> None:
    if not by.strip():
        raise BadInput(words("held.who"))
    taken = holding.withdraw(platform, rule, by=by.strip())
    if not taken:
        raise NothingDone(words("held.nobody", platform=label(platform), rule=_in_words(holding, rule)))
    print_json({"platform": platform, "rule": rule, "withdrawn": taken}) if json_out else say(words("taken_back"))


def _list(holding: Holding, json_out: bool) -> None:
    rows = _rows(holding)
    if json_out:
        print_json_lines(rows)
    elif rows:
        _show(holding, rows)
    else:
        say(words("held.none"))


def _rows(holding: Holding) -> Sequence[dict[str, Any]]:
    waiting = [
        {"platform": each.platform, "rule": each.rule, "changed": each.changed, "seen": each.seen, "state": "held",
         "accounts": [{"account": account.id, "name": account.name} for account in each.accounts]}
        for each in holding.waiting()
    ]  # fmt: skip
    believed = [
        {"platform": each.platform, "rule": each.rule, "state": "believed", "by": each.by, "reason": each.reason,
         "until": each.until.isoformat()}
        for each in holding.beliefs()
    ]  # fmt: skip
    return [*waiting, *believed]


def _show(holding: Holding, rows: Sequence[dict[str, Any]]) -> None:
    columns = ("platform", "rule", "changed", "seen", "state", "by", "until")
    told = [
        {**row, "platform": label(row["platform"]), "rule": _in_words(holding, row["rule"]),
         "state": words(f"held.{row['state']}")}
        for row in rows
    ]  # fmt: skip
    shown = headings("platform", "rule", "changed", "of", "state", "by", "until")
    print_table(words("held.title"), shown, ([row.get(name, "") for name in columns] for row in told))
    for row in told:
        for account in row.get("accounts", ()):
            about = {"platform": row["platform"], "rule": row["rule"], "number": account["account"]}
            click.echo(words("held.account", name=plain(account["name"]), **about))


def _in_words(holding: Holding, rule: str) -> str:
    return in_full(rule, titles_in(holding.deployment))
