"""WhatsApp channels: an id whose case counts. Groups are reached by invitation, numbers are telephones."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host
from audits.model import AddressKind

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
        Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
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
        Form("/{number}", AddressKind.OTHER, notes=("phone-number",), bare="phone-number"),
    ),
)
