"""Instagram's addresses: one space of names, compared without case."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.instagram.com"

GRAMMAR: Final = Grammar(
    platform="instagram",
    names=("instagram", "insta", "ig", "intagram", "instgram", "instragram", "instagramcom"),
    hosts=(
        Host("instagram.com", subs="m l"),
        Host("instagram.com", subs="*", path="service:"),
        Host("instagr.am", notes=("short-host",)),
        Host("ig.me", path="short:"),
    ),
    fields={
        "name": Field(r"(?!\.)(?!.*\.\.)[A-Za-z0-9_.]{1,30}(?<!\.)(?=/|\Z)", lower),
        "post": Field(r"[A-Za-z0-9_-]+"),
        "story": Field(r"[0-9]+"),
        "type": Field(r"p|reel|tv"),
    },
    forms=(
        Form("/**?u={target}", follow="target", notes=("link-shim",)),
        Form("/accounts/login/**?next={target}", follow="target", notes=("login",)),
        Form("/oembed|api/**?url={target}", follow="target", notes=("oembed",)),
        Form("/share|s/**", AddressKind.SHARE),
        *(
            Form(f"/{word}/{{post}}/**", AddressKind.POST, url=f"{SITE}/{word}/{{post}}/")
            for word in ("p", "reel", "tv")
        ),
        Form("/reels/{post}/**", AddressKind.POST, url=f"{SITE}/reel/{{post}}/"),
        Form("/explore/tags/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/explore/tags/{{tag}}/"),
        Form("/explore/search/**", AddressKind.SEARCH),
        Form("/stories/highlights/**", AddressKind.OTHER, notes=("story-highlight",)),
        Form(
            "/stories/{name}/{story}/**",
            AddressKind.POST,
            url=f"{SITE}/stories/{{name}}/{{story}}/",
            owner="{name}",
            post="{story}",
        ),
        Form("/stories/{name}/**", AddressKind.OTHER, owner="{name}", notes=("story",)),
        Form("/_u|_n/{name}/*", key="{name}", url=f"{SITE}/{{name}}/"),
        Form("/{name}/{type}/{post}/**", AddressKind.POST, url=f"{SITE}/{{type}}/{{post}}/", owner="{name}"),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/{{name}}/", notes=("at-in-path",)),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}/"),
    ),
    reserved={
        "service": "accounts direct about legal developer graphql challenge web ar lite press emails audio guide "
        "topics locations your_activity nametag session terms privacy download directory settings",
    },
)
