"""Hosts that do nothing but send on: where their addresses lead, only they know.

A short link under a platform's own pages (`tiktok.com/t/…`) is a page of the platform, and none of these.
"""

from __future__ import annotations

from typing import Final

from audits.addresses.hosts import host_of

NEUTRAL: Final = frozenset(
    {
        *("bit.ly", "tinyurl.com", "goo.gl", "ow.ly", "buff.ly", "is.gd", "t.ly", "rb.gy", "cutt.ly", "shorturl.at"),
        *("dlvr.it", "trib.al", "rebrand.ly"),
    }
)
"""Those of no platform."""
OF_PLATFORMS: Final = frozenset(
    {
        *("fb.me", "t.co", "lnkd.in", "pin.it", "flic.kr", "spotify.link", "t.snapchat.com", "go.bsky.app", "snd.sc"),
        *("on.soundcloud.com", "vm.tiktok.com", "vt.tiktok.com"),
    }
)


def is_shortened(link: str) -> bool:
    """Whether only the link's own host knows where it leads."""
    host = (host_of(link) or "").removeprefix("www.")
    return host in NEUTRAL or host in OF_PLATFORMS
