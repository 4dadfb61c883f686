"""What administrations are asked of where no look reaches, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.days import DAY
from worker.cli.numbers import NUMBER
from worker.cli.showing import (
    Listing,
    NothingDone,
    as_json,
    deployed,
    print_entries,
    print_json,
    print_json_lines,
    print_table,
    say,
)
from worker.cli.speaking import asked, day_of, headings, in_language, label, spoken, words

if TYPE_CHECKING:
    from datetime import tzinfo

    from worker.ports.attesting import AskedRound
    from worker.steps.attesting import Answered, Channel
    from worker.wiring.attesting import Attesting


@click.group(cls=Listing, lists="rounds")
def attest() -> None:
    """Ask administrations what no check can see, and record their answers in their name."""


@attest.command()
@click.option(
    "--open-due",
    is_flag=True,
    help="First open what is due, for every administration; at night only released administrations are asked.",
)
@click.option("--all", "every", is_flag=True, help="Also rounds in which everything has been answered.")
@in_language
@as_json
def rounds(open_due: bool, every: bool, json_out: bool) -> None:
    """Rounds waiting for an answer, newest first: who is asked, until when, and how much has been answered."""
    from worker.wiring.attesting import Attesting

    with deployed(asks=False) as deployment:
        attesting = Attesting(deployment)
        opened = attesting.open_due() if open_due else ()
        zone = deployment.settings.zone
        rows = [_round_row(each, zone) for each in attesting.rounds() if every or each.open]
    if json_out:
        print_json_lines(rows)
        return
    if open_due:
        say(words("attest.opened", count=len(opened)))
    columns = ("round", "administration", "period", "opened", "due", "questions", "open", "handed_to")
    print_table(words("attest.title"), headings(*columns), ([row[name] or "" for name in columns] for row in rows))


def _round_row(asked: AskedRound, zone: tzinfo) -> dict[str, Any]:
    return {
        "round": asked.id,
        "administration": asked.administration,
        "period": asked.period,
        "opened": day_of(asked.opened_at, zone).isoformat(),
        "due": asked.due_on.isoformat(),
        "questions": len(asked.items),
        "open": len(asked.open),
        "handed_to": asked.hand_overs[-1].to if asked.hand_overs else None,
    }


@attest.command("list")
@click.argument("round_id", type=NUMBER, metavar="ROUND")
@in_language
@as_json
def list_(round_id: int, json_out: bool) -> None:
    """A round's accounts: what is asked, what was answered, and what Kanalkoll knows itself."""
    from worker.wiring.attesting import Attesting

    language = asked() if json_out else spoken()
    with deployed(asks=False) as deployment:
        attesting = Attesting(deployment)
        page = attesting.page(round_id)
        if page is None:
            raise NothingDone(words("attest.none", number=round_id))
        rows = [row for channel in page.channels for row in _channel_rows(attesting, channel, language)]
    if json_out:
        print_json_lines(rows)
        return
    for account in dict.fromkeys(row["account"] for row in rows):
        _show_channel([row for row in rows if row["account"] == account])


def _show_channel(rows: Sequence[dict[str, Any]]) -> None:
    """One account: what the machine knows of it, and each question with its answer below."""
    one = rows[0]
    seen = words("attest.seen", day=one["last_seen"]) if one["last_seen"] else words("attest.never_seen")
    posted = words("attest.posted", day=one["latest_post"]) if one["latest_post"] else words("attest.never_posted")
    known = words("attest.known", seen=seen, posted=posted)
    whose = words("attest.account", name=one["name"], platform=label(one["platform"]), number=one["account"])
    asked_of_it = ((f"  {row['question_id']}: {row['question']}", _answered(row)) for row in rows)
    print_entries(f"{whose}: {known}", asked_of_it)


def _answered(row: Mapping[str, Any]) -> Sequence[str]:
    """What was answered last, and that an answer is waited for: there may be both."""
    return [row["answer"] or "", words("attest.waits") if row["open"] else ""]


