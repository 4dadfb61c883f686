"""An invented city, audited over several nights before your eyes.

    register ─▶ night, night, re-checks, night … ─▶ a table an administration ─▶ files ─▶ three things to try

Terminals speak English unless told otherwise; the report is written in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from audits.languages import LANGUAGES
from worker.cli.showing import as_json, print_json
from worker.cli.speaking import in_language, spoken

if TYPE_CHECKING:
    from audits.lookalikes import Likeness
    from audits.reconciling import Discrepancy
    from audits.reporting import Report
    from worker.cli.demo_terminal import Terminal
    from worker.demonstration.nights import Lived
    from worker.demonstration.stage import Stage

_SATURDAY: Final = 5  # when a week's walk over the sites begins


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
              help="Where the results go; an earlier demo's are replaced.")  # fmt: skip
@in_language
@as_json
def demo(out: Path, json_out: bool) -> None:
    """Audit an invented city over a week of nights, and write the report and the letters."""
    from worker.demonstration.stage import staged

    with staged(out) as stage:
        play(stage, out, None if json_out else spoken())


def play(stage: Stage, out: Path, language: str | None) -> None:
    """Live through all nights, telling each as it passes; then the files. Without a language JSON is printed."""
    from worker.demonstration.nights import register, report

    terminal = _terminal(stage, language) if language else None
    prepared = register(stage)
    if terminal:
        terminal.opening(prepared)
    lived, found = _lived(stage, terminal)
    reports = {each: report(stage.deployment, lived, each) for each in LANGUAGES}
    files = write_results(stage, out, reports, lived, found)
    if terminal and language:
        terminal.unseen(reports[language], stage.ending_keys())
        terminal.ending(files, reports[language], _unvouched(stage))
    else:
        print_json({"nights": len(lived), "files": {name: str(path) for name, path in files.items()}})


def _terminal(stage: Stage, language: str) -> Terminal:
    import demo
    from config.rules import load_rules
    from worker.cli.demo_terminal import Terminal
    from worker.demonstration.nights import terms

    ever = load_rules(demo.RULES).routines  # those that are turned on during the week among them
    return Terminal(terms(stage.deployment, language), ever, stage.deployment.settings.zone)


def _lived(stage: Stage, terminal: Terminal | None) -> tuple[list[Lived], Sequence[Discrepancy]]:
    """Every night and re-check; after Saturday's night the sites are walked and the public list is read."""
    from worker.demonstration.nights import live
    from worker.demonstration.sites import explored

    nights: list[Lived] = []
    found: Sequence[Discrepancy] = ()
    for lived in live(stage):
        nights.append(lived)
        if terminal:
            terminal.night(lived)
        if lived.at.weekday() == _SATURDAY:
            found = explored(stage.discovering)
            if terminal:
                terminal.linked(found)
                terminal.alike(_alike(stage))
    return nights, found


def _alike(stage: Stage) -> Sequence[Likeness]:
    """The accounts of what was found that could be taken for the city's own."""
    from worker.wiring.reconciling import Reconciling

    asked, _ = Reconciling(stage.deployment).lookalikes(searching=False)
    return asked


def _unvouched(stage: Stage) -> int:
    """How many accounts stand on the public list of which no program is told that they are the city's."""
    from worker.wiring.reconciling import Reconciling

    doubtful = Reconciling(stage.deployment).doubtful()
    return sum(doubt.forbids_vouching for _, doubt in doubtful)


def write_results(
    stage: Stage, out: Path, reports: Mapping[str, Report], lived: list[Lived], found: Sequence[Discrepancy]
) -> dict[str, Path]:
    """Write the files of the demo; gives them by what they are."""
    from worker.demonstration.files import leave_letters, leave_public_list
    from worker.demonstration.nights import timeline
    from worker.demonstration.sites import discrepancy_row
    from worker.demonstration.stage import DATABASE
    from worker.reporting import written

    zone = stage.deployment.settings.zone
    stems = {each: "report" if each == LANGUAGES[0] else f"report.{each}" for each in LANGUAGES}
    shapes = {language: written(reports[language], zone, out, stem) for language, stem in stems.items()}
    history = timeline(stage.deployment, lived)
    _write_json(out / "findings.json", {"note": history["note"], "findings": list(_findings(stage))})
    _write_json(out / "timeline.json", history)
    _write_json(out / "discoveries.json", {"note": history["note"], "found": [discrepancy_row(each) for each in found]})
    return {
        "page": shapes["sv"]["html"],
        "page_en": shapes["en"]["html"],
        "sheet": shapes["sv"]["xlsx"],
        "letters": leave_letters(stage.deployment, out / "letters"),
        "discoveries": out / "discoveries.json",
        "findings": out / "findings.json",
        "timeline": out / "timeline.json",
        "list": leave_public_list(stage.deployment, out / "public-list"),
        "database": out / DATABASE,
    }


def _findings(stage: Stage) -> Iterator[dict[str, Any]]:
    """As `kanalkoll findings --all --json` has them: also what stands though the last look could not see it."""
    from worker.cli.findings import rows_of
    from worker.gathering import dossiers

    routines = stage.deployment.instruments.rulebook.routines
    for dossier in dossiers(stage.deployment.store, routines):
        yield from rows_of(dossier, routines)


def _write_json(path: Path, value: object) -> None:
    import orjson

    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))
