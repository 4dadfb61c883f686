"""A blog, campaign site or app page on a host of its own.

page ─for sale──▶ a made-up path on the host ─the same title─▶ with or without `www.` ─nobody lives there─▶ gone
     │            (a seller's own host is enough; somebody's single page about a sale is not)
     ├found─────▶ a made-up path on the host ─the same page──▶ undecided: it answers so to every address
     │                       └another page─▶ the feed that it announces ─▶ its newest entry
     └not found─▶ the host's front page ─alive─▶ a made-up path ─the same answer─▶ gone: the site's own "no such page"
                                                              └another answer──▶ undecided

A status of 404 comes with living pages too, of applications and of servers that mean the visitor, and with walls. What
the site says to a path that cannot exist is its own word for "no such page", where it speaks of something missing and
gives no other reason for it.

Keyed by host (without `www.`), path and query. The canonical URL keeps scheme and host as given: some sites answer
on one of them only.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from audits.addresses import WEB_FIELDS, Form, Grammar, Strangers, ascii_host, registered_name
from audits.asking import made_up_path
from audits.model import Activity, Existence, Marker, Page, Probe, Reading, Route, Transport
from audits.platform import Asking, Platform, RouteOffer, Subject
from audits.reading.answer import Answer
from audits.reading.blog_feeds import blog_facts
from audits.reading.feeds import read_feed
from audits.reading.html import Document
from audits.reading.markers import Packs, Where, find_marker, is_existence
from audits.reading.pages import explicit, likely_kept_away, present, read_answer, seen_alive, undecided, walled
from audits.reading.site import (
    feed_link,
    in_its_place,
    is_an_empty_error,
    is_application,
    readable,
    site_facts,
    sitemap_facts,
    tended,
    words_of,
)
from audits.reading.urls import host, path_parts

GRAMMAR: Final = Grammar(
    platform="website",
    names=(
        *("website", "webbplats", "webbsida", "webb", "web", "hemsida", "site", "sajt", "blog", "blogg", "kampanjsajt"),
        *("app", "homepage", "internet", "nettside", "nettsted", "hjemmeside", "webseite", "verkkosivu", "kotisivu"),
    ),
    strangers=Strangers.BY_NAME,
    fields=WEB_FIELDS,
    forms=(Form("{path}", key="{host}{path}{query}", url="{scheme}://{host}{path}{query}"),),
)


# --- one page ---------------------------------------------------------------------------------------------------------

NAME: Final = "website"
_FOUND: Final = 200


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Read one page of a site. Any page is somebody's, so walls and parking pages are asked for first."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return walled(answer, NAME, packs) or undecided("for_machines")
        if answer.looks_like_xml:
            return _xml(answer, page)
        stands = page.status in (None, _FOUND) and tended(answer.document, page.landed)
        return walled(answer, NAME, packs, tended=stands) or _page(answer, page, subject.url or page.url, packs, stands)

    return read_answer(page, NAME, packs, look)


def _xml(answer: Answer, page: Page) -> Reading:
    feed = read_feed(answer.text)
    if feed is None or is_an_empty_error(feed, page):
        return undecided("for_machines", facts=sitemap_facts(answer.text, page.fetched_at))
    return present(blog_facts(feed, page))


_REFUSING: Final = frozenset({401, 403, 407, 429, 451, *range(500, 1000)})


def _page(answer: Answer, page: Page, asked: str, packs: Packs, stands: bool) -> Reading | None:
    """The reading of a page for people; None leaves it to the words of absence, and to what the status says."""
    found = find_marker(page, answer.document, packs, NAME, is_existence)
    if found:
        in_words = found[0].where is Where.TEXT
        return _unless_a_seller(answer, asked, found[1], packs) if in_words else None
    if page.status in _REFUSING:
        return None
    if page.is_an_error:
        return undecided(f"says_nothing: HTTP {page.status}")
    if not readable(answer.document, page.landed):
        return None
    return (None if stands else in_its_place(answer, packs)) or _site(answer.document, page, asked)


def _site(document: Document, page: Page, asked: str) -> Reading:
    facts = site_facts(document, page.landed, page.fetched_at)
    if not same_site(asked, page.landed):
        marker = Marker("website.other-domain", Existence.MOVED.value, page.landed)
        return undecided(f"another_domain: {host(page.landed)}", marker, facts=facts)
    if _sent_home(page):
        marker = Marker("website.front-page", Existence.UNKNOWN.value, page.landed)
        return undecided("front_page", marker, facts=facts)
    return present(facts)


_FRONT: Final = re.compile(r"(?:index|default|home|hem|start|startsida|main|[a-z]{2}(?:[-_][a-z]{2})?)(?:\.\w{2,5})?")


def _sent_home(page: Page) -> bool:
    """Whether a page's address led to its own host's front page, or to that of the host above it: what many sites, and
    those who lend names below their own, do with what is no longer there.
    """
    asked, front = path_parts(page.url), not path_parts(page.landed) and "?" not in page.landed
    here, there = _name(page.url), _name(page.landed)
    named = len(asked) > 1 or any(not _FRONT.fullmatch(part.lower()) for part in asked)
    return front and (here.endswith(f".{there}") or (named and here == there))


_AT_ONE_ADDRESS: Final = "one_address"


def _unless_a_seller(answer: Answer, asked: str, said: Marker, packs: Packs) -> Reading | None:
    """Why a seller's words prove nothing; None where they may: said by a seller, and of a domain at its front page. A
    filter names the domain and every reason there is for keeping it away, a certificate's end among them.
    """
    if not _is_for_sale(answer.document, asked, answer.page.landed):
        return undecided("sellers_words", said)
    at_one = undecided(_AT_ONE_ADDRESS, said) if _has_path(asked) else None
    return likely_kept_away(answer, NAME, packs) or at_one


_OFFERED: Final = re.compile(
    r"^(?:parked|parkerad|parkert|parkeret|geparkt)\b|(?:parked|expired) (?:domain|page)"
    r"|(?:domain|domän|domein|dominio|domene|domæne|domaine)\w*\b(?: name)?(?: \w+){0,3} "
    r"(?:for sale|parked|expired|parkera|till salu|förfall|verkauf|geparkt|abgelaufen|en venta|in vendita|vendre"
    r"|te koop|til sal)"
)  # a domain is offered, and not a house


def _is_for_sale(document: Document, asked: str, landed: str) -> bool:
    """Whether the domain is for sale: sellers say so in the title and publish nothing; whoever quotes them does."""
    offered = filter(None, (host(url).removeprefix("www.") for url in (asked, landed)))
    named = any(name in document.folded_title for name in offered) or _OFFERED.search(document.folded_title)
    return bool(named) and not tended(document, landed)


def same_site(asked: str, landed: str) -> bool:
    """Whether the host that answered is the one asked, or stands under the same owner's registered name."""
    here, there = _name(asked), _name(landed)
    return not here or not there or here == there or registered_name(here) == registered_name(there) != ""


