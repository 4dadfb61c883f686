"""Threads' addresses: the names are Instagram's; threads.net moved to threads.com."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.threads.com"

GRAMMAR: Final = Grammar(
    platform="threads",
    names=("threads", "threadsnet"),
    hosts=(Host("threads.com", subs="l"), Host("threads.net", subs="l")),
    fields={
        "name": Field(r"(?!\.)(?!.*\.\.)[A-Za-z0-9_.]{1,30}(?<!\.)(?=/|\Z)", lower),
        "post": Field(r"[A-Za-z0-9_-]+"),
        "tag": Field(r"[^/\s]+"),
        "target": Field(r".+"),
    },
    forms=(
        Form("/**?u={target}", follow="target", notes=("link-shim",)),
        Form("/login/**?next={target}", follow="target", notes=("login",)),
        Form("/intent/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/tag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/tag/{{tag}}"),
        Form("/t/{post}/**", AddressKind.POST, url=f"{SITE}/t/{{post}}"),
        Form("/@{name}/post/{post}/**", AddressKind.POST, url=f"{SITE}/@{{name}}/post/{{post}}", owner="{name}"),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}", key="{name}", url=f"{SITE}/@{{name}}", notes=("bare-name",)),
    ),
    reserved={"service": "home explore activity saved liked settings custom_feeds download about"},
)
