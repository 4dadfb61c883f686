"""TikTok: one space of names.

    oEmbed of the profile: is it there? ─▶ page: who is it?        page alone, where oEmbed says nothing

No official interface answers about others' accounts: the Display API needs each account's own log-in, the Research
API is for researchers. The embed page, which lists the newest videos, is closed by robots.txt.
Source: developers.tiktok.com, Embed Creator Profiles.

grammar.py (addresses) · reader.py (what came back) ─▶ accounts.py
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from audits.asking import JSON, WHO, offer, quoted, stepwise
from audits.model import Existence, Probe, Route
from audits.platform import Asking, Platform, Subject
from audits.platforms.tiktok.grammar import GRAMMAR, SITE
from audits.platforms.tiktok.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import path_parts

__all__ = ["GRAMMAR", "PLATFORM"]


def _profile(subject: Subject) -> str | None:
    return f"{SITE}/@{quote(subject.handle)}" if subject.handle else None


def _both(profile: str, subject: Subject, packs: Packs) -> Asking:
    """What oEmbed has seen alive, a page that is refused to strangers now and then does not deny."""
    card = Probe(url=f"{SITE}/oembed?url={quoted(profile)}", platform="tiktok", route=Route.OEMBED, accept=JSON)
    heard = read((yield card), subject, packs)
    if not seen_alive(heard):
        return heard
    seen = read((yield Probe(url=profile, platform="tiktok", route=Route.PAGE)), subject, packs)
    return seen if seen_alive(seen) or seen.existence is Existence.PRIVATE else heard


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    return Route.OEMBED if path_parts(url)[:1] == ("oembed",) else Route.PAGE


PLATFORM: Final = Platform(
    name="tiktok",
    label="TikTok",
    grammar=GRAMMAR,
    read=read,
    routes=(stepwise(Route.OEMBED, _profile, _both, sees=WHO), offer(Route.PAGE, read, _profile)),
    route_of=route_of,
    interfaces=("open.tiktokapis.com/", "open-api.tiktok.com/"),
)