def _name(url: str) -> str:
    """The host as the DNS knows it: browsers and registers write `örebro.example`, answers `xn--rebro-iua.example`."""
    return (ascii_host(host(url)) or host(url)).removeprefix("www.")


# --- the visit --------------------------------------------------------------------------------------------------------


_NOT_THERE: Final = 404
_REMOVED: Final = 410
_NOT_FOUND: Final = (_NOT_THERE, _REMOVED)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def _ask(subject: Subject, packs: Packs) -> Asking | None:
    return _visit(subject.url, subject, packs) if subject.url and host(subject.url) else None


def _visit(url: str, subject: Subject, packs: Packs) -> Asking:
    page = yield _probe(url, subject)
    found = read(page, subject, packs)
    if page.status in _NOT_FOUND and _has_path(url) and host(page.landed) == host(url):
        return (yield from _missing(page, found, subject, packs))
    if found.reason == _AT_ONE_ADDRESS or (found.existence is Existence.GONE and not _at_a_sellers(page, packs)):
        return (yield from _sold(page, found, subject, packs))
    if not seen_alive(found):
        return found
    if _has_path(url):
        control = yield _probe(urljoin(url, made_up_path(url)), subject)
        found = _unless_catch_all(found, page, control)
    feed = feed_link(Answer(page).document, page.landed) if seen_alive(found) else None
    if feed is None or not same_site(url, feed):
        return found
    entries = yield _probe(feed, subject)
    return _with_newest(found, read(entries, subject, packs))


def _with_newest(found: Reading, feed: Reading) -> Reading:
    """The later of the two dates. A site may be tended without its feed, so neither proves silence."""
    dated = [each.facts.activity for each in (found, feed) if isinstance(each.facts.activity, Activity)]
    newest = max((each for each in dated if each.at), key=lambda each: each.at or _NEVER, default=None)
    return replace(found, facts=replace(found.facts, activity=replace(newest, sees_newest=False))) if newest else found


