"""Flickr's addresses: a member by an alias or by the number, an NSID (`12345678@N00`) whose case counts."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.flickr.com"
_OWNERS: Final = f"{SITE}/photos/{{owner}}/"
_ALBUMS: Final = "albums|sets|galleries|collections"

GRAMMAR: Final = Grammar(
    platform="flickr",
    names=("flickr", "flicker", "flickrcom"),
    hosts=(Host("flickr.com", subs="m secure"), Host("flic.kr", path="short:")),
    fields={
        "owner": Field(r"[0-9]+@N[0-9]{2}|[A-Za-z0-9_-]+", lambda owner: owner if "@" in owner else lower(owner)),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/services/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/photos/tags/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/photos/tags/{{tag}}/"),
        Form("/photos/{owner}/{post}/**", AddressKind.POST, url=f"{_OWNERS}{{post}}/", owner="{owner}"),
        Form(f"/photos/{{owner}}/{_ALBUMS}/{{album}}/**", AddressKind.OTHER, owner="{owner}", notes=("album",)),
        Form("/photos|people/{owner}/*", key="{owner}", url=_OWNERS),
        Form("/{owner}", key="{owner}", url=_OWNERS, notes=("bare-name",)),
    ),
    reserved={
        "group": "groups",
        "service": "explore services help about creativecommons commons map cameras prints account upload signin "
        "signup jobs events recent apps tools gift photos_public.gne",
    },
)
