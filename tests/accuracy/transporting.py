"""What transports, caches and browsers make of a page: cut, doubled, saved, minified, in another locale.

    (Page, Random, another page) ─mangler▶ Page

As in mangling.py, none of them says that anything is absent, and none empties a list. Those of KIN put a page together
with another of the same platform, as caches and servers do that mix their fragments up. What none of them exchanges is
one value by itself: an answer that is whole but for the name in it is a rename, as far as anybody can tell.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from audits.model import Page
from tests.accuracy.mangling import Mangler, seam, text_of, with_text

_WORDS = re.compile(r">([^<>{}]{1,300})<")
_SAID = re.compile(r"content=\"([^\"]*\d[^\"]*)\"")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ISO_YEAR = re.compile(r"\b20(\d\d)(?=-\d\d-\d\d)")
_AFTERNOON = re.compile(r"(?<=T)(1[3-9]|2[0-3])(?=:\d\d)")
_LETTERS = re.compile(rb"[\x80-\xbf]")
_ISLAND = re.compile(r"<script\b[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_LEAF = re.compile(r"<(\w+)\b[^<>]*>[^<>]*</\1\s*>")
_SOURCE = re.compile(r"(src|href)=\"https?://[^\"]*/([\w.-]{1,40})[^\"]*\"")
_OPTIONAL = re.compile(r"</?(?:html|head|body|tbody)(?:\s[^<>]*)?>|</(?:p|li|td|tr|th|option|dd|dt)>", re.IGNORECASE)
_HEAD = re.compile(r"\A(.*?</head\s*>)(.*)\Z", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r"(charset=[\"']?)[\w-]+", re.IGNORECASE)
_CHARSETS: Final = ("utf-16", "iso-8859-1", "windows-1252", "shift_jis", "koi8-r", "x-user-defined", "")
_CALENDARS: Final = ("25{0}", "14{0}", "R{0}", "{0}")  # the Buddhist year, one of the Hijra, a reign's, two digits
_GROUPS: Final = (".", "\u00a0", "\u202f", "'", "’", " ", "")
_MARKS: Final = ("\u200e", "\u200f", "\u202b", "\u2066", "\u2069", "\u061c", "\u00ad")


def cut_in_a_letter(page: Page, random: Random, _other: Page) -> Page:
    """A piece ends in the middle of a letter of several bytes, and nothing or something else follows."""
    inside = [found.start() for found in _LETTERS.finditer(page.body)]
    if not inside:
        return page
    at = random.choice(inside)
    return replace(page, body=page.body[:at] + random.choice((b"", b"\xff", page.body[at + 1 :])))


def a_piece_twice(page: Page, random: Random, _other: Page) -> Page:
    """A piece that was sent again: whole elements, for a longer name is somebody else's."""
    first, second = sorted(seam(page, random.randrange(len(page.body) + 1)) for _ in range(2))
    return replace(page, body=page.body[:second] + page.body[first:])


def in_another_locale(page: Page, random: Random, _other: Page) -> Page:
    """Thousands parted otherwise, in the words and the descriptions."""
    part = random.choice(_GROUPS)
    said = _SAID.sub(lambda found: f'content="{_GROUPED.sub(part, found[1])}"', text_of(page))
    return with_text(page, _WORDS.sub(lambda found: f">{_GROUPED.sub(part, found[1])}<", said))


def in_another_calendar(page: Page, random: Random, _other: Page) -> Page:
    """Years of another count, or hours of twelve."""
    if random.random() < 0.5:
        return with_text(page, _AFTERNOON.sub(lambda found: f"{int(found[1]) - 12:02}", text_of(page)))
    year = random.choice(_CALENDARS)
    return with_text(page, _ISO_YEAR.sub(lambda found: year.format(found[1]), text_of(page)))


def with_marks_of_direction(page: Page, random: Random, _other: Page) -> Page:
    """Marks that nobody sees, around words or between their letters."""
    mark, text = random.choice(_MARKS), text_of(page)
    if random.random() < 0.5:
        return with_text(page, _WORDS.sub(lambda found: f">{mark}{found[1]}{mark}<", text))
    marked = _SAID.sub(lambda found: f'content="{re.sub(r"(?<=[a-z0-9])", mark, found[1])}"', text)
    return with_text(page, _WORDS.sub(lambda found: f">{found[1].replace(' ', mark + ' ')}<", marked))


def mislabelled(page: Page, random: Random, _other: Page) -> Page:
    """The page says of itself another encoding than it has."""
    return with_text(page, _CHARSET.sub(rf"\g<1>{random.choice(_CHARSETS)}", text_of(page)))


def as_its_source(page: Page, random: Random, _other: Page) -> Page:
    """As a browser shows the source of a page."""
    lines = html.escape(text_of(page)).splitlines()
    if random.random() < 0.5:
        return with_text(page, f"<html><body><pre>{chr(10).join(lines)}</pre></body></html>")
    rows = (
        f'<tr><td value="{number}"></td><td class="line-content">{line}</td></tr>' for number, line in enumerate(lines)
    )
    return with_text(page, f"<html><body><table><tbody>{''.join(rows)}</tbody></table></body></html>")


