"""What a browser makes of an account's page: counts that the head rounds are written out where one points at them.

header ─▶ the link to the account's own followers, or the second of its counts ─▶ title="12,345"
"""

from __future__ import annotations

from audits.model import UNSEEN, Seen
from audits.reading.elements import elements
from audits.reading.html import Document
from audits.reading.urls import name_in
from audits.reading.written_values import exact_counts

_LINKS = 'header a[href$="/followers/"]'
_TITLES = f"{_LINKS} [title], header ul li:nth-child(2) button [title]"


def followers_shown(document: Document, handle: str) -> Seen[int]:
    """Followers of the account, by its own link where there are any."""
    if "<header" not in document.source:
        return UNSEEN
    linked = {(name_in(each.get("href")) or "").lower() for each in elements(document, _LINKS)}
    counted = (exact_counts(each.get("title")) for each in elements(document, _TITLES))
    shown = (counts[0] for counts in counted if len(counts) == 1)
    return UNSEEN if linked - {handle.lower()} else next((count for count in shown if count is not None), UNSEEN)
