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

GRAMMARS: Final[tuple[Grammar, ...]] = (
    facebook.GRAMMAR,
    instagram.GRAMMAR,
    threads.GRAMMAR,
    x.GRAMMAR,
    linkedin.GRAMMAR,
    youtube.GRAMMAR,
    tiktok.GRAMMAR,
    mastodon.GRAMMAR,
    bluesky.GRAMMAR,
    pinterest.GRAMMAR,
    flickr.GRAMMAR,
    vimeo.GRAMMAR,
    soundcloud.GRAMMAR,
    snapchat.GRAMMAR,
    twitch.GRAMMAR,
    spotify.GRAMMAR,
    podcast.GRAMMAR,
    telegram.GRAMMAR,
    whatsapp.GRAMMAR,
    reddit.GRAMMAR,
    tumblr.GRAMMAR,
    wordpress.GRAMMAR,
    blogspot.GRAMMAR,
    medium.GRAMMAR,
    substack.GRAMMAR,
    feed.GRAMMAR,
    website.GRAMMAR,
    links.GRAMMAR,
    bandcamp.GRAMMAR,
    dribbble.GRAMMAR,
    *older.GRAMMARS,
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
    mastodon,
    medium,
    pinterest,
    podcast,
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

PLATFORMS: Final[Platforms] = {each.PLATFORM.name: each.PLATFORM for each in _READ}
"""The platforms that can be read, by name; every address above can be recognised."""
