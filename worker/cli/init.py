"""`kanalkoll init`: asks what a city needs, shows what it would write, writes it, and looks whether all is well.

options, environment, --answers ▸ present files ─ask▶ Answers ─diff▶ files
files ─▶ walk of the city's sites ─▶ register ─▶ doctor ─▶ silent first look
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from worker.cli.asking import Desk, ask_everything
from worker.cli.showing import BadInput, as_json, print_json, refuse
from worker.cli.speaking import speak

if TYPE_CHECKING:
    from config.answers import Answers
    from worker.importing import Prepared

_FIRST_WALK = 200  # pages: some minutes at the usual pace; what is left is the weekly walk's
F = TypeVar("F", bound=Callable[..., Any])
_ENV = "KANALKOLL_INIT_"
_SEVERAL = {
    "city": re.compile(r"[,|]"),
    "site": re.compile(r"[,|]"),
    "decision": re.compile(r"[|\n]"),
}


def _given(flag: str, about: str, **more: Any) -> Callable[[F], F]:
    name = flag.removeprefix("--").replace("-", "_")
    own = None if more.get("multiple") else _ENV + name.upper()  # click would part a city's name at its blanks
    return click.option(flag, name, envvar=own, help=about, **more)


@click.command()
@_given("--city", "What the city calls itself; may be said again.", multiple=True)
@_given("--site", "A domain of the city's own; may be said again.", multiple=True)
@_given("--register", "The list of accounts: CSV, XLSX, ODS, YAML or JSON.", type=click.Path(path_type=Path))
@_given("--language", "Of letters and pages.", type=click.Choice(["sv", "en"]))
@_given("--timezone", "Such as Europe/Stockholm.")
@_given("--night", "When the night begins, such as 03:15.")
@_given("--officer", "Mailbox of whoever answers for social media.")
@_given("--contact", "Address of a page that says who asks, why, and how to object.")
@_given("--smtp-host", "The city's mail server; none: letters are written and wait.")
@_given("--smtp-port", "Its port.", type=int)
@_given("--mail-from", "The sender of letters.")
@_given("--decision", "PLATFORM;own_assessment;WHO;REFERENCE;UNTIL; may be said again.", multiple=True)
@_given("--answers", "A TOML file of answers by these names.", type=click.Path(exists=True, path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing: take what is given, and what is there.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--show-diff", is_flag=True, help="Show every line of the files that would be new, too.")
@click.option(
    "--discover/--no-discover", default=None, help="First walk the city's sites for accounts nobody registered."
)
@click.option("--first-look/--no-first-look", default=None, help="Look once when all is set, and tell nobody.")
@as_json
def init(**given: Any) -> None:
    """Set Kanalkoll up for your city: asks, shows, writes. Run again, it asks with your answers as defaults."""
    from config.answers import BadAnswer, answers_in, files_of, paths_in, present

    asks = not given["yes"] and not given["json_out"] and sys.stdin.isatty()
    try:
        paths = paths_in(Path())
        texts = present(paths)
        answers = _with_given(answers_in(texts), _from_file(given))
        desk = Desk(_language(answers, given, asks))
        speak(desk.language)
        answers = replace(answers, language=desk.language)
        if asks:
            answers = ask_everything(desk, answers)
        _complete(answers)
        wanted = files_of(answers, texts)
    except BadAnswer as error:
        refuse(error)
    changed = {name: text for name, text in wanted.items() if text != texts.get(name)}
    _show_changes(desk, changed, texts, quiet=given["json_out"], whole=asks or given["show_diff"])
    written = bool(changed) and not given["dry_run"] and (not asks or desk.confirm("init.write", default=True))
    if written:
        for name, text in changed.items():
            _write(paths[name], text)
            desk.tell("init.written", file=str(paths[name]))
    if given["json_out"]:
        print_json(_told(answers, sorted(changed), written))
    if given["dry_run"]:
        _look_ahead(desk, given["register"], quiet=given["json_out"])
    elif written or not changed:
        _go_on(desk, given, asks)


def _look_ahead(desk: Desk, file: Path | None, *, quiet: bool) -> None:
    """What the list would bring, in the same words as `register import --dry-run`."""
    from worker.cli.importing import import_file

    if file is not None:
        _must_be_there(desk, file)
        desk.title("init.register.title")
        _run(import_file, file=file, dry_run=True, json_out=quiet)
    if not quiet:
        desk.tell("init.nothing_written")


def _go_on(desk: Desk, given: Mapping[str, Any], asks: bool) -> None:
    """The walk of the city's sites, the register, the doctor, and the first look."""
    quiet = bool(given["json_out"])
    _discover(desk, given["discover"], asks=asks, quiet=quiet)
    taken = _register(desk, given["register"], asks, quiet)
    if not quiet:
        _doctor(desk)
    first = given["first_look"]
    if first is None and asks:
        desk.tell("init.first.about")
        first = desk.confirm("init.first.ask", default=True)
    if first:
        _first_look(desk)
    if taken and not (quiet or asks):
        _tell_of_the_list(desk, taken)
    if not quiet:
        desk.tell("init.next")


