"""Facebook's Page Plugin, which other sites embed: the page's name with a link to it, and a few of its posts.

    /plugins/page.php?href=… ─▶ the link that is called as it is titled, to the page asked for ─▶ present

Pages that are kept from some are left out of it, so that it proves life and neither silence nor absence
(vektor-inc/vk-all-in-one-expansion-unit#1152).
"""

from __future__ import annotations

import re
from typing import Final

from audits.addresses import identify
from audits.model import UNSEEN, Facts, Post, Reading, Seen
from audits.platforms.facebook.grammar import GRAMMAR
from audits.reading.answer import Answer
from audits.reading.answer_fields import or_unseen
from audits.reading.elements import elements
from audits.reading.html import Document
from audits.reading.pages import present
from audits.reading.posts import latest
from audits.reading.urls import path_parts, query_value
from audits.reading.written_values import exact_counts, moment

_FOLLOWERS: Final = re.compile(
    r">\s*(\d[\d\s.,\u00a0]{0,15})\s(?:followers?|följare|følgere|seuraajaa|fylgjendur)\s*<", re.IGNORECASE
)
_PATHS: Final = (("plugins", "page.php"), ("plugins", "page"))


def read_plugin(answer: Answer) -> Reading | None:
    """The page that was asked for; None where this is no plugin, or one that shows nobody."""
    if path_parts(answer.page.landed)[-2:] not in _PATHS:
        return None
    wanted = _key(query_value(answer.page.landed, "href"))
    titled = (each for each in answer.document.anchors if each.text and each.text == each.title)
    named = next((each for each in titled if wanted and _key(each.href) == wanted), None)
    if named is None:
        return None
    times = (moment(each.get("data-utime")) for each in elements(answer.document, "abbr[data-utime]"))
    posts = [Post(at=at) for at in times if at]
    facts = Facts(
        display_name=named.text,
        handle=or_unseen(_handle(named.href)),
        followers=_followers(answer.document),
        activity=latest(posts, answer.page.fetched_at, "posts in the plugin") if posts else UNSEEN,
    )
    return present(facts)


def _followers(document: Document) -> Seen[int]:
    """The count of followers, which stands beside the name, before the first post."""
    found = _FOLLOWERS.search(document.source.partition("data-utime=")[0])
    return or_unseen(next(iter(exact_counts(found[1])), None)) if found else UNSEEN


def _key(address: str | None) -> str | None:
    return identify(address, "facebook", (GRAMMAR,)).key if address else None


def _handle(address: str) -> str | None:
    parts = path_parts(address)
    return parts[0] if len(parts) == 1 and not parts[0].isdigit() and not parts[0].endswith(".php") else None
