"""Medium: people (`@name`), publications (`name`) and blogs on a host of their own (`host:name`)."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://medium.com"

GRAMMAR: Final = Grammar(
    platform="medium",
    names=("medium", "mediumcom"),
    hosts=(
        Host("medium.com", subs="m"),
        Host("link.medium.com", path="short:"),
        Host("medium.com", subs="*", path="blog:/{sub}"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_.-]*[A-Za-z0-9_-]", lower),
        "slug": Field(r"[^/\s\x00]*(?=-[0-9a-f]{8,12}(?:/|\Z))"),
        "post": Field(r"[0-9a-f]{8,12}"),
    },
    forms=(
        Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/p/{post}/**", AddressKind.POST, url=f"{SITE}/p/{{post}}"),
        Form("/feed/@{name}", key="@{name}", url=f"{SITE}/@{{name}}", notes=("feed",)),
        Form("/feed/{name}", key="{name}", url=f"{SITE}/{{name}}", notes=("feed",)),
        Form(
            "/blog:/{name}/{slug}-{post}/**",
            AddressKind.POST,
            owner="host:{name}",
            url="https://{name}.medium.com/{slug}-{post}",
        ),
        Form("/blog:/{name}/*", key="host:{name}", url="https://{name}.medium.com/"),
        Form("/@{name}/{slug}-{post}/**", AddressKind.POST, url=f"{SITE}/@{{name}}/{{slug}}-{{post}}", owner="@{name}"),
        Form("/@{name}/*", key="@{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}/{slug}-{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{slug}}-{{post}}", owner="{name}"),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={"service": "m me tag topics about policy membership plans new-story jobs-at-medium signin"},
)
