"""Attributes that name an account without being its address.

    data-screen-name="almestad"     ─▶ x, almestad
    data-channelid="UC…"            ─▶ youtube, UC…
    flashvars / src with user=…     ─▶ flickr, 12345678@N00

Sources: X for Websites (follow button, embedded timeline), YouTube subscribe button, TikTok creator embed,
LinkedIn follow-company plugin, Pinterest widgets, Flickr badge, AMP component reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_NAMING: Final[Mapping[str, tuple[str, str]]] = {
    "data-screen-name": ("x", "{}"),
    "data-channelid": ("youtube", "channel/{}"),
    "data-channel-id": ("youtube", "channel/{}"),
    "data-tweet-screen-name": ("x", "{}"),
    "data-twitter-username": ("x", "{}"),
    "data-instagram-username": ("instagram", "{}"),
    "data-facebook-page": ("facebook", "{}"),
    "data-pin-user": ("pinterest", "{}"),
}
_USER = re.compile(r"[?&](?:user|user_id|nsid)=(\d+(?:@|%40)N\d{2})", re.IGNORECASE)
_UPLOADS = re.compile(r"[?&]listType=user_uploads(?:&|$)", re.IGNORECASE)
_LIST = re.compile(r"[?&]list=([\w.-]+)")
_UPLOADS_OF_CHANNEL = re.compile(r"UU([\w-]{22})")


def naming_attributes(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Platform and handle for each attribute that names an account."""
    for name, (platform, template) in _NAMING.items():
        if value := attributes.get(name, "").strip().removeprefix("@"):
            yield platform, template.format(value)
    names = attributes.get("class", "")
    shows_account = attributes.get("data-embed-type") == "creator"
    if "tiktok-embed" in names and shows_account and (user := attributes.get("data-unique-id")):
        yield "tiktok", f"@{user.removeprefix('@')}"
    if "g-ytsubscribe" in names and (channel := attributes.get("data-channel")):
        yield "youtube", f"user/{channel}"
    if attributes.get("type", "").lower() == "in/followcompany" and (company := attributes.get("data-id")):
        yield "linkedin", f"company/{company}"


def players_owner(url: str) -> tuple[str, str] | None:
    """Platform and handle where the address of a player names whose it shows."""
    if "flickr.com" in url and (found := _USER.search(url)):
        return "flickr", f"photos/{found[1].replace('%40', '@')}"
    listed = _LIST.search(url) if "youtube" in url else None
    if listed and _UPLOADS.search(url):
        return "youtube", f"user/{listed[1]}"
    if listed and (channel := _UPLOADS_OF_CHANNEL.fullmatch(listed[1])):
        return "youtube", f"channel/UC{channel[1]}"  # the list of a channel's uploads has the channel's own id
    return None


def is_naming(attributes: Mapping[str, str]) -> bool:
    """Whether any attribute names an account, at little cost."""
    return not _NAMING.keys().isdisjoint(attributes) or any(True for _ in naming_attributes(attributes))
