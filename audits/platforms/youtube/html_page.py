"""What stands in the HTML around the tree: meta tags, the layout of 2014, and the page of a single video.

Document ─┬ initial_data(name) ─▶ the tree, as an object or as a quoted string (m.youtube.com)
          ├ read_metas ─────────▶ present, where the tags name a channel by its id
          └ read_video ─────────▶ undecided, with what the page says of the video's owner
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audits.model import UNSEEN, Facts, Page, PlatformId, Post, Reading, Seen
from audits.platforms.youtube.channel_page import channel_id, handle_in, id_in, read_alert
from audits.platforms.youtube.other_pages import owner_in
from audits.reading.answer_fields import or_unseen, without_placeholder
from audits.reading.elements import elements
from audits.reading.embedded import Json, as_list, as_text, assigned, dig, quoted, try_loads
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import present, undecided
from audits.reading.urls import path_parts
from audits.reading.written_values import count_in, moment


def initial_data(document: Document, name: str) -> Json:
    """The value that a script assigns to `name`, written as an object or as a quoted string of one."""
    value = assigned(document, name)
    value = value if value is not None else quoted(document, name)
    return value if value is not None or name != "ytInitialData" else _commented(document)


_COMMENTED = re.compile(r"<div\b[^<>]{0,200}\bid=[\"']?initial-data\b[^<>]{0,200}>\s*<!--")


def _commented(document: Document) -> Json:
    """The tree that m.youtube.com kept, around 2019, in a comment inside an element."""
    found = _COMMENTED.search(document.source)
    return try_loads(document.source[found.end() : document.source.find("-->", found.end())]) if found else None


def read_metas(document: Document) -> Reading | None:
    """A channel by its meta tags; a video's page carries its owner's id in the same tag, and is none."""
    known = channel_id(document.meta("channelid")) or channel_id(document.meta("identifier")) or _own_id(document)
    kind = document.meta("og:type") or ""
    name = document.meta("og:title", "twitter:title", "title")
    if known is None or name is None or kind.startswith("video") or document.meta("videoid"):
        return None
    return present(_facts(document, known, name))


_USERS_TITLE = re.compile(r"^YouTube - (?P<name>.{1,100})['’]s Channel$")


def read_user_page(document: Document, page: Page) -> Reading | None:
    """A channel's page of 2008 to 2012, which names its user and no id; where an alert stands in its place, neither."""
    user = _name_in_user_path(document.own_address or page.landed)
    titled = _USERS_TITLE.match(document.title)
    profile = document.meta("og:title") if document.meta("og:type") == "profile" else None
    name = profile or (titled["name"] if titled else None)
    return present(Facts(display_name=name)) if user and name else None


def _name_in_user_path(address: str | None) -> str | None:
    """The name in /user/name."""
    parts = path_parts(address)
    return parts[1] if parts[:1] == ("user",) and len(parts) > 1 else None


def _own_id(document: Document) -> PlatformId | None:
    return id_in(document.link("canonical")) or id_in(document.meta("og:url"))


def _facts(document: Document, known: PlatformId, name: str) -> Facts:
    handle = handle_in(document.meta("og:url")) or handle_in(document.link("canonical"))
    return Facts(
        display_name=name.removesuffix(" - YouTube").removesuffix(" - YouTube Music").strip(),
        handle=or_unseen(handle),
        platform_id=known,
        description=or_unseen(without_placeholder(document.meta("og:description", "description"), _DEFAULT_WORDS)),
        followers=_old_followers(document),
        avatar_url=or_unseen(document.meta("og:image") or document.link("image_src")),
        website_link=next(_own_links(document), UNSEEN),
        verified=_old_badge(document),
    )


# YouTube's own, where the owner wrote none: in the visitor's language.
_DEFAULT_WORDS = (
    "Share your videos with friends, family, and the world",
    "Enjoy the videos and music you love, upload original content, and share it all",
    "Dela dina videor med vänner, familj och hela världen",
    "Dela dina videoklipp med vänner, familj och resten av världen",
)


