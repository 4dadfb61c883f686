"""A feed (RSS, Atom, podcast) on whatever host its column says: keyed by host, path and query."""

from __future__ import annotations

from typing import Final

from audits.addresses import WEB_FIELDS, Form, Grammar, Strangers

GRAMMAR: Final = Grammar(
    platform="feed",
    names=("feed", "rss", "atom", "rssfeed", "podcast", "podd", "pod", "podcastfeed", "nyhetsflöde"),
    strangers=Strangers.BY_NAME,
    fields=WEB_FIELDS,
    forms=(Form("{path}", key="{host}{path}{query}", url="{scheme}://{host}{path}{query}"),),
)
