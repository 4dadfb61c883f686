"""Podcasts in directories of their own; a show's own feed is `feed:`."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

GRAMMAR: Final = Grammar(
    platform="podcast",
    names=("applepodcasts", "applepodcast", "itunes", "acast"),
    hosts=(
        Host("podcasts.apple.com", path="apple:"),
        Host("itunes.apple.com", path="apple:"),
        Host("acast.com", subs="shows play", path="acast:"),
    ),
    fields={
        "id": Field(r"[0-9]+"),
        "post": Field(r"[0-9]+"),
        "name": Field(r"[A-Za-z0-9_-]+", lower),
        "slug": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form(
            "/apple:/{country}/podcast/{title}/id{id}?i={post}",
            AddressKind.POST,
            owner="apple:{id}",
            url="https://podcasts.apple.com/podcast/id{id}?i={post}",
        ),
        Form(
            "/apple:/podcast/id{id}?i={post}",
            AddressKind.POST,
            owner="apple:{id}",
            url="https://podcasts.apple.com/podcast/id{id}?i={post}",
        ),
        Form(
            "/apple:/{country}/podcast/{title}/id{id}",
            key="apple:{id}",
            url="https://podcasts.apple.com/podcast/id{id}",
        ),
        Form("/apple:/{country}/podcast/id{id}", key="apple:{id}", url="https://podcasts.apple.com/podcast/id{id}"),
        Form("/apple:/podcast/id{id}", key="apple:{id}", url="https://podcasts.apple.com/podcast/id{id}"),
        Form("/acast:/s/{name}/*", key="acast:{name}", url="https://shows.acast.com/{name}"),
        Form(
            "/acast:/{name}/{slug}/**",
            AddressKind.POST,
            url="https://shows.acast.com/{name}/{slug}",
            owner="acast:{name}",
        ),
        Form("/acast:/{name}", key="acast:{name}", url="https://shows.acast.com/{name}"),
    ),
)
