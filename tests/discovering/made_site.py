"""A made city on the web, of any size: a tree of pages with channels planted in them, and everything that leads astray.

    MadeSite(pages, channels) ─answer(host, target)─▶ Answer(status, headers, body)

Nothing is kept a page: each is made when it is asked for, so that twenty thousand cost no more than two.

    almestad.example             the tree; its sitemap index lists a third of it, a quarter of that packed
    bibliotek.almestad.example   a branch of the tree, below the domain
    skolan.example               another site of the city's
    /intern/                     closed by robots.txt, with a channel in it     /kalender/…  months without end
    other.example, ?sid=…, ?sort=…, /logga-in, nofollow, /borta, .pdf           never to be asked for, or once
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from tests.discovering.planting import Planted, planted

CITY, LIBRARY, SCHOOL = "almestad.example", "bibliotek.almestad.example", "skolan.example"
HOSTS: Final = (CITY, LIBRARY, SCHOOL)
CLOSED_KEY: Final = "vimeo:almestadintern"
_BRANCHES: Final = 8
_OTHERS: Final = 25  # every page whose number is divided by it is a branch's, on another host
_LISTED: Final = 3
_SITEMAP: Final = 400  # addresses of one file
_WORDS: Final = "<p>Sagostund på biblioteket lördag klockan elva, för alla barn som tycker om att lyssna.</p>" * 12


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


_ASTRAY: Final = f"""
<a href="https://{CITY}/?sid={{number}}">Start</a> <a href="{{here}}?sort=datum">Sortera</a>
<a href="/kalender/2026/11">Kalender</a> <a href="/intern/{{number}}">Intern</a> <a href="/fil{{number}}.pdf">Fil</a>
<a href="https://other.example/{{number}}">Annan</a> <a href="/logga-in?till={{number}}">Logga in</a>
<a rel="nofollow" href="/dold/{{number}}">Dold</a> <a href="/borta">Borta</a> <a href="mailto:a@b.example">Brev</a>
<a href="https://www.facebook.com/sharer/sharer.php?u=https://{CITY}">Dela</a>
<a href="https://www.youtube.com/watch?v=almestadvid">Film</a> <a href="https://www.facebook.com/">Facebook</a>
<a href="https://www.facebook.com/privacy/policy">Kakor</a>
"""


@dataclass(frozen=True)
class MadeSite:
    pages: int
    channels: int
    edition: int = 1  # of a site that has changed since

    @cached_property
    def plants(self) -> Mapping[int, Planted]:
        """What is planted, by the number of its page: spread over the whole tree, each on a page of its own."""
        step = max((self.pages - 1) // self.channels, 1)
        return {1 + position * step: each for position, each in enumerate(planted(self.channels))}

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(each.key for each in self.plants.values())

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        links = ((each.body.partition('"/')[2].partition('"')[0], each.redirect) for each in self.plants.values())
        return {f"/{path}": target for path, target in links if target}

    # --- addresses

    def host(self, number: int) -> str:
        if number == 0 or number % _OTHERS:
            return CITY
        return LIBRARY if (number // _OTHERS) % 2 else SCHOOL

    def path(self, number: int) -> str:
        return f"/sidor/{_word(number)}" if number else "/"

    def url(self, number: int) -> str:
        return f"https://{self.host(number)}{self.path(number)}"

    def number(self, host: str, path: str) -> int | None:
        """The page at an address, if there is one."""
        number = 0 if path == "/" and host == CITY else _number(path.removeprefix("/sidor/"))
        is_there = number is not None and number < self.pages and self.host(number) == host
        return number if is_there else None

    # --- answers

    def answer(self, host: str, target: str) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return self._robots(host)
        if parts.path.startswith("/sitemap"):
            return self._sitemap(host, parts.path)
        if parts.path in self.redirects:
            return Answer(302, headers={"location": self.redirects[parts.path]})
        if parts.path.startswith("/kalender/"):
            return self._calendar(parts.path)
        if parts.path.startswith("/intern/"):
            return _html('<footer><a href="https://vimeo.com/almestadintern">Vimeo</a></footer>')
        return self._page(host, parts.path)

    def _page(self, host: str, path: str) -> Answer:
        number = self.number(host, path)
        if number is None:
            is_front = path == "/" and host in HOSTS
            return _html("<h1>Almestad</h1>") if is_front else Answer(404, b"<p>Sidan finns inte.</p>")
        plant = self.plants.get(number)
        body = f"<h1>Sida {number}</h1>{plant.body if plant else ''}{_WORDS}{''.join(self._links(number))}"
        if plant and plant.way == "answer for programs":
            return Answer(200, plant.json.encode(), {"content-type": "application/json"})
        answer = _html(body, plant.head if plant else "")
        return Answer(200, answer.body, {**answer.headers, "etag": f'"{self.edition}-{number}"'})

    def _links(self, number: int) -> Iterator[str]:
        """To the branches, each spelt in one of the ways that mean the same, and to all that leads astray."""
        for branch in range(number * _BRANCHES + 1, (number + 1) * _BRANCHES + 1):
            if branch < self.pages and not self.is_orphan(branch):
                yield f'<a href="{self._spelt(branch)}">Sida {branch}</a> '
        if number:
            yield f'<a href="{self.url((number - 1) // _BRANCHES)}?utm_source=meny#topp">Tillbaka</a> '
        yield _ASTRAY.replace("{number}", str(number)).replace("{here}", self.url(number))

    def _spelt(self, number: int) -> str:
        url = self.url(number)
        ways = (
            url,
            url.replace("https:", "http:"),
            f"{url}?utm_campaign=x",
            f"{url}#del",
            f"{url}?sid=7&amp;utm_source=b",
            url.replace(".example", ".EXAMPLE"),
            url.replace("/sidor/", "/sidor/./"),
            url.replace("/sidor", "//sidor"),
        )
        return ways[number % len(ways)]

    def is_orphan(self, number: int) -> bool:
        """Whether no page leads there; the sitemap does. Its branches hang on it."""
        return number % 7 == 3 and self.is_listed(number)

    def is_listed(self, number: int) -> bool:
        return number % _LISTED == 0

    # --- what a site says to programs

    def _robots(self, host: str) -> Answer:
        rules = f"User-agent: *\nDisallow: /intern/\nSitemap: https://{host}/sitemap.xml\n"
        return Answer(200, rules.encode(), {"content-type": "text/plain"})

    def _sitemap(self, host: str, path: str) -> Answer:
        listed = [self.url(each) for each in range(0, self.pages, _LISTED) if self.host(each) == host]
        files = [listed[start : start + _SITEMAP] for start in range(0, len(listed), _SITEMAP)]
        if path == "/sitemap.xml":
            names = (f"https://{host}/sitemap-{number}.xml{'.gz' * (number % 4 == 0)}" for number in range(len(files)))
            return _xml("sitemapindex", "sitemap", names)
        number = path.removeprefix("/sitemap-").partition(".")[0]
        if not number.isdecimal() or int(number) >= len(files):
            return Answer(404)
        answer = _xml("urlset", "url", files[int(number)])
        return Answer(200, gzip.compress(answer.body), answer.headers) if path.endswith(".gz") else answer

    def _calendar(self, path: str) -> Answer:
        """A month that leads to its days and to the next month, for ever."""
        parts = [int(each) for each in path.split("/")[2:] if each.isdecimal()]
        year, month = [*parts, 2026, 11][:2]
        following = f"/kalender/{year + month // 12}/{month % 12 + 1:02}"
        days = "".join(f'<a href="/kalender/{year}/{month:02}/{day:02}">{day}</a> ' for day in range(1, 29))
        return _html(f'<h1>{year}-{month}</h1><a href="{following}">Nästa</a> {days}')


def _html(body: str, head: str = "") -> Answer:
    text = f'<!doctype html><html lang="sv"><head><title>Almestad</title>{head}</head><body>{body}</body></html>'
    return Answer(200, text.encode(), {"content-type": "text/html; charset=utf-8"})


def _xml(root: str, entry: str, addresses: Iterator[str] | list[str]) -> Answer:
    entries = "".join(f"<{entry}><loc>{each}</loc></{entry}>" for each in addresses)
    text = f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'
    return Answer(200, text.encode(), {"content-type": "application/xml"})


_LETTERS: Final = "abcdefghijklmnopqrst"


def _word(number: int) -> str:
    """The number in letters: addresses that differ in numbers alone would all be of one shape."""
    return "sida-" + "".join(_LETTERS[int(digit)] for digit in str(number))


def _number(word: str) -> int | None:
    digits = [str(_LETTERS.index(letter)) for letter in word.removeprefix("sida-") if letter in _LETTERS[:10]]
    text = "".join(digits)
    return int(text) if text and word == _word(int(text)) else None
