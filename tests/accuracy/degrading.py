"""Ways in which services answer while they are not well: empty, half filled in, late, backwards, with blanks for names.

    (Page, Random, another page) ─mangler▶ Page

As in mangling.py, none of them says that anything is absent. Those of HOLLOW empty what was full, as a service does
whose storage is away: an answer of that kind may be told as one without posts, and as nothing else.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, Final
from unicodedata import normalize
from urllib.parse import quote

from audits.model import Page
from tests.accuracy.mangling import Mangler, in_its_json, text_of, with_text

_NOTHINGS: Final = (
    "", " ", "OK", "null", "{}", "[]", '""', "[{}]", '{"data":null}', '{"data":{}}', '{"data":[]}', '{"items":[]}',
    '{"results":[]}', '{"users":[],"status":"ok"}', '{"data":{"user":null}}', '{"data":{"user":{}}}',
    '{"meta":{"result_count":0}}', '{"errors":[]}', '{"error":null}', '{"status":"fail"}', '{"success":false}',
    '{"message":"Internal Server Error"}', '{"errors":[{"code":130,"message":"Over capacity"}]}',
    '{"error":{"code":2,"message":"Service temporarily unavailable","type":"OAuthException"}}',
    '{"data":{"user":null},"errors":[{"message":"Timeout: Unspecified","code":29}]}',
    '<html><head></head><body><div id="root"></div></body></html>', '<rss version="2.0"><channel></channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
    "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
)  # fmt: skip
_BLANKS: Final = (
    "undefined", "null", "None", "NaN", "N/A", "n/a", "-", "–", "?", "…", "Loading…", "[object Object]",
    "{{username}}", "${name}", "%s", "Unknown", "unknown", "TODO", "***", "[redacted]", "0", "-1", "string",
)  # fmt: skip
_TROUBLES: Final = (
    {"errors": [{"message": "Internal server error", "code": 131, "path": ["user"]}]},
    {"errors": [{"message": "Timeout: Unspecified", "code": 29, "name": "TimeoutError"}]},
    {"error": "Service degraded"}, {"error": {"message": "An unexpected error has occurred.", "code": 2}},
    {"status": "degraded"}, {"partial": True}, {"warnings": ["stale"]}, {"success": False},
)  # fmt: skip
_UNSET: Final = ("1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1980-01-01T00:00:00Z", "2000-01-01T00:00:00Z",
                 "2001-01-01T00:00:00Z", "1899-12-30T00:00:00Z", "0000-00-00T00:00:00Z")  # fmt: skip
_UNSET_SECONDS: Final = (0, -1, 978_307_200, 946_684_800, 315_532_800)
_GATEWAYS: Final[tuple[Callable[[str], str], ...]] = (
    lambda url: f"https://eur01.safelinks.protection.outlook.com/?url={quote(url, safe='')}&amp;reserved=0",
    lambda url: f"https://urldefense.com/v3/__{url}__;!!abc$",
    lambda url: f"https://www.google.com/url?q={quote(url, safe='')}",
    lambda url: f"https://filter.almestad.example/browse/{url}",
)
_STALE: Final = (
    {"age": "9000000"}, {"warning": '110 - "Response is Stale"'}, {"warning": '111 cache "Revalidation failed"'},
    {"x-cache": "HIT", "age": "86400"},
)  # fmt: skip
_COUNTED: Final = re.compile(r"count|total|followers|following|posts|videos|size|num", re.IGNORECASE)
_ISO: Final = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)")
_SECONDS: Final = re.compile(r"(\w*(?:time|date|created|_at|utc)\w*\"\s*:\s*\"?)(1[1-7]\d{8})(?!\d)", re.IGNORECASE)
_MAIL: Final = re.compile(r"@?[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK: Final = re.compile(r"(href|content|action)=\"(https?://[^\"]+)\"")
_ITEM: Final = re.compile(r"<(item|entry)\b.*?</\1\s*>", re.DOTALL)
_WORDS: Final = re.compile(r">([^<>{}]{1,300})<")
_MEANT: Final = re.compile(r"content=\"([^\"]{1,300})\"")
_LONG_NUMBER: Final = re.compile(r"(?<![\d.])\d{16,20}(?![\d.])")
_EXACT: Final = 2**53
_HOSTS: Final = re.compile(r"(https?://)(?:www\.)?(?=\w+\.com/)")


def answered_with_nothing(page: Page, random: Random, _other: Page) -> Page:
    """An answer of the right form, and of nobody."""
    body, status = random.choice(_NOTHINGS), random.choice((200, 200, 200, 404, 500, 503, None))
    return replace(page, body=body.encode(), status=status)


def lists_emptied(page: Page, random: Random, _other: Page) -> Page:
    """Lists that came empty, while what counts them did not."""
    share = random.choice((0.3, 1.0))
    return in_its_json(page, partial(each_of, change=lambda _, value: _emptied(value, random, share)))


def _emptied(value: Any, random: Random, share: float) -> Any:
    return [] if isinstance(value, list) and random.random() < share else value


def counts_zeroed(page: Page, random: Random, _other: Page) -> Page:
    """Counters that have lost their count, while the lists have not."""
    share = random.choice((0.3, 1.0))

    def change(name: str, value: Any) -> Any:
        is_count = isinstance(value, int) and not isinstance(value, bool) and _COUNTED.search(name)
        return 0 if is_count and random.random() < share else value

    return in_its_json(page, partial(each_of, change=change))


def hollow(page: Page, random: Random, other: Page) -> Page:
    """Every list empty, every count none, and the texts perhaps as well."""
    page = counts_zeroed(page, random, other)
    blank = random.choice((None, "", False))

    def change(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return []
        if isinstance(value, str) and blank is not False and not re.search(r"id\b|name|type", name, re.IGNORECASE):
            return blank
        return value

    return in_its_json(page, partial(each_of, change=change))


def without_entries(page: Page, _random: Random, _other: Page) -> Page:
    """A feed whose entries were not found in time."""
    return with_text(page, _ITEM.sub("", text_of(page)))


def with_blanks(page: Page, random: Random, _other: Page) -> Page:
    """What a program writes where it has no name: in an answer, in the words, in the descriptions."""
    blank, share = random.choice(_BLANKS), random.choice((0.1, 0.4, 1.0))

    def change(_name: str, value: Any) -> Any:
        return blank if isinstance(value, str) and random.random() < share else value

    def worded(found: re.Match[str]) -> str:
        return found[0].replace(found[1], blank) if random.random() < share else found[0]

    page = in_its_json(page, partial(each_of, change=change))
    form = random.choice((_WORDS, _MEANT, None))
    return with_text(page, form.sub(worded, text_of(page))) if form else page


def some_named_blank(page: Page, random: Random, _other: Page) -> Page:
    """One field that is blank wherever it stands."""
    keys = sorted(set(re.findall(r'"(\w{2,40})"\s*:', text_of(page))))
    blank, lost = random.choice((*_BLANKS, "", 0, -1)), frozenset(random.sample(keys, min(len(keys), 2)))
    plain = (str, int)
    return in_its_json(
        page, partial(each_of, change=lambda name, v: blank if name in lost and isinstance(v, plain) else v)
    )


def rounded(page: Page, _random: Random, _other: Page) -> Page:
    """Long numbers as they leave a program that counts in floating point."""

    def change(_name: str, value: Any) -> Any:
        return int(float(value)) if isinstance(value, int) and value > _EXACT else value

    page = in_its_json(page, partial(each_of, change=change))
    return with_text(page, _LONG_NUMBER.sub(lambda found: str(int(float(found[0]))), text_of(page)))


def flags_as_text(page: Page, random: Random, _other: Page) -> Page:
    """Yes and no in another spelling."""
    no, yes = random.choice((("false", "true"), ("0", "1"), (0, 1), ("", "1"), ("no", "yes"), ("False", "True")))
    page = in_its_json(
        page, partial(each_of, change=lambda _, value: (yes if value else no) if isinstance(value, bool) else value)
    )
    said = json.dumps(no)
    return with_text(page, re.sub(r"(?<=:)false(?=[,}])", lambda _: said, text_of(page)))


def defaults_left_out(page: Page, _random: Random, _other: Page) -> Page:
    """What is false, none or empty is not sent at all."""

    def change(_name: str, value: Any) -> Any:
        return {name: each for name, each in value.items() if each or each == {}} if isinstance(value, dict) else value

    return in_its_json(page, partial(each_of, change=change))


def with_a_trouble_beside(page: Page, random: Random, _other: Page) -> Page:
    """What could be had, and word that the rest could not."""
    trouble = random.choice(_TROUBLES)
    return in_its_json(page, lambda value: {**value, **trouble} if isinstance(value, dict) else value)


def wrapped(page: Page, random: Random, _other: Page) -> Page:
    """Lines broken at a fixed length, wherever that is."""
    text, width, end = text_of(page), random.choice((72, 76, 998, 2048)), random.choice(("\n", "\r\n", "\n  ", "=\r\n"))
    return with_text(page, end.join(text[at : at + width] for at in range(0, len(text), width)))


def in_chunks(page: Page, random: Random, _other: Page) -> Page:
    """The marks between the pieces that it was sent in, left in it."""
    size = random.choice((512, 1024, 4096, 8192))
    pieces = [page.body[at : at + size] for at in range(0, len(page.body), size)]
    chunks = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return replace(page, body=chunks + b"0\r\n\r\n")


def mail_protected(page: Page, random: Random, _other: Page) -> Page:
    """What looks like a mail address is hidden from programs: handles of many servers look like one."""
    hidden = '<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="1f2e">[email&#160;protected]</a>'
    instead = random.choice((hidden, "[email protected]", ""))
    return with_text(page, _MAIL.sub(lambda _: instead, text_of(page)))


def by_way_of_a_gateway(page: Page, random: Random, _other: Page) -> Page:
    """Addresses led through a filter, also those by which a page names itself."""
    way = random.choice(_GATEWAYS)
    return with_text(page, _LINK.sub(lambda found: f'{found[1]}="{way(found[2])}"', text_of(page)))


def on_another_host(page: Page, random: Random, _other: Page) -> Page:
    host = random.choice(("m.", "mobile.", "sv-se.", "old.", "touch.", ""))
    return with_text(page, _HOSTS.sub(lambda found: found[1] + host, text_of(page)))


def in_one_case(page: Page, random: Random, _other: Page) -> Page:
    return with_text(page, random.choice((str.lower, str.upper, str.swapcase))(text_of(page)))


def otherwise_composed(page: Page, random: Random, _other: Page) -> Page:
    """Letters put together otherwise, or without what they have above them."""
    text = normalize(random.choice(("NFD", "NFKD", "NFKC")), text_of(page))
    return with_text(page, text if random.random() < 0.7 else text.encode("ascii", "replace").decode())


def kept_too_long(page: Page, random: Random, _other: Page) -> Page:
    """What a cache gives out while the service is away, and says so."""
    later = page.fetched_at + timedelta(days=random.choice((40, 120, 400)))
    made = {"date": page.fetched_at.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    if random.random() < 0.2:
        return replace(page, fetched_at=later, status=203)
    return replace(page, fetched_at=later, headers={**page.headers, **random.choice((made, *_STALE))})


def clocks_unset(page: Page, random: Random, _other: Page) -> Page:
    """Dates of clocks that nobody has set."""
    unset, seconds, share = random.choice(_UNSET), str(random.choice(_UNSET_SECONDS)), random.choice((0.3, 0.7, 1.0))
    text = _ISO.sub(lambda found: unset[: len(found[0])] if random.random() < share else found[0], text_of(page))
    return with_text(
        page, _SECONDS.sub(lambda found: found[1] + (seconds if random.random() < share else found[2]), text)
    )


def clocks_ahead(page: Page, random: Random, _other: Page) -> Page:
    """Dates far in the future."""
    years, share = random.choice((1, 10, 70)), random.choice((0.3, 0.7, 1.0))

    def iso(found: re.Match[str]) -> str:
        return f"{int(found[0][:4]) + years}{found[0][4:]}" if random.random() < share else found[0]

    def seconds(found: re.Match[str]) -> str:
        return found[1] + (str(int(found[2]) + years * 31_557_600) if random.random() < share else found[2])

    return with_text(page, _SECONDS.sub(seconds, _ISO.sub(iso, text_of(page))))


def backwards(page: Page, random: Random, _other: Page) -> Page:
    """Lists in another order: the oldest first, or none."""
    if random.random() < 0.5:
        page = in_its_json(page, partial(each_of, change=lambda _, v: v[::-1] if isinstance(v, list) else v))
    else:
        page = in_its_json(page, partial(each_of, change=lambda _, v: _shuffled(v, random)))
    entries = [found[0] for found in _ITEM.finditer(text_of(page))]
    return with_text(page, _ITEM.sub(lambda _: entries.pop(), text_of(page)))


def _shuffled(value: Any, random: Random) -> Any:
    return random.sample(value, len(value)) if isinstance(value, list) else value


def in_another_notation(page: Page, random: Random, _other: Page) -> Page:
    """What is nearly JSON: as programs of other languages write it."""
    text = text_of(page)
    forms = (
        lambda: re.sub(r"(?<=:)\s*(\d+)(?=[,}])", lambda f: "NaN" if random.random() < 0.3 else f[0], text),
        lambda: re.sub(r"(?<=:)\s*null(?=[,}])", "undefined", text),
        lambda: text.replace("true", "True").replace("false", "False").replace("null", "None"),
        lambda: re.sub(r"([}\]])(?=[}\]])", r"\1,", text),
        lambda: re.sub(r"\"(\w+)\":\s*(\"[^\"]*\"|\d+)(?=[,}])", r'"\1":\2,"\1":null', text),
        lambda: re.sub(r"\"(\w+)\":", r"\1:", text),
        lambda: text.replace('"', "'"),
    )
    return with_text(page, random.choice(forms)())


def packed_and_cut(page: Page, random: Random, _other: Page) -> Page:
    packed = gzip.compress(page.body, 1)
    return replace(page, body=packed[: random.randrange(len(packed))])


def masked(page: Page, random: Random, _other: Page) -> Page:
    """Long numbers covered by a filter that takes them for somebody's secrets."""
    keep, cover = random.choice((0, 4)), random.choice("X*#•0")

    def covered(found: re.Match[str]) -> str:
        return cover * (len(found[0]) - keep) + found[0][len(found[0]) - keep :]

    return with_text(page, re.sub(r"(?<!\w)\d{8,20}(?!\w)", covered, text_of(page)))


