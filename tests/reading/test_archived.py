"""Copies that an archive made: read as the page that was served, of the day of the copy."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from audits.model import Page
from audits.platforms import PLATFORMS
from audits.reading.archived import as_served, original_address
from tests.accuracy.specimens import specimens
from tests.platforms.shown import NOW, PACKS, made
from worker.inspecting import inspect_page

STAMP = "20261121120000"
PLAYER = (
    '<script src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>'
    '<script>__wm.init("https://web.archive.org/web");</script>'
    '<link rel="stylesheet" href="https://web-static.archive.org/_static/css/banner-styles.css"/>'
    "<!-- End Wayback Rewrite JS Include -->"
)
TOOLBAR = (
    '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base">'
    '<a href="https://archive.org/account/login.php">Log In</a>'
    '<a href="https://www.facebook.com/sharer/sharer.php?u=https://web.archive.org/web/2026/x">f</a> 12 captures</div>'
    "<!-- END WAYBACK TOOLBAR INSERT -->"
)
ENDING = (
    "<!--\n     FILE ARCHIVED ON 12:00:00 Nov 21, 2026 AND RETRIEVED FROM THE\n"
    "     INTERNET ARCHIVE ON 10:00:00 Nov 22, 2026."
    "\n     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE. -->"
)
ARCHIVE = f"https://web.archive.org/web/{STAMP}"


def copied(page: Page) -> Page:
    """The page as the Wayback Machine gives it out: links, toolbar, headers and address."""
    parts = urlsplit(page.landed)
    text = page.body.decode()
    text = re.sub(r'(<a\b[^<>]*\bhref=")(/(?!/))', rf"\1/web/{STAMP}/{parts.scheme}://{parts.netloc}\2", text)
    text = re.sub(r'\b(href|src|action|content)="(https?://)', rf'\1="{ARCHIVE}im_/\2', text)
    text = re.sub(r'(?<=[^=])"(https?:\\?/\\?/)(?!web\.archive)', rf'"{ARCHIVE}/\1', text)
    text = re.sub(r"<head[^>]*>", lambda head: head[0] + PLAYER, text, count=1)
    text = re.sub(r"<body[^>]*>", lambda begun: begun[0] + TOOLBAR, text, count=1)
    kept = {f"x-archive-orig-{name}": value for name, value in page.headers.items()}
    return replace(
        page, url=f"{ARCHIVE}/{page.url}", final_url=f"{ARCHIVE}/{page.landed}", body=(text + ENDING).encode(),
        headers={**kept, "server": "nginx", "date": "Thu, 26 Nov 2026 10:00:00 GMT"},
    )  # fmt: skip


def answers(page: Page, platform: str) -> dict[str, Any]:
    return inspect_page(page, PLATFORMS, PACKS, platform)


DATES = frozenset({"last_post_is", "last_post_at"})  # a copy's date is one that the account is at least as recent as


def undated(page: Page, platform: str) -> dict[str, Any]:
    """What is said of the page, without the dates of its posts."""
    told = answers(page, platform)
    facts = {name: fact for name, fact in told["facts"].items() if name not in DATES}
    return {"transport": told["transport"], "existence": told["existence"], "key": told["key"], **facts}


def test_a_copy_says_what_the_page_said() -> None:
    """One test for all pages: to know them they have to be read, which each worker would do to name its tests."""
    whole = [each for each in specimens() if b"<html" in each.page.body[:500].lower() and not each.name.endswith(".gz")]
    assert len(whole) > 100
    said = {}
    for each in whole:
        page, platform = replace(each.page, fetched_at=NOW), each.platform.name
        said[each.name] = undated(copied(page), platform), undated(page, platform)
    assert {name: (copy, page) for name, (copy, page) in said.items() if copy != page} == {}


FEED = (
    "<rss><channel><title>Almestad</title><item><pubDate>Mon, 06 Jan 2014 10:00:00 GMT</pubDate></item></channel></rss>"
)


def test_a_copy_proves_no_silence() -> None:
    url = "https://almestad.example/feed"
    fresh = answers(made(FEED, url=url), "feed")
    copy = answers(made(FEED, url=f"https://web.archive.org/web/20140107000000id_/{url}"), "feed")
    assert (fresh["facts"]["last_post_is"], copy["facts"]["last_post_is"]) == ("second", "at_least")
    assert copy["facts"]["last_post_at"] == fresh["facts"]["last_post_at"]


def test_a_copy_is_of_the_day_on_which_it_was_made() -> None:
    page = made(
        "<html><head></head><body>x</body></html>", url="https://web.archive.org/web/20140107/https://x.com/almestad"
    )
    assert as_served(page).fetched_at == datetime(2014, 1, 7, tzinfo=UTC)
    assert (
        as_served(replace(page, body=page.body + ENDING.replace("2026 AND", "2015 AND").encode())).fetched_at.year
        == 2015
    )
    assert (
        as_served(replace(page, headers={"memento-datetime": "Thu, 01 Mar 2012 10:00:00 GMT"})).fetched_at.year == 2012
    )


def test_a_page_that_links_to_an_archive_is_no_copy() -> None:
    page = made(
        '<html><body><a href="https://web.archive.org/web/2014/https://x.com/a">så såg det ut</a></body></html>'
    )
    assert as_served(page) == page


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("https://web.archive.org/web/20140107000000/http://twitter.com/almestad", "http://twitter.com/almestad"),
        ("http://web.archive.org/web/2014if_/https://x.com/almestad?a=1#b", "https://x.com/almestad?a=1#b"),
        ("https://web.archive.org/web/2014*/almestad.se", "http://almestad.se"),
        ("https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:https://x.com/almestad+almestad&hl=sv",
         "https://x.com/almestad"),
        ("https://x.com/almestad", "https://x.com/almestad"),
        ("https://web.archive.org/", "https://web.archive.org/"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_address_of_a_copy_holds_the_original(url: str, original: str) -> None:
    assert original_address(url) == original


def test_headers_that_the_archive_kept_are_the_pages_and_its_own_are_not() -> None:
    kept = {"content-type": "text/html", "x-archive-orig-server": "tsa_a", "server": "nginx", "retry-after": "60"}
    page = made("", url="https://web.archive.org/web/2014/https://x.com/a", headers=kept)
    assert as_served(page).headers == {"content-type": "text/html", "server": "tsa_a"}


def test_what_the_archive_says_of_itself_is_said_of_no_account() -> None:
    said = "Hrm. The Wayback Machine has not archived that URL."
    page = f"<html><title>Internet Archive Wayback Machine</title><body>{said}</body>"
    answer = answers(made(page, url="https://web.archive.org/web/2014/https://x.com/almestad", status=404), "x")
    assert (answer["transport"], answer["existence"]) == ("not_recorded", "unknown")
