"""The invented city's little web, as a value.

    web.toml + pages/ ─read_web▶ LittleWeb ─answer(url, at)▶ Answer(status, headers, body) | None: nobody answers

What a URL answers depends on nothing but the URL and the moment, so that a server on loopback and a test are
answered alike.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from string import Template
from typing import Any, Final
from urllib.parse import urlsplit

from demo import PAGES, WEB
from demo.channels import HOST, Channel, list_answer

_TYPES: Final = {".html": "text/html; charset=utf-8", ".json": "application/json", ".txt": "text/plain; charset=utf-8"}
CHANNEL_PAGES: Final = ("channel.json", "upload.json", "video.json")
_CHANNEL: Final = "youtube"
_EVERYWHERE: Final = "robots.txt"
_NOTHING: Final = "nothing.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server gives back. `headers` have lower-case names."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The days (UTC) on which something holds: from `since`, up to the day before `before`, but not on `not_on`."""

    since: date | None = None
    before: date | None = None
    not_on: frozenset[date] = frozenset()

    def holds(self, day: date) -> bool:
        begun = self.since is None or self.since <= day
        return begun and (self.before is None or day < self.before) and day not in self.not_on


@dataclass(frozen=True, slots=True)
class LittleWeb:
    """Everything that the invented web says: by address, by channel, by host."""

    said: Mapping[str, Sequence[tuple[Season, Answer]]]
    channels: Sequence[tuple[Season, Channel]] = ()
    silent: Sequence[tuple[Season, str]] = ()
    everywhere: Answer = field(default_factory=Answer)
    nothing: Answer = field(default_factory=Answer)

    def answer(self, url: str, at: datetime) -> Answer | None:
        """What stands at `url` at the moment `at` (UTC); None where the host answers nobody."""
        day, host, path = at.date(), urlsplit(url).hostname, urlsplit(url).path
        if any(season.holds(day) for season, mute in self.silent if mute == host):
            return None
        if path == f"/{_EVERYWHERE}":
            return self.everywhere
        if host == HOST:
            body = list_answer(url, [channel for season, channel in self.channels if season.holds(day)])
            return Answer(headers={"content-type": _TYPES[".json"]}, body=body)
        return next(self._standing(url, day), self.nothing)

    def hosts(self) -> frozenset[str]:
        """Every host that says anything, for a resolver to lead to loopback."""
        named = (urlsplit(url).hostname for url in self.said)
        return frozenset(host for host in named if host) | {HOST}

    def _standing(self, url: str, day: date) -> Iterator[Answer]:
        for address in (url, url.partition("?")[0]):
            yield from (answer for season, answer in self.said.get(address, ()) if season.holds(day))


def read_web(story: Path = WEB, pages: Path = PAGES) -> LittleWeb:
    """Read the story and its pages. Raises `KeyError` or `OSError` where a word or a page is missing."""
    told = tomllib.loads(story.read_text(encoding="utf-8"))
    presences = told["presence"]
    return LittleWeb(
        said=_by_address([each for each in presences if each["kind"] != _CHANNEL], told["kind"], pages),
        channels=[(_season(each), _channel(each["fill"], pages)) for each in presences if each["kind"] == _CHANNEL],
        silent=[(_season(each), each["host"]) for each in told.get("silence", ())],
        everywhere=_answer({"page": _EVERYWHERE}, {}, pages),
        nothing=_answer({"page": _NOTHING, "status": 404}, {}, pages),
    )


def _by_address(
    presences: Sequence[Mapping[str, Any]], kinds: Mapping[str, Mapping[str, Any]], pages: Path
) -> dict[str, list[tuple[Season, Answer]]]:
    said: dict[str, list[tuple[Season, Answer]]] = {}
    for each in presences:
        for address, thing in kinds[each["kind"]].items():
            standing = said.setdefault(Template(address).substitute(each["fill"]), [])
            standing.append((_season(each), _answer(thing, each["fill"], pages)))
    return said


def _channel(words: Mapping[str, str], pages: Path) -> Channel:
    item, upload, film = (_filled(pages / "youtube" / name, words) for name in CHANNEL_PAGES)
    return Channel.of(words, item, upload, film)


def _season(entry: Mapping[str, Any]) -> Season:
    return Season(since=entry.get("since"), before=entry.get("before"), not_on=frozenset(entry.get("not_on", ())))


def _answer(thing: Mapping[str, Any], words: Mapping[str, str], pages: Path) -> Answer:
    status = thing.get("status", 200)
    if "to" in thing:
        return Answer(status=status, headers={"location": Template(thing["to"]).substitute(words)})
    page = pages / thing["page"]
    return Answer(status=status, headers={"content-type": _TYPES[page.suffix]}, body=_filled(page, words).encode())


def _filled(page: Path, words: Mapping[str, str]) -> str:
    return Template(page.read_text(encoding="utf-8")).substitute(words)
