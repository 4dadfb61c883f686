"""Vimeo's addresses: a member's name, and never a number, which is a video's."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://vimeo.com"

GRAMMAR: Final = Grammar(
    platform="vimeo",
    names=("vimeo", "vimeocom"),
    hosts=(Host("vimeo.com"), Host("player.vimeo.com"), Host("vimeo.com", subs="*", path="service:")),
    fields={
        "name": Field(r"(?![0-9]+(?:/|\Z))[A-Za-z0-9_-]+", lower),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/api/oembed.json?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/video|videos/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/channels|groups/{list}/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/channels|groups/{list}/videos/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/showcase|album/{list}/video/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "group": "channels groups",
        "playlist": "showcase album ondemand",
        "service": "event events watchlater upload features blog about help join log_in manage settings categories "
        "stock watch create solutions pricing enterprise terms privacy api site_map explore staffpicks user robots.txt",
    },
)
