"""Profile pictures: which are new, and which somebody has approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.showing import Listing, as_json, deployed, print_json, print_json_lines, print_table, say
from worker.cli.speaking import day_of, headings, in_language, words

if TYPE_CHECKING:
    from datetime import tzinfo

    from worker.ports.pictures import KeptPicture


@click.group(cls=Listing)
def pictures() -> None:
    """Profile pictures: a new one is a question, an approved one is not."""


@pictures.command()
@click.option(
    "--seconds",
    type=click.IntRange(1, 3600),
    metavar="N",
    default=60,
    show_default=True,
    help="At most this many seconds.",
)
@in_language
@as_json
def look(seconds: int, json_out: bool) -> None:
    """Check pictures that have a new address, if they may be requested. This is done every night anyway."""
    from worker.wiring.pictures import Pictures

    with deployed() as deployment:
        count = Pictures(deployment).look(seconds)
    print_json({"looked_at": count}) if json_out else say(words("pictures.looked", count=count))


@pictures.command("list")
@click.option("--new", is_flag=True, help="Only those that nobody has approved.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Also write each as a small PNG there."
)
@in_language
@as_json
def list_(new: bool, folder: Path | None, json_out: bool) -> None:
    """The picture each account was last seen to show, and for which sub-brand it is approved."""
    from worker.replacing import write_together
    from worker.wiring.pictures import Pictures

    with deployed() as deployment:
        shown = [each for each in Pictures(deployment).every() if not (new and each.sub_brand)]
        names = {account.id: account.name for account in deployment.store.accounts(ids=[s.account_id for s in shown])}
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        write_together(folder, {f"{each.account_id}.png": each.thumbnail for each in shown})
    rows = [{"name": names.get(each.account_id, ""), **_row(each, deployment.settings.zone)} for each in shown]
    if json_out:
        print_json_lines(rows)
        return
    columns = ("account", "name", "fingerprint", "seen", "approved_for")
    print_table(
        words("pictures.title"),
        headings(*columns[:3], "last_shown", "approved_for"),
        ([row[name] or "" for name in columns] for row in rows),
    )


@pictures.command()
@click.argument("account", type=ACCOUNT)
@click.option("--sub-brand", required=True, help="Whose picture it is: the city's, or a sub-brand of it.")
@click.option("--by", required=True, help="Who approves it: a name or a role.")
@in_language
@as_json
def approve(account: Typed, sub_brand: str, by: str, json_out: bool) -> None:
    """Approve the picture that an account shows, also for every other account that shows it."""
    from worker.wiring.pictures import Pictures

    with deployed() as deployment:
        approved = Pictures(deployment).approve(number_of(deployment, account), sub_brand=sub_brand, by=by)
    if json_out:
        print_json(_row(approved, deployment.settings.zone))
    else:
        say(words("pictures.approved", account=approved.account_id, brand=approved.sub_brand))


@pictures.command()
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who withdraws it: a name or a role.")
@in_language
@as_json
def withdraw(account: Typed, by: str, json_out: bool) -> None:
    """Withdraw the approval of an account's picture."""
    from worker.wiring.pictures import Pictures

    with deployed() as deployment:
        number = number_of(deployment, account)
        Pictures(deployment).withdraw(number, by)
    print_json({"account": number, "approved_for": None, "by": by}) if json_out else say(words("taken_back"))


def _row(kept: KeptPicture, zone: tzinfo) -> dict[str, Any]:
    return {
        "account": kept.account_id,
        "fingerprint": kept.picture.fingerprint,
        "url": kept.picture.url,
        "seen": day_of(kept.seen_at, zone).isoformat(),
        "approved_for": kept.sub_brand,
    }
