"""Dribbble: one space of names.

    og:url of one name, and a masthead with followers ─▶ present      a shot ─▶ says nothing of its maker

Source: microlinkhq/metascraper, metascraper-dribbble.
"""

from __future__ import annotations

import re
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import AddressKind, Facts, Page, PlatformId, Reading, Route
from audits.platform import Platform, Subject
from audits.reading.elements import elements, first
from audits.reading.fields import count_in
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import Answer, present, read_answer
from audits.reading.told import either
from audits.reading.urls import path_parts

GRAMMAR: Final = Grammar(
    platform="dribbble",
    names=("dribbble",),
    hosts=(Host("dribbble.com"),),
    fields={"name": Field(r"[A-Za-z0-9_.\-]*[A-Za-z0-9_\-]", lower), "post": Field(r"[A-Za-z0-9_-]+")},
    forms=(
        Form("/shots/{post}/**", AddressKind.POST, url="https://dribbble.com/shots/{post}"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}/*", key="{name}", url="https://dribbble.com/{name}"),
    ),
    reserved={"service": "shots designers jobs about tags stories learn signup session hiring pro"},
)


def read(page: Page, subject: Subject, packs: Packs) -> Reading:  # noqa: ARG001  # every reader takes the same three
    """What the page says of the member. Raises nothing on any page."""

    def look(answer: Answer) -> Reading | None:
        return None if answer.looks_like_json or answer.looks_like_xml else _member(answer.document)

    return read_answer(page, "dribbble", packs, look)


def _member(document: Document) -> Reading | None:
    parts = path_parts(document.meta("og:url") or document.link("canonical"))
    name = document.meta("og:title", "twitter:title")
    masthead = elements(document, ".profile-masthead, .masthead-content")
    if len(parts) != 1 or name is None or not masthead:
        return None
    picture = first(document, "img.profile-avatar")
    stats = (each.text for each in elements(document, ".masthead-stats .stat"))
    facts = Facts(
        display_name=name,
        handle=parts[0],
        platform_id=either(_number(picture.get("src") if picture else "")),
        followers=either(next((count_in(text) for text in stats if "follower" in text), None)),
        avatar_url=either(picture.get("src") or None if picture else None),
    )
    return present(facts)


def _number(picture: str) -> PlatformId | None:
    found = re.search(r"/users/(\d{1,15})/", picture)
    return PlatformId("user", found[1]) if found else None


PLATFORM: Final = Platform(
    name="dribbble",
    label="Dribbble",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, own_page),),
)
