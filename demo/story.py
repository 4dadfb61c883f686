"""The story of the little web, read from its files.

    register.csv: a row ─words_of▶ words ─┐
    web.toml: kinds, turns, hosts ────────┼─▶ a Presence an account: what it turns into, else what is usual ─▶ LittleWeb
    pages/, pictures: what stands there ──┘

An account that web.toml says nothing about looks as its platform's usual kind; its words come from its row.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path
from string import Template
from typing import Any, Final

from demo import PAGES, REGISTER, WEB
from demo.painting import painted
from demo.web import Answer, Item, Keyed, Listing, LittleWeb, Look, Presence, Season

_TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}  # fmt: skip
_BETWEEN_POSTS: Final = timedelta(days=5)

Words = Mapping[str, str]


def read_web(register: Path = REGISTER) -> LittleWeb:
    """Read the story, the register and the pages. Raises `KeyError` or `OSError` where a word or a page is missing."""
    told = tomllib.loads(WEB.read_text(encoding="utf-8"))
    telling = _Telling(told, PAGES, painted())
    return LittleWeb(
        presences=[*(telling.presence(row) for row in (*read_register(register), *told["beside"])), telling.places()],
        listings={address: telling.listing(each) for address, each in told["list"].items()},
        keyed={host: telling.keyed(each) for host, each in told["keyed"].items()},
        robots={host: telling.answer({"page": page}, {}) for host, page in told["robots"].items()},
        silent=[(_season(each), each["host"]) for each in told["silence"]],
        everywhere=telling.answer({"page": "robots.txt"}, {}),
        nothing=telling.answer({"page": "nothing.txt", "status": 404}, {}),
    )


def read_register(path: Path = REGISTER) -> list[Words]:
    """The rows of the city's register, as its file states them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@dataclass(frozen=True, slots=True)
class _Telling:
    """One story being told: `told` is web.toml."""

    told: Mapping[str, Any]
    pages: Path
    pictures: Mapping[str, bytes]

    def presence(self, row: Words) -> Presence:
        """What becomes of one account: its turns in the order of the file, and what is usual on its platform."""
        if not row["Adress"]:
            return ()
        platform = self.told["platform"][row["Plattform"].lower()]
        words = words_of(row, platform)
        turns = [turn for turn in self.told["turn"] if _concerns(turn, row)]
        return tuple(self._when(turn, platform, words) for turn in (*turns, {}))

    def _when(self, turn: Mapping[str, Any], platform: Mapping[str, Any], words: Words) -> tuple[Season, Look]:
        """One turn and its days; the empty one is what is usual."""
        return _season(turn), self._look(turn.get("kind", platform["kind"]), _changed(words, turn))

    def places(self) -> Presence:
        """The city's own sites, which stand as they are."""
        answers = {url: self.answer({"page": page}, {}) for url, page in self.told["place"].items()}
        return ((Season(), Look(answers=answers)),)

    def listing(self, declared: Mapping[str, Any]) -> Listing:
        empty = self.answer(declared["empty"], {}) if "empty" in declared else None
        around = self._page(declared["around"]) if "around" in declared else "$items"
        return Listing(asked=declared["asked"], around=around, empty=empty)

    def keyed(self, declared: Mapping[str, Any]) -> Keyed:
        refusal = self.answer(declared, {})
        return Keyed(header=declared.get("header", ""), param=declared.get("param", ""), refusal=refusal)

    def answer(self, thing: Mapping[str, Any], words: Words) -> Answer:
        status = thing.get("status", 200)
        if "to" in thing:
            return Answer(status=status, headers={"location": Template(thing["to"]).substitute(words)})
        if "picture" in thing:
            shown = Template(thing["picture"]).substitute(words)
            return Answer(status=status, headers={"content-type": "image/png"}, body=self.pictures[shown])
        headers = {"content-type": _TYPES[Path(thing["page"]).suffix], **thing.get("headers", {})}
        return Answer(status=status, headers=headers, body=self._filled(thing["page"], words).encode())

    def _look(self, kind: str, words: Words) -> Look:
        things = {Template(address).substitute(words): thing for address, thing in self.told["kind"][kind].items()}
        items = {address: thing["item"] for address, thing in things.items() if "item" in thing}
        return Look(
            answers={address: self.answer(thing, words) for address, thing in things.items() if "item" not in thing},
            items={address: Item(names=words, text=self._filled(page, words)) for address, page in items.items()},
        )

    def _filled(self, page: str, words: Words) -> str:
        return Template(self._page(page)).substitute(words)

    def _page(self, page: str) -> str:
        return (self.pages / page).read_text(encoding="utf-8")


def words_of(row: Words, platform: Mapping[str, Any]) -> dict[str, str]:
    """The words that fill an account's pages in: what its row states, what its address is made of, what it posted."""
    nr = f"{int(row['Nr']):03}"
    told = {"nr": nr, "name": row["Namn"], "words": row["Syfte"], "link": "https://almestad.example/"}
    words = {**told, **_parts(row["Adress"], platform["address"])}
    own = {name: Template(value).substitute(words) for name, value in platform.get("words", {}).items()}
    return {**words, **own, **_posted(date(2026, 11, 1 + int(row["Nr"]) % 8))}


def _parts(address: str, template: str) -> dict[str, str]:
    """What stands in an address at the places that its template names."""
    pattern = re.sub(r"\\\$(\w+)", r"(?P<\1>[^/]+)", re.escape(template))
    found = re.fullmatch(pattern, address)
    if found is None:
        raise KeyError(f"{address} is not of the form {template}")
    return found.groupdict()


def _posted(last: date) -> dict[str, str]:
    """The days of the newest posts, as interfaces and feeds write them."""
    days = {name: last - _BETWEEN_POSTS * back for back, name in enumerate(("last", "second", "third"))}
    return {
        **{name: day.isoformat() for name, day in days.items()},
        **{f"{name}_feed": format_datetime(_morning(day), usegmt=True) for name, day in days.items()},
        **{f"{name}_ms": f"{_morning(day).timestamp() * 1000:.0f}" for name, day in days.items()},
    }


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(7), UTC)


def _changed(words: Words, turn: Mapping[str, Any]) -> Words:
    told = {name: value for name, value in turn.get("words", {}).items() if name != "last"}
    last = turn.get("words", {}).get("last")
    return {**words, **told, **(_posted(date.fromisoformat(last)) if last else {})}


def _concerns(turn: Mapping[str, Any], row: Words) -> bool:
    return turn.get("nr") == int(row["Nr"]) or turn.get("platform") == row["Plattform"]


def _season(entry: Mapping[str, Any]) -> Season:
    return Season(since=entry.get("since"), before=entry.get("before"), on=frozenset(entry.get("on", ())))
