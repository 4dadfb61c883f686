"""Older and smaller networks that still stand in registers: names and numbers, nothing else is known of them."""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

_NAME: Final = Field(r"[A-Za-z0-9_.\-]*[A-Za-z0-9_\-]", lower)
_POST: Final = Field(r"[A-Za-z0-9_-]+")
_CLOSED: Final = ("closed-network",)

MYSPACE: Final = Grammar(
    platform="myspace",
    names=("myspace",),
    hosts=(Host("myspace.com", subs="profile blogs {cc}"),),
    fields={"name": _NAME},
    forms=(Form("/{name}/*", key="{name}", url="https://myspace.com/{name}"),),
    reserved={"service": "index.cfm discover search pressroom terms privacy signin signup music videos"},
)
GOOGLEPLUS: Final = Grammar(
    platform="googleplus",
    names=("googleplus", "google", "gplus"),
    hosts=(Host("plus.google.com"),),
    fields={"id": Field(r"[0-9]{15,}"), "name": Field(r"\+[^\x00-\x2c/\s\ufffd]+", lower), "n": Field(r"[0-9]")},
    forms=(
        *(
            form
            for before, notes in (("/u/{n}/b/{owner}", ("u/0", *_CLOSED)), ("/u/{n}", ("u/0", *_CLOSED)), ("", _CLOSED))
            for form in (
                Form(
                    f"{before}/{{id}}/posts/{{post}}",
                    AddressKind.POST,
                    url="https://plus.google.com/{id}/posts/{post}",
                    owner="{id}",
                    notes=notes,
                ),
                Form(f"{before}/{{id}}/*", key="{id}", url="https://plus.google.com/{id}", notes=notes),
                Form(f"{before}/{{name}}/*", key="{name}", url="https://plus.google.com/{name}", notes=notes),
            )
        ),
        Form("/share/**", AddressKind.SHARE),
        Form("/communities|collection|events|explore|stream|s|photos/**", AddressKind.OTHER, notes=_CLOSED),
    ),
)
USTREAM: Final = Grammar(
    platform="ustream",
    names=("ustream",),
    hosts=(Host("ustream.tv"),),
    fields={"name": _NAME, "post": Field(r"[0-9]+")},
    forms=(
        Form("/recorded/{post}/**", AddressKind.POST, url="https://www.ustream.tv/recorded/{post}", notes=_CLOSED),
        Form("/channel/{name}/*", key="channel:{name}", url="https://www.ustream.tv/channel/{name}", notes=_CLOSED),
        Form("/user/{name}/*", key="user:{name}", url="https://www.ustream.tv/user/{name}", notes=_CLOSED),
        Form("/{name}", key="{name}", url="https://www.ustream.tv/{name}", notes=_CLOSED),
    ),
    reserved={"service": "explore search platform about login embed"},
)
FOURSQUARE: Final = Grammar(
    platform="foursquare",
    names=("foursquare", "4sq"),
    hosts=(Host("foursquare.com", subs="{cc} m"), Host("4sq.com", path="short:")),
    fields={"name": _NAME, "id": Field(r"[0-9]+"), "venue": Field(r"[0-9a-f]{24}")},
    forms=(
        Form("/user/{id}/*", key="user:{id}", url="https://foursquare.com/user/{id}"),
        Form("/v/{slug}/{venue}/*", key="v:{venue}", url="https://foursquare.com/v/{venue}"),
        Form("/v/{venue}/*", key="v:{venue}", url="https://foursquare.com/v/{venue}"),
        Form("/{name}/*", key="{name}", url="https://foursquare.com/{name}"),
    ),
    reserved={"service": "venue venues explore search about city item list lists login signup developers privacy"},
)
DAILYMOTION: Final = Grammar(
    platform="dailymotion",
    names=("dailymotion",),
    hosts=(Host("dailymotion.com"), Host("dai.ly", path="short:")),
    fields={"name": _NAME, "post": _POST},
    forms=(
        Form("/video/{post}/**", AddressKind.POST, url="https://www.dailymotion.com/video/{post}"),
        Form("/embed/video/{post}/**", AddressKind.POST, url="https://www.dailymotion.com/video/{post}"),
        Form("/user/{name}/*", key="{name}", url="https://www.dailymotion.com/{name}"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}/*", key="{name}", url="https://www.dailymotion.com/{name}"),
    ),
    reserved={"service": "playlist topic legal feedback library signin partner hashtag"},
)
ISSUU: Final = Grammar(
    platform="issuu",
    names=("issuu",),
    hosts=(Host("issuu.com", subs="m"),),
    fields={"name": _NAME, "post": _POST},
    forms=(
        Form("/{name}/docs/{post}/**", AddressKind.POST, url="https://issuu.com/{name}/docs/{post}", owner="{name}"),
        Form("/{name}/*", key="{name}", url="https://issuu.com/{name}"),
    ),
    reserved={"service": "explore search pricing home signin signup features categories"},
)
SLIDESHARE: Final = Grammar(
    platform="slideshare",
    names=("slideshare",),
    hosts=(Host("slideshare.net", subs="{cc} m"),),
    fields={"name": _NAME, "post": _POST},
    forms=(
        Form("/slideshow/**", AddressKind.OTHER, notes=("document",)),
        Form("/{name}", key="{name}", url="https://www.slideshare.net/{name}"),
        Form(
            "/{name}/presentations|documents|videos|infographics|followers|following|clipboards",
            key="{name}",
            url="https://www.slideshare.net/{name}",
            notes=("subpage",),
        ),
        Form("/{name}/{post}/**", AddressKind.POST, url="https://www.slideshare.net/{name}/{post}", owner="{name}"),
    ),
    reserved={"service": "search explore login signup about upload featured category"},
)
MYNEWSDESK: Final = Grammar(
    platform="mynewsdesk",
    names=("mynewsdesk",),
    hosts=(Host("mynewsdesk.com"),),
    fields={
        "name": _NAME,
        "country": Field(r"[a-z]{2}", lower),
        "type": Field(r"pressreleases|news|blog_posts"),
        "post": Field(r"[^/\s\x00]+"),
    },
    forms=(
        Form(
            "/{country}/{name}/{type}/{post}/**",
            AddressKind.POST,
            owner="{country}/{name}",
            url="https://www.mynewsdesk.com/{country}/{name}/{type}/{post}",
        ),
        Form("/{country}/{name}/*", key="{country}/{name}", url="https://www.mynewsdesk.com/{country}/{name}"),
    ),
)
LEMMY: Final = Grammar(
    platform="lemmy",
    names=("lemmy",),
    hosts=tuple(
        Host(host)
        for host in ["lemmy.world", "lemmy.ml", "feddit.nu", "feddit.org", "feddit.dk", "feddit.uk", "sopuli.xyz"]
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_]+", lower),
        "home": Field(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}", lower),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/post/{post}/**", AddressKind.POST, url="https://{host}/post/{post}"),
        *(
            form
            for word in ("c", "u")
            for form in (
                Form(
                    f"/{word}/{{name}}@{{home}}/*",
                    key=f"{word}:{{name}}@{{home}}",
                    url=f"https://{{home}}/{word}/{{name}}",
                    notes=("remote-view", "seen-on:{host}"),
                ),
                Form(f"/{word}/{{name}}/*", key=f"{word}:{{name}}@{{host}}", url=f"https://{{host}}/{word}/{{name}}"),
            )
        ),
        Form("/search/**", AddressKind.SEARCH),
    ),
)

XING: Final = Grammar(
    platform="xing",
    names=("xing",),
    hosts=(Host("xing.com", subs="m"), Host("xing.com", subs="*", path="service:")),
    fields={"name": Field(r"[^/\s\x00-\x20]+", lower)},
    forms=(
        Form("/spi|social|app/**", AddressKind.SHARE),
        Form("/pages|companies|company/{name}/*", key="pages:{name}", url="https://www.xing.com/pages/{name}"),
        Form("/profile/{name}/*", key="profile:{name}", url="https://www.xing.com/profile/{name}"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{path}/**", AddressKind.OTHER, notes=("service",)),
    ),
)

GRAMMARS: Final = (
    MYSPACE, GOOGLEPLUS, USTREAM, FOURSQUARE, DAILYMOTION, ISSUU, SLIDESHARE, MYNEWSDESK, LEMMY, XING,
)  # fmt: skip
