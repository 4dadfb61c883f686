"""What an account is called: its handle, or the words beside its number in the address.

facebook:almestad                       ─▶ almestad
facebook:id:218267174868954             ─▶ Almestads-kommun, from /pages/Almestads-kommun/218267174868954
mastodon:kultur@social.almestad.example ─▶ kultur@social.almestad.example
youtube:channel:UC…                     ─▶ nothing
"""

from __future__ import annotations

import re
from typing import Final

from audits.reading.urls import path_parts

_SAYS_NOTHING: Final = frozenset({
    "pages", "people", "pg", "p", "category", "channel", "show", "podcast", "profile.php", "photos", "company", "in",
    "embed", "playlist", "artist", "intent", "user", "plugins", "page.php",
})  # fmt: skip
_NUMBER = re.compile(r"(?:-|(?<!\d))\d{5,}\Z")
_OPAQUE = re.compile(r"(?:UC[\w-]{22}|[A-Za-z0-9]{22}|id\d+|\d+|\d+@N\d+|did:\w+:\w+)\Z")


def handle_of(key: str, url: str) -> str:
    """The words that a key or, failing that, its address calls the account by; empty where there are none."""
    last = key.split(":", 1)[-1].rsplit(":", 1)[-1]
    if not _OPAQUE.match(last):
        return _NUMBER.sub("", last).removeprefix("@")
    words = [part for part in path_parts(url) if not _OPAQUE.match(part) and part.lower() not in _SAYS_NOTHING]
    return max((_NUMBER.sub("", word) for word in words), key=len, default="")
