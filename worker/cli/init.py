"""`kanalkoll init`: asks what a city needs, shows what it would write, writes it, and looks whether all is well.

init_answers: options, environment, --answers ▸ present files ─asking▶ Answers ─▶ init_files: Draft ─▶ files
files ─▶ walk of the city's sites ─▶ register ─▶ doctor ─▶ silent first look
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from audits.languages import CALLED, LANGUAGES
from audits.refusal import Refused
from worker.cli.asking import Desk, ask_everything
from worker.cli.init_answers import ENV, complete, stated, with_stated
from worker.cli.init_files import Draft
from worker.cli.showing import BadInput, as_json, print_json, refuse
from worker.cli.speaking import keep, sentence, speak

if TYPE_CHECKING:
    from config.answers import Answers
    from worker.importing.preparing import Prepared

_FIRST_WALK: Final = 200  # pages: some minutes at the usual pace; what is left is the weekly walk's
F = TypeVar("F", bound=Callable[..., Any])


def _given(flag: str, about: str, **more: Any) -> Callable[[F], F]:
    name = flag.removeprefix("--").replace("-", "_")
    own = None if more.get("multiple") else ENV + name.upper()  # click would part a city's name at its blanks
    return click.option(flag, name, envvar=own, help=about, **more)


@click.command()
@_given("--city", "What the city calls itself; may be repeated.", multiple=True)
@_given("--site", "A domain of the city's own; may be repeated.", multiple=True)
@_given("--register", "The list of accounts: CSV, XLSX, ODS, YAML or JSON.", type=click.Path(path_type=Path))
@click.option("--map", "columns", multiple=True, metavar="MEANING=HEADING", help="Say which column means what.")
@_given("--language", "Language of letters and pages.", type=click.Choice(LANGUAGES), callback=keep, is_eager=True)
@_given("--timezone", "Such as Europe/Stockholm.")
@_given("--night", "When the night begins, such as 03:15.")
@_given("--officer", "Mailbox of the person responsible for social media.")
@_given("--contact", "Address of a page that says who is asking, why, and how to object.")
@_given("--smtp-host", "The city's mail server; without one, letters are written and wait.")
@_given("--smtp-port", "Its port.", type=click.IntRange(1, 65535), metavar="N")
@_given("--mail-from", "The sender of letters.")
@_given("--decision", "PLATFORM;own_assessment;WHO;REFERENCE;UNTIL; may be repeated.", multiple=True)
@_given("--answers", "A TOML file with answers under these names.", type=click.Path(exists=True, path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing: use what is given, and what is already there.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--show-diff", is_flag=True, help="Also show every line of new files.")
@click.option(
    "--discover/--no-discover", default=None, help="First search the city's sites for accounts that are not registered."
)
@click.option(
    "--first-look/--no-first-look", default=None, help="Check once when everything is set up, and tell nobody."
)
@as_json
def init(**given: Any) -> None:
    """Set Kanalkoll up for your city: it asks, shows what it would write, and writes. If you run it again, your
    answers are the defaults."""
    asks = not given["yes"] and not given["json_out"] and sys.stdin.isatty()
    desk, answers, draft = _drafted(given, asks)
    written = _shown_and_written(desk, draft, given, asks)
    if given["json_out"]:
        print_json(_told(answers, draft, written))
    if given["dry_run"]:
        _look_ahead(desk, given["register"], given["columns"], quiet=given["json_out"])
    elif written or not draft.changed:
        _go_on(desk, given, asks)


def _drafted(given: Mapping[str, Any], asks: bool) -> tuple[Desk, Answers, Draft]:
    """Every answer, asked for where somebody sits there, and the files as they would be."""
    from config.answers import answers_in, files_of, paths_in, present

    paths = paths_in(Path())
    texts = present(paths)
    answers = with_stated(answers_in(texts), stated(given))
    desk = Desk(_language(answers, given, asks))
    if asks:
        speak(desk.language)
    if (file := given["register"]) is not None:
        _must_be_a_register(file, given)
    answers = replace(answers, language=desk.language)
    if asks:
        answers = ask_everything(desk, answers)
    complete(answers)
    speak(desk.language)  # what it will be set to: until then, as was set or typed
    wanted = files_of(answers, texts)
    changed = {name: text for name, text in wanted.items() if text != texts.get(name)}
    return desk, answers, Draft(paths=paths, before=texts, changed=changed)


def _language(answers: Answers, given: Mapping[str, Any], asks: bool) -> str:
    """The language that was stated; else asked for, until it is one that there is."""
    if given["language"] or not asks:
        return answers.language
    known = ", ".join(LANGUAGES)
    while True:
        typed = str(click.prompt(f"Språk / Language ({known})", default=answers.language, err=True)).strip()
        if typed.casefold() in CALLED:
            return CALLED[typed.casefold()]
        click.secho(f"{typed} finns inte / is not there: {known}", fg="red", err=True)


def _shown_and_written(desk: Desk, draft: Draft, given: Mapping[str, Any], asks: bool) -> bool:
    """Show what would be written, and write it where nobody objects; whether it was written."""
    if not draft.changed:
        desk.tell("init.unchanged")
        return False
    if not given["json_out"]:
        _show(desk, draft, whole=given["show_diff"], asks=asks)
    if given["dry_run"]:
        return False
    showing = (lambda: draft.show_whole(desk)) if draft.is_long and not given["show_diff"] else None
    if asks and not desk.confirm("init.write", default=True, showing=showing):
        desk.tell("terminal.nothing_written")
        return False
    draft.write(desk)
    return True


def _show(desk: Desk, draft: Draft, *, whole: bool, asks: bool) -> None:
    if whole:
        draft.show_whole(desk)
        return
    draft.show_in_short(desk)
    if draft.is_long and not asks:
        desk.tell("init.new.whole")


def _told(answers: Answers, draft: Draft, written: bool) -> dict[str, Any]:
    from dataclasses import asdict

    return {"written": written, "changed": sorted(draft.changed), "answers": asdict(answers)}


def _look_ahead(desk: Desk, file: Path | None, columns: Sequence[str], *, quiet: bool) -> None:
    """What the list would bring, in the same words as `register import --dry-run`."""
    from worker.cli.importing import import_file

    if file is not None:
        desk.title("init.register.title")
        _run(import_file, file=file, columns=columns, dry_run=True, json_out=quiet)
    if not quiet:
        desk.tell("terminal.nothing_written")


def _go_on(desk: Desk, given: Mapping[str, Any], asks: bool) -> None:
    """The walk of the city's sites, the register, the doctor, and the first look."""
    quiet = bool(given["json_out"])
    _discover(desk, given["discover"], asks=asks, quiet=quiet)
    taken = _register(desk, given["register"], given["columns"], asks, quiet)
    if not quiet:
        _doctor(desk)
    if _wants_a_look(desk, given["first_look"], asks):
        _first_look(desk)
    if taken and not (quiet or asks):
        _tell_of_the_list(desk, taken)
    if not quiet:
        desk.tell("init.next")


