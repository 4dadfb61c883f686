"""TikTok's addresses: one space of names, compared without case."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.tiktok.com"
_NOBODYS: Final = ("/share|@/video/{post}/**", "/embed/{post}/**", "/embed/v1|v2|v3/{post}/**", "/v/{post}.html/**")

GRAMMAR: Final = Grammar(
    platform="tiktok",
    names=("tiktok", "tiktokcom"),
    hosts=(
        Host("tiktok.com", subs="m {cc}"),
        Host("vm.tiktok.com", path="short:"),
        Host("vt.tiktok.com", path="short:"),
        Host("tiktok.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"(?=.{1,64}(?:/|\Z))[A-Za-z0-9_.\-]*[A-Za-z0-9_\-]", lower),
        "type": Field(r"video|photo"),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/login/**?redirect_url={target}", follow="target", notes=("login",)),
        Form("/t/{code}/**", AddressKind.SHARE, notes=("short-link",)),
        *(Form(path, AddressKind.POST, url=f"{SITE}/embed/v2/{{post}}") for path in _NOBODYS),
        Form("/share/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/tag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/tag/{{tag}}"),
        Form("/embed/@{name}", key="{name}", url=f"{SITE}/@{{name}}", notes=("plugin-embed",)),
        Form("/@{name}/{type}/{post}/**", AddressKind.POST, url=f"{SITE}/@{{name}}/{{type}}/{{post}}", owner="{name}"),
        Form("/@{name}/collection|playlist/{list}/**", AddressKind.OTHER, owner="{name}", notes=("playlist",)),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}", key="{name}", url=f"{SITE}/@{{name}}", notes=("bare-name",)),
    ),
    reserved={
        "service": "music sticker discover foryou following explore about legal live upload friends messages setting "
        "business creators community-guidelines safety api en sv channel effect question topics",
    },
)
