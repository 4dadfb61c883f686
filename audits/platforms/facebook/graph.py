"""The Graph interface's answers about a page.

    error ───▶ what it says (a missing, a hidden and a forbidden page get the same one)
    comment ─▶ undecided: its id begins with the post's, as a post's begins with the page's
    page ────▶ present, or hidden by those who run it (is_published)
    thing ───▶ undecided: an event, a group, an album, an application has an id and a name as well, and what no page has
    posts ───▶ present, with the newest; only beside the page's reels do they prove silence
    pages ───▶ the one that was asked for, of a batch
    oEmbed ──▶ undecided, with the owner's name

Field names: developers.facebook.com, Graph API: Page, Page Published Posts, Page Video Reels, Event, Group,
Album, Photo, oEmbed Post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Post, Reading, Seen
from audits.platform import Subject
from audits.platforms.facebook.ids import fold, platform_id
from audits.reading.answer_fields import card_owner, shown_count, shown_flag, shown_text
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, try_loads
from audits.reading.meta import graph_error, of_others, own_picture
from audits.reading.pages import explicit, present, undecided, with_facts
from audits.reading.posts import agreed, latest
from audits.reading.urls import host, path, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply

Node = dict[str, Json]
REELS: Final = "video_reels"  # an edge of a page's own, as `published_posts` is; both begin with the newest
_POSTS: Final = ("published_posts", "posts", "feed")
_MIGRATED = re.compile(r"Page ID (\d{1,20}) was migrated to page ID (\d{1,20})")
_VERIFIED = {"blue_verified": True, "gray_verified": True, "not_verified": False}
_PAGE_FIELDS = frozenset({"name", "username", "link", "fan_count", "followers_count", "about", "is_published"})
_POST_ID = re.compile(r"(\d{1,20})_\d{1,25}")
_COMMENTS_FIELDS = frozenset({"comment_count", "can_remove", "can_hide", "user_likes"})
_PLACES_OF_THINGS = ("/apps/", "/events/", "/games/", "/groups/")
_THINGS_FIELDS = frozenset({
    "created_time", "updated_time", "start_time", "end_time", "member_count", "privacy", "from", "broadcast_start_time",
})  # fmt: skip


def read_json(reply: Reply) -> Reading | None:
    """What an answer of the Graph interface says; None where it is none."""
    value, subject, now = _unbatched(reply.value), reply.subject, reply.now
    return (
        _migrated(value)
        or graph_error(value)
        or of_others(reply.page.url, value)
        or _embedded(value)
        or _comment(value)
        or _thing(_asked_for(value, subject))
        or _page(_asked_for(value, subject), reply)
        or _posts(value, now)
        or _post_alone(value)
    )


def _unbatched(value: Json) -> Json:
    """The only answer of a batch of requests, which holds it as text."""
    only = as_list(value)[0] if len(as_list(value)) == 1 else None
    body = as_text(dig(only, "body")) if isinstance(dig(only, "code"), int) else None
    return try_loads(body) if body else value


def _migrated(value: Json) -> Reading | None:
    """The page that lives on under another id, whose old id stays its own."""
    found = _MIGRATED.search(as_text(dig(value, "error", "message")) or "")
    error = graph_error(value)
    if found is None or error is None:
        return None
    old, new = platform_id(found[1]), platform_id(found[2])
    facts = Facts(platform_id=new, more_ids=(old,)) if old and new else Facts()
    return with_facts(undecided(error.reason, Marker("facebook.migrated", "unknown", found[0])), facts)


def _embedded(value: Json) -> Reading | None:
    if as_text(dig(value, "provider_name")) != "Facebook":
        return None
    return undecided("one_post", facts=card_owner(as_object(value), _last_segment))


def _last_segment(address: str | None) -> str | None:
    segment = path(address).strip("/").rpartition("/")[2]
    return segment if segment and not segment.isdigit() and not segment.endswith(".php") else None


def _asked_for(value: Json, subject: Subject) -> Node:
    """The page that was asked for: the one that came, or of several, keyed by id, the one that the register means."""
    several = as_object(value)
    if not several or not all(key.isdigit() or key == as_text(dig(several[key], "username")) for key in several):
        return several
    wanted = {pinned.value for pinned in subject.pinned} | {subject.handle or ""}
    pages = [as_object(page) for page in several.values()]
    by_id = (page for page in pages if as_text(page.get("id")) in wanted)
    by_name = (page for page in pages if fold(as_text(page.get("username")) or "") == subject.handle)
    return next(by_id, None) or next(by_name, None) or (pages[0] if len(pages) == 1 else {})


def _comment(value: Json) -> Reading | None:
    """The reading of what guests wrote below a post, one comment or a list of them."""
    nodes = [as_object(each) for each in as_list(dig(value, "data"))] or [as_object(value)]
    permalinks = [as_text(node.get("permalink_url")) or "" for node in nodes]
    answered = any(_COMMENTS_FIELDS & node.keys() for node in nodes)
    return undecided("one_comment") if answered or any("comment_id=" in each for each in permalinks) else None


def _thing(node: Node) -> Reading | None:
    """The reading of anything else that has an id of its own; it may say whose it is."""
    if "id" not in node or _POST_ID.fullmatch(as_text(node["id"]) or ""):
        return None
    link = as_text(node.get("link")) or ""
    elsewhere = link and (not host(link).endswith("facebook.com") or path(link).startswith(_PLACES_OF_THINGS))
    told = node.keys() - {"updated_time"} if "username" in node else node.keys()  # people had one as well, until 2014
    if not _THINGS_FIELDS & told and not elsewhere:
        return None
    owner = as_object(node.get("from"))
    facts = Facts(display_name=shown_text(owner, "name"), platform_id=platform_id(owner.get("id")) or UNSEEN)
    return undecided("no_page", facts=facts)


def _page(page: Node, reply: Reply) -> Reading | None:
    known = platform_id(page.get("id"))
    if known is None or not _PAGE_FIELDS & page.keys():
        return None
    facts = replace(_facts(page), platform_id=known)
    listed = (post for edge in _POSTS for post in _own_posts(dig(page, edge, "data"), known.value))
    posts = [*listed, *_reels(page)]
    both = bool(as_list(dig(page, _POSTS[0], "data"))) and REELS in reply.page.url  # none is what some keys get
    facts = _with_posts(facts, posts, reply.now, sees_newest=both)
    if page.get("is_published") is False and not _is_meant(page, reply):
        return undecided("no_page")
    if page.get("is_published") is False:
        return explicit(Marker("facebook.is-published", Existence.PRIVATE, '"is_published": false'), facts, stated=True)
    return present(facts)


def _is_meant(page: Node, reply: Reply) -> bool:
    """Whether it is the page that the register means, by its number, its name or its address: posts, films and canvases
    are published or not as well.
    """
    subject = reply.subject
    wanted = {pinned.value for pinned in subject.pinned} | ({fold(subject.handle)} if subject.handle else set())
    own = {
        as_text(page.get("id")),
        fold(as_text(page.get("username")) or ""),
        *map(fold, path_parts(reply.page.url)[-1:]),
    }
    return not wanted or not wanted.isdisjoint(own)


def _facts(page: Node) -> Facts:
    picture = as_text(dig(page, "picture", "data", "url")) or as_text(page.get("picture"))  # bare until 2012
    figure = dig(page, "picture", "data", "is_silhouette") is True
    return Facts(
        display_name=shown_text(page, "name"),
        handle=shown_text(page, "username"),
        description=shown_text(page, "about", "description", "bio"),
        followers=shown_count(page, "followers_count"),
        avatar_url=(None if figure else own_picture(picture)) if picture else UNSEEN,
        website_link=shown_text(page, "website"),
        verified=_verified(page),
    )


def _verified(page: Node) -> Seen[bool]:
    stated = _VERIFIED.get((as_text(page.get("verification_status")) or "").lower())
    return stated if stated is not None else shown_flag(page, "is_verified")


def _posts(value: Json, now: datetime) -> Reading | None:
    """The reading of a page's list of posts, without its reels. A key without the permission gets an empty list as
    well.
    """
    ids = (_POST_ID.fullmatch(as_text(dig(each, "id")) or "") for each in as_list(dig(value, "data")))
    owner = agreed(found[1] for found in ids if found)
    if owner is None:
        return None
    posts = list(_own_posts(dig(value, "data"), owner))
    return present(_with_posts(Facts(platform_id=platform_id(owner) or UNSEEN), posts, now, sees_newest=False))


def _post_alone(value: Json) -> Reading | None:
    found = _POST_ID.fullmatch(as_text(dig(value, "id")) or "")
    return undecided("one_post", facts=Facts(platform_id=platform_id(found[1]) or UNSEEN)) if found else None


def _own_posts(listed: Json, owner: str) -> Iterator[Post]:
    """The posts by the page itself: guests may write on some pages, and drafts carry a date to come."""
    nodes = [as_object(each) for each in as_list(listed)]
    shows_attachments = any(_kinds(node) for node in nodes)
    for node in nodes:
        writer = as_text(dig(node, "from", "id"))
        if (writer is None or writer == owner) and node.get("is_published") is not False:
            yield _post(node, shows_attachments)


def _post(node: Node, shows_attachments: bool) -> Post:
    """A post; the interface leaves out what is empty, so that where an answer shows what other posts carry, one
    without attachments is known to have none.
    """
    kinds = _kinds(node)
    told = bool(kinds) or (shows_attachments and "attachments" not in node)
    return Post(
        url=as_text(node.get("permalink_url")),
        at=moment(node.get("created_time")),
        repost=bool(node.get("parent_id")),
        has_video="video" in kinds if told else UNSEEN,
        has_picture=bool(kinds & {"photo", "album"}) if told else UNSEEN,
    )


def _kinds(node: Node) -> frozenset[str]:
    """The kinds of media that a post carries, as far as the answer names them."""
    named_kinds = (as_text(dig(each, "media_type")) for each in as_list(dig(node, "attachments", "data")))
    return frozenset(kind for kind in named_kinds if kind)


def _reels(page: Node) -> Iterator[Post]:
    """The films that a page has published as reels; an answer leaves the list out where there are none."""
    for node in map(as_object, as_list(dig(page, REELS, "data"))):
        at = moment(node.get("created_time")) or moment(node.get("updated_time"))
        yield Post(url=as_text(node.get("permalink_url")), at=at, has_video=True)


def _with_posts(facts: Facts, posts: list[Post], now: datetime, *, sees_newest: bool) -> Facts:
    if not posts:
        return facts
    merged = sorted(posts, key=lambda post: post.at or now, reverse=True)
    return replace(facts, posts=tuple(posts), activity=latest(merged, now, "facebook.posts", sees_newest=sees_newest))
