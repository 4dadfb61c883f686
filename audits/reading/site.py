"""A page on a host of its own: who publishes it, in which words, and when it was last changed.

    Document ─▶ readable?   enough words to be a page, not an empty shell
             ─▶ site_facts  name, description, picture, language, links, last change
             ─▶ feed_link   the feed it announces

Open Graph protocol (https://ogp.me), schema.org Organization and WebSite, HTML `link rel`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

from audits.model import UNSEEN, Activity, Facts, Page, Precision, Reading, Seen, Unseen
from audits.reading.answer import Answer
from audits.reading.answer_fields import or_unseen, without_placeholder
from audits.reading.elements import first
from audits.reading.embedded import Json, as_list, as_text, ld_json
from audits.reading.feeds import Feed
from audits.reading.html import Document, Link
from audits.reading.markers import Packs, find_marker, is_existence
from audits.reading.pages import guessed_by_its_own, present, undecided, walled
from audits.reading.posts import proving_life_only
from audits.reading.schema_org import image_of
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment, plain, precision_of

_FEWEST_WORDS: Final = 200  # characters of text: an error page or an empty shell shows fewer
_FEW_BESIDE_LINKS: Final = 60
_MOST_LINKS: Final = 400
_PARTS = re.compile(r"(?<!\s)\s+[|–—•·»-]\s+")  # what stands between the parts of a title: "Start | Almestad"
_FEEDS: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_ORGANISATIONS: Final = (
    "Organization", "GovernmentOrganization", "NewsMediaOrganization", "CollegeOrUniversity", "EducationalOrganization",
    "LocalBusiness", "Corporation", "NGO", "Library", "Museum", "School",
)  # fmt: skip


def readable(document: Document, url: str) -> bool:
    """Whether enough stands there to be a page: some words, or fewer beside links to the site's other pages."""
    named = document.title or document.meta("og:title", "og:site_name")
    words = len(document.text)
    return bool(named) and (words >= _FEWEST_WORDS or (words >= _FEW_BESIDE_LINKS and _leads_on(document, url)))


def words_of(page: Page) -> str:
    """What a page says, in letters alone: times and numbers differ each time, and so does its own address."""
    path = urlsplit(page.url).path
    return "".join(filter(str.isalpha, re.sub(rf"{re.escape(path)}(?![\w/-])", "", Answer(page).document.text)))


_A_WORD_OR_TWO: Final = 30  # characters: "Laddar…", "Redirecting"


def is_application(page: Page, front: Page) -> bool:
    """Whether what came is the site's application, or leads to it: it shows the page only once it runs."""
    shown, entrance = Answer(page).document, Answer(front).document
    says_little = len(shown.text) < _A_WORD_OR_TWO or shown.title == entrance.title
    return "<script" in shown.folded_source and says_little


_ARTICLES: Final = ("Article", "NewsArticle", "BlogPosting", "LiveBlogPosting")


def tended(document: Document, url: str) -> bool:
    """Whether somebody publishes here: a feed, an article, an organisation, pages of its own. Sellers have none."""
    article = document.meta("og:type") == "article" or any(ld_json(document, *_ARTICLES))
    return bool(article or feed_link(document, url) or _publisher(document)) or _leads_on(document, url)


_OWN_PAGES: Final = 6


def _leads_on(document: Document, url: str, least: int = _OWN_PAGES) -> bool:
    paths = set[tuple[str, ...]]()
    for anchor in document.anchors:
        if path := _own_path(anchor.href, url):
            paths.add(path)
        if len(paths) == least:
            return True
    return False


def _own_path(href: str, url: str) -> tuple[str, ...]:
    """The path of an address on the page's own host; searches have none, and parking pages are full of those."""
    target = _absolute(url, href)
    same = target is not None and host(target) == host(url) and "?" not in target
    return path_parts(target) if same else ()


def site_facts(document: Document, url: str, now: datetime) -> Facts:
    """What the page says of its publisher. `url` is where it was found; `now` is UTC.

    The words and the date of an article are the article's: they say nothing of the site, and prove no newer ones.
    """
    publisher = _publisher(document)
    is_article, outward = document.meta("og:type") == "article", tuple(_outward(document, url))
    return Facts(
        display_name=site_name(document, url),
        description=UNSEEN if is_article else _squeezed(document.meta("description", "og:description")),
        avatar_url=_picture(document, publisher, url),
        links=outward,
        more_links=True if len(outward) >= _MOST_LINKS else UNSEEN,
        language=document.language.strip() or or_unseen(document.meta("og:locale")),
        activity=UNSEEN if is_article else _latest(_dates(document), "page", now),
    )


