"""Blogger: a blog is its host's first label, whatever country the rest of the host names."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

_ENDINGS: Final = (
    "com se no dk fi de fr nl be ch at es it pt pl cz hu ro ru gr ie co.uk ca in jp kr tw hk sg mx cl pe com.au co.nz "
    "com.br com.ar com.tr co.za co.id co.il ae my bg hr rs si sk lt lu is md mk"
)

GRAMMAR: Final = Grammar(
    platform="blogspot",
    names=("blogspot", "blogger", "bloggercom"),
    hosts=(
        Host("blogger.com"),
        *(Host(f"blogspot.{ending}", subs="*", path="blog:/{sub}") for ending in _ENDINGS.split()),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9-]{1,63}", lower),
        "year": Field(r"[12][0-9]{3}"),
        "month": Field(r"[0-9]{2}"),
        "post": Field(r"[A-Za-z0-9_.-]+\.html"),
    },
    forms=(
        Form(
            "/blog:/{name}/{year}/{month}/{post}",
            AddressKind.POST,
            owner="{name}",
            url="https://{name}.blogspot.com/{year}/{month}/{post}",
        ),
        Form("/blog:/{name}/*", key="{name}", url="https://{name}.blogspot.com/"),
    ),
)
