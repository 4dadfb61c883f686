"""Reddit: people (`u/`) and communities (`r/`)."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.reddit.com"

GRAMMAR: Final = Grammar(
    platform="reddit",
    names=("reddit", "redditcom"),
    hosts=(
        Host("reddit.com", subs="old new np m i amp {cc}"),
        Host("redd.it", path="post:"),
        Host("reddit.com", subs="*", path="service:"),
    ),
    fields={
        "user": Field(r"[A-Za-z0-9_-]{1,30}", lower),
        "community": Field(r"[A-Za-z0-9_]{1,30}", lower),
        "post": Field(r"[a-z0-9]+"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/post:/{post}", AddressKind.POST, url=f"{SITE}/comments/{{post}}/"),
        Form("/submit/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/comments/{post}/**", AddressKind.POST, url=f"{SITE}/comments/{{post}}/"),
        Form("/r/{community}/comments/{post}/**", AddressKind.POST, url=f"{SITE}/r/{{community}}/comments/{{post}}/"),
        Form(
            "/u|user/{user}/comments/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/user/{{user}}/comments/{{post}}/",
            owner="u/{user}",
        ),
        Form("/r|u|user/{place}/s/{code}/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/r/{community}/search/**", AddressKind.SEARCH),
        Form("/u|user/{user}/*", key="u/{user}", url=f"{SITE}/user/{{user}}/"),
        Form("/r/{community}/*", key="r/{community}", url=f"{SITE}/r/{{community}}/"),
    ),
    reserved={"service": "login register settings popular all message chat premium coins policies"},
)
