"""WordPress.com: a blog is its host's first label. Blogs on hosts of their own are websites."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

GRAMMAR: Final = Grammar(
    platform="wordpress",
    names=("wordpress", "wordpresscom"),
    hosts=(Host("wordpress.com"), Host("wp.me", path="short:"), Host("wordpress.com", subs="*", path="blog:/{sub}")),
    fields={
        "name": Field(
            r"(?!(?:[a-z]{2}|public-api|developer|support|subscribe|dashboard|jobs|themes)(?:/|\Z))[A-Za-z0-9-]{1,63}",
            lower,
        ),
        "year": Field(r"[12][0-9]{3}"),
        "month": Field(r"[0-9]{2}"),
        "day": Field(r"[0-9]{2}"),
        "post": Field(r"[^/\s\x00]+"),
    },
    forms=(
        Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        Form(
            "/blog:/{name}/{year}/{month}/{day}/{post}/**",
            AddressKind.POST,
            owner="{name}",
            url="https://{name}.wordpress.com/{year}/{month}/{day}/{post}/",
        ),
        Form("/blog:/{name}/*", key="{name}", url="https://{name}.wordpress.com/"),
    ),
)
