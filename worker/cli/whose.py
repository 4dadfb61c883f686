"""Is this account really the city's? For whoever answers residents, from the register alone: nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import BadInput, as_json, deployed, print_entries, print_json_lines
from worker.cli.speaking import in_language, label, sentence, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audits.reconciling.whose import Reply


@click.command()
@click.argument("given", metavar="ADDRESS...", nargs=-1, required=True)
@in_language
@as_json
def whose(given: Sequence[str], json_out: bool) -> None:
    """Answer whether addresses are the city's own accounts. Nothing is fetched, and no short link is followed.

    It says what the register knows, and which account of the city's another could be taken for; of whose that is,
    nothing.
    """
    from config.lookalikes import BadLookalikes
    from worker.wiring.reconciling import Reconciling

    with deployed(asks=False) as deployment:
        try:
            replies = list(zip(given, Reconciling(deployment).whose(given), strict=True))
        except BadLookalikes as error:
            raise BadInput(error.args[0]) from error
    if json_out:
        print_json_lines(_row(typed, reply) for typed, reply in replies)
        return
    for typed, reply in replies:
        print_entries(typed, [(in_words(reply), [])])


def in_words(reply: Reply) -> str:
    """The reply as it may be read out."""
    entry, left = reply.entry, reply.left
    facts: dict[str, Any] = {}
    if entry is not None:
        whom = entry.administration or words("nobody")
        facts = {"name": entry.name, "platform": label(entry.platform), "whom": whom, "url": entry.url}
        facts["state"] = sentence(f"list.state.{entry.state.value}")
    if left is not None:
        facts = {"name": left.name, "day": left.until.isoformat()}
    if reply.like is not None:
        ours = reply.like.ours
        facts = {"name": ours.name, "platform": label(ours.platform), "url": ours.url}
    if reply.named:
        facts = {"named": "; ".join(f"{label(each.platform)} {each.url}" for each in reply.named)}
    return words(f"whose_is.{reply.whose.value}", **facts, host=reply.host)


def _row(typed: str, reply: Reply) -> dict[str, Any]:
    entry, left = reply.entry, reply.left
    return {
        "given": typed,
        "whose": reply.whose.value,
        "key": reply.key,
        "host": reply.host,
        "account": entry.account_id if entry else None,
        "name": entry.name if entry else left.name if left else None,
        "administration": entry.administration if entry else None,
        "url": entry.url if entry else None,
        "state": entry.state.value if entry else None,
        "until": left.until.isoformat() if left else None,
        "like": reply.like.ours.key if reply.like else None,
        "named": [each.url for each in reply.named],
        "signs": [sign.value for sign in reply.like.signs] if reply.like else [],
    }
