"""Bandcamp: an artist's or a label's own page, one subdomain each.

    data-band (every page since 2020) ─▶ the id and the name      bio, picture, links ─▶ from the page's own places
    a track or an album ─▶ undecided, with its artist; as an artist's first page it is theirs
    band_details, as the app is told them ─▶ present

Source: TeamNewPipe/NewPipeExtractor, BandcampChannelExtractor.java and BandcampExtractorHelper.java (band_details).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, PlatformId, Reading, Route, Seen
from audits.platform import Platform
from audits.reading.elements import elements, first
from audits.reading.embedded import Json, as_count, as_object, as_text, ld_json, texts, try_loads
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.schema_org import image_of
from audits.reading.told import either, told
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
    facts = Facts(display_name=name, handle=_handle(document, landed), platform_id=PlatformId("band", str(number)))
    if path_parts(landed)[:1] in (("track",), ("album",)):
        return undecided("the page of one track or album", facts=facts)
    return present(_with_profile(facts, document, _publisher(document, name)))


def _with_profile(facts: Facts, document: Document, publisher: dict[str, Json]) -> Facts:
    said = next((each.text for each in elements(document, _BIO) if each.text), None)
    picture = first(document, "img.bio-pic, .bio-pic img, .artists-bio-pic img, img.band-photo")
    shown = (picture.get("src") if picture else None) or as_text(image_of(publisher))
    beside = (each.get("href") for each in elements(document, "#band-links a[href]"))
    links = (*beside, *texts(publisher.get("mainEntityOfPage"), "url"))
    return replace(
        facts,
        description=either(said or as_text(publisher.get("description"))),
        avatar_url=either(shown),
        website_link=links[0] if links else UNSEEN,
        links=tuple(dict.fromkeys(links)) or UNSEEN,
    )


_BIO: Final = "#bio-text, .signed-out-artists-bio-text, .stub-page-content > p:not([class])"


def _publisher(document: Document, name: str) -> dict[str, Json]:
    """What a track or an album that stands on the first page says of whose page it is."""
    pieces = ld_json(document, "MusicAlbum", "MusicRecording")
    publishers = (as_object(piece.get("publisher")) for piece in pieces)
    return next((each for each in publishers if as_text(each.get("name")) == name), {})


def _handle(document: Document, landed: str) -> Seen[str]:
    """Pages on a domain of their own still say under which name they lie at Bandcamp."""
    places = (landed, document.meta("og:url"), document.link("canonical"))
    return either(next((name for each in places if each and (name := _name_in(each))), None))


def _name_in(address: str) -> str | None:
    name, mark, _ = host(address).partition(".bandcamp.com")
    return name if mark else None


def _details(reply: Reply) -> Reading | None:
    answer = reply.object
    number, name = as_count(answer.get("id")), as_text(answer.get("name"))
    if not number or name is None or "bandcamp_url" not in answer:
        return None
    links = tuple(texts(answer.get("sites"), "url"))
    facts = Facts(
        display_name=name,
        handle=either(_name_in(as_text(answer["bandcamp_url"]) or "")),
        platform_id=PlatformId("band", str(number)),
        description=told(answer, as_text, "bio"),
        website_link=links[0] if links else None,
        links=links,
    )
    return present(facts)


read: Final = reader("bandcamp", html=_artist, json=_details, xml=silent)

PLATFORM: Final = Platform(
    name="bandcamp",
    label="Bandcamp",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, own_page),),
)
