"""Official interfaces over real HTTP: asked together, counted, closed calmly, and no key is found afterwards."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.controls import Side, trusted
from audits.model import Existence, Route, Transport
from config.controls import load_controls
from config.keys import PATH as KEYS_FILE
from config.keys import Keys, read_keys
from tests.empty import migrated
from tests.worker.interfaces import Interfaces, a_city, a_keyring, audited, seen
from worker.storage import SqlStore, open_store

SECRET = "hemlig-nyckel-0815"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "night.sqlite3"


@pytest.fixture
def store(database: Path) -> Iterator[SqlStore]:
    opened = open_store(migrated(database))
    yield opened
    opened.close()


def shipped(*changes: tuple[str, str]) -> Keys:
    """The shipped keys with some words changed."""
    text = KEYS_FILE.read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return read_keys(text)


def test_one_request_asks_for_fifty_channels(store: SqlStore) -> None:
    a_city(store, "youtube", 50)
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({"KANALKOLL_KEY_YOUTUBE": SECRET}))
    asked = interfaces.paths()
    assert asked.count("www.googleapis.com/youtube/v3/channels") == 1
    assert asked.count("www.googleapis.com/youtube/v3/playlistItems") == 50
    assert {look.existence for look in seen(store)} == {Existence.PRESENT}
    assert {look.route for look in seen(store)} == {Route.API_BY_ID}


def test_the_fifty_first_channel_takes_a_second_request(store: SqlStore) -> None:
    a_city(store, "youtube", 51)
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({"KANALKOLL_KEY_YOUTUBE": SECRET}))
    assert interfaces.paths().count("www.googleapis.com/youtube/v3/channels") == 2


def test_one_request_asks_for_a_hundred_accounts_on_x(store: SqlStore) -> None:
    a_city(store, "x", 100)
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({"KANALKOLL_KEY_X": SECRET}))
    assert interfaces.paths() == ["api.x.com/2/users/by"]
    assert {look.existence for look in seen(store)} == {Existence.PRESENT}


def test_one_request_asks_for_twenty_five_profiles_on_bluesky(store: SqlStore) -> None:
    a_city(store, "bluesky", 25)
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({}))
    assert interfaces.paths().count("public.api.bsky.app/xrpc/app.bsky.actor.getProfiles") == 1
    assert {look.existence for look in seen(store)} == {Existence.PRESENT}


def test_every_keyed_request_carries_the_key_and_all_that_goes_beside_it(store: SqlStore) -> None:
    a_city(store, "twitch", 1)
    interfaces = Interfaces()
    audited(
        store, interfaces, a_keyring({"KANALKOLL_KEY_TWITCH": SECRET, "KANALKOLL_KEY_TWITCH_CLIENT_ID": "klient-4711"})
    )
    assert interfaces.paths() == ["api.twitch.tv/helix/users", "api.twitch.tv/helix/videos"]
    assert {each.headers["authorization"] for each in interfaces.heard} == {f"Bearer {SECRET}"}
    assert {each.headers["client-id"] for each in interfaces.heard} == {"klient-4711"}


@pytest.mark.parametrize(
    ("platform", "variable"),
    [("youtube", "KANALKOLL_KEY_YOUTUBE"), ("x", "KANALKOLL_KEY_X"), ("twitch", "KANALKOLL_KEY_TWITCH")],
)
def test_a_key_is_found_nowhere_afterwards(
    store: SqlStore, database: Path, platform: str, variable: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the database, whatever the interface repeats; not in a log; not in what was seen."""
    caplog.set_level(logging.DEBUG)
    a_city(store, platform, 3)
    interfaces = Interfaces(repeats=f"https://api.example/?access_token={SECRET}")
    audited(store, interfaces, a_keyring({variable: SECRET, f"{variable}_CLIENT_ID": SECRET}))
    assert any(SECRET in f"{each.target} {each.headers}" for each in interfaces.heard)
    kept = b"".join(file.read_bytes() for file in database.parent.glob("night.sqlite3*"))
    assert b"almestad" in kept
    assert SECRET.encode() not in kept
    assert SECRET not in repr(seen(store))
    assert SECRET not in caplog.text