def _channel_rows(attesting: Attesting, channel: Channel, language: str) -> Sequence[dict[str, Any]]:
    from audits.attesting import confirmed

    zone = attesting.deployment.settings.zone
    return [
        {
            "account": channel.account.id,
            "name": channel.account.name,
            "platform": channel.account.platform,
            "address": channel.account.address,
            "question_id": question.id,
            "question": question.title[language],
            "open": question.id in channel.open,
            "answer": confirmed(given, language, attesting.now) if given else None,
            "last_seen": day_of(channel.last_seen_at, zone).isoformat() if channel.last_seen_at else None,
            "latest_post": _latest_post(channel, zone),
        }
        for question in channel.questions
        for given in (channel.answers.get(question.id),)
    ]


def _latest_post(channel: Channel, zone: tzinfo) -> str | None:
    """The day of the newest post that was seen, or a later one with whoever states it."""
    from audits.model import Activity

    activity, stated = channel.last_look.activity if channel.last_look else None, channel.last_stated
    seen = day_of(activity.at, zone).isoformat() if isinstance(activity, Activity) and activity.at else None
    if stated is not None and stated.on.isoformat() > (seen or ""):
        return f"{stated.on.isoformat()} ({stated.by})"
    return seen


@attest.command()
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who answers: a name or a role.")
@click.option("--yes", "yes", multiple=True, metavar="QUESTION", help="Answered with yes; may be repeated.")
@click.option("--no", "no", multiple=True, metavar="QUESTION", help="Answered with no; may be repeated.")
@click.option("--link", default="", help="The latest post's link: the account is in use.")
@click.option("--on", type=DAY, help="The date of that post, if its link does not contain one.")
@click.option("--note", default="", help="In words. Do not write anything about anyone's health.")
@in_language
@as_json
def answer(account: Typed, yes: Sequence[str], no: Sequence[str], json_out: bool, **given: Any) -> None:
    """Answer for one account: kanalkoll attest answer 12 --by KF --link https://… --yes ours --yes two-factor

    Answering again replaces the answer; both are kept.
    """
    from worker.wiring.attesting import Attesting

    with deployed(asks=False) as deployment:
        attesting = Attesting(deployment)
        answered = attesting.answer(
            number_of(deployment, account), {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}, **given
        )
        if json_out:
            print_json(_answered_row(answered))
            return
        whose = {
            "name": answered.account.name,
            "platform": label(answered.account.platform),
            "number": answered.account.id,
        }
        say(words("attest.account", **whose))
        for line in answered.in_words(attesting.questions, spoken(), attesting.now):
            say(f"  {line}")
        if answered.taken and answered.taken.newer:
            say(words("paste.older", newer=answered.taken.newer))


def _answered_row(answered: Answered) -> dict[str, Any]:
    return {
        "account": answered.account.id,
        "answers": {each.question: each.yes for each in answered.answers},
        "by": answered.answers[0].by,
        "at": answered.answers[0].at.isoformat(),
        "latest_post": answered.taken.statement.on.isoformat() if answered.taken else None,
        "claims_fixed": list(answered.taken.answers) if answered.taken else [],
    }


@attest.command("hand-over")
@click.argument("round_id", type=NUMBER, metavar="ROUND")
@click.option("--to", required=True, help="The colleague who answers instead: a name, a role or an address.")
@click.option("--by", required=True, help="Who hands over.")
@click.option("--account", type=ACCOUNT, help="For this account only.")
@in_language
@as_json
def hand_over(round_id: int, to: str, by: str, account: Typed | None, json_out: bool) -> None:
    """Let a colleague answer a round, or one account of it."""
    from worker.wiring.attesting import Attesting

    with deployed(asks=False) as deployment:
        number = None if account is None else number_of(deployment, account)
        given = Attesting(deployment).hand_over(round_id, to=to, by=by, account_id=number)
    if json_out:
        print_json({"round": round_id, "to": given.to, "by": given.by, "account": given.account_id})
    else:
        say(words("attest.handed", number=round_id, to=given.to, by=given.by))
