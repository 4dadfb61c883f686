"""The accounts that stand in one cell, parted where it is plain that they are several.

    "https://x.com/a och https://x.com/b", "@a, @b", "a9 + a10", "@a/@b" ─split_addresses▶ a text for each
    "@museet/videos"                                                     ─own_page▶        "@museet"

"Kultur + fritid" may be one account's name and "museet, bibblan" those of two: such a cell stays whole, to be told.
"""

from __future__ import annotations

import re
from typing import Final

from audits.columns import says_none

_BETWEEN: Final = re.compile(
    r"[\r\n|]+|(?<=\S)\s++/\s++|(?<=[^;,:\s])(?:[;,\s]++|\s++(?:och|samt|and|[&+])\s++)(?=https?://)", re.IGNORECASE
)
_AMONG: Final = re.compile(r"[,;+&]|(?<=\s)(?:och|samt|and)(?=\s)", re.IGNORECASE)
_BEFORE_AT: Final = re.compile(r"[\s/](?=@)")
_PLAIN: Final = (
    re.compile(r"@[A-Za-z0-9_.\-]+(?:@[A-Za-z0-9.\-]+)?"),  # @name, @name@server
    re.compile(r"(?=[A-Za-z0-9.\-]*[\d_.])(?=[\d_.\-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_.\-]*[A-Za-z0-9_]"),  # a9, mu_seet
    re.compile(r"(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}/\S+"),  # x.com/a
    re.compile(r"(?:https?://|(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}/)\S+|@[A-Za-z0-9_.\-]+"),  # https://x.com/a ; @a
)
# Pages of an account that platforms link as /name/page.
_PAGES: Final = (
    "about|community|featured|followers|following|home|info|likes|live|media|om|photos|playlists|posts|reels|replies|"
    "shorts|streams|tagged|videos?|with_replies"
)
_NOTED: Final = re.compile(r"([^\s()]++)\s++\(([^()]++)\)")
_OWN_PAGE: Final = re.compile(rf"(@[A-Za-z0-9_.\-]+)/(?:{_PAGES})/?", re.IGNORECASE)


def split_addresses(cell: str) -> list[str]:
    """Addresses parted by line breaks, bars, free slashes, or commas, spaces and "och" before another scheme.

    Names are parted by commas, plus signs and "och" too, where each of them could be nothing but a name.
    """
    parts = [part.strip() for part in _BETWEEN.split(cell.strip()) if part and not says_none(part)]
    return [each for part in parts for each in _names(part)]


def own_page(text: str) -> str:
    """ "@museet/videos": the account of which that is one page; any other text as it is."""
    page = _OWN_PAGE.fullmatch(text)
    return page[1] if page else text


def without_note(text: str) -> tuple[str, str]:
    """ "x.com/museet (gamla)": the address, and what stands in brackets after it; any other text as it is."""
    noted = _NOTED.fullmatch(text.strip())
    return (noted[1], noted[2].strip()) if noted and _has_a_path(noted[1]) else (text, "")


def _has_a_path(text: str) -> bool:
    """Whether it is written as a host and a path are: `x.com/museet`."""
    dot = text.find(".", 1)
    slash = text.find("/", dot + 2)
    return dot > 0 and 0 < slash < len(text) - 1


def _names(text: str) -> list[str]:
    parts = [each for part in _AMONG.split(text) for each in _parts_before_at(part.strip()) if each]
    several = len(parts) > 1 and any(all(map(plain.fullmatch, parts)) for plain in _PLAIN)
    return parts if several else [text]


def _parts_before_at(text: str) -> list[str]:
    """ "@a @b" and "@a/@b"; what stands before the first @ may be a word that says whose it is."""
    return [each.strip() for each in _BEFORE_AT.split(text)] if text.startswith("@") else [text]
