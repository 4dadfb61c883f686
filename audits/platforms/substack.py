"""Substack: newsletters (`name`) and people (`@name`)."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

GRAMMAR: Final = Grammar(
    platform="substack",
    names=("substack", "substackcom"),
    hosts=(
        Host("substack.com"),
        Host("open.substack.com", path="open:"),
        Host("substack.com", subs="*", path="letter:/{sub}"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9-]{1,63}", lower),
        "person": Field(r"[A-Za-z0-9_-]{1,63}", lower),
        "slug": Field(r"[A-Za-z0-9-]+"),
    },
    forms=(
        Form(
            "/open:/pub/{name}/p/{slug}",
            AddressKind.POST,
            url="https://{name}.substack.com/p/{slug}",
            owner="{name}",
            post="{slug}",
        ),
        Form("/open:/pub/{name}", key="{name}", url="https://{name}.substack.com/"),
        Form(
            "/letter:/{name}/p/{slug}/**",
            AddressKind.POST,
            url="https://{name}.substack.com/p/{slug}",
            owner="{name}",
            post="{slug}",
        ),
        Form("/letter:/{name}/*", key="{name}", url="https://{name}.substack.com/"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/@{person}/*", key="@{person}", url="https://substack.com/@{person}"),
    ),
)
