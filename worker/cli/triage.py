"""Channels that wait for a decision: listed with their evidence, decided, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from audits.languages import LANGUAGES
from worker.cli.naming import known_administration
from worker.cli.numbers import NUMBER
from worker.cli.showing import (
    BadInput,
    Listing,
    NothingDone,
    as_json,
    deployed,
    plain,
    print_json,
    print_json_lines,
    print_table,
    say,
)
from worker.cli.speaking import clock, headings, in_language, sentence, spoken, word_for, words

if TYPE_CHECKING:
    from datetime import tzinfo

    from audits.triage import Candidate, TriageEvent
    from worker.ports.triage import KeptCandidate
    from worker.steps.triage import Waiting
    from worker.wiring import Deployment
    from worker.wiring.reconciling import Reconciling

_WHOSE = ("school", "company", "association", "partner", "person", "other")
_STATES = ("open", "asked", "registered", "not_ours", "all")
_WAITING = frozenset({"open", "asked"})


class _Whose(click.Choice[str]):
    """Whose a channel is, by its key or in the words of any language that the catalogues hold."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        meant = _whose_by_word().get(str(value).strip().casefold(), value)
        if meant not in self.choices:
            self.fail(
                words("whose.unknown", value=value, known=", ".join(map(_whose_in_words, self.choices))), param, ctx
            )
        return super().convert(meant, param, ctx)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        del param, ctx
        return "Choose from:\n\t" + ",\n\t".join(map(_whose_in_words, self.choices))  # told as click's own is


def _whose_in_words(whose: str) -> str:
    return sentence(f"triage.as.{whose}").partition(",")[0]


def _whose_by_word() -> dict[str, str]:
    from audits.wording import phrase

    return {
        word.strip(): whose
        for language in LANGUAGES
        for whose in _WHOSE
        for word in phrase(f"triage.as.{whose}", language).split(",")
    }


by = click.option("--by", required=True, help="Who decides: a name or a role.")
reason = click.option("--reason", default="", help="In words. Do not write anything about anyone's health.")
number = click.argument("candidate", type=NUMBER)
new_one = click.option("--new-administration", "new", is_flag=True, help="The administration is a new one.")


@click.group(cls=Listing)
def triage() -> None:
    """Decide on channels that were found or reported: register, not ours, or ask an administration.

    A decision applies even if the channel is found again, and can be undone.
    """


@triage.command("list")
@click.option("--state", type=click.Choice(_STATES), multiple=True, help="Waiting and asked about, unless given.")
@in_language
@as_json
def list_waiting(state: tuple[str, ...], json_out: bool) -> None:
    """List what is waiting, each with the evidence that it is the city's."""
    from audits.triage import CandidateState

    wanted = state or tuple(_WAITING)
    states = list(CandidateState) if "all" in wanted else [CandidateState(each) for each in wanted]
    with at_the_desk() as wired:
        rows = wired.waiting(states)
    if json_out:
        print_json_lines(_waiting_row(each) for each in rows)
    else:
        _show_waiting(rows, spoken(), "title" if set(wanted) <= _WAITING else "title_any")


def _show_waiting(rows: Sequence[Waiting], language: str, title: str) -> None:
    if not rows:
        say(sentence("triage.none"))
        return
    columns = headings("number", "about", "channel", "evidence", "state")
    print_table(sentence(f"triage.{title}", count=len(rows)), columns, (_cells(each, language) for each in rows))


@triage.command()
@number
@by
@click.option("--administration", help="Who is responsible for it.")
@new_one
@click.option("--name", default="", help="What the register calls it.")
@reason
@in_language
@as_json
def register(*, candidate: int, name: str, new: bool, json_out: bool, **given: Any) -> None:
    """Enter a candidate in the register: add it, change it or mark it as closed, as it was found or reported."""
    _decide(candidate, {"act": "register", **given}, name, json_out, new=new)


@triage.command("not-ours")
@number
@by
@click.option("--as", "whose", type=_Whose(_WHOSE), required=True, help="Whose it is.")
@reason
@in_language
@as_json
def not_ours(candidate: int, by: str, whose: str, reason: str, json_out: bool) -> None:
    """Say that a channel is not the city's: a school's, a company's, an association's. It is not asked about again."""
    _decide(candidate, {"act": "not_ours", "by": by, "whose": whose, "reason": reason}, "", json_out)


@triage.command()
@number
@by
@click.option("--administration", required=True, help="Which administration is asked.")
@reason
@in_language
@as_json
def ask(candidate: int, by: str, administration: str, reason: str, json_out: bool) -> None:
    """Ask an administration whether the channel is its own: its weekly letters do so until it is decided."""
    _decide(candidate, {"act": "ask", "by": by, "administration": administration, "reason": reason}, "", json_out)


@triage.command()
@number
@by
@in_language
@as_json
def undo(candidate: int, by: str, json_out: bool) -> None:
    """Undo the last decision, in the register too."""
    from audits.triage import state_in_words

    with at_the_desk() as wired:
        after = wired.undo(candidate, by)
    print_json(candidate_row(after)) if json_out else say(
        words("triage.again", key=after.url or after.key, state=state_in_words(after, spoken()))
    )


@triage.command()
@number
@in_language
@as_json
def show(candidate: int, json_out: bool) -> None:
    """Show one candidate with everything that has been said and decided about it."""
    with at_the_desk() as wired:
        kept, zone = wired.history(candidate), wired.deployment.settings.zone
    if json_out:
        print_json({**candidate_row(kept.candidate), "events": [_event_row(each) for each in kept.events]})
        return
    _show_history(candidate, kept, zone)


