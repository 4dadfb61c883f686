"""X, once Twitter: both hosts have the same names, compared without case."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://x.com"
_NOBODYS: Final = ("i/status", "i/web/status", "i/videos", "i/videos/tweet", "statuses")  # of posts without a name

GRAMMAR: Final = Grammar(
    platform="x",
    names=("x", "twitter", "xtwitter", "twitterx", "xcom", "twittercom", "twiter", "twitter/x"),
    hosts=(
        Host("x.com", subs="mobile m"),
        Host("twitter.com", subs="mobile m {cc}"),
        Host("publish.twitter.com"),
        Host("twitter.com", subs="*", path="service:"),
        Host("x.com", subs="*", path="service:"),
        Host("t.co", path="short:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_]{1,15}", lower),
        "id": Field(r"[0-9]+"),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/intent/user|follow?screen_name={name}", key="{name}", url=f"{SITE}/{{name}}", notes=("intent",)),
        Form("/intent/user|follow?user_id={id}", key="id:{id}", url=f"{SITE}/i/user/{{id}}", notes=("intent",)),
        Form("/intent|share|share.php/**", AddressKind.SHARE),
        Form("/home?status={target}", AddressKind.SHARE),
        Form("/search|search-advanced/**", AddressKind.SEARCH),
        Form("/hashtag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/hashtag/{{tag}}"),
        Form("/i/user/{id}/*", key="id:{id}", url=f"{SITE}/i/user/{{id}}"),
        *(Form(f"/{way}/{{post}}/**", AddressKind.POST, url=f"{SITE}/i/status/{{post}}") for way in _NOBODYS),
        Form(
            "/{name}/status|statuses/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/{{name}}/status/{{post}}",
            owner="{name}",
        ),
        Form("/{name}/lists/{list}/**", AddressKind.OTHER, owner="{name}", notes=("list",)),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/{{name}}", notes=("at-in-path",)),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "service": "home explore i login logout signup settings messages notifications compose jobs tos privacy about "
        "download account oauth widgets who_to_follow topics bookmarks communities spaces hashtag rules help "
        "statuses public_timeline favorites followers following sessions goodies invitations replies direct_messages",
    },
)
