"""Bandcamp: an artist's or a label's own page, one subdomain each.

    data-band (every page since 2020) ─▶ the id and the name      bio, picture ─▶ from the page's own places
    a track or an album ─▶ undecided, with its artist

Source: TeamNewPipe/NewPipeExtractor, BandcampChannelExtractor.java.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import AddressKind, Facts, PlatformId, Reading, Route
from audits.platform import Platform
from audits.reading.elements import elements, first
from audits.reading.embedded import as_count, as_object, as_text, try_loads
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.told import either
from audits.reading.urls import host, path_parts
from audits.replies import Reply, reader, silent

GRAMMAR: Final = Grammar(
    platform="bandcamp",
    names=("bandcamp",),
    hosts=(Host("bandcamp.com"), Host("bandcamp.com", subs="*", path="artist:/{sub}")),
    fields={
        "name": Field(r"(?!(?:daily|get|blog|help)(?:/|\Z))[A-Za-z0-9-]{1,63}", lower),
        "post": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/artist:/{name}/track|album/{post}/**", AddressKind.OTHER, owner="{name}", notes=("music",)),
        Form("/artist:/{name}/*", key="{name}", url="https://{name}.bandcamp.com/"),
    ),
)


def _artist(reply: Reply) -> Reading | None:
    document, landed = reply.document, reply.page.landed
    band = first(document, "script[data-band]")
    stated = as_object(try_loads(band.get("data-band"))) if band else {}
    number, name = as_count(stated.get("id")), as_text(stated.get("name"))
    if not number or name is None:
        return None
    facts = Facts(display_name=name, handle=either(_name_in(landed)), platform_id=PlatformId("band", str(number)))
    if path_parts(landed)[:1] in (("track",), ("album",)):
        return undecided("the page of one track or album", facts=facts)
    return present(_with_profile(facts, document))


def _with_profile(facts: Facts, document: Document) -> Facts:
    said = next((each.text for each in elements(document, _BIO) if each.text), None)
    picture = first(document, "img.bio-pic, .bio-pic img, .artists-bio-pic img, img.band-photo")
    shown = either(picture.get("src") or None if picture else None)
    return replace(facts, description=either(said), avatar_url=shown)


_BIO: Final = "#bio-text, .signed-out-artists-bio-text, .stub-page-content > p:not([class])"


def _name_in(address: str) -> str | None:
    name, mark, _ = host(address).partition(".bandcamp.com")
    return name if mark else None


read: Final = reader("bandcamp", html=_artist, json=silent, xml=silent)

PLATFORM: Final = Platform(
    name="bandcamp",
    label="Bandcamp",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, own_page),),
)