def a_skeleton(page: Page, random: Random, _other: Page) -> Page:
    """The page's frame before its words have come."""
    share, stand_in = random.choice((0.3, 0.7, 1.0)), random.choice(("", "&nbsp;", "…", "█████", "0", "Loading"))
    text = _WORDS.sub(lambda found: f">{stand_in}<" if random.random() < share else found[0], text_of(page))
    return with_text(page, text.replace("<main", '<main aria-busy="true"').replace("<body", '<body class="loading"'))


def each_of(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """A JSON value in which everything is changed, by the name under which it stands."""
    changed = change(name, value)
    if isinstance(changed, dict):
        return {key: each_of(each, change, key) for key, each in changed.items()}
    return [each_of(each, change, name) for each in changed] if isinstance(changed, list) else changed


DEGRADING: Final[tuple[Mangler, ...]] = (
    answered_with_nothing, lists_emptied, with_blanks, some_named_blank, rounded, flags_as_text,
    defaults_left_out, with_a_trouble_beside, wrapped, in_chunks, mail_protected, by_way_of_a_gateway, on_another_host,
    in_one_case, otherwise_composed, kept_too_long, clocks_unset, clocks_ahead, backwards, in_another_notation,
    packed_and_cut, masked, a_skeleton,
)  # fmt: skip
HOLLOW: Final[tuple[Mangler, ...]] = (counts_zeroed, hollow, without_entries)
