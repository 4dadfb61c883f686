"""What a rule saw, by name: the order and the form in which people read it, in the report and in every letter."""

from __future__ import annotations

from typing import Final

_ORDER: Final = (
    "last_post", "counted_from", "days", "limit_days", "sender", "links", "wanted",
    "posts", "wanting", "post", "posted_on",
)  # fmt: skip


def place_of(name: str) -> tuple[int, str]:
    """What to sort by: what was seen comes before what it is held against."""
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def bare(name: str, value: str) -> str:
    """An account's number without the name of its kind, which only programs ask for; any other value as it is."""
    return value.rpartition(":")[2] if name == "platform_id" else value
