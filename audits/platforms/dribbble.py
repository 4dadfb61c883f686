"""Dribbble: one space of names.

    og:url of one name, and a masthead with followers ─▶ present      a shot ─▶ says nothing of its maker
    JSON ── a user of the interface ─▶ present

Sources: microlinkhq/metascraper, metascraper-dribbble; developer.dribbble.com/v2/user.
"""

from __future__ import annotations

import re
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, Reading, Route
from audits.platform import Platform
from audits.reading.answer_fields import as_plain_text, number_id, or_unseen, read_field
from audits.reading.elements import elements, said_at
from audits.reading.embedded import as_count, as_text, dig
from audits.reading.pages import present, undecided
from audits.reading.refusals import own_words
from audits.reading.urls import host, id_in, path_parts
from audits.reading.written_values import count_in, moment
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


_NUMBERED: Final = re.compile(r"/users/(\d{1,15})/")


def _member(reply: Reply) -> Reading | None:
    document = reply.document
    parts = path_parts(document.own_address)
    name = document.meta("og:title", "twitter:title")
    masthead = elements(document, ".profile-masthead, .masthead-content")
    if len(parts) != 1 or name is None or not masthead or not host(document.own_address).endswith("dribbble.com"):
        return None
    picture = said_at(document, "img.profile-avatar", "src")
    stats = (each.text for each in elements(document, ".masthead-stats .stat"))
    facts = Facts(
        display_name=name,
        handle=parts[0],
        platform_id=or_unseen(id_in(picture, "user", _NUMBERED)),
        followers=or_unseen(next((count_in(text) for text in stats if "follower" in text), None)),
        avatar_url=or_unseen(picture),
    )
    return present(facts)


def _user(reply: Reply) -> Reading | None:
    """The user that the interface tells of: since 2018 the key's own account alone."""
    user = reply.object
    handle = read_field(user, as_text, "login", "username")
    if not isinstance(handle, str) or "html_url" not in user:
        said = as_text(user.get("message"))
        return undecided(own_words(said)) if said else None
    facts = Facts(
        display_name=read_field(user, as_text, "name"),
        handle=handle,
        platform_id=or_unseen(number_id("user", user.get("id"))),
        description=read_field(user, as_plain_text, "bio"),
        followers=read_field(user, as_count, "followers_count"),
        posts_count=read_field(user, as_count, "shots_count"),
        avatar_url=read_field(user, as_text, "avatar_url"),
        website_link=as_text(dig(user, "links", "web")) if "links" in user else UNSEEN,
        created_at=read_field(user, moment, "created_at"),
    )
    return present(facts)


read: Final = reader("dribbble", html=_member, json=_user, xml=silent)

PLATFORM: Final = Platform(
    label="Dribbble",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, own_page),),
    interfaces=("api.dribbble.com/",),
)
