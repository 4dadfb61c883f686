"""The walk over the city's own sites: which channels they name, and which of those nobody registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from worker.cli.showing import BadInput, NothingDone, as_json, deployed, print_json, print_table, progress, refuse, say

if TYPE_CHECKING:
    from audits.discovering.frontier import Spot
    from audits.discovering.unlisted import Channel
    from audits.reconciling import Discrepancy
    from worker.ports.walks import Settled, Walk
    from worker.wiring.discovering import Discovering


@click.command()
@click.option("--site", "sites", multiple=True, metavar="URL", help="Walk this site instead of the declared ones.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Ask for no more pages than this.")
@click.option("--resume", is_flag=True, help="Go on with the walk that was broken off.")
@click.option("--language", type=click.Choice(("sv", "en")), default="en", show_default=True, help="Of the sentence.")
@as_json
def discover(sites: Sequence[str], max_pages: int | None, resume: bool, language: str, json_out: bool) -> None:
    """Walk the city's own sites and tell which channels they link to that are not registered.

    robots.txt is obeyed, no page is asked for twice, and what has not changed is not read again.
    """
    from config.exclusions import BadExclusions
    from worker.wiring.discovering import NotSetUp, discovering

    if resume and (sites or max_pages):
        raise BadInput("--resume goes on with the sites and limits that the walk began with; leave the others out")
    with deployed() as deployment:
        try:
            found = discovering(deployment, sites, max_pages)
            walk, waits = _walked(found, resume=resume)
        except (BadExclusions, NotSetUp) as error:
            refuse(error)
        _show(found, walk, waits, language, json_out)


def _walked(found: Discovering, *, resume: bool) -> tuple[Walk, Mapping[str, str]]:
    with found.alone() as only_one:
        if only_one:
            found.walks.break_walk_lease()
        walk = _open(found) if resume else _begun(found)
        return _through(found, walk)


def _open(found: Discovering) -> Walk:
    walk = found.walks.open_walk()
    if walk is None:
        raise NothingDone("No walk was broken off. Begin one: kanalkoll discover")
    return walk


def _begun(found: Discovering) -> Walk:
    from worker.ports.walks import WalkKind

    if not found.discovery.plan.sites:
        raise BadInput("No site is declared. Name one in discover.toml under [[site]], or give --site URL")
    if not found.replace_open():
        raise BadInput("A walk is under way in another process. Wait for it, or go on with it later: --resume")
    return found.begin(WalkKind.ASKED, found.today())[0]


def _through(found: Discovering, walk: Walk) -> tuple[Walk, Mapping[str, str]]:
    """Go on until the walk is closed, or every host that is left wants to be left alone."""
    with progress() as bar:
        task = bar.add_task("Asking for pages", total=None, completed=walk.asked)

        def told(spot: Spot, settled: Settled) -> None:
            bar.update(task, advance=int(settled.asked), description=f"Asking {spot.host} for pages")

        while walk.is_open:
            if walk.ended_by:
                bar.update(task, description="Looking at the channels that are linked")
            done = found.advance(walk, told)
            walk = found.latest(walk)
            if walk.is_open and not done.more:
                return walk, done.waits
    return walk, {}


def _show(found: Discovering, walk: Walk, waits: Mapping[str, str], language: str, json_out: bool) -> None:
    from audits.model import Own
    from audits.reconciling import unregistered
    from worker.wiring.reconciling import Reconciling

    disagreed, channels = Reconciling(found.deployment).find_out(), list(found.channels())
    asked_about = {each.key for each in unregistered(disagreed)}
    unknown = [each for each in channels if each.key in asked_about]
    summary = _summary(found, walk, waits, channels, disagreed, language)
    if json_out:
        print_json({**summary, "channels": [_as_values(each) for each in channels]})
    else:
        _show_channels(sorted(unknown, key=lambda each: (each.own is not Own.LIKELY, -each.pages)))
        _say_pages(summary)
        say(str(summary["sentence"]))
    if not (summary["pages"]["read"] or summary["pages"]["unchanged"]):
        raise NothingDone("No page could be had. Is the address right, and does its robots.txt let us in?")


def _summary(
    found: Discovering,
    walk: Walk,
    waits: Mapping[str, str],
    channels: Sequence[Channel],
    disagreed: Sequence[Discrepancy],
    language: str,
) -> dict[str, Any]:
    from audits.reconciling import first_sentence, unregistered

    counts, unknown = found.walks.count_pages(walk.id), unregistered(disagreed)
    sure = sum(each.is_likely for each in unknown)
    return {
        "walk": walk.id,
        "sites": [site.url for site in found.guide_of(walk).plan.sites],
        "ended_by": walk.ended_by.value if walk.ended_by else None,
        "asked": walk.asked,
        "pages": {
            **{outcome.value: count for outcome, count in counts.by_outcome.items()},
            "refused": counts.refused,
            "waiting": counts.waiting,
        },
        "waits": dict(waits),
        "linked": len(channels),
        "unregistered": sure,
        "maybe": len(unknown) - sure,
        "sentence": first_sentence(disagreed, language),
    }


def _show_channels(channels: Sequence[Channel]) -> None:
    if not channels:
        return
    columns = ("Channel", "Yours", "Pages", "For instance on")
    rows = ((_short(each.url), each.own.value, each.pages, _short(each.example)) for each in channels)
    print_table("Linked and not registered", columns, rows)


def _short(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def _say_pages(summary: Mapping[str, Any]) -> None:
    pages = summary["pages"]
    read = pages["read"] + pages["unchanged"]
    say(f"{summary['asked']} pages asked for, {read} had ({pages['unchanged']} unchanged), {pages['gone']} gone, "
        f"{pages['refused']} closed by robots.txt, {pages['not_had'] - pages['refused']} not had.")  # fmt: skip
    for host, why in summary["waits"].items():
        say(f"{host} wants to be left alone for now ({why}).")
    if summary["ended_by"] is None:
        say(f"{pages['waiting']} pages wait. Go on later: kanalkoll discover --resume")
    elif pages["waiting"]:
        say(f"{pages['waiting']} pages were left for the next walk: the limit of {summary['ended_by']} was reached.")
    say(f"{summary['linked']} channels are linked.")


def _as_values(channel: Channel) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(channel), "own": channel.own.value, "first_seen_at": channel.first_seen_at.isoformat()}
