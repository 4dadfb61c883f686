"""The panel "About this channel", which since 2023 opens over the channel or comes alone, as an answer of its own.

    tree ─ onResponseReceivedEndpoints ─ aboutChannelViewModel ─▶ every link, the number of videos, id, handle, words

Field names: LuanRT/YouTube.js, AboutChannelView.ts and ChannelExternalLinkView.ts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Page, Reading
from audits.platforms.youtube.channel_page import (
    behind_redirect,
    channel_id,
    followers_in,
    handle_in,
    read_tree,
    words,
)
from audits.reading.answer_fields import or_unseen
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, find
from audits.reading.markers import Packs
from audits.reading.pages import present
from audits.reading.written_values import exact_counts


def read_channel(tree: Json, page: Page, packs: Packs) -> Reading | None:
    """The channel with what its panel adds, or the panel alone; None where it is no channel's tree."""
    reading, about = read_tree(tree, page, packs), _panel(tree)
    if about is None:
        return reading
    if reading is None:
        return present(about)
    same = about.platform_id in (UNSEEN, reading.facts.platform_id)
    return replace(reading, facts=_with(reading.facts, about)) if same and _living(reading) else reading


def _living(reading: Reading) -> bool:
    return reading.existence is Existence.PRESENT


_OF_PANEL: Final = frozenset({"canonicalChannelUrl", "channelId", "description", "links", "videoCountText"})


def _panel(tree: Json) -> Facts | None:
    opened = dig(tree, "onResponseReceivedEndpoints")
    about = as_object(next(find(opened, "aboutChannelViewModel"), None))
    if not about.keys() & _OF_PANEL:
        return None
    shown = tuple(dict.fromkeys(_leads_to(each) for each in as_list(about.get("links"))))
    links = tuple(filter(None, shown))
    whole = links == shown and isinstance(about.get("links", []), list)  # none at all where it has none
    return Facts(
        handle=or_unseen(handle_in(as_text(about.get("canonicalChannelUrl")))),
        platform_id=or_unseen(channel_id(about.get("channelId"))),
        description=words(about.get("description")),
        followers=or_unseen(followers_in(words(about.get("subscriberCountText")))),
        posts_count=or_unseen(next(iter(exact_counts(words(about.get("videoCountText")))), None)),
        website_link=next(iter(links), None if whole else UNSEEN),
        links=links if whole else UNSEEN,
        more_links=UNSEEN if whole else True,
    )


def _leads_to(entry: Json) -> str | None:
    """Links are shown without their scheme, and long ones cut: None. Where a click leads is whole."""
    link = dig(entry, "channelExternalLinkViewModel", "link")
    leads = as_text(dig(next(find(link, "urlEndpoint"), None), "url")) or words(link) or ""
    if not leads or leads.endswith(("…", "...")):
        return None
    return behind_redirect(leads if "://" in leads else f"https://{leads}")


def _with(facts: Facts, about: Facts) -> Facts:
    """The panel has every link and the whole number of videos, where the page has the first and a rounded one."""
    return replace(
        facts,
        handle=about.handle if facts.handle is UNSEEN else facts.handle,
        platform_id=about.platform_id if facts.platform_id is UNSEEN else facts.platform_id,
        description=about.description if facts.description is UNSEEN else facts.description,
        followers=about.followers if facts.followers is UNSEEN else facts.followers,
        posts_count=facts.posts_count if about.posts_count is UNSEEN else about.posts_count,
        website_link=about.website_link,
        links=about.links,
        more_links=about.more_links,
    )
