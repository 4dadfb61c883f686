"""What a server of the fediverse says of itself, or of a single thing on it: nobody's account.

    instance (Mastodon, Pixelfed, Pleroma) · NodeInfo · meta (Misskey) · config (PeerTube) · site (Lemmy)
    a note, an article, a film in ActivityPub · a post's card (oEmbed)
    accounts that were searched for, follow or are suggested

Mastodon API documentation, entities Instance and V1::Instance; nodeinfo.diaspora.software, schema 2.0; Activity
Vocabulary, section 3.3 (https://www.w3.org/TR/activitystreams-vocabulary/).
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import UNSEEN, Facts, Reading
from audits.reading.answer_fields import read_field
from audits.reading.embedded import Json, as_list, as_object, as_text, dig
from audits.reading.pages import undecided
from audits.reading.urls import host, parameters, path_parts

_OF_A_SERVER: Final = (
    {"uri", "title", "version"},
    {"domain", "title", "version"},
    {"software", "protocols", "usage"},
    {"maintainerName", "version"},
    {"instance", "serverVersion"},
    {"site_view", "version"},
)
_NODE_INFO: Final = "nodeinfo.diaspora.software/ns/schema/"
_THINGS: Final = frozenset({
    "Article", "Audio", "Document", "Event", "Image", "Note", "Page", "Place", "Playlist", "Question", "Video",
    "Announce", "Create", "Delete", "Like", "Undo", "Update",
})  # fmt: skip


def read_server(answer: dict[str, Json]) -> Reading | None:
    """The reading of what a server says of itself, whoever is its contact; None where it is another answer."""
    stated = any(answer.keys() >= names for names in _OF_A_SERVER)
    links = (as_text(dig(link, "rel")) or "" for link in as_list(answer.get("links")))
    return undecided("says_nothing") if stated or any(_NODE_INFO in rel for rel in links) else None


def is_accounts(items: list[Json]) -> bool:
    """Whether a list is of accounts: who follows, was found, or is to be met on this server."""
    return bool(items) and {"acct", "username"} <= as_object(items[0]).keys()


_WHOSE: Final = frozenset({"accountId", "accountName", "videoChannelId", "videoChannelName"})


def is_a_servers_feed(address: str) -> bool:
    """Whether a feed of PeerTube's is of all that its server holds: whose films are wanted, its address says alone."""
    asked = {name for name, _ in parameters(address)}
    return path_parts(address)[:1] == ("feeds",) and asked.isdisjoint(_WHOSE)


_VERSION: Final = re.compile(r"v\d")
_SHOWING: Final = frozenset({"accounts", "community", "user", "video-channels"})


def of_something_else(address: str) -> bool:
    """Whether another part of an interface was asked than those that show accounts: a new layout is told of these."""
    of, *rest = path_parts(address) or ("",)
    numbered = of == "api" and len(rest) > 1 and _VERSION.fullmatch(rest[0]) is not None
    return numbered and _SHOWING.isdisjoint(rest)


def read_found(answer: dict[str, Json]) -> Reading | None:
    """The reading of what a search found; None where it is another answer."""
    return undecided("search_results") if answer.keys() >= {"accounts", "statuses", "hashtags"} else None


def read_card(answer: dict[str, Json]) -> Reading | None:
    """Whose post a card is of (Mastodon API documentation, methods/oembed); None where it is another answer."""
    address = as_text(answer.get("author_url"))
    if address is None or not {"provider_url", "html"} <= answer.keys():
        return None
    home, name = host(address), next(reversed(path_parts(address)), "").removeprefix("@")
    owner = Facts(display_name=read_field(answer, as_text, "author_name"), handle=f"{name}@{home}" if name else UNSEEN)
    return undecided("one_post", facts=owner)


def read_thing(answer: dict[str, Json]) -> Reading | None:
    """The reading of one thing that somebody made, or did; None where it is another answer."""
    return undecided("one_post") if as_text(answer.get("type")) in _THINGS and "@context" in answer else None
