"""Whatever came back for a YouTube channel, read by what it is.

Data API list · error · resolved address · oEmbed · browse answer   (JSON)
feed                                                                (XML)
channel page · video page · playlist · consent · start page         (HTML)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Facts, Page, Reading
from audits.platform import Subject
from audits.platforms.youtube.about_panel import read_channel
from audits.platforms.youtube.channel_page import channel_id, handle_in, id_in
from audits.platforms.youtube.data_api import read_error, read_list, wanted_id
from audits.platforms.youtube.gdata import is_of_uploads, read_profile, read_profile_in_json
from audits.platforms.youtube.html_page import (
    initial_data,
    read_metas,
    read_old_alert,
    read_player,
    read_user_page,
    read_video,
)
from audits.platforms.youtube.other_pages import read_elsewhere
from audits.reading.answer_fields import card_owner, or_unseen
from audits.reading.embedded import Json, as_list, as_object, as_text, dig
from audits.reading.markers import landing
from audits.reading.pages import gone, present, undecided
from audits.reading.urls import path_parts
from audits.replies import Reply, reader


def _html(reply: Reply) -> Reading | None:
    document, page, packs = reply.document, reply.page, reply.packs
    tree = initial_data(document, "ytInitialData")
    steps: tuple[Callable[[], Reading | None], ...] = (
        lambda: read_channel(tree, page, packs),
        lambda: read_video(document),
        lambda: read_elsewhere(tree),
        lambda: read_metas(document),
        lambda: read_old_alert(document, page, packs),
        lambda: read_user_page(document, page),
        lambda: _feed_refused(page),
    )
    return next((reading for step in steps if (reading := step())), None)


def _feed_refused(page: Page) -> Reading | None:
    """The feed has answered 404 and 500 for living channels, platform-wide and for days on end."""
    if "/feeds/" not in landing(page) or page.status in (None, 200):
        return None
    return undecided(f"feed_refused: HTTP {page.status}")


def _json(reply: Reply) -> Reading | None:
    tree, page, subject = _tree(reply.value), reply.page, reply.subject
    if "error" in tree:
        return _unresolved(tree["error"], page, subject) or read_error(tree["error"], page, subject)
    return (
        read_list(tree, page, subject)
        or _resolved(tree.get("endpoint"))
        or _embedded(tree)
        or read_profile_in_json(tree)
        or read_channel(tree, page, reply.packs)
        or read_player(tree)
        or read_elsewhere(tree)
    )


def _tree(value: Json) -> dict[str, Json]:
    """The tree that the answer is; a page asked for as JSON comes as a list, one part of which holds it."""
    parts = (as_object(dig(part, "response")) for part in as_list(value))
    return as_object(value) or next((part for part in parts if part), {})


def _unresolved(error: Json, page: Page, subject: Subject) -> Reading | None:
    """The name leads nowhere. The channel may live on under another one, so a known id must be asked for instead."""
    asked_for_name = landing(page).endswith("/navigation/resolve_url")
    if not asked_for_name or dig(error, "status") != "NOT_FOUND" or wanted_id(subject):
        return None
    said = as_text(dig(error, "message")) or "NOT_FOUND"
    return gone("youtube.name-not-in-use", said)


def _resolved(endpoint: Json) -> Reading | None:
    known = channel_id(dig(endpoint, "browseEndpoint", "browseId"))
    return present(Facts(platform_id=known)) if known else None


def _embedded(answer: dict[str, Json]) -> Reading | None:
    """oEmbed is there for videos and playlists; it names their owner."""
    if answer.get("provider_name") != "YouTube":
        return None
    owner = card_owner(answer, handle_in)
    known = or_unseen(id_in(as_text(answer.get("author_url"))))
    return undecided("one_video", facts=replace(owner, platform_id=known))


def _feed(reply: Reply) -> Reading | None:
    feed = reply.feed
    if feed is None:
        return read_profile(reply.document)
    known = id_in(feed.author_url) or id_in(feed.url)
    uploads = f"yt:playlist:UU{known.value.removeprefix('UC')}" if known else ""
    if is_of_uploads(feed.id):
        return present(Facts(platform_id=known or UNSEEN, activity=feed.life(reply.now)))
    if feed.id != uploads and not (feed.id or "").startswith("yt:channel:"):
        return undecided("one_video", facts=Facts(platform_id=known or UNSEEN))
    facts = Facts(
        display_name=UNSEEN if feed.id == uploads else or_unseen(feed.title),  # "Uploads from …", in any language
        platform_id=or_unseen(known),
        activity=feed.activity(reply.now, "youtube.feed"),
    )
    return present(facts)


def _of_something_else(address: str) -> bool:
    """Searches, comments and what is to be watched next, in the interface of YouTube's own pages."""
    parts = path_parts(address)
    return parts[:1] == ("youtubei",) and parts[2:3] not in (("browse",), ("navigation",), ("player",))


read: Final = reader("youtube", json=_json, xml=_feed, html=_html, of_something_else=_of_something_else)
