"""`kanalkoll timeline`: what became of one account, in words.

dated lines ─turns▶ those on which something changed or was decided ─in_one_line▶ a sentence each
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from worker.cli.accounts import ACCOUNT, Typed, called, number_of
from worker.cli.findings import in_full, titles_in
from worker.cli.history import carried_out, cell_in_words, told_of
from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_table, say
from worker.cli.speaking import clock, evidence, headings, in_language, reason, word_for, words

if TYPE_CHECKING:
    from worker.ports import TimelineEntry

_EMPTY: Final = frozenset({"", "[]", "{}", "None"})
_OWN: Final = frozenset({"first_seen", "same"})  # the account that is registered, so far as ids tell
_ROW: Final = "row."  # before the name of a register's cell that changed
_DECIDED: Final = ("by", "reason", "until")


@click.command()
@click.argument("account", type=ACCOUNT)
@click.option("--all", "every", is_flag=True, help="Also checks that changed nothing and rules that gave no result.")
@in_language
@as_json
def timeline(account: Typed, every: bool, json_out: bool) -> None:
    """What has happened to one account, night by night: what changed and what was decided."""
    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        entries, titles = deployment.store.timeline(number), titles_in(deployment)
        registered = deployment.store.accounts(ids=[number])  # none where it has left
        zone = deployment.settings.zone
    if not entries:
        raise NothingDone(words("timeline.none", account=number))
    if json_out:
        for entry in entries:
            print_json({"at": entry.at.isoformat(), "what": entry.what, **entry.text})
        return
    shown = entries if every else turns(entries)
    rows = (
        (clock(each.at, zone), words(f"timeline.{each.what}"), in_one_line(each, titles, every=every)) for each in shown
    )
    title = next((called(each) for each in registered), words("timeline.title", account=number))
    print_table(title, headings("when", "what", "happened"), rows)
    if left := len(entries) - len(shown):
        say(words("timeline.more", count=left, account=number))


def turns(entries: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    """The lines on which something changed or was decided, oldest first."""
    return list(_turns(entries))


def _turns(entries: Sequence[TimelineEntry]) -> Iterator[TimelineEntry]:
    remarked: dict[str, str] = {}  # each rule that speaks, with what it saw
    last_look: object = None
    for entry in entries:
        text = entry.text
        if entry.what == "observation":
            look = _seen_in(text)
            if look != last_look:
                yield entry
            last_look = look
        elif entry.what != "finding":
            yield entry
        elif text["outcome"] == "failed":
            if remarked.get(text["rule"]) != text.get("fingerprint", ""):
                yield entry
            remarked[text["rule"]] = text.get("fingerprint", "")
        elif text["outcome"] == "passed" and remarked.pop(text["rule"], None) is not None:
            yield entry


def _seen_in(text: Mapping[str, str]) -> tuple[object, ...]:
    """What makes one look tell something else than another."""
    from audits.observing import UNADDRESSED

    own = text.get("identity") in _OWN or text.get("identity")
    return text.get("transport"), text.get("existence"), own, text.get("doubted"), text.get("reason") == UNADDRESSED


def in_one_line(entry: TimelineEntry, titles: Mapping[str, str], *, every: bool = False) -> str:
    """A line in words; with `every`, also why a look or a rule did not say more."""
    text = {name: value for name, value in entry.text.items() if value not in _EMPTY}
    if entry.what == "observation":
        return _look(text, every)
    if entry.what == "register":
        return _register(text)
    if entry.what == "statement":
        return _statement(text, every)
    if entry.what == "closing":
        return _closing(text)
    rule = text.get("rule", "")
    title = in_full(rule, titles)
    return f"{title}: {_finding(text, every) if entry.what == 'finding' else _decision(text)}"


def _statement(text: Mapping[str, Any], every: bool) -> str:
    told = words("timeline.stated", day=evidence(text["on"]), by=text["by"])
    return f"{told} {text['source_url']}" if every and "source_url" in text else told


def _look(text: Mapping[str, Any], every: bool) -> str:
    """What a look saw; of one that did not see the account, or may not be believed, why, and nothing of the account."""
    from audits.observing import UNADDRESSED

    if text.get("reason") == UNADDRESSED:
        return words("timeline.no_address")
    if "doubted" in text:
        return words("timeline.doubted")
    parts = list(_told_of(text))
    return ", ".join([*parts, *([reason(text["reason"])] if every and "reason" in text else [])])


def _told_of(text: Mapping[str, Any]) -> Iterator[str]:
    names: tuple[str, ...] = ("transport",)
    if text.get("transport") == "ok" and text.get("existence") == "unknown":
        yield words("timeline.undecided")
        names = ("route",)
    elif text.get("transport") == "ok":
        names = ("transport", "existence", "identity", "route")
    yield from (_named(name, word_for("value", text[name])) for name in names if name in text)


def _finding(text: Mapping[str, Any], every: bool) -> str:
    from audits.model import DriftStage
    from audits.reporting import value_of

    if text.get("stage") == DriftStage.HELD:
        return words("timeline.held")
    parts = [word_for("value", text.get("outcome", ""))]
    if text.get("outcome") == "failed":
        parts += [word_for("value", text["severity"])] if "severity" in text else []
        value = value_of(text.get("fingerprint", ""), text)
        parts += [evidence(value)] if value else []
    elif every and "why" in text:
        parts.append(reason(text["why"]))
    return ", ".join(parts)


def _decision(text: Mapping[str, Any]) -> str:
    told = {name: text[name] for name in _DECIDED if name in text}
    if "until" in told:
        told["until"] = evidence(told["until"])
    if "reason" in told and "by" not in told:
        told["reason"] = reason(told["reason"])  # ours, not a person's words
    parts = [_named(name, value) for name, value in told.items()]
    return ", ".join([word_for("value", text.get("state", "")), *parts])


def _closing(text: Mapping[str, Any]) -> str:
    told = words(f"timeline.closing.{text['act']}", day=evidence(text["until"]))
    return ", ".join([told, *(_named(name, text[name]) for name in ("by", "reason") if name in text)])


def _register(text: Mapping[str, Any]) -> str:
    kind = text.get("kind", "")
    cells = [name.removeprefix(_ROW) for name in text if name.startswith(_ROW) and kind == "change"]
    changed = [f"{cell_in_words(name)}: {_sides(text[_ROW + name])}" for name in told_of(cells)]
    who = {"by": word_for("who", text.get("by", ""))}
    parts = [_named(name, who.get(name, text[name])) for name in ("by", "why") if name in text]
    carried = "" if "why" in text else carried_out(text.get("source", ""), text.get("act", ""), text.get("candidate"))
    return "; ".join([", ".join([word_for("value", kind), *parts, *([carried] if carried else [])]), *changed])


def _sides(value: str) -> str:
    before, arrow, after = value.partition(" → ")
    return f"{before if before not in _EMPTY else '–'}{arrow}{after if after not in _EMPTY else '–'}"


def _named(name: str, value: str) -> str:
    """A value behind the word that says what it is."""
    return words(f"timeline.cell.{name}", value=value)
