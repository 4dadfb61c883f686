"""Cards by which sites embed each other (https://oembed.com): whose the thing on the card is."""

from __future__ import annotations

from collections.abc import Callable

from audits.model import Facts
from audits.reading.embedded import Json, as_text
from audits.reading.told import either


def author(card: dict[str, Json], handle_in: Callable[[str | None], str | None]) -> Facts:
    """Name and handle of the card's author; `handle_in` finds the handle in the author's address."""
    return Facts(
        display_name=either(as_text(card.get("author_name"))),
        handle=either(handle_in(as_text(card.get("author_url")))),
    )
