"""Twitch: channels.

    Helix by number (100 a request), by name ─▶ their newest videos      page
    JSON ─┬ Helix users ──▶ listed: present; asked for alone and not listed: gone, or banned, which is answered alike
          ├ Helix videos ─▶ a sign of life; broadcasts are deleted after days or weeks, so never a sign of silence
          ├ Helix channel, Kraken (until 2022) ─▶ present
          └ GraphQL ─▶ the user: present; none, and for what reason: suspended, deactivated; none: undecided
    HTML ─┬ og:title "Name - Twitch" and a picture of the channel's own ─▶ present
          ├ og:type video ─▶ undecided, with the name of its channel
          ├ words of rendered pages (config/markers/twitch.toml)
          └ the shell ─────▶ undecided: living, missing and banned names all get it

Sources: dev.twitch.tv/docs/api/reference (Get Users, Get Videos, Get Channel Information), docs/v5; api.ivr.fi/v2/docs
(banReason); sherlock-project/sherlock, removed-sites.md (2025-02-02) and data.json (2025-10-23).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import WHO, Interface, by_handle, by_id, listed_at, offer, own_page
from audits.model import AddressKind, Existence, Facts, Marker, Page, Post, Reading, Route, Transport
from audits.platform import Platform, Subject, routed
from audits.reading.answer import Answer
from audits.reading.answer_fields import as_flag, first_told, number_id, or_unseen, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import explicit, gone, left_out, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply, other_than, reader

SITE: Final = "https://www.twitch.tv"

GRAMMAR: Final = Grammar(
    platform="twitch",
    names=("twitch", "twitchtv"),
    hosts=(
        Host("twitch.tv", subs="m go {cc}"),
        Host("player.twitch.tv", path="player:"),
        Host("clips.twitch.tv", path="clip:"),
        Host("twitch.tv", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_]{2,25}", lower),
        "post": Field(r"[0-9]+"),
        "clip": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/player:/**?channel={name}", key="{name}", url=f"{SITE}/{{name}}", notes=("plugin-embed",)),
        Form("/popout|embed/{name}/*", key="{name}", url=f"{SITE}/{{name}}", notes=("plugin-embed",)),
        Form("/clip:/{clip}", AddressKind.POST, url="https://clips.twitch.tv/{clip}", post="{clip}"),
        Form("/videos/{post}/**", AddressKind.POST, url=f"{SITE}/videos/{{post}}"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}/video|v|b|c/{post}/**", AddressKind.POST, url=f"{SITE}/videos/{{post}}", owner="{name}"),
        Form(
            "/{name}/clip/{clip}/**",
            AddressKind.POST,
            url=f"{SITE}/{{name}}/clip/{{clip}}",
            owner="{name}",
            post="{clip}",
        ),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "service": "directory collections p settings downloads jobs turbo store login signup subscriptions inventory "
        "drops wallet friends team broadcast annual-recap user robots.txt",
    },
)


# --- what came back ---------------------------------------------------------------------------------------------------


USER: Final = "user"
_OWN_TITLE: Final = re.compile(r"(.{1,100}) - Twitch")
_AVATAR: Final = "/jtv_user_pictures/"
_BROADCAST: Final = "/previews-ttv/live_user_"
_OF_VIDEO: Final = re.compile(r".* - (\S+) on Twitch")
_LOGIN_IN_PICTURE: Final = re.compile(r"/[0-9a-f]{8,}_([a-z0-9_]{2,25})_\d{6,}_\d{6,}/")


def _json(reply: Reply) -> Reading | None:
    answer = reply.object or _answer_about(reply.subject.handle, [as_object(each) for each in as_list(reply.value)])
    if isinstance(answer.get("status"), int) and as_text(answer.get("message")):
        said = as_text(answer["message"]) or ""
        return refusal(answer["status"], said) or undecided(own_words(said))
    if "display_name" in answer and {"login", "_id"} & answer.keys():
        return present(_facts(answer))
    listed = answer.get("data", answer.get("users"))
    if isinstance(listed, dict):
        return _graph(listed, reply.now)
    if listed == [] and any(value for name, value in answer.items() if name != "pagination"):
        return undecided("empty_list")  # it counts some, or tells of a trouble of its own
    return _listed([as_object(item) for item in listed], reply) if isinstance(listed, list) else None


def _answer_about(handle: str | None, answers: list[dict[str, Json]]) -> dict[str, Json]:
    """Of answers to several questions of the site's own interface the one that shows this login, else the first."""
    shown = (each for each in answers if handle in [dig(each, "data", name, "login") for name in _BY_GRAPH])
    return next(shown, next(iter(answers), {}))