def site_name(document: Document, url: str) -> Seen[str]:
    """The name that the site gives itself; else the part of its title that its host is called after."""
    stated = document.meta("og:site_name", "application-name") or as_text(_publisher(document).get("name"))
    return _squeezed(stated) or or_unseen(_called_after(document.title, url))


_OF_ANY_FRONT: Final = ("hem", "start", "startsida", "startsidan", "home", "welcome", "forside", "hjem", "etusivu")


def _called_after(title: str, url: str) -> str | None:
    label = _letters(host(url).removeprefix("www.").partition(".")[0])
    parts = [" ".join(part.split()) for part in _PARTS.split(title) if part.strip()]
    alike = [part for part in parts if label and _named_alike(part, label)]
    of_a_site = len(parts) == 1 and not path_parts(url) and parts[0].lower() not in _OF_ANY_FRONT
    alone = parts[0] if of_a_site else None
    return min(alike, key=len, default=alone)


_TELLING: Final = 3


def _named_alike(part: str, label: str) -> bool:
    """`cps` is called after Chicago Public Schools, `nrk` after NRK, `almestadsbibliotek` after Almestads bibliotek."""
    whole, initials = _letters(part), _letters("".join(word[0] for word in part.split()))
    return bool(whole) and (label in whole or whole in label or (len(initials) >= _TELLING and initials in label))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _publisher(document: Document) -> dict[str, Json]:
    """Whose site it is; whoever wrote an article that stands there is not."""
    written = [node.get("author") for node in ld_json(document, *_ARTICLES)]
    writers = [writer for each in written for writer in as_list(each) or [each]]
    stated = list(ld_json(document, *_ORGANISATIONS))
    entities = [each for each in stated if each not in writers] or stated or list(ld_json(document, "WebSite"))
    return next((entity for entity in entities if as_text(entity.get("name"))), {})


def _latest(stated: Iterable[Json], source: str, now: datetime) -> Activity | Unseen:
    """The latest of the dates that is not in the future; `now` is UTC. There may be newer ones."""
    dates = [(at, precision_of(value)) for value in stated if (at := moment(value)) and at <= now]
    at, precision = max(dates, key=lambda each: each[0], default=(None, Precision.SECOND))
    return Activity(at=at, source=source, precision=precision) if at else UNSEEN


_DATED: Final = frozenset({
    "article:modified_time", "og:updated_time", "article:published_time", "dcterms.modified", "dc.date.modified",
    "last-modified", "datemodified", "datepublished", "date", "dcterms.date", "dc.date",
})  # fmt: skip


def _dates(document: Document) -> Iterator[Json]:
    yield from (content for name, content in document.metas if name in _DATED)
    for node in ld_json(document, *_ARTICLES, "WebPage", "Blog"):
        yield from (node.get("dateModified"), node.get("datePublished"))


def feed_link(document: Document, url: str) -> str | None:
    """The feed that the page announces first; comment feeds are another's words."""
    return next((joined for link in _own_feeds(document) if (joined := _absolute(url, link.href))), None)


def _own_feeds(document: Document) -> Iterator[Link]:
    announced = (link for link in document.links if "alternate" in link.rel.split() and link.type.lower() in _FEEDS)
    return (link for link in announced if "comment" not in f"{link.href} {link.title}".lower())


# What every feed is called, behind the name: " » Feed", " RSS 2.0".
_OF_A_FEED: Final = re.compile(r"(?:^|\s)(?:[»|–-]\s)?(?:RSS Feed|RSS|Atom|Feed|Flöde)(?: [0-9.]{1,4})?\s?$", re.I)


def _name_of_feed(document: Document) -> str | None:
    """What a blog's feed is announced as, less what every feed is called: "Almestad » Feed", "Almestad - Atom"."""
    title = next((link.title for link in _own_feeds(document)), "")
    return _squeezed(_OF_A_FEED.sub("", title))


_HOSTS_OWN: Final = ("s0.wp.com/i/", "s1.wp.com/i/", "s2.wp.com/i/", "/wp-includes/images/w-logo")  # WordPress's icons


def _picture(document: Document, publisher: dict[str, Json], url: str) -> Seen[str]:
    stated = as_text(image_of(publisher)) or document.link("apple-touch-icon") or document.link("icon")
    return without_placeholder(or_unseen(_absolute(url, stated)), _HOSTS_OWN) if stated else UNSEEN


def _outward(document: Document, url: str) -> Iterator[str]:
    own, given = host(url).removeprefix("www."), set[str]()
    for anchor in document.anchors:
        target = _absolute(url, anchor.href)
        if target and target not in given and host(target).removeprefix("www.") != own and len(given) < _MOST_LINKS:
            given.add(target)
            yield target


