"""Flickr: an alias, or an NSID (`12345678@N00`) whose case counts."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.flickr.com"
_ALBUMS: Final = "albums|sets|galleries|collections"


def _owned(owner: str) -> tuple[Form, ...]:
    """What stands below one way to write a member."""
    photos = f"{SITE}/photos/{owner}/"
    return (
        Form(f"/photos/{owner}/{{post}}/**", AddressKind.POST, url=f"{photos}{{post}}/", owner=owner),
        Form(f"/photos/{owner}/{_ALBUMS}/{{album}}/**", AddressKind.OTHER, owner=owner, notes=("album",)),
        Form(f"/photos|people/{owner}/*", key=owner, url=photos),
        Form(f"/{owner}", key=owner, url=photos, notes=("bare-name",)),
    )


GRAMMAR: Final = Grammar(
    platform="flickr",
    names=("flickr", "flicker", "flickrcom"),
    hosts=(Host("flickr.com", subs="m secure"), Host("flic.kr", path="short:")),
    fields={
        "nsid": Field(r"[0-9]+@N[0-9]{2}"),
        "name": Field(r"[A-Za-z0-9_-]+", lower),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/services/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/photos/tags/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/photos/tags/{{tag}}/"),
        *(form for owner in ("{nsid}", "{name}") for form in _owned(owner)),
    ),
    reserved={
        "group": "groups",
        "service": "explore services help about creativecommons commons map cameras prints account upload signin "
        "signup jobs events recent apps tools gift photos_public.gne",
    },
)
