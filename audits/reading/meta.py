"""What Facebook, Instagram and Threads have in common.

    Graph error ─code─▶ not permitted · rate limited · blocked · unreachable · says nothing of the account
    list of what others wrote ─▶ says nothing of the account
    account ────────▶ Facts, under whichever of the names Meta's web, mobile and Graph interfaces use

Error codes: developers.facebook.com, Graph API: Handling Errors. A missing object, one that is hidden and one
that the key may not see get the same answer (100 with subcode 33, 803, 110), so no error proves an absence.
"""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import Final

from audits.model import UNSEEN, Facts, Marker, PlatformId, Reading, Seen, Transport
from audits.reading.answer_fields import shown_count, shown_flag, shown_text
from audits.reading.embedded import Json, as_count, as_object, as_text, dig
from audits.reading.html import Document
from audits.reading.pages import undecided, unreadable
from audits.reading.refusals import own_words
from audits.reading.urls import host, path_parts

GRAPH = "https://graph.facebook.com/v25.0"

_LIMITS = frozenset({4, 17, 32, 341, 613, *range(80_000, 80_015)})
_KEYS = frozenset({3, 5, 10, 102, 104, 190, *range(458, 468), 492, 2500, *range(200, 300)})
_TROUBLE = frozenset({1, 2, -1})
_NOTHING_LEARNED = frozenset({21, 24, 33, 100, 110, 803})
_ABUSE = 368


def graph_error(value: Json) -> Reading | None:
    """What an error of the Graph interface says; None where the answer is no error."""
    error = as_object(dig(value, "error"))
    if "code" not in error and "message" not in error:
        return None
    said = as_text(error.get("message")) or ""
    code = error["code"] if isinstance(error.get("code"), int) else as_count(error.get("code")) or _code_within(said)
    words = f"Graph error {code}: {said}"[:300]
    transport = _transport(code, transient=error.get("is_transient") is True) or _without_code(error, code)
    if transport is not None:
        return Reading(transport=transport, reason=own_words(words))
    if code in _NOTHING_LEARNED:
        return undecided(own_words(words), Marker(f"meta.graph-{code}", "unknown", words[:160]))
    return unreadable(own_words(words))


_CODE: Final = re.compile(r"\(#(\d{1,7})\)")


def _code_within(said: str) -> int:
    """The code that until 2012 stood in the words alone: "(#803) Some of the aliases you requested do not exist"."""
    found = _CODE.match(said)
    return int(found[1]) if found else 0


def _without_code(error: dict[str, Json], code: object) -> Transport | None:
    """The kind of an error that has no code; whatever else an "OAuthException" may be, it is about the key."""
    return Transport.NOT_PERMITTED if code == 0 and error.get("type") == "OAuthException" else None


_OTHERS: Final = frozenset({
    "comments", "conversation", "keyword_search", "mentioned_media", "mentions", "ratings", "recent_media", "replies",
    "tagged", "tags", "top_media", "visitor_posts",
})  # fmt: skip
_ON_A_SUBJECT: Final = frozenset({"tags", "locations", "geographies", "usertags", "liked", "saved"})


def of_others(url: str, value: Json) -> Reading | None:
    """Lists that hold what others wrote: comments, mentions, everybody's posts on a subject.

    A list of the Graph interface names its own address where it leads to its next or previous piece; those of
    Instagram's own interfaces, of which one stranger may have written all, stand below `v1` (/v1/tags/…).
    """
    told = (as_text(dig(value, "paging", way)) or "" for way in ("next", "previous"))
    lasts = (path_parts(each)[-1] for each in (url, *told) if _is_graph(each) and path_parts(each))
    below = dropwhile(lambda part: part != "v1", path_parts(url))
    found = (*filter(_OTHERS.__contains__, lasts), *filter(_ON_A_SUBJECT.__contains__, below))
    return undecided(f"of_others: {found[0]}") if found else None


def _is_graph(url: str) -> bool:
    return (host(url) or "").startswith("graph.")


def _transport(code: object, *, transient: bool) -> Transport | None:
    if code in _LIMITS:
        return Transport.RATE_LIMITED
    if code in _KEYS:
        return Transport.NOT_PERMITTED
    if code == _ABUSE:
        return Transport.BLOCKED
    return Transport.UNREACHABLE if code in _TROUBLE or transient else None


def account_facts(account: dict[str, Json], *ids: PlatformId) -> Facts:
    """What an account object states. `ids` are its ids, the account's own first."""
    return Facts(
        display_name=shown_text(account, "full_name", "name"),
        handle=_handle(account),
        platform_id=ids[0] if ids else UNSEEN,
        more_ids=ids[1:],
        description=shown_text(account, "biography", "threads_biography", "bio"),
        followers=shown_count(
            account,
            "edge_followed_by.count",
            "followed_by.count",
            "counts.followed_by",
            "follower_count",
            "followers_count",
        ),
        posts_count=shown_count(
            account, "edge_owner_to_timeline_media.count", "media.count", "counts.media", "media_count"
        ),
        avatar_url=picture(account),
        website_link=shown_text(account, "external_url", "website", "bio_links.0.url"),
        verified=shown_flag(account, "is_verified"),
    )


_HANDLE = re.compile(r"[A-Za-z0-9_.]{1,30}")  # a handle, at Facebook and Instagram alike


def _handle(account: dict[str, Json]) -> Seen[str]:
    """The account's handle; anything else in its place is what was left of a damaged answer."""
    named = shown_text(account, "username")
    return named if not isinstance(named, str) or _HANDLE.fullmatch(named) else UNSEEN


_PICTURES = (
    "profile_pic_url_hd", "profile_pic_url", "profile_picture_url", "threads_profile_picture_url", "profile_picture",
    "user_avatar_url",
)  # fmt: skip
_SITES_OWN = re.compile(r"/rsrc\.php/|/static/images/|/images/fb_icon_", re.IGNORECASE)  # pictures of the site's own
_NO_PICTURE = re.compile(
    r"/t1\.30497-1/|/11906329_960233084022564_|/44884218_345707102882519_|/464760996_1254146839119862_|anonymous_?user",
    re.IGNORECASE,
)


def picture(account: dict[str, Json]) -> Seen[str]:
    """The account's own picture: the figure that stands in for one is none."""
    if account.get("has_anonymous_profile_picture") is True:
        return None
    address = shown_text(account, *_PICTURES)
    return own_picture(address) if isinstance(address, str) else address


def head_picture(document: Document) -> str | None:
    """The picture of a share's preview, unless it is the site's own sign."""
    address = document.meta("og:image") or None
    return None if address and _SITES_OWN.search(address) else address


def own_picture(address: str | None) -> str | None:
    """The address of a profile's picture; None where the site shows one of its own in its place."""
    return None if address is None or _NO_PICTURE.search(address) else address