def _in_words(event: Mapping[str, Any]) -> dict[str, str]:
    whose = sentence(f"triage.whose.{event['whose']}") if event["whose"] else ""
    return {"act": word_for("act", event["act"]), "state": word_for("state", event["state"]), "whose": whose}


def _show_history(number: int, kept: KeptCandidate, zone: tzinfo) -> None:
    """What was said and decided; where nothing was, what the candidate is and what can be decided."""
    from audits.platforms import GRAMMARS
    from audits.triage import channel_in_words, state_in_words

    columns = ("act", "state", "by", "reason", "administration", "whose")
    shown = headings("when", *columns)
    about = sentence(f"triage.about.{kept.candidate.about}")
    channel = channel_in_words(kept.candidate, GRAMMARS)
    named = kept.candidate.url or channel
    title = words("triage.title", number=number, key=named, about=about)
    if not kept.events:
        state = state_in_words(kept.candidate, spoken())
        more = "" if channel == named else f"\n{channel}"
        click.echo(plain(f"{title}: {state}{more}"))
        say(words("triage.undecided", number=number))
        return
    events = [_event_row(each) for each in kept.events]
    told = [{**each, **_in_words(each)} for each in events]
    times = (clock(each.at, zone) for each in kept.events)
    print_table(
        title, shown, ([at, *(event[name] or "" for name in columns)] for at, event in zip(times, told, strict=True))
    )


def answering(deployment: Deployment, given: str, *, new: bool) -> str:
    """The administration's whole name; a new one is taken as it stands. Raises `BadInput` for one nobody knows."""
    try:
        return given.strip() if new else known_administration(deployment.store, given)
    except BadInput as error:
        raise BadInput(f"{error.message} {words('triage.new_administration')}") from error


@contextmanager
def at_the_desk() -> Iterator[Reconciling]:
    """The wired triage; what cannot be done is told with its remedy."""
    from worker.ports import RegisterMoved
    from worker.ports.triage import CandidateMoved
    from worker.steps.triage import NoSuchCandidate
    from worker.wiring.reconciling import Reconciling

    with deployed() as deployment:
        try:
            yield Reconciling(deployment)
        except NoSuchCandidate as error:
            raise NothingDone(error.args[0]) from error
        except (CandidateMoved, RegisterMoved) as error:
            raise BadInput(words("triage.moved", why=error.args[0])) from error


def _decide(id_: int, given: dict[str, Any], name: str, json_out: bool, *, new: bool = False) -> None:
    from audits.triage import Decision, Whose, state_in_words

    whose = given.pop("whose", None)
    with at_the_desk() as wired:
        if given.get("administration"):
            given["administration"] = answering(wired.deployment, given["administration"], new=new)
        decision = Decision(at=wired.now(), whose=Whose(whose) if whose else None, **given)
        after = wired.decide(id_, decision, name)
    if json_out:
        print_json(candidate_row(after))
        return
    state = state_in_words(after, spoken())
    if after.account_id:
        state = words("triage.as_account", state=state, number=after.account_id)
    say(words("triage.done", key=after.url or after.key, state=state, number=id_))


def candidate_row(each: Candidate) -> dict[str, Any]:
    """A candidate as plain values."""
    return {
        "candidate": each.id,
        "about": each.about.value,
        "key": each.key,
        "platform": each.platform,
        "url": each.url,
        "name": each.name,
        "origin": each.origin.value,
        "state": each.state.value,
        "account": each.account_id,
        "administration": each.administration,
        "whose": each.whose.value if each.whose else None,
        "by": each.by,
        "reason": each.reason,
        "note": each.note,
        "first_seen_at": each.first_seen_at.isoformat(),
    }


def _event_row(event: TriageEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(timespec="minutes"),
        "act": event.act,
        "state": event.state.value,
        "by": event.by,
        "reason": event.reason,
        "administration": event.administration,
        "whose": event.whose.value if event.whose else None,
        "account": event.account_id,
        "import": event.import_id,
    }


def _waiting_row(each: Waiting) -> dict[str, Any]:
    evidence = each.evidence
    return {
        **candidate_row(each.candidate),
        "evidence": {
            "pages": list(evidence.pages),
            "pages_in_all": evidence.pages_in_all,
            "says": evidence.says,
            "likely": evidence.is_likely,
            "listed": evidence.is_listed,
            "named_by": list(evidence.named_by),
            "likeness": evidence.likeness.name.lower(),
            "administration": evidence.guess.administration if evidence.guess else None,
            "administration_from": evidence.guess.where if evidence.guess else None,
        },
        "answer": _event_row(each.answer) if each.answer else None,
    }


def _cells(each: Waiting, language: str) -> tuple[object, ...]:
    from audits.platforms import GRAMMARS
    from audits.triage import answer_in_words, channel_in_words, evidence_in_words, state_in_words

    answered = answer_in_words(each.answer, language) if each.answer else ""
    one = each.candidate
    return (
        one.id,
        sentence(f"triage.about.{one.about}"),
        f"{one.name}\n{channel_in_words(one, GRAMMARS)}".strip(),
        "\n".join(evidence_in_words(one, each.evidence, language)),
        f"{state_in_words(one, language)}\n{answered}".strip(),
    )
