"""Channels, planted: one of every way in which official pages name an account, with its key.

WAYS ─▶ planted(count) ─▶ Planted(key, head, body) …        the ways of platforms.md 2.3 to 2.5 and of recorded pages
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

FAR: Final = "https://"  # so that no line below reads as an address of somebody's
SOCIAL: Final = "social.almestad.example"
AT: Final = "\0"  # an @ of an address, where every other stands for the name


@dataclass(frozen=True, slots=True)
class Planted:
    """A channel as a page names it. `redirect` is an address of the site that sends its visitors to it."""

    way: str
    key: str
    head: str = ""
    body: str = ""
    redirect: str = ""
    json: str = ""  # the whole page, where it is for programs


@dataclass(frozen=True, slots=True)
class Channel:
    key: str
    url: str


def channel(number: int) -> Channel:
    """The made-up channel of a number, on one platform after the other."""
    name = f"almestadkanal{number}"
    made = (
        Channel(f"facebook:{name}", f"{FAR}www.facebook.com/{name}"),
        Channel(f"instagram:{name}", f"{FAR}www.instagram.com/{name}/"),
        Channel(f"vimeo:{name}", f"{FAR}vimeo.com/{name}"),
        Channel(f"youtube:@{name}", f"{FAR}www.youtube.com/@{name}"),
        Channel(f"tiktok:{name}", f"{FAR}www.tiktok.com/@{name}"),
        Channel(f"linkedin:company:{name}", f"{FAR}www.linkedin.com/company/{name}/"),
        Channel(f"x:alme{number}", f"{FAR}x.com/alme{number}"),
    )
    return made[number % len(made)]


def _anchor(url: str) -> str:
    return f'<a href="{url}">Följ oss</a>'


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def _org(**more: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "GovernmentOrganization", "name": "Almestads stad", **more}


def _linked(wrap: str) -> Callable[[int], Planted]:
    """A link inside some markup."""
    return lambda n: Planted("", channel(n).key, body=wrap.replace("@", _anchor(channel(n).url)))


def _state(n: int) -> Planted:
    state = json.dumps({"footer": {"socialLinks": [{"url": channel(n).url}]}}).replace("/", "\\/")
    return Planted("", channel(n).key, body=f'<script id="__NEXT_DATA__" type="application/json">{state}</script>')


def _escaped_state(n: int) -> Planted:
    state = json.dumps({"settings": {"social": channel(n).url}}).replace("/", "\\u002F")
    return Planted("", channel(n).key, body=f"<script>window.__STATE__ = {state};</script>")


def _fb(template: str) -> Callable[[int], Planted]:
    return lambda n: Planted("", f"facebook:almestadsida{n}", body=template.replace("@", f"almestadsida{n}"))


def _uploads(n: int) -> Planted:
    own = f"almestadalmestad{n:06d}"
    return Planted(
        "",
        f"youtube:channel:UC{own}",
        body=f'<iframe src="{FAR}www.youtube.com/embed/videoseries?list=UU{own}"></iframe>',
    )


def _subscribe(n: int) -> Planted:
    own = f"UCalmestadalmestad{n:06d}"
    return Planted("", f"youtube:channel:{own}", body=f'<div class="g-ytsubscribe" data-channelid="{own}"></div>')


def _named(key: str, template: str) -> Callable[[int], Planted]:
    """Markup in which only the name of the account stands."""
    return lambda n: Planted("", key.replace("@", f"alme{n}"), body=template.replace("@", f"alme{n}"))


def _in_head(key: str, template: str) -> Callable[[int], Planted]:
    return lambda n: Planted("", key.replace("@", f"alme{n}"), head=template.replace("@", f"alme{n}"))


WAYS: Final[dict[str, Callable[[int], Planted]]] = {
    "footer": _linked("<footer><p>@</p></footer>"),
    "header": _linked('<header><div class="icons">@</div></header>'),
    "navigation": _linked("<nav><ul><li>@</li></ul></nav>"),
    "invitation": _linked("<main><p>Vi finns även i sociala medier. @</p></main>"),
    "running text": _linked("<main><article><p>Utställningen har öppnat, se mer hos @ i veckan.</p></article></main>"),
    "comment": _linked('<div class="comments"><div class="comment-body"><p>Se @</p></div></div>'),
    "table": _linked("<main><table><tr><td>Kultur</td><td>@</td></tr></table></main>"),
    "sameAs": lambda n: Planted("", channel(n).key, head=_ld(_org(sameAs=[channel(n).url]))),
    "sameAs of an entity inside another": lambda n: Planted(
        "", channel(n).key, head=_ld({"@graph": [{"@type": "WebPage", "publisher": _org(sameAs=channel(n).url)}]})
    ),
    "contact point": lambda n: Planted(
        "",
        channel(n).key,
        head=_ld(_org(contactPoint={"@type": "ContactPoint", "contactType": "socialmedia", "url": channel(n).url})),
    ),
    "link rel=me": lambda n: Planted("", channel(n).key, head=f'<link rel="me" href="{channel(n).url}">'),
    "anchor rel=me": lambda n: Planted("", channel(n).key, body=f'<a rel="me noopener" href="{channel(n).url}"></a>'),
    "twitter:site": _in_head("x:@", '<meta name="twitter:site" content="@@">'.replace("@@", "@", 1)),
    "article:publisher": _in_head(
        "facebook:@stad", f'<meta property="article:publisher" content="{FAR}www.facebook.com/@stad">'
    ),
    "og:see_also": lambda n: Planted(
        "", channel(n).key, head=f'<meta property="og:see_also" content="{channel(n).url}">'
    ),
    "fediverse:creator": _in_head(
        f"mastodon:@{AT}{SOCIAL}",
        f'<meta name="fediverse:creator" content="@{AT}{SOCIAL}">',
    ),
    "hidden itemprop": lambda n: Planted(
        "",
        channel(n).key,
        body='<div itemscope itemtype="https://schema.org/Organization" hidden>'
        f'<link itemprop="sameAs" href="{channel(n).url}"></div>',
    ),
    "app state": _state,
    "app state, escaped": _escaped_state,
    "page plugin": _fb(
        f'<iframe src="{FAR}www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2F@"></iframe>'
    ),
    "fb-page": _fb(f'<div class="fb-page" data-href="{FAR}www.facebook.com/@/"></div>'),
    "timeline": _named("x:@", f'<a class="twitter-timeline" href="{FAR}twitter.com/@?ref_src=twsrc">Inlägg</a>'),
    "follow button": _named("x:@", '<a class="follow" data-screen-name="@" href="#">Följ</a>'),
    "profile embed": _named(
        "instagram:@",
        f'<blockquote class="instagram-media" data-instgrm-permalink="{FAR}www.instagram.com/@/"></blockquote>',
    ),
    "creator embed": _named(
        "tiktok:@", '<blockquote class="tiktok-embed" data-unique-id="@" data-embed-type="creator"></blockquote>'
    ),
    "uploads player": _uploads,
    "subscribe button": _subscribe,
    "follow company": lambda n: Planted(
        "",
        f"linkedin:company:{7_000_000 + n}",
        body=f'<script type="IN/FollowCompany" data-id="{7_000_000 + n}"></script>',
    ),
    "pinterest widget": _named("pinterest:@", '<a data-pin-do="embedUser" data-pin-user="@" href="#"></a>'),
    "redirector": lambda n: Planted("", channel(n).key, body=_anchor(f"/ut?url={quote(channel(n).url, safe='')}")),
    "redirect": lambda n: Planted("", channel(n).key, body=_anchor(f"/till/{n}"), redirect=channel(n).url),
    "script in an attribute": lambda n: Planted(
        "", channel(n).key, body=f"<button onclick=\"window.open('{channel(n).url}')\">Följ</button>"
    ),
    "data attribute": lambda n: Planted("", channel(n).key, body=f'<button data-href="{channel(n).url}">Följ</button>'),
    "image map": lambda n: Planted("", channel(n).key, body=f'<map><area href="{channel(n).url}" alt="Följ"></map>'),
    "without scheme": lambda n: Planted("", channel(n).key, body=_anchor(channel(n).url.removeprefix("https:"))),
    "shouted": lambda n: Planted("", channel(n).key, body=_anchor(channel(n).url.replace("https://", "HTTPS://"))),
    "tracked": lambda n: Planted("", channel(n).key, body=_anchor(channel(n).url + "?utm_source=almestad")),
    "fediverse": _named(
        f"mastodon:@{AT}{SOCIAL}",
        f'<a rel="me" href="{FAR}{SOCIAL}/{AT}@">Mastodon</a>',
    ),
    "bluesky": _named(
        "bluesky:@.bsky.social",
        f'<footer><a href="{FAR}bsky.app/profile/@.bsky.social">Bluesky</a></footer>',
    ),
    "podcast": lambda n: Planted(
        "",
        f"spotify:show:4almestadpodden{n:08d}"[:35],
        body=f'<iframe src="{FAR}open.spotify.com/embed/show/{f"4almestadpodden{n:08d}"[:22]}"></iframe>',
    ),
    "pictures": _named("flickr:@", f'<p>Bilder: <a href="{FAR}www.flickr.com/photos/@/">Flickr</a></p>'),
    "answer for programs": lambda n: Planted(
        "", channel(n).key, json=json.dumps({"footer": {"social": [{"href": channel(n).url}]}})
    ),
}


def planted(count: int) -> Sequence[Planted]:
    """So many channels, by one way after the other; none is planted twice."""
    ways = list(WAYS.items())
    return [_as_way(ways[number % len(ways)], number + 1) for number in range(count)]


def _as_way(way: tuple[str, Callable[[int], Planted]], number: int) -> Planted:
    made = way[1](number)
    clean = {name: getattr(made, name).replace(AT, "@") for name in ("key", "head", "body")}
    return Planted(way[0], **clean, redirect=made.redirect, json=made.json)