def test_what_a_night_used_up_is_counted(store: SqlStore) -> None:
    a_city(store, "x", 100)
    audited(store, Interfaces(), a_keyring({"KANALKOLL_KEY_X": SECRET}))
    assert store.key_uses("x", ["2026-11-03", "2026-11"]) == {"2026-11-03": 1_000, "2026-11": 1_000}


def test_a_ceiling_that_is_reached_closes_the_route_calmly(store: SqlStore) -> None:
    a_city(store, "x", 100)
    poor = shipped(("monthly_ceiling = 30", "monthly_ceiling = 0.5"))
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({"KANALKOLL_KEY_X": SECRET}, poor))
    assert "api.x.com/2/users/by" not in interfaces.paths()
    look, *_ = seen(store)
    assert (look.transport, look.existence) == (Transport.NOT_PERMITTED, Existence.UNKNOWN)
    assert look.reason == "key_spent: x, 0.5 USD, 2026-11"
    assert store.key_uses("x", ["2026-11"]) == {"2026-11": 0}


def test_a_quota_that_runs_out_midway_leaves_what_was_seen(store: SqlStore) -> None:
    a_city(store, "youtube", 10)
    poor = shipped(("daily_quota = 10000", "daily_quota = 4"))
    audited(store, Interfaces(), a_keyring({"KANALKOLL_KEY_YOUTUBE": SECRET}, poor))
    looks = seen(store)
    assert {look.existence for look in looks} == {Existence.PRESENT}
    assert store.key_uses("youtube", ["2026-11-02"]) == {"2026-11-02": 4_000}


def test_an_expired_key_closes_its_route_and_says_who_renews_it(store: SqlStore) -> None:
    a_city(store, "x", 2)
    ended = shipped(("[x]", "[x]\nexpires_on = 2026-11-02"))
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({"KANALKOLL_KEY_X": SECRET}, ended))
    assert "api.x.com/2/users/by" not in interfaces.paths()
    assert seen(store)[0].reason == ("key_expired: x, 2026-11-02")


def test_a_city_without_keys_asks_no_interface_that_wants_one(store: SqlStore) -> None:
    a_city(store, "youtube", 3)
    interfaces = Interfaces()
    audited(store, interfaces, a_keyring({}))
    assert not [path for path in interfaces.paths() if "googleapis" in path]


# --- controls


def test_both_controls_of_a_route_share_one_request_before_the_accounts_own(store: SqlStore) -> None:
    a_city(store, "x", 3)
    interfaces = Interfaces()
    run = audited(store, interfaces, a_keyring({"KANALKOLL_KEY_X": SECRET}), load_controls())
    by_handle = [each.target for each in interfaces.heard if each.target.startswith("/2/users/by")]
    assert [target.partition("&")[0] for target in by_handle] == [
        "/2/users/by?usernames=x,q7zkx2vw9jt4hbn",
        "/2/users/by?usernames=almestad0,almestad1,almestad2",
    ]
    right = {(each.route, each.side): each.right for each in store.control_readings(run.id)}
    assert right[Route.API_BY_HANDLE, Side.PRESENT]
    assert right[Route.API_BY_HANDLE, Side.ABSENT]


def test_a_route_that_is_closed_has_no_control_to_fail(store: SqlStore) -> None:
    a_city(store, "x", 1)
    run = audited(store, Interfaces(), a_keyring({"KANALKOLL_KEY_X": SECRET}), load_controls())
    page = [each for each in store.control_readings(run.id) if each.route is Route.PAGE]
    assert page
    assert all(each.closed for each in page)


def test_youtubes_controls_read_right_by_number(store: SqlStore) -> None:
    a_city(store, "youtube", 1)
    run = audited(store, Interfaces(), a_keyring({"KANALKOLL_KEY_YOUTUBE": SECRET}), load_controls())
    assert ("youtube", Route.API_BY_ID) in trusted(store.control_readings(run.id))


def test_only_platforms_that_are_looked_at_are_controlled(store: SqlStore) -> None:
    a_city(store, "x", 1)
    run = audited(store, Interfaces(), a_keyring({"KANALKOLL_KEY_X": SECRET}), load_controls())
    assert {each.platform for each in store.control_readings(run.id)} == {"x"}