_STARTED: Final = frozenset({"published_at", "started_at"})  # followers, moderators and the banned have neither


def _listed(items: list[dict[str, Json]], reply: Reply) -> Reading | None:
    if any("user_id" in item and _STARTED & item.keys() for item in items):
        return _videos(items, reply.page)
    if any("broadcaster_login" in item for item in items):
        asked = len(items) == 1 and {"broadcaster_id", "broadcaster_language"} <= items[0].keys()
        return present(_facts(items[0])) if asked else undecided("search_results")
    if any("display_name" in item for item in items) or path_parts(reply.page.url)[-1:] == ("users",):
        return _users(items, reply.page, reply.subject)
    return None if items else undecided("empty_list")


def _users(items: list[dict[str, Json]], page: Page, subject: Subject) -> Reading:
    numbers, logins = (re.findall(rf"[?&]{key}=(\w+)", page.url) for key in ("id", "login"))
    login = logins[0] if len(logins) == 1 else None
    number = subject.id_in(USER) or (numbers[0] if len(numbers) == 1 else None)
    user = _one(items, number, login or subject.handle, alone=len(numbers) + len(logins) <= 1)
    if user:
        return present(_facts(user))
    if not items and ([number] == numbers or (login and number is None)):  # a list for many may leave somebody out
        excerpt = "not listed: gone, or banned"
        return gone("twitch.api-no-such-user", excerpt)
    return left_out()


_LOGINS: Final = ("login", "name", "broadcaster_login")


def _one(items: list[dict[str, Json]], number: str | None, login: str | None, *, alone: bool) -> dict[str, Json] | None:
    """By its number where that is known and given once, since names change hands; else by its name, else whoever is
    there alone.

    Where others were asked for too and nobody is meant, the one that is left may be anybody.
    """
    if number:
        own = [item for item in items if number in (item.get("id"), item.get("_id"))]
        return own[0] if len(own) == 1 else None
    if login:
        return next((item for item in items if str(read_field(item, as_text, *_LOGINS)).lower() == login.lower()), None)
    return items[0] if len(items) == 1 and alone else None


def _facts(user: dict[str, Json]) -> Facts:
    """What a channel states, by the names of all interfaces."""
    number = next((user[key] for key in ("id", "_id", "broadcaster_id") if key in user), None)
    return Facts(
        display_name=read_field(user, as_text, "display_name", "displayName", "broadcaster_name"),
        handle=read_field(user, as_text, *_LOGINS),
        platform_id=or_unseen(number_id(USER, number)),
        description=read_field(user, as_text, "description", "bio"),
        followers=first_told(as_count(dig(user, "followers", "totalCount")), as_count(user.get("followers"))),
        avatar_url=read_field(user, as_text, "profile_image_url", "profileImageURL", "logo"),
        verified=user["broadcaster_type"] == "partner"
        if "broadcaster_type" in user
        else read_field(user, as_flag, "partner"),
        created_at=read_field(user, moment, "created_at", "createdAt"),
    )


_BY_GRAPH: Final = ("user", "userOrError", "userResultByLogin", "userResultByID")
_ON_AIR: Final = (("stream", "createdAt"), ("lastBroadcast", "startedAt"))
_WITHHELD: Final = {
    **dict.fromkeys(("TOS_INDEFINITE", "TOS_TEMPORARY", "DMCA"), Existence.SUSPENDED),
    "DEACTIVATED": Existence.DEACTIVATED,
}


def _graph(told_of: dict[str, Json], now: datetime) -> Reading:
    """The site's own interface: a user, or that there is none to show, and sometimes why."""
    user = next(filter(None, (as_object(told_of.get(name)) for name in _BY_GRAPH)), {})
    reason = as_text(user.get("reason")) or ""
    if user.get("__typename") == "UserDoesNotExist" and reason in _WITHHELD:
        return explicit(Marker("twitch.withheld", _WITHHELD[reason], reason))
    aired = [Post(at=moment(dig(user, *path)), has_video=True) for path in _ON_AIR]
    facts = replace(_facts(user), activity=latest(aired, now, "broadcasts"))
    shown = facts.platform_id and facts.handle
    return present(facts) if shown else undecided("no_account_shown")


