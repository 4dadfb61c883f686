"""Spotify's addresses: shows, artists, playlists and users, each by an id whose case counts; podcasters by a name."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://open.spotify.com"
_BY_ID: Final = ("show", "artist", "playlist")
_POD: Final = "/pod/show|profile/{name}"
_POD_PAGE: Final = "https://creators.spotify.com/pod/profile/{name}/"


def _things(before: str = "") -> tuple[Form, ...]:
    """What an address may name, after a language or the word of an embed."""
    return (
        *(Form(f"{before}/{word}/{{id}}/*", key=f"{word}:{{id}}", url=f"{SITE}/{word}/{{id}}") for word in _BY_ID),
        Form(f"{before}/user/{{name}}/playlist/{{id}}/**", key="playlist:{id}", url=f"{SITE}/playlist/{{id}}"),
        Form(f"{before}/user/{{name}}/*", key="user:{name}", url=f"{SITE}/user/{{name}}"),
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
            f"{_POD}/episodes/{{slug}}/**",
            AddressKind.POST,
            owner="pod:{name}",
            url=f"{_POD_PAGE}episodes/{{slug}}",
        ),
        Form(f"{_POD}/*", key="pod:{name}", url=_POD_PAGE),
        Form("/anchor:/{name}/*", key="pod:{name}", url=_POD_PAGE),
        *(form for before in ("", "/embed|embed-podcast", "/intl-{language}") for form in _things(before)),
    ),
)
