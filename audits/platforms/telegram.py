"""Telegram: public channels, groups and bots share one space of names."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://t.me"

GRAMMAR: Final = Grammar(
    platform="telegram",
    names=("telegram", "telegramme", "tme"),
    hosts=(
        Host("t.me"),
        Host("telegram.me"),
        Host("telegram.dog"),
        Host("t.me", subs="*", path="{sub}"),
        Host("telegram.org", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z][A-Za-z0-9_]{2,31}", lower),
        "post": Field(r"[0-9]+"),
        "invitation": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
        Form("/joinchat|addlist|boost/**", AddressKind.SHARE, notes=("invite-link",)),
        Form("/+{invitation}/**", AddressKind.SHARE, notes=("invite-link",)),
        Form("/share/**", AddressKind.SHARE),
        Form("/s/{name}/{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{post}}", owner="{name}"),
        Form("/s/{name}", key="{name}", url=f"{SITE}/{{name}}", notes=("subpage",)),
        Form("/{name}/{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{post}}", owner="{name}"),
        Form("/@{name}", key="{name}", url=f"{SITE}/{{name}}", notes=("at-in-path",)),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "service": "c iv proxy socks addstickers addemoji addtheme setlanguage confirmphone login invoice giftcode bg "
        "contact m",
    },
)
