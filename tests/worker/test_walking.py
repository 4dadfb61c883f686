"""A page that is read again names the account behind its short link, and not something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from audits.addresses import identify
from audits.discovering.short_links import Lead
from audits.model import Page, Probe
from audits.platforms import GRAMMARS
from tests.builders import NIGHT, TODAY
from tests.discovering.walker import guide
from tests.fakes import DictAsker, HandClock
from worker.ports.walks import WalkKind
from worker.steps.discovering import Walking, begin_walk, walk_on
from worker.storage import SqlStore
from worker.storage.short_links import SqlShortLinks
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks

SHORT, LIBRARY = "https://fb.me/almestad1", "https://www.facebook.com/almestadsbibliotek"
FOOTER = f'<footer><a href="{SHORT}">Facebook</a></footer>'


@dataclass
class Site(DictAsker):
    """Every page of the site shows one footer."""

    async def fetch(self, probe: Probe) -> Page:
        return Page(url=probe.url, fetched_at=self.clock(), status=200, body=FOOTER.encode())

    def sitemaps(self, url: str) -> Sequence[str]:  # noqa: ARG002  # the port's signature
        return ()


def test_the_account_behind_a_short_link_stays_where_it_was_first_seen(store: SqlStore):
    clock, links, sightings = HandClock(NIGHT), SqlShortLinks(store.db), SqlSightings(store.db)
    walks = SqlWalks(store.db)
    walking = Walking(
        walks=walks,
        sightings=sightings,
        short_links=links,
        asker=Site({}, clock),
        guide=guide(),
        clock=clock,
    )
    for week in range(3):
        walk, _ = begin_walk(walks, walking.guide, WalkKind.ASKED, TODAY + timedelta(weeks=week), clock())
        walk_on(walking, walk, 30)
        walks.close_walk(walk.id, clock())
        links.keep_lead(Lead(url=SHORT, asked_at=clock(), leads_to=LIBRARY), identify(LIBRARY, None, GRAMMARS))
        clock.pass_hours(168)
    found = list(sightings.each_sighting(gone=True))
    assert {each.sighting.key for each in found} == {"facebook:almestadsbibliotek"}
    assert {(each.first_seen_at, each.missed) for each in found} == {(NIGHT, 0)}
