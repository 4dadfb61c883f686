"""Bluesky: a handle is a DNS name (AT Protocol, Handle), an account's lasting id a DID."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind
from audits.platforms.bluesky.ids import AT_DID

SITE: Final = "https://bsky.app"
_PROFILE: Final = f"{SITE}/profile/{{actor}}"
_POST: Final = "/profile/{actor}/post|app.bsky.feed.post/{post}/**"
_LIST: Final = "/profile/{actor}/feed|lists|app.bsky.feed.generator|app.bsky.graph.list/{item}/**"

GRAMMAR: Final = Grammar(
    platform="bluesky",
    names=("bluesky", "bsky", "blueskysocial", "bskyapp", "blue sky", "atproto"),
    hosts=(
        Host("bsky.app", subs="staging main"),
        Host("bsky.dev", subs="main staging"),
        Host("go.bsky.app", path="short:"),
        Host("public.api.bsky.app"),
        Host("bsky.social", subs="*", path="profile/{sub}.bsky.social"),
        Host("bsky.social", path="service:"),
    ),
    schemes={"at": "profile"},
    fields={
        "actor": Field(
            rf"{AT_DID}|"
            r"(?=.{3,253}(?:/|\Z))(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]",
            lower,
        ),
        "post": Field(r"[a-z0-9.~_:-]+"),
    },
    forms=(
        Form("/xrpc/app.bsky.actor.getprofile?actor={actor}", key="{actor}", url=_PROFILE),
        Form("/intent/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/hashtag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/hashtag/{{tag}}"),
        Form(_POST, AddressKind.POST, url=f"{_PROFILE}/post/{{post}}", owner="{actor}"),
        Form(_LIST, AddressKind.OTHER, owner="{actor}", notes=("list",)),
        Form("/profile/@{actor}/*", key="{actor}", url=_PROFILE, notes=("at-in-path",)),
        Form("/profile/{actor}/*", key="{actor}", url=_PROFILE),
        Form("/@{actor}", key="{actor}", url=_PROFILE, notes=("at-in-path",)),
        Form("/{actor}", key="{actor}", url=_PROFILE, notes=("bare-name",)),
    ),
    reserved={"service": "settings notifications feeds messages moderation support starter-pack start"},
    dotted=True,
)
