"""Spotify: shows, artists, users and playlists, each in a space of its own; ids keep their case."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://open.spotify.com"


def _things(before: str = "") -> tuple[Form, ...]:
    """What an address may name, after a language or the word of an embed."""
    pages = tuple(
        Form(f"{before}/{word}/{{{part}}}/*", key=f"{word}:{{{part}}}", url=f"{SITE}/{word}/{{{part}}}")
        for word, part in (("show", "id"), ("artist", "id"), ("playlist", "id"), ("user", "name"))
    )
    playlist = Form(f"{before}/user/{{name}}/playlist/{{id}}/**", key="playlist:{id}", url=f"{SITE}/playlist/{{id}}")
    return (
        playlist,
        *pages,
        Form(f"{before}/episode/{{post}}/**", AddressKind.POST, url=f"{SITE}/episode/{{post}}"),
        Form(f"{before}/track|album/{{id}}/**", AddressKind.OTHER, notes=("music",)),
        Form(f"{before}/search/**", AddressKind.SEARCH),
    )


GRAMMAR: Final = Grammar(
    platform="spotify",
    names=("spotify", "spotifycom", "spotifypodd", "spotifypodcast"),
    hosts=(
        Host("open.spotify.com"),
        Host("play.spotify.com"),
        Host("embed.spotify.com"),
        Host("spotify.link", path="short:"),
        Host("spotify.app.link", path="short:"),
        Host("creators.spotify.com"),
        Host("podcasters.spotify.com"),
        Host("anchor.fm", path="anchor:"),
        Host("spotify.com", subs="*", path="service:"),
    ),
    schemes={"spotify": ""},
    fields={
        "id": Field(r"[A-Za-z0-9]{22}"),
        "post": Field(r"[A-Za-z0-9]{22}"),
        "name": Field(r"[A-Za-z0-9_.\-]*[A-Za-z0-9_\-]", lower),
        "language": Field(r"[a-z]{2}(?:-[a-z]{2})?"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/**?uri={target}", follow="target", notes=("plugin-embed",)),
        Form(
            "/pod/show|profile/{name}/episodes/{slug}/**",
            AddressKind.POST,
            owner="pod:{name}",
            url="https://creators.spotify.com/pod/profile/{name}/episodes/{slug}",
        ),
        Form("/pod/show|profile/{name}/*", key="pod:{name}", url="https://creators.spotify.com/pod/profile/{name}/"),
        Form("/anchor:/{name}/*", key="pod:{name}", url="https://creators.spotify.com/pod/profile/{name}/"),
        *_things(),
        *_things("/embed"),
        *_things("/embed-podcast"),
        *_things("/intl-{language}"),
    ),
)
