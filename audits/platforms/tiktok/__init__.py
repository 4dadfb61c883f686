"""TikTok: accounts and their videos.

    oEmbed of the profile: is it there? ─▶ page: who is it?        page alone, where oEmbed says nothing
    statusCode 0 ─▶ present        10202 ───────▶ gone         10222 and privateAccount ─▶ private
    any other ──▶ undecided        10000, 1011x ─▶ blocked     10102 ─▶ walled

The Display API needs each account's own log-in, the Research API is for researchers; robots.txt closes the embed page,
which lists the newest videos. "Couldn't find this account" stands among the translations of every page.
Sources: developers.tiktok.com, Embed Creator Profiles; pablouser1/TikScraperPHP, Codes.php; mikf/gallery-dl, tiktok.py.

grammar.py (addresses) · answers.py (what came back) ─▶ accounts.py
"""

from __future__ import annotations

from typing import Final

from audits.asking import addressed, card_and_page, offer
from audits.model import Route
from audits.platform import Platform, routed
from audits.platforms.tiktok.answers import read
from audits.platforms.tiktok.grammar import GRAMMAR, SITE

__all__ = ["GRAMMAR", "PLATFORM"]

_PROFILE: Final = addressed(f"{SITE}/@{{name}}")


PLATFORM: Final = Platform(
    label="TikTok",
    grammar=GRAMMAR,
    read=read,
    routes=(card_and_page(f"{SITE}/oembed?url=", read, _PROFILE), offer(Route.PAGE, read, _PROFILE)),
    route_of=routed({"oembed": Route.OEMBED}),
    interfaces=("open.tiktokapis.com/", "open-api.tiktok.com/"),
)
