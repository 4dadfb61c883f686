"""Documents as the world damages them: seeds of ours, mutated by a fixed choice.

documents(count, seed) ─▶ Damaged(platform, body), the same ones for the same seed
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

PAGES: Final = Path(__file__).parents[1] / "pages"

_MADE: Final = {
    "json": b'{"data": {"user": {"id": "17", "name": "Stad \\ud83c\\udf33", "followers": 12, "posts": [{"at": 1}]}}}',
    "json feed": b'{"version": "https://jsonfeed.org/version/1.1", "title": "Nytt", "items": [{"id": "1"}]}',
    "robots": b"User-agent: *\nDisallow: /x\nAllow: /x/y\nCrawl-delay: 5\n\nUser-agent: kanalkoll\nDisallow: /*.php$\n",
    "latin-1": "<meta charset=iso-8859-1><title>Öppet på Ängelholmsgatan</title>".encode("latin-1"),
    "utf-16": "\ufeff<title>Öppet</title><p>Hej".encode("utf-16-le"),
    "empty": b"",
}

_TOKENS: Final = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *(
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml version='1.0' encoding='utf-7'?>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        ),
        *("&a;", "&#xD800;", "&#0;", "&#x110000;", "&notit;", "<svg>", "</svg>", "<template>", "<table>", "<select>"),
        *("<script>", "</script>", "<script type='application/ld+json'>", "<script id='__NEXT_DATA__'>", "<title>"),
        *(
            "<base href='//evil.example/'>",
            "<meta charset=punycode>",
            "<a href='javascript:x'>",
            "<a href='http://[/'>",
        ),
        *(
            "<link rel=alternate href='\\\\'>",
            "</",
            "<",
            ">",
            '"',
            "'",
            "\\",
            "\\u0000",
            "\\ud83d",
            "\\u",
            "{",
            "}",
            "[",
        ),
        *("]", ":", ",", "null", "true", "NaN", "-1", "1e400", "1e308", "0.1", "9" * 25, "9" * 5000, "-" + "9" * 19),
        *("0000-00-00", "9999-12-31T23:59:60Z", "2026-02-30", "Tue, 31 Feb 2026 25:61:61 +9999", "+" * 60, "{" * 300),
        *("[" * 300, '{"a":' * 250, "<div>" * 300, "<b><i>" * 200, "\x00", "\x1b[2J", "\x85", "\u202e", "\u2028"),
        *("\ufeff", "\ud83d", "å\u0308", "😀", "ﷺ" * 50, "%00", "%zz", "://", "@@@", "..", "/" * 80, " " * 500),
        *("\n" * 500, "é" * 300),
    )
)


@dataclass(frozen=True, slots=True)
class Damaged:
    """One document, and the platform on which it is said to have been found."""

    number: int
    platform: str
    body: bytes


def seeds() -> list[tuple[str, bytes]]:
    """Hand-made pages by platform, and a few forms that they lack."""
    pages = [(path.parent.name, path.read_bytes()) for path in sorted(PAGES.rglob("*")) if path.is_file()]
    return [*pages, *_MADE.items()]


def documents(count: int, seed: int = 1) -> Iterator[Damaged]:
    random, known = Random(seed), seeds()  # noqa: S311 - a fixed choice of damages, no secret
    for number in range(count):
        platform, body = known[number % len(known)]
        for _ in range(random.randint(1, 8)):
            body = random.choice(_DAMAGES)(random, body, random.choice(known)[1])
        yield Damaged(number, platform, body[:3_000_000])


def _span(random: Random, body: bytes) -> tuple[int, int]:
    start = random.randint(0, len(body))
    return start, min(len(body), start + int(random.expovariate(1 / 200)))


def _flip(random: Random, body: bytes, _: bytes) -> bytes:
    changed = bytearray(body)
    for _time in range(random.randint(1, 20) if body else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _drop(random: Random, body: bytes, _: bytes) -> bytes:
    start, end = _span(random, body)
    return body[:start] + body[end:]


def _repeat(random: Random, body: bytes, _: bytes) -> bytes:
    start, end = _span(random, body)
    return body[:end] + body[start:end] * random.choice((1, 2, 10, 300)) + body[end:]


def _reverse(random: Random, body: bytes, _: bytes) -> bytes:
    start, end = _span(random, body)
    return body[:start] + body[start:end][::-1] + body[end:]


def _insert(random: Random, body: bytes, _: bytes) -> bytes:
    for _time in range(random.randint(1, 5)):
        at = random.randint(0, len(body))
        body = body[:at] + random.choice(_TOKENS) * random.choice((1, 1, 1, 50)) + body[at:]
    return body


def _splice(random: Random, body: bytes, other: bytes) -> bytes:
    start, end = _span(random, other)
    at = random.randint(0, len(body))
    return body[:at] + other[start:end] + body[at:]


def _cut(random: Random, body: bytes, _: bytes) -> bytes:
    return body[: random.randint(0, len(body))]


def _renumber(random: Random, body: bytes, _: bytes) -> bytes:
    digit = random.choice(b"0123456789")
    return body.replace(bytes([digit]), random.choice((b"", b"-", b"9" * 20, b".", b"\xd9\xa1")))


def _requote(random: Random, body: bytes, _: bytes) -> bytes:
    swaps = ((b'"', b"'"), (b'"', b""), (b">", b""), (b"<", b"<<"), (b"/", b"\\"), (b"=", b""))
    return body.replace(*random.choice(swaps))


def _recode(random: Random, body: bytes, _: bytes) -> bytes:
    text = body.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16-le", "utf-16", "latin-1", "cp1251", "shift_jis")), "replace")


_Damage = Callable[[Random, bytes, bytes], bytes]
_DAMAGES: Final[tuple[_Damage, ...]] = (
    _flip, _drop, _repeat, _reverse, _insert, _insert, _splice, _splice, _cut, _renumber, _requote, _recode,
)  # fmt: skip
