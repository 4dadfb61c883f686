"""Mastodon and what federates with it.

    client interface: lookup ─▶ its newest statuses
    ActivityPub: WebFinger ─▶ actor ─▶ its videos (PeerTube) or its outbox
    the account's feed (Mastodon)
    the profile page

A token of one server must never be sent to another, so none is: servers that close their interface are asked the
other ways.

grammar.py (addresses) · answers.py (what came back) ─▶ accounts, fingers, peertube, others, servers, pages
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from audits.addresses import ascii_host
from audits.asking import id_seen, offer, stepwise, with_posts
from audits.model import Probe, Route
from audits.platform import Asking, Platform, Subject
from audits.platforms.mastodon.accounts import account_space
from audits.platforms.mastodon.answers import read
from audits.platforms.mastodon.grammar import GRAMMAR
from audits.platforms.mastodon.peertube import ACCOUNT
from audits.reading.activitypub import ACTIVITY_JSON, URI
from audits.reading.answer import Answer
from audits.reading.embedded import as_object, as_text, dig, try_loads
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import host, path_parts

__all__ = ["GRAMMAR", "PLATFORM", "read"]

_NEWEST: Final = 20
_MOST: Final = 40  # Mastodon's own limit: boosts are listed too, and an account that boosts is not silent


def _home(subject: Subject) -> tuple[str, str] | None:
    user, _, server = (subject.handle or "").partition("@")
    return (user, server) if user and server else None


def _interface(home: tuple[str, str], subject: Subject, packs: Packs) -> Asking:
    user, server = home
    page = yield _probe(f"https://{server}/api/v1/accounts/lookup?acct={quote(user)}", subject, Route.API_BY_HANDLE)
    account = read(page, subject, packs)
    number = id_seen(account, account_space(server))
    if number is None or not seen_alive(account):
        return account
    statuses = f"https://{server}/api/v1/accounts/{quote(number)}/statuses?limit={_MOST}"
    page = yield _probe(statuses, subject, Route.API_BY_HANDLE)
    return with_posts(account, read(page, subject, packs))


def _actor(home: tuple[str, str], subject: Subject, packs: Packs) -> Asking:
    user, server = home
    name = quote(f"acct:{user}@{server}", safe="")
    page = yield _probe(f"https://{server}/.well-known/webfinger?resource={name}", subject, Route.OPEN)
    found = read(page, subject, packs)
    uri = id_seen(found, URI)
    if uri is None or not uri.startswith("https://"):
        return found
    page = yield _probe(uri, subject, Route.OPEN)
    actor = read(page, subject, packs)
    published = _published(uri, Answer(page).text) if seen_alive(actor) else None
    if published is None:
        return actor
    page = yield _probe(published, subject, Route.OPEN)
    return with_posts(actor, read(page, subject, packs))


_OWNER_PATH: Final = (f"{ACCOUNT}s", "video-channels")  # PeerTube's actors


def _published(uri: str, actor: str) -> str | None:
    """Where the actor's newest things are listed."""
    parts, server = path_parts(uri), host(uri)
    if len(parts) == len(_OWNER_PATH) and parts[0] in _OWNER_PATH:
        return f"https://{server}/api/v1/{parts[0]}/{quote(parts[1])}/videos?count={_NEWEST}&sort=-publishedAt"
    outbox = as_text(dig(as_object(try_loads(actor)), "outbox"))
    return f"{outbox}?page=true" if outbox and host(outbox) == server and "?" not in outbox else None


def _probe(url: str, subject: Subject, route: Route) -> Probe:
    accept = f"{ACTIVITY_JSON}, application/json" if route is Route.OPEN else "application/json"
    return Probe(url=url, platform=subject.platform, route=route, accept=accept)


def _feed_url(subject: Subject) -> str | None:
    home = _home(subject)
    return f"https://{home[1]}/@{home[0]}.rss" if home else None


def _page_url(subject: Subject) -> str | None:
    home = _home(subject)
    return subject.url or (f"https://{home[1]}/@{home[0]}" if home else None)


_OPEN: Final = frozenset({"outbox", "users", "accounts", "video-channels"})


def route_of(url: str) -> Route:
    """Which of the routes an address belongs to."""
    parts = path_parts(url)
    if parts[:1] == ("api",):
        return Route.API_BY_HANDLE
    feed = bool(parts) and parts[-1].endswith((".rss", ".atom", ".json"))
    return Route.OPEN if feed or ".well-known" in parts or _OPEN & set(parts) else Route.PAGE


def fold(handle: str) -> str:
    """`@User@bawü.example` and `user@xn--baw-joa.example` name the same account."""
    user, _, home = handle.removeprefix("@").lower().partition("@")
    return f"{user}@{ascii_host(home) or home}"


PLATFORM: Final = Platform(
    label="Mastodon",
    grammar=GRAMMAR,
    read=read,
    routes=(
        stepwise(Route.API_BY_HANDLE, _home, _interface),
        stepwise(Route.OPEN, _home, _actor),
        offer(Route.OPEN, read, _feed_url, sees=frozenset({"existence"})),
        offer(Route.PAGE, read, _page_url),
    ),
    route_of=route_of,
    paths=(
        "/api/v1/accounts/",
        "/api/v1/video-channels/",
        "/api/v3/community",
        "/api/v3/user",
        "/api/users/show",
        "/.well-known/webfinger",
        "/.well-known/nodeinfo",
    ),
    reads_as_well=("lemmy",),
    fold=fold,
)
