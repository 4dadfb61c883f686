"""Whatever Instagram answered, read.

JSON ─┬ Graph error, or one of 2020 ▶ what the error says (never an absence)
      ├ account, with its posts ───▶ present · private · shown only to those of age
      ├ list of posts ─────────────▶ present, with the newest post
      ├ one post, or oEmbed ───────▶ undecided, with the owner's facts
      └ "user": null ──────────────▶ undecided: a retired query answers so for everyone (instaloader#2688)
HTML ─▶ an embed's account, its field names as RSS-Bridge/rss-bridge reads them since 2025-03-05; else page.py
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Reading, Transport
from audits.platforms.instagram.accounts import (
    Node,
    facts_of,
    is_kept_from_some,
    nodes_of,
    platform_id,
    unwrapped,
    with_posts,
)
from audits.platforms.instagram.page import read_page
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, find_object, try_loads
from audits.reading.meta import graph_error, of_others
from audits.reading.pages import explicit, present, undecided, without_silence
from audits.reading.refusals import own_words
from audits.replies import Reply, reader


def _page(reply: Reply) -> Reading | None:
    return _embedded(reply) or read_page(reply.answer)


_CONTEXT: Final = re.compile(r"\"contextJSON\":\s*(\"(?:[^\"\\]|\\.)*+\")", re.DOTALL)


def _embedded(reply: Reply) -> Reading | None:
    """An embed of a profile holds the account, and some of its posts, as a string of JSON inside a script: they prove
    life and never silence. Owners can switch embedding off; what is shown then names nobody and proves nothing.
    """
    found = _CONTEXT.search(reply.text)
    inner = as_text(try_loads(found[1])) if found else None
    context = as_object(dig(try_loads(inner or ""), "context"))
    if not as_text(context.get("username")) or context.get("type") not in (None, "Profile") or _SHOWN not in context:
        return None
    nodes = [as_object(dig(each, "shortcode_media")) or as_object(each) for each in as_list(context[_SHOWN])]
    owners = (as_object(node.get("owner")) for node in nodes)
    own = next((owner for owner in owners if owner.get("username") == context["username"]), {})
    number = context.get("owner_id") or own.get("id")
    renamed = (("media_count", context.get("posts_count")), ("is_verified", context.get("verified")), ("id", number))
    account = {**context, **{name: told for name, told in renamed if told is not None}}
    return without_silence(_read(account, nodes, reply.now))


_SHOWN: Final = "graphql_media"


def _json(reply: Reply) -> Reading | None:
    value, now = reply.value, reply.now
    refused = graph_error(value) or _refused(value) or of_others(reply.page.url, value)
    told = refused or _single(value) or _account(value, now) or _list(value, reply.subject.handle, now)
    return told or _nobody(value)


_BY_KIND = {"OAuthRateLimitException": Transport.RATE_LIMITED}


def _refused(value: Json) -> Reading | None:
    """What the interface of until 2020 answered; a missing user and one that is kept back got the same code."""
    meta = as_object(dig(value, "meta"))
    kind, said = as_text(meta.get("error_type")), as_text(meta.get("error_message")) or ""
    if kind is None:
        return None
    if kind.startswith("OAuth"):
        return Reading(transport=_BY_KIND.get(kind, Transport.NOT_PERMITTED), reason=own_words(said))
    return undecided(own_words(said))


_ACCOUNTS = (
    ("business_discovery",),
    ("graphql", "user"),
    ("data", "user"),
    ("data", "xig_user_by_username"),
    ("data", "fetch__XDTUserDict"),
    ("data", "xdt_api__v1__users__info"),
    ("data", "user", "reel", "user"),
    ("data",),
    ("user",),
    (),
)
_ONE_POST = "xdt_api__v1__media__shortcode__web_info"
_POSTS = (("graphql", "shortcode_media"), ("data", "shortcode_media"), ("data", "xdt_shortcode_media"), ("media",))


def _single(value: Json) -> Reading | None:
    """The reading of one post: it says who wrote it, and nothing of whether the account still lives."""
    media = next((found for path in _POSTS if (found := as_object(dig(value, *path))).get("owner")), {})
    owner = as_object(media.get("owner")) or _owner_of_only(value)
    if owner:
        return undecided("one_post", facts=facts_of(owner))
    signed = as_object(value) if dig(value, "provider_name") == "Instagram" else {}
    alone = as_object(value) if _is_post(as_object(value)) else {}
    handle, known = as_text(signed.get("author_name") or alone.get("username")), platform_id(signed.get("author_id"))
    facts = Facts(handle=handle or UNSEEN, platform_id=known or UNSEEN)
    return undecided("one_post", facts=facts) if handle or alone else None


def _owner_of_only(value: Json) -> Node:
    """The web and mobile interfaces answer for one post with a list of one, and without the account beside it."""
    items = as_list(dig(value, "items")) or as_list(dig(value, "data", _ONE_POST, "items"))
    alone = len(items) == 1 and not dig(value, "user") and not dig(value, "more_available")
    return as_object(dig(items[0], "user")) if alone else {}


def _account(value: Json, now: datetime) -> Reading | None:
    discovered = as_object(dig(value, "business_discovery"))  # by its name, which it need not repeat
    account = next((found for path in _ACCOUNTS if _is_account(found := as_object(dig(value, *path)))), discovered)
    if not account.get("id") and not _is_account(account):
        return None
    nodes = nodes_of(account) or list(unwrapped(dig(value, "items")))
    return _read(account, nodes, now)


def _is_account(node: Node) -> bool:
    named = "username" in node and ("id" in node or "pk" in node or "full_name" in node or "name" in node)
    return named or "edge_owner_to_timeline_media" in node or ("media" in node and "id" in node) or _is_gated(node)


def _is_gated(node: Node) -> bool:
    """What is given instead of an account that is shown only from a certain age on."""
    return {"username", "title", "description", "user_avatar_url"} <= node.keys()


def _read(account: Node, nodes: list[Node], now: datetime) -> Reading:
    """An account object says itself that it is there, and whether strangers may look."""
    facts = with_posts(_facts(account, nodes), nodes, now, "instagram.posts")
    if account.get("is_private") is True:
        marker = Marker("instagram.is-private", Existence.PRIVATE.value, '"is_private": true')
        return explicit(marker, replace(facts, posts=UNSEEN, activity=UNSEEN))
    if _is_gated(account) or is_kept_from_some(account):
        return present(facts, existence=Existence.PRESENT_LIMITED)
    return present(facts)


def _facts(account: Node, nodes: list[Node]) -> Facts:
    """What the account states of itself; where that leaves open who it is, its posts say so."""
    facts, read = facts_of(account), [node for node in nodes if node]
    owner = platform_id(dig(read[0], "owner", "id")) if read else None
    handle = as_text(_only_writer(read).get("username")) if read else None
    return replace(facts, platform_id=facts.platform_id or owner or UNSEEN, handle=facts.handle or handle or UNSEEN)


def _list(value: Json, asked: str | None, now: datetime) -> Reading | None:
    """The reading of posts without the account beside them. A bare list that names nobody may hold what others wrote of
    it.
    """
    connection = as_object(dig(value, "data", "xdt_api__v1__feed__user_timeline_graphql_connection"))
    nodes = list(unwrapped(connection.get("edges") or dig(value, "items") or dig(value, "data")))
    read = [node for node in nodes if node]
    if not read or not all(_is_post(node) for node in read):
        return None
    if asked and _is_anothers(read, asked.lower()):
        return undecided("nobodys_own")
    writer = _only_writer(read)
    told = present(with_posts(facts_of(writer), nodes, now, "instagram.posts"))
    is_all = (writer or connection) and "paging_info" not in as_object(value)  # which reels alone come with
    return told if is_all else without_silence(told)


def _is_post(node: Node) -> bool:
    """A comment has a date as well, and words that are no caption."""
    comment = "text" in node and not {"media_type", "permalink", "shortcode", "code", "caption"} & node.keys()
    return not comment and bool({"timestamp", "taken_at", "taken_at_timestamp", "created_time"} & node.keys())


def _only_writer(nodes: list[Node]) -> Node:
    """Posts written together with others stand in a list under the other's name: then nobody is named."""
    names, first = {*map(_writer, nodes)}, nodes[0]
    named = as_object(first.get("user")) or as_object(first.get("owner")) | {"username": _writer(first)}
    return named if len(names) == 1 and None not in names else {}


def _writer(node: Node) -> str | None:
    return as_text(dig(node, "user", "username") or node.get("username") or dig(node, "owner", "username"))


def _is_anothers(nodes: list[Node], handle: str) -> bool:
    """Whether several wrote what is listed, and the account neither wrote nor signed any of it: they tagged it."""
    signed = (dig(each, "username") for node in nodes for each in as_list(node.get("coauthor_producers")))
    writers = {*map(_writer, nodes)}
    return len(writers) > 1 and handle not in {str(name).lower() for name in (*writers, *signed)}


_NOBODY = ("xig_user_by_username", "fetch__XDTUserDict")


def _nobody(value: Json) -> Reading | None:
    name = next((name for name in _NOBODY if find_object(value, name)), "user")
    holder = find_object(value, name)
    if holder is None or holder[name] is not None:
        return None
    return undecided("no_account_shown", Marker("instagram.user-null", "unknown", f'"{name}": null'))


read: Final = reader("instagram", json=_json, html=_page)
