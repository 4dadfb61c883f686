"""Reading what is given: addresses and recorded pages. Nothing is fetched."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import BadInput, NothingDone, as_json, print_facts, print_json, print_table, say
from worker.cli.speaking import headings, in_language, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from audits.accuracy import Figures, Tally
    from audits.model import Page


@click.command()
@click.argument("given", metavar="[ADDRESS]...", nargs=-1)
@in_language
@as_json
def identify(given: tuple[str, ...], json_out: bool) -> None:
    """Say what pasted addresses are.

    Without an address here: lines on standard input, plain or {"raw": …, "context": …}.
    """
    from audits.addresses import identify as identify_address
    from audits.platforms import GRAMMARS

    wrong: list[str] = []
    for raw, context in [(each, None) for each in given] or _lines(wrong):
        address = identify_address(raw, context, GRAMMARS)
        answer = {
            "raw": address.raw,
            "platform": address.platform,
            "kind": address.kind.value,
            "canonical_url": address.canonical_url,
            "key": address.key,
            "owner_key": address.owner_key,
            "suggest_key": address.suggest_key,
            "notes": list(address.notes),
        }
        print_json(answer) if json_out or not _to_terminal() else print_facts(answer)
    if wrong:
        raise BadInput("\n".join(wrong))


def _lines(wrong: list[str]) -> Iterator[tuple[str, str | None]]:
    """What standard input asks; into `wrong` goes what is said of each line that asks nothing."""
    if sys.stdin.isatty():
        say(words("identify.paste"))
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                yield _line(number, line)
        except BadInput as error:
            wrong.append(error.message)


def _line(number: int, line: str) -> tuple[str, str | None]:
    if not line.lstrip().startswith("{"):
        return line, None
    where = words("identify.line", number=number)
    given = parsed(line, where)
    if not isinstance(given.get("raw"), str):
        raise BadInput(words("identify.no_raw", where=where))
    context = given.get("context")
    return given["raw"], context if isinstance(context, str) else None


def parsed(text: str, where: str) -> dict[str, Any]:
    """One JSON object. Raises `BadInput` naming where it stood."""
    import orjson

    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(words("no_json", where=where, why=error)) from error
    if not isinstance(value, dict):
        raise BadInput(words("no_object", where=where))
    return value


def _to_terminal() -> bool:
    return sys.stdout.isatty()


@click.command()
@click.option("--url", default="", help="The address that was requested; empty if it is not known.")
@click.option("--platform", help="The platform, if the address does not show it.")
@click.option(
    "--status", type=click.IntRange(100, 999), metavar="N", help="The HTTP status; leave it out if it was not recorded."
)
@click.option("--final-url", help="The address that answered, after redirects.")
@click.option("--headers", help="The response headers as a JSON object.")
@click.option("--body", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@in_language
@as_json
def inspect(
    url: str,
    platform: str | None,
    status: int | None,
    final_url: str | None,
    headers: str | None,
    body: Path,
    json_out: bool,
) -> None:
    """Read one recorded response (gzip or plain) and say what it shows about the account."""
    from worker.inspecting import inspect_page
    from worker.wiring import reading_instruments, utc_now

    now = utc_now()
    page = replace(_recorded(body, headers or "{}", now), url=url, final_url=final_url, status=status)
    answer = inspect_page(page, *reading_instruments(now), platform)
    print_json(answer) if json_out or not _to_terminal() else print_facts(answer)


def _recorded(body: Path, headers: str, now: datetime) -> Page:
    """The response as it was kept, of the moment that its own headers name; never of one to come."""
    from audits.model import Page
    from audits.reading.written_values import moment
    from worker.unpacking import unpack

    content, whole = unpack(body.read_bytes())
    kept = {name.lower(): str(value) for name, value in parsed(headers, "--headers").items()}
    came = min(now, moment(kept.get("date")) or now)
    return Page(url="", headers=kept, body=content, truncated=not whole, fetched_at=came)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@in_language
@as_json
def accuracy(folder: Path, json_out: bool) -> None:
    """Read a folder of labelled responses and show how accurate the readers are.

    Exits with 1 on any false accusation and, if the responses are those of the recorded figures, when a figure has
    fallen.
    """
    from audits.accuracy import Verdict
    from audits.days import utc_day
    from config.accuracy import load_accuracy
    from worker.measuring import as_rows, measure, worse
    from worker.wiring import reading_instruments, utc_now

    now, recorded = utc_now(), load_accuracy()
    found = measure(folder, *reading_instruments(now), recorded.known, now)
    if json_out:
        print_json(as_rows(found))
    else:
        _show_accuracy(found, utc_day(now))
    sunken = worse(found, folder, recorded, utc_day(now))
    for line in sunken:
        say(words("accuracy.worse", what=line))
    if accused := found.total(Verdict.FALSE_ACCUSATION):
        raise NothingDone(words("accuracy.accused", count=accused))
    if sunken:
        raise NothingDone(words("accuracy.sunken"))


def _show_accuracy(found: Tally, today: date) -> None:
    from audits.accuracy import FactVerdict, Verdict

    rows = ((platform, label, *row.values()) for (platform, label), row in sorted(found.verdicts.items()))
    print_table(words("accuracy.verdicts"), (*headings("platform", "class"), *Verdict), rows)
    facts = ((name, *row.values()) for name, row in found.facts.items())
    print_table(words("accuracy.facts"), (*headings("fact"), *FactVerdict), facts)
    wrong = (
        (each.name, each.label, each.read_as, each.why) for each in found.wrong if each.verdict is not Verdict.RIGHT
    )
    print_table(words("accuracy.wrong"), headings("response", "class", "read_as", "why"), wrong)
    doubtful = (
        (each.name, each.label, each.doubt.stands_for, each.read_as, each.doubt.why)
        for each in found.doubtful
        if each.doubt
    )
    print_table(words("accuracy.doubtful"), headings("response", "class", "stands_for", "read_as", "why"), doubtful)
    _say_figures(found.figures(today))


def _say_figures(figures: Figures) -> None:
    for label, share in figures.classes.items():
        say(words("accuracy.share", label=label, share=share))
    say(words("accuracy.fact_share", share=figures.facts, invented=figures.invented))
