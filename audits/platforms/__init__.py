"""Every platform, in one table.

A new platform: one file here (a folder, once it reads pages of several kinds), and its name in the table.
"""

from __future__ import annotations

from typing import Final

from audits.addresses import Grammar
from audits.platforms import (
    blogspot,
    bluesky,
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
)
from audits.platforms.x import grammar as x
from audits.platforms.youtube import grammar as youtube

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
    *older.GRAMMARS,
)
