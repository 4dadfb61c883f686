"""Websites, where a column says that an address is one.

Keyed by host (without `www.`), path and query. The canonical URL keeps scheme and host as given: some sites answer
on one of them only.
"""

from __future__ import annotations

from typing import Final

from audits.addresses import WEB_FIELDS, Form, Grammar, Strangers

GRAMMAR: Final = Grammar(
    platform="website",
    names=(
        "website",
        "webbplats",
        "webbsida",
        "webb",
        "web",
        "hemsida",
        "site",
        "sajt",
        "blog",
        "blogg",
        "kampanjsajt",
        "app",
        "homepage",
        "internet",
    ),
    strangers=Strangers.BY_NAME,
    fields=WEB_FIELDS,
    forms=(Form("{path}", key="{host}{path}{query}", url="{scheme}://{host}{path}{query}"),),
)
