"""Accounts and posts as Instagram's own JSON holds them, of whichever interface.

    until 2020           data (counts, bio) · data[] (created_time)
    web page 2015–2021   user.media.nodes · graphql.user.edge_owner_to_timeline_media
    web interface        data.user · user + items · xdt_api__v1__feed__user_timeline_graphql_connection
    logged out, 2026     xig_user_by_username, and again with polaris_ordered_timeline_connection (posts without dates)
    Graph interface      business_discovery.media.data · media.data · data        (an id space of its own)

Field names: developers.facebook.com, IG User, IG Media and Business Discovery; instaloader/instaloader, structures.py;
mikf/gallery-dl, instagram.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from audits.model import APP_SCOPED, UNSEEN, Facts, PlatformId, Post, Unseen
from audits.reading.answer_fields import number_id
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.ids import instagram_time
from audits.reading.meta import account_facts
from audits.reading.posts import has_lost_some, latest
from audits.reading.written_values import moment

PK = "pk"
GRAPH = "graph"
_GRAPH_ID = "17841"  # every id of the Graph interface begins so, and is 17 digits long
_GRAPH_LENGTH = 17
_LONGEST_PK = 14  # `id` of Instagram Login is made for one app, and has 16 or 17 digits; `user_id` beside it is none
_PINNED_FOR = frozenset({"pinned_for_users", "timeline_pinned_user_ids"})
_MOST_PINNED = 3
_ID_KEYS = ("user_id", "pk", "id", "pk_id", "ig_id")

Node = dict[str, Json]


def platform_id(value: Json) -> PlatformId | None:
    """An id in the space it belongs to: the web's and the Graph interface's are never compared."""
    found = number_id(PK, as_count(value) if isinstance(value, int) else value)
    return replace(found, namespace=_space(found.value)) if found else None


def _space(digits: str) -> str:
    """Which of the spaces a number is of, its form tells: numbers of the web are far shorter."""
    if len(digits) == _GRAPH_LENGTH and digits.startswith(_GRAPH_ID):
        return GRAPH
    return APP_SCOPED if len(digits) > _LONGEST_PK else PK


def facts_of(account: Node) -> Facts:
    """What an account object states of itself, without its posts."""
    ids = (platform_id(account.get(key)) for key in _ID_KEYS)
    facts = account_facts(account, *dict.fromkeys(each for each in ids if each))
    of_the_web = not isinstance(facts.platform_id, PlatformId) or facts.platform_id.namespace == PK
    return without_placeholders(facts) if is_kept_from_some(account) or (of_the_web and is_blank(facts)) else facts


def is_kept_from_some(account: Node) -> bool:
    """Whether the account is shown only from a certain age on, or not in every country."""
    return bool(account.get("gating")) or account.get("country_block") is True


def is_blank(facts: Facts) -> bool:
    """Whether every count is zero and there are no words: so the web writes an account that is kept back, without
    saying so.
    """
    counts = [each for each in (facts.followers, facts.posts_count) if isinstance(each, int)]
    return bool(counts) and not any(counts) and not isinstance(facts.description, str)


def without_placeholders(facts: Facts) -> Facts:
    """The account without the zeros and empty words that Instagram gives, in place of its own, to a visitor whose age
    it does not know.
    """
    return replace(facts, followers=UNSEEN, posts_count=UNSEEN, description=UNSEEN, website_link=UNSEEN)


def with_posts(facts: Facts, nodes: list[Node], now: datetime, source: str) -> Facts:
    """The account's newest posts added. `now` is UTC; the lists begin with the newest but for pinned posts."""
    if _are_anothers(facts, nodes):
        return facts
    posts = tuple(_post(node) for node in nodes)
    if posts:
        dated = all(_moment(node) for node in nodes)  # a code tells when a post was begun, which may be weeks before
        newest = latest(posts, now, source, sees_newest=dated and _shows_newest(facts, nodes))
        return replace(facts, posts=posts, activity=newest)
    return replace(facts, posts=(), activity=None) if facts.posts_count == 0 else facts


def _are_anothers(facts: Facts, nodes: list[Node]) -> bool:
    """Whether every post says whose it is, and none is the account's: a list of another's got in. Some may be joint."""
    own = facts.platform_id
    owners = {platform_id(dig(node, "owner", "id") or dig(node, "user", "pk")) for node in nodes}
    comparable = isinstance(own, PlatformId) and {each and each.namespace for each in owners} == {own.namespace}
    return comparable and own not in owners


def _shows_newest(facts: Facts, nodes: list[Node]) -> bool:
    """Whether more is shown than an account may have pinned, or all there is, or which of them are pinned."""
    if has_lost_some(len(nodes), facts.posts_count):
        return False
    says_what_is_pinned = any(_PINNED_FOR & node.keys() for node in nodes)
    return says_what_is_pinned or len(nodes) > _MOST_PINNED or facts.posts_count == len(nodes)


def nodes_of(account: Node) -> list[Node]:
    """The posts that an account object carries."""
    for edge in ("edge_owner_to_timeline_media", "media", "polaris_ordered_timeline_connection"):
        holder = as_object(account.get(edge))
        listed = holder.get("edges") or holder.get("nodes") or holder.get("data")
        if listed:
            return list(unwrapped(listed))
    return []


def unwrapped(listed: Json) -> Iterator[Node]:
    """Posts of a list, each out of its edge; an empty one for what cannot be read, which may be the newest."""
    for each in as_list(listed):
        edge = as_object(each)
        yield as_object(edge["node"]) if "node" in edge else as_object(edge.get("media")) or edge


def _post(node: Node) -> Post:
    code = as_text(node.get("shortcode")) or as_text(node.get("code"))
    video, stated = _is_video(node), as_text(node.get("permalink")) or as_text(node.get("link"))
    return Post(
        url=stated or (f"https://www.instagram.com/p/{code}/" if code else None),
        at=_moment(node) or instagram_time(code or ""),
        pinned=any(node.get(key) for key in _PINNED_FOR),
        has_video=video,
        has_picture=UNSEEN if isinstance(video, Unseen) else not video,
    )


def _moment(node: Node) -> datetime | None:
    stated = (moment(node.get(key)) for key in ("taken_at_timestamp", "taken_at", "timestamp", "created_time", "date"))
    return next((at for at in stated if at), None)


_VIDEO_KINDS = frozenset({2, "VIDEO", "REELS", "GraphVideo", "XDTGraphVideo"})
_OTHER_KINDS = frozenset({1, 8, "IMAGE", "CAROUSEL_ALBUM", "GraphImage", "GraphSidecar", "XDTGraphImage"})


def _is_video(node: Node) -> bool | Unseen:
    if isinstance(flag := node.get("is_video"), bool):
        return flag
    kind = node.get("media_type") or node.get("__typename")
    if not isinstance(kind, str | int) or kind not in _VIDEO_KINDS | _OTHER_KINDS:
        return UNSEEN
    return kind in _VIDEO_KINDS
