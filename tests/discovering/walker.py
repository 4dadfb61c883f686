"""A walk over the made city in a process of its own, which a test may kill.

python -m tests.discovering.walker --database URL --port N [--pages N] [--week N]
prints a line a page settled, and at its end one JSON object: {"ended_by", "asked", "peak_kb"}
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from datetime import timedelta

from audits.discovering.frontier import Guide
from audits.discovering.plan import Limits, Plan, Site
from audits.discovering.traps import Most
from audits.platforms import GRAMMARS
from config.discover import load_discovery
from config.exclusions import load_exclusions
from config.permissions import Pace, Permissions
from tests.builders import NIGHT, TODAY
from tests.discovering.made_site import CITY, HOSTS, SCHOOL
from tests.fetching.webs import PATIENT
from tests.memory import memory
from worker.fetching.fetcher import Fetcher
from worker.fetching.limits import Agent
from worker.fetching.making import Conduct, loopback_fetcher
from worker.pacing import InProcessPacer
from worker.ports.walks import WalkKind
from worker.steps.discovering import Walking, begin_walk, walk_on
from worker.storage import open_store
from worker.storage.short_links import SqlShortLinks
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks
from worker.walking import WalkedPages

DAYS = 8  # of the calendar without end
SITES = (Site(url=f"https://{CITY}/", subdomains=True), Site(url=f"https://{SCHOOL}/"))


def guide(pages: int = 100_000) -> Guide:
    declared = load_discovery()
    plan = Plan(sites=SITES, limits=Limits(pages=pages))
    return Guide(
        plan=plan,
        grammars=GRAMMARS,
        exclusions=load_exclusions(),
        hygiene=declared.hygiene,
        traps=replace(declared.traps, most=Most(dates=DAYS)),
    )


def fetcher(walks: SqlWalks, port: int) -> Fetcher:
    conduct = Conduct(
        permissions=Permissions(pace=Pace(seconds=0, at_once=1, nightly=1_000_000)),
        pacer=InProcessPacer(lambda: 0.0, asyncio.sleep),
        agent=Agent(contact=f"https://{CITY}/kanalkoll"),
        clock=lambda: NIGHT,
        kept_pages=WalkedPages(walks),
        follows=False,
        limits=PATIENT,
    )
    return loopback_fetcher(dict.fromkeys(HOSTS, ("127.0.0.1", port)), conduct)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.discovering.walker")
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--week", type=int, default=0)
    wanted = parser.parse_args()
    store = open_store(wanted.database)
    walks = SqlWalks(store.db)
    walks.break_walk_lease()
    since = timedelta(weeks=wanted.week)
    walking = Walking(
        walks=walks,
        sightings=SqlSightings(store.db),
        short_links=SqlShortLinks(store.db),
        asker=fetcher(walks, wanted.port),
        guide=guide(wanted.pages),
        clock=lambda: NIGHT + since,
    )
    walk, _ = begin_walk(walks, walking.guide, WalkKind.WEEKLY, TODAY + since, walking.clock())
    while walk.ended_by is None:
        walk_on(walking, walk, 60, lambda spot, _: say(spot.url))
        walk = walks.latest_walk() or walk
    walks.close_walk(walk.id, walking.clock())
    peak = memory("VmHWM") // 1024
    say(json.dumps({"ended_by": walk.ended_by, "asked": walk.asked, "peak_kb": peak}))


if __name__ == "__main__":
    main()
