"""`kanalkoll report-account`: the door by which anybody reports a new, a changed or a closed account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, number_of
from worker.cli.showing import BadInput, as_json, print_json, say
from worker.cli.speaking import in_language, sentence, words
from worker.cli.triage import answering, at_the_desk, candidate_row, new_one

if TYPE_CHECKING:
    from audits.triage import Candidate
    from worker.wiring.reconciling import Reconciling


@click.command("report-account")
@click.argument("about", type=click.Choice(["new", "changed", "closed"]))
@click.argument("which", metavar="ADDRESS | ACCOUNT")
@click.option("--to", default="", help="The new address of a changed account.")
@click.option("--by", required=True, help="Who reports: a name or a role.")
@click.option("--administration", help="Who is responsible for it.")
@new_one
@click.option("--name", default="", help="What it is called.")
@click.option("--note", default="", help="Anything the communications officer should know.")
@in_language
@as_json
def report_account(
    *,
    about: str,
    which: str,
    to: str,
    by: str,
    administration: str | None,
    new: bool,
    name: str,
    note: str,
    json_out: bool,
) -> None:
    """Report a new, changed or closed account to the communications officer. Nothing changes until it is decided.

    kanalkoll report-account new https://www.instagram.com/… --by … --administration …

    kanalkoll report-account closed 12 --by … --note …
    """
    from worker.steps.triage import Report

    if to and about != "changed":
        raise BadInput(words("triage.to_of_changed"))
    if about == "changed" and not any((to, name, administration, note)):
        raise BadInput(words("triage.what_changed"))
    with at_the_desk() as wired:
        whose = answering(wired.deployment, administration, new=new) if administration else administration
        subject = _subject(wired, about, which, to)
        candidate = wired.report(Report(**subject, by=by, name=name, administration=whose, note=note))
    print_json(candidate_row(candidate)) if json_out else _thank(candidate)


def _subject(wired: Reconciling, about: str, which: str, to: str) -> dict[str, Any]:
    """What is reported: the address of a new account, or an account of the register."""
    from audits.triage import About

    is_new = about == "new"
    account = None if is_new else number_of(wired.deployment, ACCOUNT.convert(which, None, None))
    return {"about": About(about), "at": wired.now(), "address": which if is_new else to, "account_id": account}


def _thank(candidate: Candidate) -> None:
    about = sentence(f"triage.about.{candidate.about}")
    say(words("triage.thanks", number=candidate.id, key=candidate.url or candidate.key, about=about))
    if candidate.state.value == "not_ours":
        whose = sentence(f"triage.whose.{candidate.whose.value}") if candidate.whose else ""
        say(words("triage.decided_before", why=f"{whose} {candidate.reason}".strip()))
