"""What a rule saw, by name: the order and the form in which people read it, in the report and in every letter."""

from __future__ import annotations

from typing import Final

_ORDER: Final = (
    "last_post", "counted_from", "days", "limit_days", "sender", "links", "wanted",
    "posts", "wanting", "post", "posted_on",
)  # fmt: skip


_LISTED: Final = " / "  # between several words of which any would have done
_MOST: Final = 5


def place_of(name: str) -> tuple[int, str]:
    """What to sort by: what was seen comes before what it is held against."""
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def bare(name: str, value: str) -> str:
    """An account's number without the name of its kind, which only programs ask for; any other value as it is."""
    return value.rpartition(":")[2] if name == "platform_id" else value


def some(wanted: str) -> str:
    """The first of several words that would have done; the report's tables have them all."""
    words = wanted.split(_LISTED)
    return wanted if len(words) <= _MOST else f"{_LISTED.join(words[:_MOST])} …"


def abridged(text: str, limit: int) -> str:
    """At most so many characters, ended after a whole word where there is one, with a sign that there is more."""
    if len(text) <= limit:
        return text
    begun = text[: limit - 2]
    return f"{begun.rpartition(' ')[0].rstrip(' /') or begun} …"
