"""WhatsApp channels: an id whose case counts. Groups are reached by invitation, numbers are telephones.

A channel's page names it and counts its followers; its messages are shown in the app alone.
"""

from __future__ import annotations

import re
from typing import Final

from audits.addresses import Field, Form, Grammar, Host
from audits.asking import NAME, addressed, offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, PlatformId, Reading, Route
from audits.platform import Platform
from audits.reading.answer_fields import or_unseen
from audits.reading.pages import present
from audits.reading.urls import path_parts
from audits.reading.written_values import count_in
from audits.replies import Reply, reader

SITE: Final = "https://www.whatsapp.com"

GRAMMAR: Final = Grammar(
    platform="whatsapp",
    names=("whatsapp", "whatsappcom"),
    hosts=(
        Host("whatsapp.com", subs="api web m"),
        Host("wa.me"),
        Host("chat.whatsapp.com", path="invitation:"),
        Host("whatsapp.com", subs="*", path="service:"),
    ),
    fields={"channel": Field(r"[A-Za-z0-9]{10,40}"), "post": Field(r"[0-9]+"), "number": Field(r"\+?[0-9]{5,16}")},
    forms=(
        Form("/invitation:/**", AddressKind.SHARE, notes=("invite-link",)),
        Form(
            "/channel/{channel}/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/channel/{{channel}}/{{post}}",
            owner="channel:{channel}",
        ),
        Form("/channel/{channel}", key="channel:{channel}", url=f"{SITE}/channel/{{channel}}"),
        Form("/send?phone={number}", AddressKind.OTHER, notes=("phone-number",)),
        Form("/send/**", AddressKind.SHARE),
        Form("/qr|message/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/**?text={text}", AddressKind.SHARE),
        Form("/{number}", AddressKind.OTHER, notes=("phone-number",), bare="phone-number"),
    ),
)

_NAMED: Final = re.compile(r"^(?P<name>.+?)(?<!\s)\s*\|\s*WhatsApp\b", re.DOTALL)
_COUNTED: Final = re.compile(
    r"((?<!\d)\d[\d.,\s\u00a0٫٬]{0,20}(?:[^\W\d_]{1,5}\.?\s{1,3})?)"
    r"(?:follower|följare|abonn|seguidor|seguac|volger|følger|fylgjend|seuraaj|obserwuj|sledujíc|sledovatel|követő|"
    r"takipçi|подписчик|підписник|متابع|フォロワー|关注者|關注者|팔로워)",
    re.IGNORECASE,
)


def _channel(reply: Reply) -> Reading | None:
    """A channel's page; without a name in it there is nothing to see."""
    document = reply.document
    named = _NAMED.match(document.meta("og:title") or "")
    if named is None:
        return None
    counted = _COUNTED.search(document.meta("og:description") or "")
    parts = path_parts(document.own_address or reply.page.landed)
    known = parts[1] if len(parts) > 1 and parts[0] == "channel" else None
    facts = Facts(
        display_name=named["name"],
        platform_id=PlatformId("channel", known) if known else UNSEEN,
        followers=or_unseen(count_in(counted[1])) if counted else UNSEEN,
        avatar_url=or_unseen(document.meta("og:image")),
    )
    return present(facts)


read: Final = reader("whatsapp", html=_channel)


_CHANNEL: Final = addressed(f"{SITE}/channel/{{name}}", otherwise=own_page)

PLATFORM: Final = Platform(
    label="WhatsApp",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, _CHANNEL, sees=NAME),),
    fold=str,  # the case of an id counts
)
