"""What YouTube's panel "About this channel" adds to a channel, and what it says alone."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import UNSEEN, Existence, Reading
from audits.platforms.youtube import PLATFORM
from tests.platforms.shown import made, read
from tests.platforms.youtube import CHANNEL, PINNED

ANOTHER = "UCgrannstad0000000000bib"


def shown(*parts: dict[str, Any]) -> Reading:
    whole = {key: value for part in parts for key, value in part.items()}
    return read(PLATFORM, made(whole, url="https://www.youtube.com/youtubei/v1/browse"))


def link(shown_as: str, leads_to: str | None = None) -> dict[str, Any]:
    run = {"onTap": {"innertubeCommand": {"urlEndpoint": {"url": leads_to}}}}
    said: dict[str, Any] = {"content": shown_as, **({"commandRuns": [run]} if leads_to else {})}
    return {"channelExternalLinkViewModel": {"title": {"content": "Mer"}, "link": said}}


def panel(*links: dict[str, Any], channel: str = CHANNEL, **beside: str) -> dict[str, Any]:
    about = {
        "canonicalChannelUrl": "http://www.youtube.com/@hamnstadsbibliotek",
        "channelId": channel,
        "description": "Sagor vid kajen.",
        "subscriberCountText": "1,2 tn prenumeranter",
        "videoCountText": "1 234 videor",
        "links": list(links),
        **beside,
    }
    items = [{"aboutChannelRenderer": {"metadata": {"aboutChannelViewModel": about}}}]
    return {"onResponseReceivedEndpoints": [{"appendContinuationItemsAction": {"continuationItems": items}}]}


def channel_page() -> dict[str, Any]:
    """A page that shows the first link, says that there is another, and rounds its numbers."""
    first = {"content": "hamnstad.example", "commandRuns": link("", "https://hamnstad.example/")}
    inside = {
        "title": {"dynamicTextViewModel": {"text": {"content": "Hamnstad"}}},
        "attribution": {"attributionViewModel": {"text": first, "suffix": {"content": "och 1 länk till"}}},
        "metadata": {"contentMetadataViewModel": {"metadataRows": [
            {"metadataParts": [{"text": {"content": "1,2 tn prenumeranter"}}, {"text": {"content": "1,2 tn videor"}}]},
        ]}},
    }  # fmt: skip
    own = {"title": "Hamnstad", "externalId": CHANNEL, "description": "Sagor vid kajen."}
    return {
        "metadata": {"channelMetadataRenderer": own},
        "header": {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": inside}}},
    }


REDIRECTED = link("social.example/hamn", "https://www.youtube.com/redirect?q=https%3A%2F%2Fsocial.example%2Fhamn")


def test_a_panel_that_comes_alone_is_the_channels_own_answer() -> None:
    reading = shown(panel(REDIRECTED, link("hamnstad.example/boka")))
    facts = reading.facts
    assert (reading.existence, facts.platform_id, facts.handle) == (Existence.PRESENT, PINNED, "@hamnstadsbibliotek")
    assert (facts.followers, facts.posts_count, facts.description) == (1200, 1234, "Sagor vid kajen.")
    assert facts.links == ("https://social.example/hamn", "https://hamnstad.example/boka")
    assert facts.display_name is UNSEEN


def test_over_the_channel_it_brings_the_links_and_numbers_that_the_page_keeps_back() -> None:
    alone, together = shown(channel_page()).facts, shown(channel_page(), panel(REDIRECTED)).facts
    assert (alone.links, alone.posts_count, alone.more_links) == (UNSEEN, UNSEEN, True)
    assert (together.display_name, together.handle) == ("Hamnstad", "@hamnstadsbibliotek")
    assert (together.links, together.posts_count) == (("https://social.example/hamn",), 1234)
    assert (together.website_link, together.more_links) == ("https://social.example/hamn", UNSEEN)


def test_another_channels_panel_adds_nothing() -> None:
    assert shown(channel_page(), panel(REDIRECTED, channel=ANOTHER)).facts == shown(channel_page()).facts


@pytest.mark.parametrize("shown_as", ["hamnstad.example/en-mycket-lang-...", "hamnstad.example/en-mycket-lang-…"])
def test_a_link_cut_short_is_no_address(shown_as: str) -> None:
    facts = shown(panel(link(shown_as))).facts
    assert (facts.links, facts.website_link, facts.more_links) == (UNSEEN, UNSEEN, True)


def test_a_panel_without_links_says_that_there_are_none() -> None:
    facts = shown(panel()).facts
    assert (facts.links, facts.website_link) == ((), None)


def test_a_rounded_number_of_videos_is_none() -> None:
    assert shown(panel(videoCountText="1,2 tn videor")).facts.posts_count is UNSEEN
