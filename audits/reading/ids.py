"""Post ids that carry their own time: the latest activity from a permalink alone.

    X, LinkedIn, Mastodon   milliseconds above the low bits
    Instagram, Threads      the same, in a base-64 short code
    TikTok                  Unix seconds in the high 32 bits
    Bluesky                 microseconds in the high bits of a base-32 key (stated by the client)

Formulas: obsidianforensics/unfurl, `unfurl/parsers/parse_*.py`. Facebook's ids carry no time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

_X_EPOCH_MS = 1_288_834_974_657
_INSTAGRAM_EPOCH_MS = 1_314_220_021_721
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE32_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_EARLIEST = datetime(2004, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_SHORTCODE_LENGTHS = range(9, 13)  # longer codes belong to private posts and hold more than the id


def x_time(post_id: str) -> datetime | None:
    """When an X post (or, since 2010, an account) was made, in UTC; None if the id carries no time."""
    number = _number(post_id)
    return _moment(((number >> 22) + _X_EPOCH_MS) / 1000) if number and number >> 22 else None


def linkedin_time(activity_id: str) -> datetime | None:
    """When a LinkedIn post was made, in UTC; None if the id carries no time."""
    number = _number(activity_id)
    return _moment((number >> 22) / 1000) if number else None


def tiktok_time(item_id: str) -> datetime | None:
    """When a TikTok video was made, in UTC; None if the id carries no time."""
    number = _number(item_id)
    return _moment(number >> 32) if number else None


def instagram_time(shortcode: str) -> datetime | None:
    """When an Instagram or Threads post was made, in UTC, from the last part of /p/CODE/ or a decimal media id."""
    number = _number(shortcode) if shortcode.isdigit() else _positional(shortcode, _BASE64, _SHORTCODE_LENGTHS)
    return _moment(((number >> 23) + _INSTAGRAM_EPOCH_MS) / 1000) if number and number >> 23 else None


def bluesky_time(record_key: str) -> datetime | None:
    """When a Bluesky post was made, in UTC, from its TID (13 characters). The client states it, so it may be false."""
    number = _positional(record_key, _BASE32_SORTABLE, range(13, 14))
    return _moment((number >> 10) / 1_000_000) if number else None


def mastodon_time(status_id: str) -> datetime | None:
    """When a Mastodon status was made, in UTC; None if the id carries no time."""
    number = _number(status_id)
    return _moment((number >> 16) / 1000) if number else None


ID_TIMES: Mapping[str, Callable[[str], datetime | None]] = {
    "x": x_time,
    "linkedin": linkedin_time,
    "tiktok": tiktok_time,
    "instagram": instagram_time,
    "threads": instagram_time,
    "bluesky": bluesky_time,
    "mastodon": mastodon_time,
}


def _number(digits: str) -> int | None:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 20 else None


def _positional(code: str, alphabet: str, lengths: range) -> int | None:
    if len(code) not in lengths or any(c not in alphabet for c in code):
        return None
    number = 0
    for character in code:
        number = number * len(alphabet) + alphabet.index(character)
    return number


def _moment(seconds: float) -> datetime | None:
    """None outside the years in which any of these platforms lived: then it was no such id."""
    if not _EARLIEST.timestamp() <= seconds <= _LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)
