"""The visit to a site.

page ─for sale──▶ a made-up path on the host ─the same title─▶ gone: the seller answers for the whole domain
     ├found─────▶ a made-up path on the host ─the same page──▶ undecided: it answers so to every address
     │                       └another page─▶ the feed that it announces ─▶ its newest entry
     └not found─▶ the host's front page ─alive─▶ a made-up path ─the same answer─▶ gone: the site's own "no such page"
                                                              └another answer──▶ undecided

A status of 404 comes with living pages too: applications that send it with every page but the first, and servers that
mean the visitor. What the site says to a path that cannot exist is its own word for "no such page", in any language.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from audits.model import Activity, Existence, Marker, Page, Probe, Reading, Route, Transport
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.website.reader import read, same_site
from audits.reading.markers import Packs
from audits.reading.pages import Answer, explicit, seen_alive, undecided
from audits.reading.site import feed_link
from audits.reading.urls import host

_REMOVED: Final = 410
_NOT_FOUND: Final = (404, _REMOVED)


def _ask(subject: Subject, packs: Packs) -> Asking | None:
    return _visit(subject.url, subject, packs) if subject.url and host(subject.url) else None


def _visit(url: str, subject: Subject, packs: Packs) -> Asking:
    page = yield _probe(url, subject)
    found = read(page, subject, packs)
    if page.status in _NOT_FOUND and _has_path(url) and host(page.landed) == host(url):
        return (yield from _missing(page, found, subject, packs))
    if found.existence is Existence.GONE and _has_path(url):
        return (yield from _sold(page, found, subject))
    if not seen_alive(found):
        return found
    if _has_path(url):
        control = yield _probe(_at(url, made_up_path(url)), subject)
        found = _unless_catch_all(found, page, control)
    feed = feed_link(Answer(page).document, page.landed) if seen_alive(found) else None
    if feed is None or not same_site(url, feed):
        return found
    entries = yield _probe(feed, subject)
    return _with_newest(found, read(entries, subject, packs))


def _with_newest(found: Reading, feed: Reading) -> Reading:
    """The later of the two dates. A site may be tended without its feed, so neither proves silence."""
    dated = [each.facts.activity for each in (found, feed) if isinstance(each.facts.activity, Activity)]
    newest = max((each for each in dated if each.at), key=_date, default=None)
    return replace(found, facts=replace(found.facts, activity=replace(newest, sees_newest=False))) if newest else found


def _date(activity: Activity) -> datetime:
    return activity.at or datetime.min.replace(tzinfo=UTC)


def _has_path(url: str) -> bool:
    return urlsplit(url).path not in ("", "/")


def _sold(page: Page, found: Reading, subject: Subject) -> Asking:
    """A seller answers every address of the domain alike; whoever writes about one does not."""
    url = subject.url or page.url
    control = yield _probe(_at(url, made_up_path(url)), subject)
    if Answer(control).document.title == Answer(page).document.title:
        return found
    return undecided("a seller's words at one address of the domain", *found.markers)


def _missing(page: Page, found: Reading, subject: Subject, packs: Packs) -> Asking:
    """Whether the server lives, and says of this page what it says of one that cannot exist."""
    url = subject.url or page.url
    if found.transport is not Transport.OK:
        return found
    front = yield _probe(_at(url, "/"), subject)
    if not seen_alive(read(front, subject, packs)) or _is_application(page, front):
        return found
    control = yield _probe(_at(url, made_up_path(url)), subject)
    if not _says_not_found(page, control):
        return found
    marker = Marker("website.not-found", Existence.GONE.value, f"HTTP {page.status}, while the front page answers")
    return explicit(Existence.GONE, marker)


def _is_application(page: Page, front: Page) -> bool:
    """Whether what came is the site's application, which shows the page only once it runs."""
    shown, entrance = Answer(page).document, Answer(front).document
    return "<script" in shown.folded_source and (not shown.text or shown.title == entrance.title)


def _says_not_found(page: Page, control: Page) -> bool:
    """410 is said of one page on purpose (RFC 9110, section 15.5.11); 404 counts where a made-up path gets the same."""
    if page.status == _REMOVED and control.status != _REMOVED:
        return True
    return control.status == page.status and Answer(control).document.title == Answer(page).document.title


def _unless_catch_all(found: Reading, page: Page, control: Page) -> Reading:
    """A host that shows the same page at a path that cannot exist shows it to every question."""
    if control.status not in (None, 200) or not control.body or _likeness(page) != _likeness(control):
        return found
    marker = Marker("website.catch-all", "unknown", "a made-up path answers with the same page")
    return replace(undecided("the host answers every address with this page", marker), facts=found.facts)


def _likeness(page: Page) -> tuple[str, str]:
    document = Answer(page).document
    return document.title, document.text


def made_up_path(url: str) -> str:
    """A path that no site has, the same one for the same address every night."""
    return f"/kanalkoll-{sha256(url.encode()).hexdigest()[:16]}"


def _at(url: str, path: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _probe(url: str, subject: Subject) -> Probe:
    return Probe(url=url, platform=subject.platform, route=Route.PAGE, accept="text/html, */*")


ROUTES: Final = (RouteOffer(route=Route.PAGE, ask=_ask, sees=frozenset({"existence"})),)
