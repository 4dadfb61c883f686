"""Short links, wired: the deployment's own way out, which here goes one hop and no further."""

from __future__ import annotations

from dataclasses import replace

from audits.platforms import GRAMMARS
from worker.fetching.fetcher import Fetcher
from worker.ports import Asker
from worker.steps.short_links import ShortLinks
from worker.storage.short_links import SqlShortLinks
from worker.wiring import Deployment


def short_links(deployment: Deployment) -> ShortLinks:
    """What follows the short links of this deployment's sites and list."""
    return ShortLinks(
        store=SqlShortLinks(deployment.store.db),
        asker=_one_hop(deployment.asker),
        grammars=GRAMMARS,
        clock=deployment.clock,
    )


def _one_hop(asker: Asker) -> Asker:
    """A replay, and whoever asks nobody, follow nothing anyway."""
    return replace(asker, follows=False) if isinstance(asker, Fetcher) else asker