def _videos(items: list[dict[str, Json]], page: Page) -> Reading:
    posts = tuple(_post(item) for item in items)
    if len({as_text(item.get("user_id")) for item in items}) > 1:
        return undecided("nobodys_own", facts=Facts(posts=posts))
    facts = Facts(
        display_name=read_field(items[0], as_text, "user_name"),
        handle=read_field(items[0], as_text, "user_login"),
        platform_id=or_unseen(number_id(USER, items[0].get("user_id"))),
        posts=posts,
        activity=latest(posts, page.fetched_at, "videos"),
    )
    return present(facts)


def _post(item: dict[str, Json]) -> Post:
    at = next(filter(None, (moment(item.get(each)) for each in ("published_at", "created_at", "started_at"))), None)
    return Post(url=as_text(item.get("url")), at=at, has_video=True)


# --- pages, before their scripts have run -----------------------------------------------------------------------------


def _page(reply: Reply) -> Reading | None:
    return _channel(reply.document) or _video(reply.document)


def _channel(document: Document) -> Reading | None:
    """Only a picture of the channel's own, or of its broadcast, shows that Twitch knows the name."""
    stated = document.meta("og:title", "twitter:title") or ""
    title = _OWN_TITLE.fullmatch(stated) or _OWN_TITLE.fullmatch(document.title)  # until 2017 it stood there alone
    picture = document.meta("og:image", "twitter:image") or ""
    name = _login(document)
    if title is None or name is None or not (_AVATAR in picture or _BROADCAST in picture):
        return None
    facts = Facts(
        display_name=title[1],
        handle=name,
        description=or_unseen(document.meta("og:description", "description")),
        avatar_url=or_unseen(picture if _AVATAR in picture else None),
    )
    return present(facts)


def _login(document: Document) -> str | None:
    address = document.link("canonical") or document.meta("og:url")
    parts = path_parts(address)
    return parts[0] if len(parts) == 1 and host(address).endswith("twitch.tv") else None


def _video(document: Document) -> Reading | None:
    if not (document.meta("og:type") or "").startswith("video"):
        return None
    title = _OF_VIDEO.fullmatch(document.meta("og:title") or "")
    login = _LOGIN_IN_PICTURE.search(document.meta("og:image") or "")
    named = title[1].lower() if title else None
    return undecided("one_video", facts=Facts(handle=or_unseen(login[1] if login else named)))


def _shell(document: Document) -> Reading | None:
    """The reading of Twitch's page with nothing of anybody's on it; None where it is another page."""
    if document.meta("og:site_name") != "Twitch":
        return None
    return undecided("empty_shell", facts=Facts(handle=or_unseen(_login(document))))


_SHOWING: Final = other_than("api.twitch.tv/*/users", "api.twitch.tv/*/channels")
_read: Final = reader("twitch", json=_json, html=_page, of_something_else=_SHOWING)


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """What the page says of the channel. Raises nothing on any page."""
    reading = _read(page, subject, packs)
    if reading.transport is not Transport.UNREADABLE:
        return reading
    return _shell(Answer(page).document) or reading  # only after every word that may stand in a rendered page


# --- how to ask -------------------------------------------------------------------------------------------------------


_HELIX: Final = "https://api.twitch.tv/helix"
_VIDEOS: Final = f"{_HELIX}/videos?user_id={{name}}&type=all&first=10"
_INTERFACE: Final = Interface(platform="twitch", read=read, key="twitch", sees=WHO, newest=listed_at(_VIDEOS, USER))


_ROUTES: Final = {"api.twitch.tv?login": Route.API_BY_HANDLE, "api.twitch.tv": Route.API_BY_ID}

PLATFORM: Final = Platform(
    label="Twitch",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, by_id(USER), f"{_HELIX}/users?id={{items}}", most=100, separator="&id="),
        _INTERFACE.offer(Route.API_BY_HANDLE, by_handle, f"{_HELIX}/users?login={{items}}"),
        offer(Route.PAGE, read, own_page, sees=frozenset({"profile"})),
    ),
    route_of=routed(_ROUTES),
)
