"""Twitch: one space of login names."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.twitch.tv"

GRAMMAR: Final = Grammar(
    platform="twitch",
    names=("twitch", "twitchtv"),
    hosts=(
        Host("twitch.tv", subs="m go {cc}"),
        Host("player.twitch.tv", path="player:"),
        Host("clips.twitch.tv", path="clip:"),
        Host("twitch.tv", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_]{2,25}", lower),
        "post": Field(r"[0-9]+"),
        "clip": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
        Form("/player:/**?channel={name}", key="{name}", url=f"{SITE}/{{name}}", notes=("plugin-embed",)),
        Form("/popout|embed/{name}/*", key="{name}", url=f"{SITE}/{{name}}", notes=("plugin-embed",)),
        Form("/clip:/{clip}", AddressKind.POST, url="https://clips.twitch.tv/{clip}", post="{clip}"),
        Form("/videos/{post}/**", AddressKind.POST, url=f"{SITE}/videos/{{post}}"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}/video|v|b|c/{post}/**", AddressKind.POST, url=f"{SITE}/videos/{{post}}", owner="{name}"),
        Form(
            "/{name}/clip/{clip}/**",
            AddressKind.POST,
            url=f"{SITE}/{{name}}/clip/{{clip}}",
            owner="{name}",
            post="{clip}",
        ),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "service": "directory collections p settings downloads jobs turbo store login signup subscriptions inventory "
        "drops wallet friends team broadcast annual-recap user robots.txt",
    },
)
