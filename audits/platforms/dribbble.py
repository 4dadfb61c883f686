"""Dribbble: one space of names.

    og:url of one name, and a masthead with followers ─▶ present      a shot ─▶ says nothing of its maker

Source: microlinkhq/metascraper, metascraper-dribbble.
"""

from __future__ import annotations

import re
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import AddressKind, Facts, PlatformId, Reading, Route
from audits.platform import Platform
from audits.reading.elements import elements, first
from audits.reading.fields import count_in
from audits.reading.pages import present
from audits.reading.told import either
from audits.reading.urls import path_parts
from audits.replies import Reply, reader, silent

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


def _member(reply: Reply) -> Reading | None:
    document = reply.document
    parts = path_parts(document.own_address)
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


read: Final = reader("dribbble", html=_member, json=silent, xml=silent)

PLATFORM: Final = Platform(
    label="Dribbble",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, own_page),),
)
