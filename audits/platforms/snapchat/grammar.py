"""Snapchat: `/add/name` and `/@name` are the same account."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.snapchat.com"

GRAMMAR: Final = Grammar(
    platform="snapchat",
    names=("snapchat", "snap", "snapchatcom"),
    hosts=(
        Host("snapchat.com"),
        Host("story.snapchat.com"),
        Host("t.snapchat.com", path="short:"),
        Host("snapchat.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z](?:[A-Za-z0-9_.\-]{0,28}[A-Za-z0-9_\-])?", lower),
        "post": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
        Form("/t/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/share|scan/**", AddressKind.SHARE),
        Form("/spotlight/{post}/**", AddressKind.POST, url=f"{SITE}/spotlight/{{post}}"),
        Form("/add|s|u/{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form(
            "/@{name}/spotlight|highlight/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/@{{name}}/spotlight/{{post}}",
            owner="{name}",
        ),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}", AddressKind.OTHER, suggest="{name}", notes=("bare-name",)),
    ),
    reserved={"service": "lens discover map ads spotlight explore stories p unlock download login accounts business"},
)