def _wants_a_look(desk: Desk, wanted: bool | None, asks: bool) -> bool:
    """Whether to look now: as was said, else as is answered where there is somebody to ask and something to look at."""
    if wanted is not None or not asks:
        return bool(wanted)
    if not _accounts():
        desk.tell("init.first.nothing")
        return False
    if not _says_who_asks():
        desk.tell("init.first.later")
        return False
    desk.tell("init.first.about")
    return desk.confirm("init.first.ask", default=True)


def _accounts() -> int:
    from worker.cli.showing import deployed, has_register

    if not has_register():
        return 0
    with deployed(asks=False) as deployment:
        return len(deployment.store.accounts())


def _says_who_asks() -> bool:
    """Whether a page says who asks: without one nobody is asked anything."""
    from config.stated import load_settings

    return bool(load_settings().agent_contact)


def _register(desk: Desk, file: Path | None, columns: Sequence[str], asks: bool, quiet: bool) -> Prepared | None:
    """Import the list that was named; where somebody sits there, tell first what that would do."""
    if file is None and asks:
        desk.title("init.register.title")
        return _asked_for(desk, columns)
    if file is None:
        return None
    return _taken(file, columns, quiet) if not asks or _agreed(desk, file, columns) else None


def _asked_for(desk: Desk, columns: Sequence[str]) -> Prepared | None:
    """Ask for a list until one can be taken, or none is wanted; what a file cannot give is told."""
    while (file := desk.ask("init.register", "-", _there_or_none)) is not None:
        try:
            return _taken(file, columns, quiet=False) if _agreed(desk, file, columns) else None
        except click.ClickException as error:
            error.show()
    return None


def _taken(file: Path, columns: Sequence[str], quiet: bool) -> Prepared:
    from worker.cli.importing import import_file

    taken: Prepared = _run(import_file, file=file, columns=columns, by="kanalkoll init", quiet=True, json_out=quiet)
    return taken


