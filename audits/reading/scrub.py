"""Text from strangers, made fit to store, print and compare.

PostgreSQL refuses U+0000, UTF-8 refuses lone surrogates, and a terminal obeys control characters.
"""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def scrub(text: str, limit: int) -> str:
    """At most `limit` characters of the text, without controls (newline and tab stay) or lone surrogates."""
    kept = text[: 4 * limit]  # so that a huge text costs no more than its limit
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", kept))[:limit]