# --- answers that come without being asked for


def _from_file(given: Mapping[str, Any]) -> dict[str, Any]:
    """What --answers says, under the environment, under options."""
    from config.answers import BadAnswer

    said = {name: parts.split(os.environ.get(_ENV + name.upper(), "").strip()) for name, parts in _SEVERAL.items()}
    several = {name: tuple(filter(None, map(str.strip, words))) for name, words in said.items()}
    named = {name: value or several.get(name) for name, value in given.items()}
    named = {name: value for name, value in named.items() if value not in (None, (), "")}
    for variable in sorted(each for each in os.environ if each.startswith(_ENV)):
        if variable.removeprefix(_ENV).lower() not in given:
            raise BadAnswer(f"{variable}: there is no such answer; {_nearest(variable, given)}")
    if given["answers"] is None:
        return named
    import tomllib

    from config.files import read_text

    try:
        kept = tomllib.loads(read_text(given["answers"]))
    except tomllib.TOMLDecodeError as error:
        raise BadAnswer(f"{given['answers']}: {error}") from error
    if unknown := sorted(set(kept) - set(given)):
        raise BadAnswer(f"{given['answers']}: unknown answer {unknown[0]!r}; {_nearest(unknown[0], given)}")
    return {**kept, **named}


def _nearest(name: str, given: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name.removeprefix(_ENV).lower(), given, n=1)
    shown = f"{_ENV}{near[0].upper()}" if near and name.startswith(_ENV) else next(iter(near), "")
    return f"did you mean {shown}?" if near else "take it out"


def _with_given(answers: Answers, given: Mapping[str, Any]) -> Answers:
    from config.answers import a_decision, a_mailbox, a_site, a_time, a_zone

    read: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "city": ("city", _words),
        "site": ("sites", lambda sites: tuple(map(a_site, _words(sites)))),
        "language": ("language", str),
        "timezone": ("timezone", a_zone),
        "night": ("night_starts", lambda night: a_time(str(night))),
        "officer": ("officer_recipient", a_mailbox),
        "contact": ("agent_contact", str),
        "smtp_host": ("smtp_host", str),
        "smtp_port": ("smtp_port", int),
        "mail_from": ("mail_from", str),
        "decision": ("decisions", lambda decisions: tuple(map(a_decision, _words(decisions)))),
    }
    changes = {field: parse(given[name]) for name, (field, parse) in read.items() if name in given}
    return replace(answers, **changes)