def _own_links(document: Document) -> Iterator[str]:
    """The channel's own links, until 2017 marked rel=me; one to its twin on Google+ came with every channel."""
    return (href for href in document.related("me") if "plus.google.com/" not in href)


_OLD_HEADER = ".branded-page-header-title"
_OLD_BADGE = ".yt-channel-title-icon-verified"


def _old_badge(document: Document) -> Seen[bool]:
    return True if _OLD_HEADER[1:] in document.source and elements(document, f"{_OLD_HEADER} {_OLD_BADGE}") else UNSEEN


_BUTTON = "[class*=yt-subscription-button-subscriber-count]"
_RENDERED = "ytd-c4-tabbed-header-renderer #subscriber-count"


def _old_followers(document: Document) -> Seen[int]:
    """As pages wrote the count until 2017 beside the button, and a browser shows it since."""
    counted = "subscriber-count" in document.source
    beside = (each.get("title") for each in (elements(document, _BUTTON) if counted else ()))
    shown = (each.text for each in (elements(document, _RENDERED) if counted else ()))
    return or_unseen(next((count for said in (*beside, *shown) if (count := count_in(said))), None))


_OLD_ALERT_SIGN = re.compile("channel-empty-message|yt-alert-error")
_OLD_ALERT = (
    ".channel-empty-message .yt-alert-message, .yt-alert-error .yt-alert-message, "
    ".yt-alert-error .yt-alert-content, .channel-empty-message"
)


def read_old_alert(document: Document, page: Page, packs: Packs) -> Reading | None:
    """Until 2020 an alert stood in the page itself, in the place of the channel."""
    shown = elements(document, _OLD_ALERT) if _OLD_ALERT_SIGN.search(document.source) else ()
    said = next((each.text for each in shown if each.text), None)
    return read_alert(said, Facts(), page, packs) if said else None


def read_video(document: Document) -> Reading | None:
    """The page of one video proves nothing about its channel, but names it."""
    player = initial_data(document, "ytInitialPlayerResponse")
    return read_player(player, initial_data(document, "ytInitialData")) or _video_by_metas(document)


def read_player(player: Json, beside: Json = None) -> Reading | None:
    """One video as its player is told of it; `beside` is the tree of the page around it."""
    about = dig(player, "microformat", "playerMicroformatRenderer")
    details = dig(player, "videoDetails")
    name = as_text(dig(about, "ownerChannelName")) or as_text(dig(details, "author"))
    if name is None:
        return None
    shown = owner_in(beside) or Facts()
    known = channel_id(dig(about, "externalChannelId")) or channel_id(dig(details, "channelId"))
    facts = Facts(
        display_name=name,
        handle=or_unseen(handle_in(as_text(dig(about, "ownerProfileUrl")))),
        platform_id=or_unseen(known),
        verified=shown.verified,
        posts=(_post(player),),
    )
    return undecided("one_video", facts=facts)


def _video_by_metas(document: Document) -> Reading | None:
    if not (document.meta("og:type") or "").startswith("video"):
        return None
    owner = Facts(platform_id=or_unseen(channel_id(document.meta("channelid"))))
    return undecided("one_video", facts=owner)


def _post(player: Json) -> Post:
    video = as_text(dig(player, "videoDetails", "videoId"))
    about = dig(player, "microformat", "playerMicroformatRenderer")
    return Post(
        url=f"https://www.youtube.com/watch?v={video}" if video else None,
        at=moment(dig(about, "publishDate")),
        has_video=True,
        has_captions=_captioned(player, by_machine=False),
        has_machine_captions=_captioned(player, by_machine=True),
    )


def _captioned(player: Json, *, by_machine: bool) -> Seen[bool]:
    """Tracks of kind `asr` are machine-made (yt-dlp, youtube/_video.py). A video that may not play shows no tracks."""
    if dig(player, "playabilityStatus", "status") != "OK":
        return UNSEEN
    tracks = as_list(dig(player, "captions", "playerCaptionsTracklistRenderer", "captionTracks"))
    return any((dig(track, "kind") == "asr") is by_machine for track in tracks)
