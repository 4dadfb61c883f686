"""Every platform, in one table.

A new platform: one file here (a folder, once it reads several layouts and interfaces), and its name in the table.
"""

from __future__ import annotations

from typing import Final

from audits.addresses import Grammar
from audits.platform import Platforms
from audits.platforms import (
    bandcamp,
    blogspot,
    bluesky,
    dribbble,
    facebook,
    feed,
    flickr,
    instagram,
    linkedin,
    links,
    linktree,
    mastodon,
    medium,
    older,
    pinterest,
    podcast,
    reddit,
    snapchat,
    soundcloud,
    spotify,
    substack,
    telegram,
    threads,
    tiktok,
    tumblr,
    twitch,
    vimeo,
    website,
    whatsapp,
    wordpress,
    x,
    youtube,
)

_READ: Final = (
    bandcamp,
    blogspot,
    bluesky,
    dribbble,
    facebook,
    feed,
    flickr,
    instagram,
    linkedin,
    linktree,
    mastodon,
    medium,
    pinterest,
    podcast,
    reddit,
    snapchat,
    soundcloud,
    spotify,
    substack,
    telegram,
    threads,
    tiktok,
    tumblr,
    twitch,
    vimeo,
    website,
    whatsapp,
    wordpress,
    x,
    youtube,
)

GRAMMARS: Final[tuple[Grammar, ...]] = (*(each.GRAMMAR for each in _READ), links.GRAMMAR, *older.GRAMMARS)

PLATFORMS: Final[Platforms] = {each.PLATFORM.name: each.PLATFORM for each in _READ}
"""The platforms that can be read, by name; every address above can be recognised."""
