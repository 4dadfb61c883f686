"""Instagram's embed of a profile: the account as a string of JSON inside a script.

    contextJSON ─▶ context(type "Profile", username, graphql_media) ─▶ the account, and shortcode_media of each post

Owners can switch embedding off; what is shown then names nobody and proves nothing. Some posts are shown, so that
they prove life and never silence. Fields: RSS-Bridge/rss-bridge, InstagramBridge.php, its fallback since 2025-03-05.
"""

from __future__ import annotations

import re

from audits.platforms.instagram.accounts import Node
from audits.reading.embedded import as_list, as_object, as_text, dig, try_loads

_CONTEXT = re.compile(r"\"contextJSON\":\s*(\"(?:[^\"\\]|\\.)*+\")", re.DOTALL)


def embedded_profile(text: str) -> tuple[Node, list[Node]] | None:
    """The account of a profile's embed, and the posts shown with it; None where the page is another one."""
    context = _context(text)
    if not as_text(context.get("username")) or context.get("type") not in (None, "Profile"):
        return None
    nodes = [as_object(dig(each, "shortcode_media")) or as_object(each) for each in as_list(context["graphql_media"])]
    return _account(context, nodes), nodes


def _context(text: str) -> Node:
    found = _CONTEXT.search(text)
    inner = as_text(try_loads(found[1])) if found else None
    context = as_object(dig(try_loads(inner), "context")) if inner else {}
    return context if "graphql_media" in context else {}


_NAMED_OTHERWISE = {"posts_count": "media_count", "verified": "is_verified"}


def _account(context: Node, nodes: list[Node]) -> Node:
    owners = (as_object(node.get("owner")) for node in nodes)
    own = next((owner for owner in owners if owner.get("username") == context.get("username")), {})
    number = context.get("owner_id") or own.get("id")
    named = {new: context[old] for old, new in _NAMED_OTHERWISE.items() if old in context}
    return {**context, **named, **({"id": number} if number else {})}
