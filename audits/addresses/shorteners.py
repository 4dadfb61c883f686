"""Hosts that do nothing but send on: where their addresses lead, only they know.

A short link under a platform's own pages (`tiktok.com/t/…`) is a page of the platform, and none of these.
"""

from __future__ import annotations

from typing import Final

from audits.addresses.hosts import host_of, with_parents

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


LINK_PAGES: Final = frozenset(
    {
        *("linktr.ee", "tr.ee", "campsite.bio", "campsite.to", "beacons.ai", "beacons.page", "bio.link", "bio.site"),
        *("lnk.bio", "linkin.bio", "msha.ke", "taplink.cc", "taplink.at", "tap.bio", "solo.to", "allmylinks.com"),
        *("linkr.bio", "flow.page", "hoo.be", "biolinky.co", "many.link", "heylink.me", "link.me", "direct.me"),
        *("liinks.co", "linkpop.com", "shor.by", "bento.me", "mez.ink", "instabio.cc", "magic.ly", "znap.link"),
        *("joy.link", "elink.io", "carrd.co", "about.me", "likeshop.me", "sprout.link", "contactin.bio", "linke.to"),
        *("lnk.to", "ffm.to", "ffm.bio", "smarturl.it", "orcd.co", "pod.link", "podfollow.com", "plnk.to", "linke.ro"),
        *("qrco.de", "l.ead.me", "me-qr.com", "qr.page", "hihello.me", "popl.co", "withkoji.com", "komi.io"),
    }
)
"""Pages of nothing but links, for profiles that hold one; links made for printing belong to them."""
_MORE: Final = frozenset(
    {
        *("tiny.cc", "bit.do", "bitly.com", "j.mp", "v.gd", "s.id", "hubs.ly", "hubs.la", "ht.ly", "spr.ly", "bl.ink"),
        *("short.io", "dub.sh", "dub.co", "urlr.me", "t1p.de", "kurzelinks.de", "kortlink.dk", "korta.nu", "snip.ly"),
        *("mailchi.mp", "eepurl.com", "g.co", "aka.ms", "1drv.ms", "wp.me"),
        *("safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com", "linkprotect.cudasvc.com"),
    }
)
_ELSEWHERE: Final = LINK_PAGES | _MORE


def leads_elsewhere(link: str) -> bool:
    """Whether the page that a link leads to is not the one that its sender means."""
    host = (host_of(link) or "").removeprefix("www.")
    return is_shortened(link) or not _ELSEWHERE.isdisjoint(with_parents(host))
