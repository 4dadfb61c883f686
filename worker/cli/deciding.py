"""What people decide of a case, from the command line: one receipt a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.days import DAY
from worker.cli.findings import in_full, rule_meant, titles_in
from worker.cli.naming import Act, unknown
from worker.cli.showing import (
    BadInput,
    NothingDone,
    as_json,
    deployed,
    print_entries,
    print_json,
    print_json_lines,
    print_table,
    say,
)
from worker.cli.speaking import (
    clock,
    day_of,
    evidence,
    headings,
    in_language,
    in_words,
    sentence,
    spoken,
    word_for,
    words,
)

if TYPE_CHECKING:
    from datetime import tzinfo

    from audits.deciding import CaseRef, KeptCase, Receipt
    from audits.model import Case, CaseEvent
    from worker.wiring import Deployment

_ACTS = ("acknowledge", "explain", "not_ours", "confirm_not_ours", "deny_not_ours", "claim_fixed", "reopen")


@click.command()
@click.argument("act", type=Act(["list", "show", *_ACTS, "undo"], of="case"), default="list", metavar="[ACT]")
@click.argument("which", type=ACCOUNT, required=False, metavar="[CASE | ACCOUNT RULE]")
@click.argument("rule", required=False, metavar="")
@click.option("--value", help="The value that was seen, if the account has several cases under the rule.")
@click.option("--by", default="", help="Who decides: a name or a role.")
@click.option("--reason", default="", help="In words. Do not write anything about anyone's health.")
@click.option("--until", type=DAY, help="The last day an explanation applies.")
@in_language
@as_json
def case(act: str, which: Typed | None, rule: str | None, json_out: bool, **given: Any) -> None:
    """List the open cases, show one with its history, or decide one.

    ACT is list, show, acknowledge, explain, not_ours, confirm_not_ours, deny_not_ours, claim_fixed, reopen or undo.
    A number alone is the case's, as list shows it: "show 20" is case 20. A number before a rule is the account's:
    "show 20 moved" is account 20's case under moved. In place of its number an account's key, address or handle does.

    kanalkoll case explain 12 inactive --by … --reason … --until …

    "not_ours" waits for the communications officer, who answers with confirm_not_ours or deny_not_ours. "claim_fixed"
    is verified by the next check that can see the account. "undo" takes back the last decision, until there has been
    a check or another decision.
    """
    with deployed(asks=False) as deployment:
        if act == "list":
            _list_cases(deployment, json_out)
            return
        if which is None:
            raise BadInput(words("case.which", act=act))
        ref = _meant(deployment, which, rule, given.pop("value"))
        if act == "show":
            _show(deployment, ref, json_out)
        else:
            _decide(deployment, ref, act, given, spoken() if not json_out else "")


def _meant(deployment: Deployment, which: Typed, typed: str | None, value: str | None) -> CaseRef:
    from audits.deciding import CaseRef

    if not typed:
        return CaseRef(id=which if isinstance(which, int) else _only_case(deployment, which))
    number = number_of(deployment, which)
    rule = rule_meant(deployment, typed)
    called = in_full(rule, titles_in(deployment))
    return CaseRef(account_id=number, rule=rule, fingerprint=value, rule_called=called)


def _only_case(deployment: Deployment, typed: Typed) -> int:
    """The number of the one open case of an account. Raises `BadInput` where it has several, `NothingDone` for none."""
    from worker.wiring.deciding import Deciding

    number, titles = number_of(deployment, typed), titles_in(deployment)
    own = [each for each in Deciding(deployment).open_cases() if each.account.id == number]
    if not own:
        raise NothingDone(words("case.none_of", name=typed))
    if len(own) > 1:
        told = "; ".join(f"{each.id}: {in_full(each.case.rule, titles)}" for each in own)
        raise BadInput(words("case.several", name=typed, cases=told))
    return own[0].id


def _decide(deployment: Deployment, ref: CaseRef, act: str, given: dict[str, Any], language: str) -> None:
    """Decide and print the receipt: in words, or as JSON where no language is named."""
    from worker.steps.deciding import NoSuchCase
    from worker.wiring.deciding import Deciding

    deciding = Deciding(deployment)
    try:
        if act == "undo":
            receipt = deciding.undo(ref, by=given["by"])
        else:
            receipt = deciding.decide(ref, act, by=given["by"], reason=given["reason"], until=given["until"])
    except NoSuchCase as error:
        raise _no_such(deployment, ref, in_words(error.args[0])) from error
    _hand_out(deployment, receipt, language)


def _no_such(deployment: Deployment, ref: CaseRef, why: str) -> NothingDone | BadInput:
    """That there is no such case, and which number was taken for which; or that there is no such rule.

    A case of a rule that was dropped may still stand, so only what finds none is held against the rules.
    """
    titles = titles_in(deployment)
    if ref.rule and ref.rule not in titles:
        return unknown("rule", ref.rule, titles)
    return NothingDone(f"{words('error', why=why)}. {_whose_number(ref)}")


def _whose_number(ref: CaseRef) -> str:
    """Which number was taken for which, and how the other is said: cases and accounts both bear small ones."""
    if ref.id is not None:
        return words("case.number_alone", number=ref.id)
    return words("case.number_and_rule", number=ref.account_id)


def _hand_out(deployment: Deployment, receipt: Receipt, language: str) -> None:
    if not language:
        print_json(receipt_row(receipt))
        return
    from audits.deciding import in_words, numbers_in_words

    titles = titles_in(deployment)
    for line in in_words(receipt, titles.get(receipt.rule, receipt.rule), language):
        say(line)
    if receipt.undo:
        say(f"  {receipt.undo}")
        say(f"  {numbers_in_words(receipt, in_full(receipt.rule, titles), language)}")


def receipt_row(receipt: Receipt) -> dict[str, Any]:
    """A receipt as plain values."""
    return {
        "case": receipt.case_id,
        "account": receipt.account_id,
        "name": receipt.account,
        "administration": receipt.administration,
        "rule": receipt.rule,
        "act": receipt.act,
        "state": receipt.state.value,
        "by": receipt.by,
        "at": receipt.at.isoformat(),
        "reason": receipt.reason,
        "until": receipt.until.isoformat() if receipt.until else None,
        "waits_for_officer": receipt.waits_for_officer,
        "undo": receipt.undo,
        "hints": list(receipt.hints),
        "repeated": receipt.repeated,
    }


def _show(deployment: Deployment, ref: CaseRef, json_out: bool) -> None:
    from worker.wiring.deciding import Deciding

    kept = Deciding(deployment).case(ref)
    if kept is None:
        raise _no_such(deployment, ref, words("case.none", ref=ref.named))
    if json_out:
        events = [_event_row(event) for event in kept.events]
        print_json({**_kept_row(kept, deployment.settings.zone), "events": events})
        return
    rule = in_full(kept.case.rule, titles_in(deployment))
    facts = {"number": kept.id, "account": kept.account.id, "name": kept.account.name, "rule": rule}
    value = _value_of(kept.case)
    title = f"{words('case.title', **facts)} ({value})" if value else words("case.title", **facts)
    columns = headings("when", "act", "state", "by", "reason", "until")
    print_table(title, columns, (_event_cells(each, deployment.settings.zone) for each in kept.events))
    if kept.waits:
        say(words("case.waits_now"))


def _event_cells(each: CaseEvent, zone: tzinfo) -> tuple[object, ...]:
    act, state = word_for("act", each.act), word_for("value", each.state.value)
    why = each.reason if each.by else evidence(each.reason)  # a look's is ours, a person's their own words
    return clock(each.at, zone), act, state, each.by, why, each.until.isoformat() if each.until else ""


def _value_of(case: Case) -> str:
    from audits.reporting import value_of

    return evidence(value_of(case.fingerprint, case.seen))


def _kept_row(kept: KeptCase, zone: tzinfo) -> dict[str, Any]:
    return {"case": kept.id, "name": kept.account.name, **_case_row(kept.case, zone), "waits": kept.waits}


def _event_row(event: CaseEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(timespec="minutes"),
        "act": event.act,
        "state": event.state.value,
        "by": event.by,
        "reason": event.reason,
        "until": event.until.isoformat() if event.until else None,
    }


def _list_cases(deployment: Deployment, json_out: bool) -> None:
    from worker.wiring.deciding import Deciding

    rows = [_kept_row(each, deployment.settings.zone) for each in Deciding(deployment).open_cases()]
    if json_out:
        print_json_lines(rows)
        return
    titles = titles_in(deployment)
    asked = [row for row in rows if row["question"]]
    print_entries(words("case.open"), (_entry(row, titles) for row in rows if not row["question"]))
    if asked:
        print_entries(words("unanswered", count=len(asked)), (_entry(row, titles) for row in asked))


def _entry(row: dict[str, Any], titles: Mapping[str, str]) -> tuple[str, list[str]]:
    told = {"since": evidence(row["since"]), "by": row["by"], "until": evidence(row["until"] or "")}
    said = (words(f"case.{name}", value=value) if value else "" for name, value in told.items())
    facts = (*_standing(row), sentence(f"severity.{row['severity']}").lower(), *said)
    about = {"rule": in_full(row["rule"], titles), "account": row["account"], "name": row["name"]}
    return words("case.entry", number=row["case"], **about), [", ".join(filter(None, facts))]


def _standing(row: dict[str, Any]) -> Iterator[str]:
    """What has become of it; what waits for a look stands confirmed no more."""
    if not (row["waits"] and row["state"] == "confirmed"):
        yield words(f"value.{row['state']}")
    if row["waits"]:
        yield words("case.waits")


def _case_row(each: Case, zone: tzinfo) -> dict[str, Any]:
    from audits.attesting import is_unanswered

    return {
        "account": each.account_id,
        "rule": each.rule,
        "value": each.fingerprint,
        "question": is_unanswered(each.seen),
        "state": each.state.value,
        "severity": each.severity.value,
        "since": day_of(each.opened_at, zone).isoformat(),
        "by": each.by,
        "reason": each.reason,
        "until": each.until.isoformat() if each.until else None,
    }
