"""What nobody understands is a new layout only where an account was asked for; elsewhere it is something else."""

from __future__ import annotations

import pytest

from audits.model import Existence, Facts, Transport
from audits.platform import Platform
from audits.platforms import bluesky, flickr, mastodon, reddit, soundcloud, spotify, twitch, vimeo, youtube
from tests.platforms.shown import made, read

REST = "https://api.flickr.com/services/rest/?format=json&method=flickr"
TUBE = "https://www.youtube.com/youtubei/v1"


@pytest.mark.parametrize(
    ("platform", "elsewhere", "of_an_account"),
    [
        (
            bluesky.PLATFORM,
            "https://bsky.social/xrpc/chat.bsky.convo.listConvos",
            "https://bsky.social/xrpc/app.bsky.actor.getProfile?actor=almestad.example",
        ),
        (flickr.PLATFORM, f"{REST}.photosets.getList", f"{REST}.people.getInfo&user_id=4711001@N03"),
        (
            mastodon.PLATFORM,
            "https://social.almestad.example/api/v1/tags/sommar",
            "https://social.almestad.example/api/v1/accounts/1207",
        ),
        (
            reddit.PLATFORM,
            "https://oauth.reddit.com/r/almestad/wiki/index",
            "https://oauth.reddit.com/r/almestad/about",
        ),
        (soundcloud.PLATFORM, "https://api-v2.soundcloud.com/charts", "https://api-v2.soundcloud.com/users/4711"),
        (spotify.PLATFORM, "https://api.spotify.com/v1/search?q=a", "https://api.spotify.com/v1/shows/0hamnpodden"),
        (twitch.PLATFORM, "https://api.twitch.tv/helix/games?id=1", "https://api.twitch.tv/helix/users?login=a"),
        (vimeo.PLATFORM, "https://api.vimeo.com/categories", "https://api.vimeo.com/users/4711"),
        (youtube.PLATFORM, f"{TUBE}/search", f"{TUBE}/browse"),
    ],
)
def test_an_unknown_answer_is_a_new_layout_only_where_an_account_was_asked_for(
    platform: Platform, elsewhere: str, of_an_account: str
) -> None:
    answer = {"something": {"nobody": "has seen"}}
    reading = read(platform, made(answer, url=elsewhere))
    assert (reading.transport, reading.existence, reading.facts) == (Transport.OK, Existence.UNKNOWN, Facts())
    assert read(platform, made(answer, url=of_an_account)).transport is Transport.UNREADABLE
    assert read(platform, made("{'broken", url=elsewhere)).transport is Transport.UNREADABLE