def _has_path(url: str) -> bool:
    return urlsplit(url).path not in ("", "/")


def _at_a_sellers(page: Page, packs: Packs) -> bool:
    said = find_marker(page, Document(), packs, NAME, lambda rule: rule.where is Where.LANDED and is_existence(rule))
    return said is not None


def _sold(page: Page, found: Reading, subject: Subject, packs: Packs) -> Asking:
    """Whether every address of the domain answers alike, as a seller's does; whoever writes about one does not. A site
    that lives under `www.` alone leaves the bare name to the seller's first page, or the other way round.
    """
    url, said = subject.url or page.url, found.markers[0]
    control = yield _probe(urljoin(url, made_up_path(url)), subject)
    if Answer(control).document.title != Answer(page).document.title:
        return undecided(_AT_ONE_ADDRESS, said)
    twin = _twin(url)
    beside = read((yield _probe(twin, subject)), replace(subject, url=twin), packs)
    may_live = seen_alive(beside) or beside.transport not in (Transport.OK, Transport.UNREACHABLE)
    return undecided(_AT_ONE_ADDRESS, said) if may_live else explicit(said)


def _twin(url: str) -> str:
    """The same address with `www.` before it, or without."""
    name, own = urlsplit(url).netloc, urlsplit(url).netloc.removeprefix("www.")
    return url.replace(f"//{name}", f"//{own if name != own else f'www.{own}'}", 1)


def _missing(page: Page, found: Reading, subject: Subject, packs: Packs) -> Asking:
    """Whether the server lives, and says of this page what it says of one that cannot exist."""
    url = subject.url or page.url
    said = next((each for each in found.markers if each.id in _IN_WORDS), None)
    if said is None:  # walls come with 404 as well, while the front page is open
        return found
    if kept_away := likely_kept_away(Answer(page), NAME, packs):  # a country, robots, or everybody while it is rebuilt
        return kept_away
    front = yield _probe(urljoin(url, "/"), subject)
    kept_away = likely_kept_away(Answer(front), NAME, packs)
    if kept_away or not seen_alive(read(front, subject, packs)) or is_application(page, front):
        return kept_away or found
    control = yield _probe(urljoin(url, made_up_path(url)), subject)
    if not _says_not_found(page, control, front):
        return found
    gone = explicit(Marker("website.not-found", Existence.GONE, f"HTTP {page.status}, while the front page answers"))
    return replace(gone, markers=(*gone.markers, _told(page, said)))


_TELLING: Final = 8  # characters
_IN_WORDS: Final = ("website.says-missing", "website.missing-by-number")


def _told(page: Page, said: Marker) -> Marker:
    """What the page says of it, in its title where that says it."""
    document = Answer(page).document
    return replace(said, excerpt=document.title) if said.excerpt[:_TELLING] in document.folded_title else said


def _says_not_found(page: Page, control: Page, front: Page) -> bool:
    """Whether the site says that the page is gone: 410 is said of one page on purpose (RFC 9110, section 15.5.11), 404
    counts where a made-up path gets the same title, or the same words where all pages bear one title. Where that path
    meets a wall or no answer, nothing is known.
    """
    if page.status == _REMOVED and control.status in (_FOUND, _NOT_THERE):
        return True
    if control.status != page.status:
        return False
    title = Answer(page).document.title
    is_of_all = title in ("", Answer(front).document.title)
    return words_of(control) == words_of(page) if is_of_all else Answer(control).document.title == title


def _unless_catch_all(found: Reading, page: Page, control: Page) -> Reading:
    """The reading, unless the host shows the same page at a path that cannot exist, and so to every question."""
    if control.status not in (None, _FOUND) or not control.body or _likeness(page) != _likeness(control):
        return found
    marker = Marker("website.catch-all", "unknown", "a made-up path answers with the same page")
    return replace(undecided("same_for_all", marker), facts=found.facts)


def _likeness(page: Page) -> tuple[str, str]:
    document = Answer(page).document
    return document.title, words_of(page)


def _probe(url: str, subject: Subject) -> Probe:
    return Probe(url=url, platform=subject.platform, route=Route.PAGE, accept="text/html, */*")


ROUTES: Final = (RouteOffer(route=Route.PAGE, ask=_ask, sees=frozenset({"existence"})),)

PLATFORM: Final = Platform(label="Webbplats", grammar=GRAMMAR, read=read, routes=ROUTES)
