"""The report of this deployment: a page for people, and tables beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from worker.cli.naming import known_administration
from worker.cli.showing import NothingDone, as_json, deployed, print_json, progress, say
from worker.cli.speaking import asked, in_language, sentence, words

if TYPE_CHECKING:
    from audits.reporting import Report
    from worker.reporting import Wish
    from worker.wiring import Deployment


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
              help="Where the files go; an earlier report there is replaced as a whole.")  # fmt: skip
@click.option("--administration", help="Only what this administration is responsible for.")
@in_language
@as_json
def report(out: Path, administration: str | None, json_out: bool) -> None:
    """Write a report on the register's accounts: report.html, and the same as CSV, XLSX and JSON."""
    from worker.reporting import Wish, written

    with deployed(asks=False) as deployment:
        if administration and deployment.store.accounts():
            administration = known_administration(deployment.store, administration)
        wish = Wish(language=asked(deployment.settings.language), administration=administration)
        made = _made(deployment, wish)
        files = written(made, deployment.settings.zone, out)
    _show(made, files, json_out)


def _made(deployment: Deployment, wish: Wish) -> Report:
    from worker.reporting import reported

    with progress() as bar:
        task = bar.add_task(sentence("column.accounts"), total=None)
        made = reported(deployment, wish, lambda done, total: bar.update(task, completed=done, total=total))
    if not made.accounts:
        raise NothingDone(words("report.empty"))
    return made


def _show(made: Report, files: dict[str, Path], json_out: bool) -> None:
    from audits.reporting import Silence, apart, silence

    if json_out:
        figures: dict[str, Any] = {
            "accounts": made.accounts, "read": made.read, "lines": len(made.lines), "urgent": len(made.urgent),
            "open": len(made.open), "explained": made.explained, "said_not_ours": made.said_not_ours,
            "unanswered": len(made.unanswered),
            "looked_at": made.looked_at.isoformat() if made.looked_at else None, "days_unlooked": made.unlooked,
        }  # fmt: skip
        print_json({**figures, "files": {shape: str(path) for shape, path in files.items()}})
        return
    if made.open or silence(made.read, made.accounts) is not Silence.UNKNOWN:
        say(words("report.sum", read=made.read, total=made.accounts, count=len(made.open), urgent=len(made.urgent)))
    else:
        say(words("report.sum_unknown", total=made.accounts))
    if beside := ", ".join(apart(made)):
        say(sentence("apart.beside", what=beside))
    if made.unlooked:
        say(sentence("report.unlooked", count=made.unlooked))
    for path in files.values():
        click.echo(path)