def _agreed(desk: Desk, file: Path, columns: Sequence[str]) -> bool:
    """What the list would bring in figures, all of it where that is asked for, and whether it is to be taken in."""
    from worker.cli.import_told import show, show_in_figures
    from worker.cli.importing import looked_at, refuse_no_register
    from worker.cli.showing import has_register, register_store
    from worker.importing.mapping import given

    prepared = looked_at(file, register_store() if has_register() else None, given(columns))
    refuse_no_register(prepared)
    show_in_figures(prepared, only_looked=True)
    return desk.confirm(
        "init.register.import", default=True, showing=lambda: show(prepared, only_looked=True, quiet=False)
    )


def _tell_of_the_list(desk: Desk, taken: Prepared) -> None:
    """What became of the list, last: what was not taken must not drown among all else."""
    from worker.cli.import_told import show_what_was_said

    desk.title("init.register.title")
    show_what_was_said(taken)
    desk.tell("init.register.taken", count=len(taken.read.stated), refused=len(taken.read.lost_rows))
    if beside := len(taken.read.lost_beside):
        desk.tell("init.register.beside", count=beside)


def _must_be_a_register(file: Path, given: Mapping[str, Any]) -> None:
    """Before anything is asked or written: what is refused must leave nothing behind."""
    if not file.is_file():
        raise BadInput(sentence("init.bad.file", value=str(file)))
    if not given["dry_run"]:  # which only looks, and tells what it sees
        _refuse_what_would_be_refused(file, given["columns"], quiet=bool(given["json_out"]))


def _refuse_what_would_be_refused(file: Path, columns: Sequence[str], *, quiet: bool) -> None:
    from worker.cli.import_told import show
    from worker.cli.importing import looked_at, refuse_no_register, refuse_removals
    from worker.cli.showing import has_register, register_store
    from worker.importing.mapping import given

    prepared = looked_at(file, register_store() if has_register() else None, given(columns))
    if (prepared.is_no_register or prepared.plan.held) and not quiet:
        show(prepared, only_looked=True, quiet=False)
    refuse_no_register(prepared)
    if prepared.plan.held:
        refuse_removals(prepared.plan)


def _run(command: click.Command, **given: Any) -> Any:
    """Run another command as if it had been typed; what it returns."""
    try:
        return click.get_current_context().invoke(command, **given)
    except Refused as error:
        refuse(error)


def _discover(desk: Desk, wanted: bool | None, *, asks: bool, quiet: bool) -> None:
    """Offer to find the accounts that the city's own sites link to. Where that cannot be done, the rest still can."""
    from worker.cli.discovering import discover

    if wanted is None and asks:
        desk.title("init.discover.title")
        if not _says_who_asks():
            desk.tell("init.discover.needs")
            return
        wanted = desk.confirm("init.discover", default=True, count=_FIRST_WALK)
    if not wanted:
        return
    try:
        _run(discover, max_pages=_FIRST_WALK, json_out=quiet)
    except click.ClickException as error:
        error.show()
        desk.tell("init.discover.later")


def _there_or_none(typed: str) -> Path | None:
    """The file, also as a terminal writes one that is dragged into it. Raises `BadAnswer`."""
    from audits.wording.said import said
    from config.answers import BadAnswer

    if not typed:
        return None
    try:
        file = Path(typed.strip("'\"").replace("\\ ", " ")).expanduser()
        is_folder, is_file = file.is_dir(), file.is_file()
    except (RuntimeError, OSError) as error:  # nobody of that name has a home here, or no file has so long a name
        raise BadAnswer(said("init.bad.file", value=typed)) from error
    if is_folder:
        raise BadAnswer(said("init.bad.folder", value=typed))
    if not is_file:
        raise BadAnswer(said("init.bad.file", value=typed))
    return file


def _doctor(desk: Desk) -> None:
    from worker.cli.running import show_answers
    from worker.doctor.examining import examine

    desk.title("init.doctor.title")
    show_answers(examine())


def _first_look(desk: Desk) -> None:
    """One run over the whole register, silent: seen and judged, told to nobody."""
    from worker.cli.auditing import look_silently
    from worker.cli.showing import deployed

    with deployed(begins=True) as deployment:
        accounts = deployment.store.accounts()
        if not accounts:
            desk.tell("init.first.nothing")
            return
        look_silently(deployment, accounts)
