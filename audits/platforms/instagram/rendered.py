"""What a browser makes of an account's page: counts that the head rounds are written out where one points at them.

header ─▶ the link to the account's own followers, or the second of its counts ─▶ title="12,345"
h2     ─▶ in the place of the posts: that the account is private
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import UNSEEN, Seen
from audits.reading.elements import elements
from audits.reading.html import Document
from audits.reading.urls import name_in
from audits.reading.written_values import exact_counts

_LINKS = 'header a[href$="/followers/"]'
_TITLES = f"{_LINKS} [title], header ul li:nth-child(2) button [title]"

_IS_PRIVATE: Final = (
    "This account is private", "This profile is private", "Tämä tili on yksityinen", "Dieses Konto ist privat",
    "Ce compte est privé", "Esta cuenta es privada", "Esta conta é privada", "Questo account è privato",
    "Bu hesap gizli", "Dit account is privé", "To konto jest prywatne", "Это закрытый аккаунт", "هذا الحساب خاص",
    "このアカウントは非公開です", "비공개 계정입니다",
)  # fmt: skip
_LOCKED: Final = re.compile(rf"<h2[^>]{{0,300}}>\s{{0,20}}({'|'.join(_IS_PRIVATE)})\s{{0,20}}</h2>", re.IGNORECASE)


def said_private(document: Document) -> str | None:
    """The heading that stands in the place of a private account's posts; an account's own words are no heading.

    In the languages in which public readers of drawn pages look for it: a translation alone would vouch for nothing.
    """
    found = _LOCKED.search(document.source) if "<h2" in document.source else None
    return found[1] if found else None


def followers_shown(document: Document, handle: str) -> Seen[int]:
    """Followers of the account, by its own link where there are any."""
    if "<header" not in document.source:
        return UNSEEN
    linked = {(name_in(each.get("href")) or "").lower() for each in elements(document, _LINKS)}
    counted = (exact_counts(each.get("title")) for each in elements(document, _TITLES))
    shown = (counts[0] for counts in counted if len(counts) == 1)
    return UNSEEN if linked - {handle.lower()} else next((count for count in shown if count is not None), UNSEEN)
