"""Searching platforms that let everybody search, for accounts named like ours.

    names × places ─▶ Probe … ─Page▶ Face …

    Bluesky    app.bsky.actor.searchActors (may be refused without signing in; then nothing is known)
    Mastodon   GET /api/v2/search?type=accounts on each declared server, without `resolve`

Sources: lexicon app.bsky.actor.searchActors (bluesky-social/atproto); Mastodon, methods/search. A refusal is told as
such: it does not say that there is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from audits.lookalikes.comparing import Face
from audits.model import Page, Probe, Route, Transport
from audits.reading.answer import Answer
from audits.reading.embedded import Json, as_list, as_object, as_text, try_loads
from audits.reading.scrub import scrub
from audits.reading.urls import host

_MOST: Final = 25  # answers to one question
_LONGEST: Final = 200
_FOUND: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where may be searched: nowhere, unless it is said."""

    bluesky: bool = False
    mastodon: tuple[str, ...] = ()  # servers


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that was not answered, and why."""

    url: str
    why: str


def questions_to(places: Places, names: Iterable[str]) -> Iterator[Probe]:
    """One question for each name and place."""
    for name in dict.fromkeys(names):
        asked = quote(name, safe="")
        if places.bluesky:
            url = f"https://public.api.bsky.app/xrpc/app.bsky.actor.searchActors?q={asked}&limit={_MOST}"
            yield _probe(url, "bluesky")
        for server in places.mastodon:
            yield _probe(f"https://{server}/api/v2/search?q={asked}&type=accounts&limit={_MOST}", "mastodon")


def _probe(url: str, platform: str) -> Probe:
    return Probe(url=url, platform=platform, route=Route.OPEN, accept="application/json")


def read_found(page: Page) -> tuple[Face, ...] | Refused:
    """The accounts in an answer. Raises nothing on any page."""
    if page.transport is not Transport.OK or page.status not in (None, _FOUND):
        answered = page.status not in (None, _FOUND)
        return Refused(page.url, f"HTTP {page.status}" if answered else page.reason or page.transport.value)
    value = as_object(try_loads(Answer(page).text))
    if "actors" in value:
        return tuple(_faces(map(_of_bluesky, as_list(value["actors"]))))
    if "accounts" in value:
        server = host(page.landed)
        return tuple(_faces(_of_mastodon(each, server) for each in as_list(value["accounts"])))
    return Refused(page.url, "no_accounts")


def _faces(found: Iterable[Face | None]) -> Iterator[Face]:
    return (each for each in found if each is not None)


def _of_bluesky(item: Json) -> Face | None:
    told = as_object(item)
    handle = _words(told.get("handle"))
    if not handle:
        return None
    return Face(
        platform="bluesky",
        key=f"bluesky:{handle.lower()}",
        handle=handle.removesuffix(".bsky.social"),
        name=_words(told.get("displayName")),
        url=f"https://bsky.app/profile/{handle}",
        picture_url=_words(told.get("avatar")),
    )


def _of_mastodon(item: Json, server: str) -> Face | None:
    told = as_object(item)
    user, _, home = _words(told.get("acct")).partition("@")
    if not user:
        return None
    return Face(
        platform="mastodon",
        key=f"mastodon:{user.lower()}@{(home or server).lower()}",
        handle=user,
        name=_words(told.get("display_name")),
        url=_words(told.get("url")),
        picture_url=_words(told.get("avatar_static")),
    )


def _words(value: Json) -> str:
    return scrub((as_text(value) or "").strip(), _LONGEST * 4)
