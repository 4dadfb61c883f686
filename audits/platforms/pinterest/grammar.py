"""Pinterest: one space of names behind some sixty country hosts."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.pinterest.com"
_ENDINGS: Final = (
    "at be ca ch cl co co.at co.in co.kr co.nz co.uk com.au com.bo com.ec com.mx com.pe com.py com.uy com.vn de dk ec "
    "engineering es fr hu id ie in info it jp kr mx nl nz pe ph pt ru se th tw uk vn"
)

GRAMMAR: Final = Grammar(
    platform="pinterest",
    names=("pinterest", "pintrest", "pinterestcom"),
    hosts=(
        Host("pinterest.com", subs="m {cc}"),
        *(Host(f"pinterest.{ending}") for ending in _ENDINGS.split()),
        Host("pin.it", path="short:"),
        Host("pinterest.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_-]{1,30}", lower),
        "post": Field(r"[0-9]+|[A-Za-z0-9_-]*--[0-9]+"),
        "tab": Field(r"_saved|_created|_pins|pins|boards|followers|following|_shop|_profile|feed\.rss"),
        "target": Field(r".+"),
    },
    forms=(
        Form("/oembed.json?url={target}", follow="target", notes=("oembed",)),
        Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
        Form("/pin/create/**", AddressKind.SHARE),
        Form("/pin/{post}/**", AddressKind.POST, url=f"{SITE}/pin/{{post}}/"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}", key="{name}", url=f"{SITE}/{{name}}/"),
        Form("/{name}/{tab}/**", key="{name}", url=f"{SITE}/{{name}}/", notes=("subpage",)),
        Form("/{name}/{board}/**", AddressKind.OTHER, owner="{name}", notes=("board",)),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/{{name}}/", notes=("at-in-path",)),
    ),
    reserved={
        "service": "ideas explore categories today business settings login resource topics about password secure shop "
        "discover news_hub convert offsite",
    },
)
