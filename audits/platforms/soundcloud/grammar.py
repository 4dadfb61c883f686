"""SoundCloud: one space of names; what follows a name is a track."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://soundcloud.com"

GRAMMAR: Final = Grammar(
    platform="soundcloud",
    names=("soundcloud", "soundcloudcom"),
    hosts=(
        Host("soundcloud.com", subs="m"),
        Host("w.soundcloud.com"),
        Host("api-widget.soundcloud.com"),
        Host("on.soundcloud.com", path="short:"),
        Host("snd.sc", path="short:"),
        Host("soundcloud.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_-]+", lower),
        "tab": Field(r"tracks|albums|sets|reposts|likes|followers|following|popular-tracks|comments|spotlight"),
        "post": Field(r"[A-Za-z0-9_-]+"),
        "target": Field(r".+"),
    },
    forms=(
        Form("/oembed|player|resolve/**?url={target}", follow="target", notes=("oembed",)),
        Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}", key="{name}", url=f"{SITE}/{{name}}"),
        Form("/{name}/{tab}", key="{name}", url=f"{SITE}/{{name}}", notes=("subpage",)),
        Form("/{name}/sets/{list}/**", AddressKind.OTHER, owner="{name}", notes=("playlist",)),
        Form("/{name}/{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{post}}", owner="{name}"),
    ),
    reserved={
        "service": "discover upload you stream charts pages tags settings messages notifications terms-of-use signin "
        "logout people mobile jobs imprint feed library",
    },
)
