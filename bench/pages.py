"""The pages that every contender reads: one made-up profile a number, about 47 KB, and what is to be had from it.

number ─▶ profile_page ─▶ bytes        number ─▶ expected ─▶ Extract        number ─▶ address_path ─▶ "/@konto7"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

POSTS: Final = 22
CODE: Final = 24_000  # bytes of script: real profile pages are more code than words
HOST: Final = "social.almestad.example"


@dataclass(frozen=True, slots=True)
class Extract:
    """What any reader of links and previews takes from a page."""

    title: str
    og: Mapping[str, str]
    links: tuple[str, ...]


def address_path(number: int) -> str:
    return f"/@konto{number}"


def number_in(path: str) -> int | None:
    """The profile that a path names."""
    digits = path.removeprefix("/@konto")
    return int(digits) if path.startswith("/@konto") and digits.isdecimal() else None


def name_of(number: int) -> str:
    return f"Almestads förvaltning {number}"


def expected(number: int) -> Extract:
    """What `profile_page(number)` says."""
    handle = f"konto{number}@{HOST}"
    og = {
        "og:type": "profile",
        "og:url": f"https://{HOST}/@konto{number}",
        "og:site_name": "Almestad social",
        "og:title": f"{name_of(number)} (@{handle})",
        "og:description": f"262 inlägg, 3 följer, 1,2K följare · Om förvaltning {number}.",
        "og:image": f"https://files.almestad.example/{number}.png",
    }
    return Extract(f"{og['og:title']} - Almestad social", og, tuple(_links(number)))


def profile_page(number: int) -> bytes:
    """The page as it is served."""
    return _template().replace("{number}", str(number)).encode()


def _links(number: int) -> list[str]:
    mine = [f"https://almestad.example/forvaltning/{number}", f"https://{HOST}/@konto{number}/followers"]
    for post in range(POSTS):
        mine += [
            f"https://{HOST}/@konto{number}/{post}",
            f"https://{HOST}/tags/sagostund",
            "https://almestad.example/kalender",
        ]
    return mine


@cache
def _template() -> str:
    """A page with `{number}` wherever one differs from another."""
    title = f"Almestads förvaltning {{number}} (@konto{{number}}@{HOST})"
    return f"""<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} - Almestad social</title>
<link href="https://{HOST}/users/konto{{number}}" rel="alternate" type="application/activity+json">
<link href="/packs/css/common.css" rel="stylesheet"><link href="/manifest" rel="manifest">
<meta content="profile" property="og:type"><meta content="https://{HOST}/@konto{{number}}" property="og:url">
<meta content="Almestad social" property="og:site_name"><meta content="{title}" property="og:title">
<meta content="262 inlägg, 3 följer, 1,2K följare · Om förvaltning {{number}}." property="og:description">
<meta content="https://files.almestad.example/{{number}}.png" property="og:image">
<meta content="konto{{number}}@{HOST}" property="profile:username">
<script id="initial-state" type="application/json">{_code()}</script></head>
<body class="app-body"><main><div class="h-card"><h1>Almestads förvaltning {{number}}</h1>
<a href="https://almestad.example/forvaltning/{{number}}" rel="me nofollow noopener">almestad.example</a>
<a href="https://{HOST}/@konto{{number}}/followers">1,2K följare</a></div>
<div class="column">{"".join(map(_post, range(POSTS)))}</div></main></body></html>
"""


def _code() -> str:
    entry = '{"id":"110000000000000001","visibility":"public","language":"sv","favourites_count":12,"reblogged":false},'
    return '{"statuses":[' + (entry * (CODE // len(entry))).rstrip(",") + "]}"


def _post(post: int) -> str:
    return (
        f'<article class="entry" id="status-{post}"><a href="https://{HOST}/@konto{{number}}/{post}">'
        f'<time datetime="2026-10-{post % 28 + 1:02}T08:00:00Z">{post % 28 + 1} oktober</time></a>'
        f'<div class="status__content"><p>Sagostund på biblioteket lördag klockan {post % 24}, för alla barn som '
        "tycker om att lyssna. Ingen anmälan behövs, och kaffe finns för de vuxna. Välkommen till entrén mot torget! "
        f'<a href="https://{HOST}/tags/sagostund" class="mention hashtag" rel="tag">#<span>sagostund</span></a></p>'
        '<p>Hela programmet för hösten, med tider och platser, finns i <a href="https://almestad.example/kalender" '
        'rel="nofollow noopener" target="_blank"><span class="invisible">https://</span><span>almestad.example/kalender'
        "</span></a>. Biblioteket är öppet som vanligt, och filialerna i byarna har sina egna tider.</p></div>"
        '<div class="status__action-bar"><button type="button" aria-label="Svara"><i class="icon"></i></button>'
        '<button type="button" aria-label="Knuffa"><i class="icon"></i></button></div></article>\n'
    )
