"""What somebody of the city states where nobody may look: the link of the latest post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.days import DAY
from worker.cli.findings import in_full, titles_in
from worker.cli.showing import as_json, deployed, print_json, say
from worker.cli.speaking import in_language, label, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from worker.stating import Taken


@click.command()
@click.argument("link")
@click.option("--account", type=ACCOUNT, help="Whose post it is, if the link does not show it.")
@click.option("--by", required=True, help="Who states this: a name or a role.")
@click.option("--on", type=DAY, help="The date of the post, if the link does not contain one.")
@in_language
@as_json
def paste(link: str, account: Typed | None, by: str, on: date | None, json_out: bool) -> None:
    """Paste the link to an account's latest post. Platform, owner and date are read from the link; nothing is
    fetched.

    It is kept as a statement in your name, never as something seen. It can show that an account is in use, not that
    it is silent.
    """
    with deployed(asks=False) as deployment:
        number = None if account is None else number_of(deployment, account)
        taken = deployment.paste(link, number, by, on)
        print_json(_as_values(taken)) if json_out else _show(taken, titles_in(deployment))


def _as_values(taken: Taken) -> dict[str, Any]:
    statement = taken.statement
    return {
        "account": taken.account.id,
        "name": taken.account.name,
        "platform": taken.account.platform,
        "what": statement.what.value,
        "on": statement.on.isoformat(),
        "by": statement.by,
        "at": statement.at.isoformat(),
        "source_url": statement.source_url,
        "claims_fixed": list(taken.answers),
        "newer_known": taken.newer.isoformat() if taken.newer else None,
    }


def _show(taken: Taken, titles: Mapping[str, str]) -> None:
    statement = taken.statement
    account = {"name": taken.account.name, "platform": label(taken.account.platform), "number": taken.account.id}
    say(words("paste.kept" if taken.newer else "paste.done", **account, on=statement.on, by=statement.by))
    if taken.newer:
        say(words("paste.older", newer=taken.newer))
    for rule in taken.answers:
        say(words("paste.claimed", rule=in_full(rule, titles)))
