"""Records of a repository, as an account's own server keeps them."""

from __future__ import annotations

from typing import Any, Final

import pytest

from audits.model import UNSEEN, Activity, Existence, Transport
from tests.platforms.bluesky import DID, LATEST, PINNED, shown

PDS: Final = "https://bsky.social/xrpc"


def record(kind: str, **value: Any) -> dict[str, Any]:
    return {"uri": f"at://{DID}/{kind}/self", "cid": "x", "value": {"$type": kind, **value}}


def test_a_repositorys_own_server_serves_what_the_account_wrote() -> None:
    about = record("app.bsky.actor.profile", displayName="Almestads bibliotek", avatar={"$type": "blob"})
    reading = shown(about, f"{PDS}/com.atproto.repo.getRecord?repo={DID}")
    facts = reading.facts
    assert (reading.existence, facts.platform_id, facts.display_name) == (
        Existence.PRESENT,
        PINNED,
        "Almestads bibliotek",
    )
    assert (facts.description, facts.avatar_url) == (None, UNSEEN)


def test_a_list_of_records_dates_the_account_and_proves_no_silence() -> None:
    posts = [record("app.bsky.feed.post", createdAt=f"2026-11-{day}T08:00:00Z") for day in (19, 20, 30)]
    activity = shown({"records": posts}, f"{PDS}/com.atproto.repo.listRecords?repo={DID}").facts.activity
    assert activity == Activity(at=LATEST, source="records", sees_newest=False)


@pytest.mark.parametrize("records", [[], [record("app.bsky.feed.post"), {"uri": "at://did:plc:annan/x/1"}]])
def test_a_list_of_nothing_or_of_several_is_nobodys(records: list[Any]) -> None:
    reading = shown({"records": records}, f"{PDS}/com.atproto.repo.listRecords?repo={DID}")
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(
    ("method", "transport"),
    [("app.bsky.notification.getUnreadCount", Transport.OK), ("app.bsky.actor.getProfile", Transport.UNREADABLE)],
)
def test_only_where_an_account_was_asked_for_is_an_unknown_answer_a_new_layout(
    method: str, transport: Transport
) -> None:
    reading = shown({"count": 0}, f"{PDS}/{method}?actor={DID}")
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)