def _words(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _complete(answers: Answers) -> None:
    for field, option in (("city", "--city"), ("sites", "--site")):
        if not getattr(answers, field):
            raise BadInput(f"{option} is missing: give it as an option, as {_ENV}{option[2:].upper()}, or in --answers")


def _language(answers: Answers, given: Mapping[str, Any], asks: bool) -> str:
    if given["language"] or not asks:
        return answers.language
    return str(click.prompt("Språk / Language", type=click.Choice(["sv", "en"]), default=answers.language, err=True))


# --- what is shown and written


def _show_changes(
    desk: Desk, changed: Mapping[str, str], texts: Mapping[str, str], *, quiet: bool, whole: bool
) -> None:
    """Line by line what changes of files that are there; of new ones how much they hold, unless `whole`."""
    if not changed:
        desk.tell("init.unchanged")
        return
    if quiet:
        return
    desk.title("init.diff.title")
    for name, text in changed.items():
        before = texts.get(name)
        if before is None and not whole:
            desk.tell(f"init.new.{name.removesuffix('.toml')}", file=name, count=_held(name, text))
            continue
        if before is None and text.count("\n") > 60:
            desk.tell("init.copied", file=name)
        _show_diff(name, before, text)
    if not whole and any(name not in texts for name in changed):
        desk.tell("init.new.whole")


def _held(name: str, text: str) -> int:
    """How many decisions or settings a file holds, or rules that are switched on, as the doctor counts them."""
    import tomllib

    from config.answers import PERMISSIONS, RULES
    from config.rules import read_rules

    if name == RULES:
        return len(read_rules(text, name).routines)
    held = tomllib.loads(text)
    return len(held["decisions"] if name == PERMISSIONS else held)


def _show_diff(name: str, before: str | None, after: str) -> None:
    """The lines that change; of a new copy of a shipped file only what was answered."""
    shipped = _shipped(name) if before is None else before
    lines = difflib.unified_diff(shipped.splitlines(), after.splitlines(), name, name, n=1, lineterm="")
    for line in lines:
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        click.secho(line, fg=colour, err=True)


def _shipped(name: str) -> str:
    from config.answers import SHIPPED

    return SHIPPED[name].read_text(encoding="utf-8") if name in SHIPPED else ""


def _write(path: Path, text: str) -> None:
    """All of it or nothing: a crash must not leave half a settings file."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise BadInput(
            f"{path}: cannot be written ({error.strerror}); run kanalkoll init in a folder that this user may write to"
        ) from error


def _told(answers: Answers, changed: Sequence[str], written: bool) -> dict[str, Any]:
    from dataclasses import asdict

    return {"written": written, "changed": changed, "answers": asdict(answers)}


# --- after the files


def _register(desk: Desk, file: Path | None, asks: bool, quiet: bool) -> Prepared | None:
    """Import the list that was named; where somebody sits there look first, in the same words as `register import`."""
    from worker.cli.importing import import_file

    if file is None and asks:
        desk.title("init.register.title")
        said = desk.ask("init.register", "-", _there_or_none)
        file = Path(said) if said else None
    if file is None:
        return None
    _must_be_there(desk, file)
    if asks:
        _run(import_file, file=file, dry_run=True)
        if not desk.confirm("init.register.import", default=True):
            return None
    taken: Prepared = _run(import_file, file=file, by="kanalkoll init", quiet=True, json_out=quiet)
    return taken


def _tell_of_the_list(desk: Desk, taken: Prepared) -> None:
    """What became of the list, last: what was not taken must not drown among all else."""
    from worker.cli.importing import show_what_was_said

    desk.title("init.register.title")
    show_what_was_said(taken)
    desk.tell("init.register.taken", count=len(taken.read.stated), refused=len(taken.read.rejected))


def _must_be_there(desk: Desk, file: Path) -> None:
    if not file.is_file():
        raise BadInput(desk.words("init.bad.file", value=str(file)))


def _run(command: click.Command, **given: Any) -> Any:
    """Run another command as if it had been typed; what it returns."""
    return click.get_current_context().invoke(command, **given)


def _discover(desk: Desk, wanted: bool | None, *, asks: bool, quiet: bool) -> None:
    """Offer to find the accounts that the city's own sites link to. Where that cannot be done, the rest still can."""
    from worker.cli.discovering import discover

    if wanted is None and asks:
        desk.title("init.discover.title")
        wanted = desk.confirm("init.discover", default=True, count=_FIRST_WALK)
    if not wanted:
        return
    try:
        _run(discover, max_pages=_FIRST_WALK, json_out=quiet)
    except click.ClickException as error:
        error.show()
        desk.tell("init.discover.later")


def _there_or_none(said: str) -> str:
    from config.answers import BadAnswer

    if said and not Path(said).is_file():
        raise BadAnswer(f"there is no file {said}", "init.bad.file", said)
    return said


def _doctor(desk: Desk) -> None:
    from worker.cli.running import show_answers
    from worker.doctoring import examine

    desk.title("init.doctor.title")
    show_answers(examine())


def _first_look(desk: Desk) -> None:
    """One run over the whole register, silent: seen and judged, told to nobody."""
    from worker.cli.auditing import look_silently
    from worker.cli.showing import deployed

    with deployed() as deployment:
        accounts = deployment.store.accounts()
        if not accounts:
            desk.tell("init.first.nothing")
            return
        look_silently(deployment, accounts)