@lru_cache(2_000)  # a page's anchors are asked for by every fact that they tell
def _absolute(url: str, href: str) -> str | None:
    try:
        joined = urljoin(url, href.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) and host(joined) else None


def _squeezed(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


_LASTMOD = re.compile(r"<lastmod>\s*([^<]{4,40}?)\s*</lastmod>")  # the moment of one change


def sitemap_facts(text: str, now: datetime) -> Facts:
    """The latest change in a list of pages (sitemaps.org, `lastmod`): such lists are split, so it proves no silence."""
    return Facts(activity=_latest(_LASTMOD.findall(text), "sitemap", now))


def feed_facts(feed: Feed, page: Page) -> Facts:
    """What the feed that came as `page` says of whom it belongs to, and its newest entry.

    One that sends its readers on to another address lists nothing new itself, and one that came with an error may
    have left its entries out: their silence proves nothing. One that calls that address its own has not moved. One
    without entries may have let old ones go, unless it counts none.
    """
    own, sent_to = feed.self_url or "", feed.moved_to or ""
    sent_on = bool(sent_to) and not _is_at(sent_to, page.url or own, page.landed or own)
    newest = feed.activity(page.fetched_at) if feed.entries or not feed.counts_none else None
    in_doubt = sent_on or page.is_an_error
    return Facts(
        display_name=feed.title,
        description=plain(feed.description),
        avatar_url=_from(page, feed.image),
        website_link=_from(page, feed.url),
        moved_to=sent_to if sent_on and not _is_at(sent_to, own) else UNSEEN,
        activity=proving_life_only(newest) if in_doubt else newest,
    )


def is_an_empty_error(feed: Feed, page: Page) -> bool:
    """Whether an error came in the form of a feed, from a server that gives all things that form: nothing is in it."""
    return page.is_an_error and not feed.entries


def _from(page: Page, address: str | None) -> Seen[str]:
    """An address as it leads from the feed: half of one, of which nobody knows where it stood, is none."""
    stated = (address or "").strip()
    if not stated:
        return None
    return or_unseen(_absolute(page.landed, f"https://{stated}" if stated.lower().startswith("www.") else stated))


def _is_at(address: str, *places: str) -> bool:
    return _place(address) in map(_place, places)


def _place(url: str) -> tuple[str, tuple[str, ...], str]:
    return host(url).removeprefix("www."), path_parts(url), url.partition("?")[2]


_ANY_SITE: Final = "website"  # whose pack knows what servers say in a page's place


_HARDLY_ANY: Final = 3  # whose cookies, which terms


def in_its_place(answer: Answer, packs: Packs) -> Reading | None:
    """What stands in the place of a page that nobody is seen to tend, by its words: of a filter, a network, a host, or
    of the site itself before it lets in. A page that leads to some others of the site has them among its own words.
    """
    leads = _leads_on(answer.document, answer.page.landed, _HARDLY_ANY)
    return None if leads else guessed_by_its_own(answer, _ANY_SITE, packs)


def read_hosted_blog(answer: Answer, platform: str, packs: Packs) -> Reading | None:
    """A page under a blog host's roof: the blog, a wall, or None where the host itself speaks in the blog's place.

    The host's words of absence stand alone. On a page that somebody tends, or that shows an article, they are what
    somebody wrote.
    """
    page, document = answer.page, answer.document
    absent, stands = find_marker(page, document, packs, platform, is_existence), tended(document, page.landed)
    if absent is None:
        wall = walled(answer, platform, packs, tended=stands) or walled(answer, _ANY_SITE, packs, tended=stands)
        nobodys = None if wall or stands else in_its_place(answer, packs)
        led_away = not stands and page.url != "" and host(page.landed) != host(page.url)  # a blog announces its feed
        strangers = undecided(f"another_domain: {host(page.landed)}") if led_away else None
        return wall or nobodys or strangers or read_blog_page(document, page)
    if not stands and first(document, "article") is None:
        return None
    return read_blog_page(document, page) or undecided("tended", absent[1])


def read_blog_page(document: Document, page: Page) -> Reading | None:
    """A blog's own page: the front is the blog, whatever it calls itself, and an article only names it. None where too
    little stands there.
    """
    if not readable(document, page.landed) or page.is_an_error:
        return None
    facts = site_facts(document, page.landed, page.fetched_at)
    if not document.meta("og:site_name") and (name := _name_of_feed(document)):
        facts = replace(facts, display_name=name)
    if document.meta("og:type") == "article" and path_parts(page.landed):
        return undecided("one_post", facts=facts)
    return present(facts)
