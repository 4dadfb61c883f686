"""What Twitch's pages say before their scripts have run.

    og:title "Name - Twitch" and a picture of the channel's own ─▶ present
    og:type video ─▶ undecided, with the name of its channel
    the shell     ─▶ undecided: living, missing and banned names all get it

Sources: sherlock-project/sherlock, removed-sites.md (2025-02-02) and data.json (2025-10-23).
"""

from __future__ import annotations

import re

from audits.model import Facts, Reading
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.told import either
from audits.reading.urls import path_parts

_OWN_TITLE = re.compile(r"(.{1,100}) - Twitch")
_AVATAR = "/jtv_user_pictures/"
_BROADCAST = "/previews-ttv/live_user_"
_OF_VIDEO = re.compile(r".* - (\S+) on Twitch")
_LOGIN_IN_PICTURE = re.compile(r"/[0-9a-f]{8,}_([a-z0-9_]{2,25})_\d{6,}_\d{6,}/")


def read_page(document: Document) -> Reading | None:
    """A channel or a video that the page itself names."""
    return _channel(document) or _video(document)


def read_shell(document: Document) -> Reading | None:
    """Twitch's page without anything of anybody's."""
    if document.meta("og:site_name") != "Twitch":
        return None
    return undecided("the shell that every name gets", facts=Facts(handle=either(_login(document))))


def _channel(document: Document) -> Reading | None:
    """Only a picture of the channel's own, or of its broadcast, shows that Twitch knows the name."""
    title = _OWN_TITLE.fullmatch(document.meta("og:title", "twitter:title") or "")
    picture = document.meta("og:image", "twitter:image") or ""
    name = _login(document)
    if title is None or name is None or not (_AVATAR in picture or _BROADCAST in picture):
        return None
    facts = Facts(
        display_name=title[1],
        handle=name,
        description=either(document.meta("og:description", "description")),
        avatar_url=either(picture if _AVATAR in picture else None),
    )
    return present(facts)


def _login(document: Document) -> str | None:
    parts = path_parts(document.link("canonical") or document.meta("og:url"))
    return parts[0] if len(parts) == 1 else None


def _video(document: Document) -> Reading | None:
    if not (document.meta("og:type") or "").startswith("video"):
        return None
    title = _OF_VIDEO.fullmatch(document.meta("og:title") or "")
    login = _LOGIN_IN_PICTURE.search(document.meta("og:image") or "")
    named = title[1].lower() if title else None
    return undecided("the page of one video", facts=Facts(handle=either(login[1] if login else named)))
