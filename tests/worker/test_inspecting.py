"""`kanalkoll inspect` finds the reader for a response, by what it is called or where it came from."""

from __future__ import annotations

import pytest

from audits.platforms import PLATFORMS
from worker.inspecting import subject_of


@pytest.mark.parametrize(
    ("url", "name", "platform"),
    [
        ("https://social.almestad.example/@bibliotek", None, "mastodon"),
        ("https://almestad.example/kultur", "bluesky", "bluesky"),
        ("https://video.almestad.example/api/v1/accounts/staden", "fediverse", "mastodon"),
        ("", "fediverse", "mastodon"),
        ("https://medium.com/@almestad", "blog", "medium"),
        ("https://almestad.example/kultur", "blog", "website"),
        ("https://almestad.example/kultur", "challenge", "website"),
        ("", None, "website"),
    ],
)
def test_a_reader_is_found_by_name_then_by_address_then_by_what_people_call_it(
    url: str, name: str | None, platform: str
) -> None:
    assert subject_of(url, PLATFORMS, name)[0].name == platform