def saved_by_a_browser(page: Page, random: Random, _other: Page) -> Page:
    """As a browser keeps a page beside a folder of its pictures and scripts."""
    kept = _SOURCE.sub(r'\1="./Profil_files/\2"', text_of(page))
    if random.random() < 0.5:
        kept = _ISLAND.sub(
            lambda found: found[0] if "json" in found[0][:80] else "<script src='a.js.download'></script>", kept
        )
    return with_text(page, kept.replace("<html", f"<!-- saved from url=(0042){page.url} -->\n<html", 1))


def minified(page: Page, _random: Random, _other: Page) -> Page:
    """Without what HTML may leave out: some tags, comments, quotes, white space."""
    text = re.sub(r"<!--.*?-->", "", text_of(page), flags=re.DOTALL)
    text = re.sub(r"=\"([\w./:#%-]+)\"", r"=\1", _OPTIONAL.sub("", text))
    return with_text(page, re.sub(r">\s+<", "><", text))


def from_a_cache_of_fast_pages(page: Page, _random: Random, _other: Page) -> Page:
    """As the caches of AMP give a page out, at an address of their own."""
    address = urlsplit(page.url)
    cache = f"https://{address.netloc.replace('.', '-')}.cdn.ampproject.org/c/s/{address.netloc}{address.path}"
    text = re.sub(r"<html", "<html amp i-amphtml-binding", text_of(page), count=1)
    return replace(with_text(page, _ISLAND.sub("", text)), final_url=cache if address.netloc else None)


def without_some_elements(page: Page, random: Random, _other: Page) -> Page:
    """What a blocker takes out: some of the innermost elements, or some of the head's tags."""
    share, form = random.choice((0.02, 0.2, 0.6)), random.choice((_LEAF, _META, _ISLAND))
    return with_text(page, form.sub(lambda found: "" if random.random() < share else found[0], text_of(page)))


def head_of_another(page: Page, _random: Random, other: Page) -> Page:
    """The head of one page and the body of another."""
    head, body = _HEAD.match(text_of(other)), _HEAD.match(text_of(page))
    return with_text(page, head[1] + body[2]) if head and body else page


def body_of_another(page: Page, _random: Random, other: Page) -> Page:
    head, body = _HEAD.match(text_of(page)), _HEAD.match(text_of(other))
    return with_text(page, head[1] + body[2]) if head and body else page


def a_fragment_of_another(page: Page, random: Random, other: Page) -> Page:
    """One script, one tag of the head, or one part of an answer is another page's."""
    here, there = _json_of(page), _json_of(other)
    if here is not None and there is not None:
        return with_text(page, json.dumps(_with_a_part(here, there, random)))
    form = random.choice((_ISLAND, _META))
    theirs = [found[0] for found in form.finditer(text_of(other))]
    ours = len(form.findall(text_of(page)))
    if not theirs or not ours:
        return page
    at, numbers = random.randrange(ours), iter(range(ours))
    put = theirs[min(at, len(theirs) - 1)]
    return with_text(page, form.sub(lambda found: put if next(numbers) == at else found[0], text_of(page)))


def another_in_its_place(page: Page, random: Random, other: Page) -> Page:
    """Another's page came for this one's address, or the way from there led to it."""
    return replace(page, body=other.body, final_url=random.choice((page.final_url, other.url or None)))


def _json_of(page: Page) -> Any:
    try:
        return json.loads(text_of(page))
    except (ValueError, RecursionError):
        return None


def _with_a_part(here: Any, there: Any, random: Random) -> Any:
    """The answer with one of the parts that both have from the other."""
    if not isinstance(here, dict) or not isinstance(there, dict) or not (shared := _parts_of_both(here, there)):
        return _beside_each_other(here, there)
    key = random.choice(shared)
    deeper = isinstance(here[key], dict) and random.random() < 0.6
    return {**here, key: _with_a_part(here[key], there[key], random) if deeper else there[key]}


def _parts_of_both(here: dict[str, Any], there: dict[str, Any]) -> list[str]:
    return sorted(key for key in here.keys() & there.keys() if isinstance(here[key], dict | list))


def _beside_each_other(here: Any, there: Any) -> Any:
    return [*there[:1], *here] if isinstance(here, list) and isinstance(there, list) else there


TRANSPORTING: Final[tuple[Mangler, ...]] = (
    cut_in_a_letter, a_piece_twice, in_another_locale, in_another_calendar, with_marks_of_direction, mislabelled,
    as_its_source, saved_by_a_browser, minified, from_a_cache_of_fast_pages, without_some_elements,
)  # fmt: skip
KIN: Final[tuple[Mangler, ...]] = (
    head_of_another, body_of_another, a_fragment_of_another, another_in_its_place,
)  # fmt: skip
