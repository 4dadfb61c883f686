"""`kanalkoll inspect` finds the reader for a response, by what it is called or where it came from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import Activity, Facts
from audits.platforms import PLATFORMS
from worker.inspecting import facts_of, subject_of


@pytest.mark.parametrize(
    ("url", "name", "platform"),
    [
        ("https://social.almestad.example/@bibliotek", None, "mastodon"),
        ("https://almestad.example/kultur", "bluesky", "bluesky"),
        ("https://video.almestad.example/api/v1/accounts/staden", "fediverse", "mastodon"),
        ("https://pds.almestad.example/xrpc/com.atproto.sync.getRepoStatus?did=did:plc:a", None, "bluesky"),
        ("", "fediverse", "mastodon"),
        ("https://medium.com/@almestad", "blog", "medium"),
        ("https://almestad.example/kultur", "blog", "website"),
        ("https://almestad.example/kultur", "challenge", "website"),
        ("", None, "website"),
        ("https://lemmy.almestad.example/c/almestad", "lemmy", "mastodon"),
        ("https://lemmy.almestad.example/api/v3/community?name=almestad", "", "mastodon"),
        ("https://social.almestad.example/users/a", "akkoma", "mastodon"),
        ("https://graph.facebook.com/v26.0/17841?fields=business_discovery.username(staden){name}", None, "instagram"),
        ("https://graph.facebook.com/v26.0/770001?fields=name", None, "facebook"),
    ],
)
def test_a_reader_is_found_by_name_then_by_address_then_by_what_people_call_it(
    url: str, name: str | None, platform: str
) -> None:
    assert subject_of(url, PLATFORMS, name)[0].name == platform


def test_a_later_sign_of_life_stands_beside_the_latest_post():
    posted, shared = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    activity = Activity(at=posted, source="statuses", sees_newest=True, stirred=shared)
    assert facts_of(Facts(activity=activity)) == {
        "last_post_at": "2026-02-01T00:00:00Z",
        "last_post_is": "second",
        "last_post_from": "statuses",
        "last_sign_at": "2026-11-01T00:00:00Z",
    }
