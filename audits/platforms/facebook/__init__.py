"""Facebook: pages, and profiles that are run as pages.

    Graph by id ─────┐ fifty pages a request; alone where one of the fifty spoilt the answer
    Graph by handle ─┴▶ published posts and reels, where the key may see them, else the posts alone
    page, and where it shows another's id, what the registered id leads to now

One missing page spoils the answer for a whole batch (error 803 or 100), so whoever is left without one asks alone.
A page that was merged into another one leads on to it: the interface says so ("was migrated to page ID").
A list of posts leaves reels out, which all films are by now: without them it proves no silence.
developers.facebook.com, Graph API: Batch Requests with `ids`; Page; Page Published Posts; Page Post, Limitations.

grammar.py (addresses) · answers.py (what came back) ─▶ page.py, plugin.py, graph.py
owner.py, untagged.py, ids.py (whose a page is)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import WHO, Interface, own_page, stepwise
from audits.model import Activity, PlatformId, Probe, Reading, Route, Transport
from audits.platform import Asking, Platform, Subject
from audits.platforms.facebook.answers import read
from audits.platforms.facebook.grammar import GRAMMAR, SITE
from audits.platforms.facebook.graph import REELS
from audits.platforms.facebook.ids import PAGE, PROFILE, fold
from audits.reading.markers import Packs
from audits.reading.meta import GRAPH
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import host, path, path_parts

__all__ = ["GRAMMAR", "PLATFORM"]

KEY: Final = "meta"
_FIELDS: Final = "id,name,username,link,about,website,followers_count,verification_status,is_published,picture"
_BATCH: Final = f"{GRAPH}/?ids={{items}}&fields={_FIELDS}"
_MOST_IDS: Final = 50
_POST_FIELDS: Final = "id,created_time,permalink_url,is_published,from,attachments{media_type}"


def _id_of(subject: Subject) -> str | None:
    return subject.id_in(PAGE, "id:(.+)") or subject.id_in(PROFILE)


def _handle_of(subject: Subject) -> str | None:
    return None if (subject.key or "").startswith("facebook:id:") else subject.handle


_BOTH_LISTS: Final = (
    f"name,published_posts.limit(10){{{_POST_FIELDS}}},{REELS}.limit(10){{id,created_time,permalink_url}}"
)


def _page_of(reading: Reading) -> str | None:
    known = reading.facts.platform_id
    return f"{GRAPH}/{quote(known.value)}" if isinstance(known, PlatformId) else None


def _posts_and_reels(found: Reading) -> str | None:
    page = _page_of(found)
    return f"{page}?fields={_BOTH_LISTS}" if page else None


def _posts_alone(found: Reading) -> str | None:
    page = _page_of(found)
    return f"{page}/published_posts?fields={_POST_FIELDS}&limit=10" if page else None


_PAGES: Final = Interface(platform="facebook", read=read, key=KEY)


def _steps(probe: Probe, wanted: str, subject: Subject, packs: Packs) -> Asking:
    """The page among others, or alone where one of them spoilt the answer; then its posts and reels, or its posts."""
    found = read((yield probe), subject, packs)
    if _spoilt(found):
        found = read((yield _PAGES.probe(f"{GRAPH}/{quote(wanted)}?fields={_FIELDS}", probe.route)), subject, packs)
    told = yield from _PAGES.with_newest(found, _posts_and_reels(found), probe.route, subject, packs)
    if isinstance(told.facts.activity, Activity):
        return told
    return (yield from _PAGES.with_newest(told, _posts_alone(told), probe.route, subject, packs))


def _spoilt(reading: Reading) -> bool:
    """Whether the answer came and does not show this page as it should be: another one of the batch may be why."""
    as_it_should = seen_alive(reading) and not reading.torn
    return not as_it_should and reading.transport in (Transport.OK, Transport.UNREADABLE)


def _page(url: str, subject: Subject, packs: Packs) -> Asking:
    """The page; where another's id stands on it, also what the registered one leads to: both are its own if it is this.

    A page whose name was taken by another still leads to itself, or nowhere.
    """
    found = read((yield _page_probe(url)), subject, packs)
    lost = _lost(found, subject)
    if lost is None:
        return found
    led_to = read((yield _page_probe(f"{SITE}/{quote(lost.value)}")), subject, packs)
    merged = seen_alive(led_to) and led_to.facts.platform_id == found.facts.platform_id
    return with_facts(found, replace(found.facts, more_ids=(*found.facts.more_ids, lost))) if merged else found


def _page_probe(url: str) -> Probe:
    return Probe(url=url, platform="facebook", route=Route.PAGE)


def _lost(found: Reading, subject: Subject) -> PlatformId | None:
    """The pinned id in whose place the page shows another of the same kind."""
    shown = {*found.facts.ids}
    if not seen_alive(found) or shown & {*subject.pinned}:
        return None
    kinds = {known.namespace for known in shown}
    return next((pinned for pinned in subject.pinned if pinned.namespace in kinds), None)


def route_of(url: str) -> Route:
    """The route that an address belongs to."""
    if not host(url).startswith("graph."):
        return Route.OEMBED if "/oembed" in path(url) else Route.PAGE
    if "oembed" in path(url):
        return Route.OEMBED
    by_id = "ids=" in url or any(each.isdigit() for each in path_parts(url))
    return Route.API_BY_ID if by_id else Route.API_BY_HANDLE


PLATFORM: Final = Platform(
    label="Facebook",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _PAGES.offer(Route.API_BY_ID, _id_of, _BATCH, most=_MOST_IDS, steps=_steps),
        _PAGES.offer(Route.API_BY_HANDLE, _handle_of, _BATCH, most=_MOST_IDS, steps=_steps),
        stepwise(Route.PAGE, own_page, _page, sees=WHO),
    ),
    route_of=route_of,
    fold=fold,
)
