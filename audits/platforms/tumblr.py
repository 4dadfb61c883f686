"""Tumblr: a blog is its host's first label, and the same name on tumblr.com."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

GRAMMAR: Final = Grammar(
    platform="tumblr",
    names=("tumblr", "tumblrcom"),
    hosts=(
        Host("tumblr.com"),
        Host("t.umblr.com"),
        Host("tmblr.co", path="short:"),
        Host("tumblr.com", subs="*", path="blog:/{sub}"),
    ),
    fields={
        "name": Field(
            r"(?!(?:api|assets|media|static|embed|px|help|support|engineering|mx)(?:/|\Z))[A-Za-z0-9-]{1,32}", lower
        ),
        "post": Field(r"[0-9]+"),
        "tag": Field(r"[^/\s]+"),
        "target": Field(r".+"),
    },
    forms=(
        Form("/redirect?z={target}", follow="target", notes=("link-shim",)),
        Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/share|widgets/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/tagged/{tag}/**", AddressKind.HASHTAG, url="https://www.tumblr.com/tagged/{tag}"),
        *(
            form
            for before in ("/blog:", "/blog", "/blog/view", "")
            for form in (
                Form(
                    f"{before}/{{name}}/post/{{post}}/**",
                    AddressKind.POST,
                    owner="{name}",
                    url="https://{name}.tumblr.com/post/{post}",
                ),
                Form(
                    f"{before}/{{name}}/{{post}}/**",
                    AddressKind.POST,
                    owner="{name}",
                    url="https://{name}.tumblr.com/post/{post}",
                ),
                Form(f"{before}/@{{name}}/*", key="{name}", url="https://{name}.tumblr.com/"),
                Form(f"{before}/{{name}}/*", key="{name}", url="https://{name}.tumblr.com/"),
            )
        ),
    ),
    reserved={
        "service": "dashboard explore login register settings about docs policy jobs privacy tips likes following new "
        "blogs inbox communities",
    },
)
