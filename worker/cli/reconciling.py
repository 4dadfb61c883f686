"""The register held against everything else: what disagrees, grouped, and accounts that could be taken for ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import as_json, deployed, print_json_lines, print_table, say
from worker.cli.speaking import headings, in_language, spoken, words

if TYPE_CHECKING:
    from audits.lookalikes import Likeness
    from audits.reconciling import Discrepancy
    from worker.wiring.reconciling import Reconciling

_SHOWN = 20


@click.command()
@click.option("--wikidata", is_flag=True, help="Read the items of config/wikidata.toml first.")
@in_language
@as_json
def reconcile(wikidata: bool, json_out: bool) -> None:
    """Compare the register with the public list, the city's own sites and Wikidata, both ways.

    It uses what has been read: kanalkoll discover reads the sites, kanalkoll public-list diff --remember the list.
    What is linked or listed but not registered waits in kanalkoll triage list.
    """
    with deployed() as deployment:
        from worker.wiring.reconciling import Reconciling

        wired = Reconciling(deployment)
        if wikidata:
            _read_wikidata(wired)
        found, read = wired.find_out(), wired.sources().read
    if json_out:
        print_json_lines(_row(each) for each in found)
        return
    _show(found, spoken(), walked=any(source.value == "site" for source in read))
    missing = sorted({"site", "list"} - {source.value for source in read})
    for source in missing:
        say(words(f"not_read.{source}"))


def _read_wikidata(wired: Reconciling) -> None:
    read = wired.follow_wikidata()
    say(words("wikidata.read", count=len(read)) if read else words("wikidata.none"))


def _row(each: Discrepancy) -> dict[str, Any]:
    return {**asdict(each), "what": each.what.value, "code": each.code, "severity": each.severity.value}


def _show(found: Sequence[Discrepancy], language: str, *, walked: bool) -> None:
    """What disagrees; that nothing does is said only of sites that were walked to their end."""
    from audits.reconciling import first_sentence, grouped, unregistered, where_told

    if walked or unregistered(found):
        click.echo(f"{first_sentence(found, language)} {where_told(found, language)}".strip())
    columns = headings("channel", "address", "where_right")
    for group in grouped(found, language):
        rows = [(each.name, each.url or each.key, _told(each)) for each in group.lines[:_SHOWN]]
        print_table(group.title, columns, rows)
        say(f"  → {group.remedy}")
        if len(group.lines) > _SHOWN:
            say(f"  {words('more', count=len(group.lines) - _SHOWN)}")


def _told(each: Discrepancy) -> str:
    parts = [
        each.administration or "",
        f"{each.says} → {each.should}" if each.says and each.should else each.should and f"→ {each.should}",
        *each.pages[:3],
        "" if each.is_likely else words("reconcile.maybe"),
    ]
    return "; ".join(part for part in parts if part)


@click.command("look-alikes")
@click.option("--search", "searching", is_flag=True, help="Also search the places in config/lookalikes.toml.")
@in_language
@as_json
def lookalikes(searching: bool, json_out: bool) -> None:
    """List accounts that could be mistaken for the city's own. For the communications officer; not to be published.

    It says what is similar, not whose an account is: a namesake has every right to a similar name.
    """
    from audits.wording.reasons import heard

    with deployed() as deployment:
        from worker.wiring.reconciling import Reconciling

        asked, refused = Reconciling(deployment).lookalikes(searching=searching)
    for each in refused:
        say(words("not_searched", url=each.url, why=heard(each.why)))
    if json_out:
        print_json_lines(_question(likeness) for likeness in asked)
        return
    _ask(asked, spoken())


def _question(each: Likeness) -> dict[str, Any]:
    return {
        "key": each.theirs.key,
        "url": each.theirs.url,
        "name": each.theirs.name,
        "like": each.ours.key,
        "like_name": each.ours.name,
        "signs": [sign.value for sign in each.signs],
        "spelt": list(each.spelt),
    }


def _ask(asked: Sequence[Likeness], language: str) -> None:
    from audits.wording import phrase

    if not asked:
        say(phrase("lookalike.none", language))
        return
    rows = [
        (
            f"{each.theirs.name or each.theirs.handle}\n{each.theirs.url or each.theirs.key}",
            f"{each.ours.name}\n{each.ours.url or each.ours.key}",
            "; ".join(phrase(f"lookalike.{sign}", language) for sign in each.signs),
        )
        for each in asked
    ]
    title = phrase("lookalike.question", language, count=len(rows))
    print_table(title, (phrase("lookalike.theirs", language), phrase("lookalike.ours", language), ""), rows)
