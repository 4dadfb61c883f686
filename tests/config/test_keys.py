"""Keys are declared without their values; what is wrong in the file is told by its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from audits.model import Route
from audits.platform import Subject
from audits.platforms import PLATFORMS
from audits.wording.said import told_in
from config.keys import BadKeys, DeclaredKey, Limit, in_units, load_keys, read_keys
from tests.platforms.shown import PACKS

NIGHT = datetime(2026, 11, 3, 2, 15, tzinfo=UTC)
DAY = NIGHT.date()
FIELDS = {
    "platforms": '["x"]',
    "hosts": '["api.example"]',
    "header": '"authorization"',
    "owner": '"redaktionen"',
}


def declared(**changes: str | None) -> str:
    """A file with one key; None leaves a field out."""
    fields = {name: value for name, value in {**FIELDS, **changes}.items() if value is not None}
    return "[x]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())


def a_key(**changes: str | None) -> DeclaredKey:
    return read_keys(declared(**changes))["x"]


# --- the shipped file


def asked_for() -> set[str]:
    """Every key that any route of any platform asks for."""
    return {offer.key for platform in PLATFORMS.values() for offer in platform.routes if offer.key}


def test_every_key_that_a_route_asks_for_is_declared_and_no_other() -> None:
    assert set(load_keys()) == asked_for()


SUBJECTS: dict[str, dict[str, Any]] = {
    "youtube": {"key": "youtube:@almestad"},
    "x": {"key": "x:almestad"},
    "facebook": {"key": "facebook:almestad"},
    "instagram": {"key": "instagram:almestad"},
    "threads": {"key": "threads:almestad"},
    "linkedin": {"key": "linkedin:company:almestad"},
    "twitch": {"key": "twitch:almestad"},
    "tumblr": {"key": "tumblr:almestad"},
    "vimeo": {"key": "vimeo:almestad"},
    "flickr": {"key": "flickr:almestad", "url": "https://www.flickr.com/photos/almestad/"},
    "spotify": {
        "key": "spotify:show:3IM0lmZxpFAY7CwMuv9H4g",
        "url": "https://open.spotify.com/show/3IM0lmZxpFAY7CwMuv9H4g",
    },
}


@pytest.mark.parametrize("platform", SUBJECTS)
def test_a_key_may_go_to_the_host_that_its_route_asks(platform: str) -> None:
    keys = load_keys()
    subject = Subject(platform=platform, **SUBJECTS[platform])
    asking = [asked for offer in PLATFORMS[platform].routes if offer.key and (asked := offer.ask(subject, PACKS))]
    assert asking
    for probe in map(next, asking):
        key = keys[probe.key or ""]
        assert probe.url.removeprefix("https://").partition("/")[0] in key.hosts
        assert platform in key.platforms


def test_no_key_is_declared_for_a_server_of_the_fediverse() -> None:
    """A token of one server must never be sent to another."""
    assert all("mastodon" not in key.platforms for key in load_keys().values())
    assert all(offer.key is None for offer in PLATFORMS["mastodon"].routes if offer.route is Route.API_BY_HANDLE)


def test_a_read_of_x_costs_a_cent_and_has_a_ceiling() -> None:
    use = load_keys()["x"].use(accounts=100, now=NIGHT)
    assert use.cost == 1_000
    assert in_units(use.cost, use.unit) == "1 USD"
    assert use.limits == (Limit("2026-11-03", None), Limit("2026-11", 30_000))


def test_a_day_of_youtubes_quota_begins_at_midnight_on_the_pacific() -> None:
    use = load_keys()["youtube"].use(accounts=50, now=NIGHT)
    assert use.cost == 1_000
    assert use.limits[0] == Limit("2026-11-02", 10_000_000)


# --- a deployment's own


def test_a_key_is_read_as_declared() -> None:
    key = a_key(expires_on="2027-06-30", prefix='"Bearer "', cost="0.01", per='"account"', monthly_ceiling="5")
    assert key.expires_on == date(2027, 6, 30)
    assert (key.prefix, key.cost, key.monthly_ceiling) == ("Bearer ", 10, 5_000)


@pytest.mark.parametrize(
    ("day", "expired", "soon"),
    [
        ("2026-11-02", True, True),
        ("2026-11-03", False, True),
        ("2026-12-03", False, True),
        ("2026-12-04", False, False),
    ],
)
def test_a_key_works_on_its_last_day_and_is_told_of_thirty_days_ahead(day: str, expired: bool, soon: bool) -> None:
    key = a_key(expires_on=day)
    assert (key.expired(DAY), key.expires_soon(DAY)) == (expired, soon)


def test_a_key_without_a_last_day_never_expires() -> None:
    assert not a_key().expired(DAY)
    assert not a_key().expires_soon(DAY)


def test_what_a_key_has_used_up_is_told_beside_its_ceiling() -> None:
    key = a_key(monthly_ceiling="5", unit='"USD"')
    told = key.told({"2026-11": 1_250}, NIGHT)
    assert told == "does not expire; 0 USD used in 2026-11-03; 1.25 of 5 USD used in 2026-11"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"owner": None}, "owner is missing"),
        ({"hosts": "[]"}, "hosts is missing"),
        ({"param": '"key"'}, "either header or param"),
        ({"header": None}, "either header or param"),
        ({"expires_on": '"2027-06-30"'}, "expires_on = .* is not a date"),
        ({"per": '"month"'}, "per = .* is not one of call, account"),
        ({"cost": "-1"}, "cost = -1 is not a number, 0 or more"),
        ({"daily_quota": "true"}, "daily_quota = true is not a number"),
        ({"zone": '"Almestad"'}, "zone = .* is not a time zone"),
        ({"value": '"hemlig-nyckel-0815"'}, "unknown 'value'"),
    ],
)
def test_a_key_that_cannot_be_used_is_named_with_its_remedy(changes: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(BadKeys, match=rf"keys.toml, \[x\]: .*{complaint}"):
        read_keys(declared(**changes))


def test_a_key_whose_name_ends_like_a_file_would_be_taken_for_one() -> None:
    with pytest.raises(BadKeys, match="does not end in _file"):
        read_keys(declared().replace("[x]", "[x_file]"))


def test_a_file_that_is_no_toml_is_told_by_its_line() -> None:
    with pytest.raises(BadKeys, match="line 2"):
        read_keys("[x]\nowner =\n")


def test_whoever_renews_a_key_is_named_in_the_readers_language() -> None:
    assert told_in("sv", a_key(owner='"communications officer"').renewed_by) == "kommunikationsansvarig"
    assert told_in("sv", a_key().renewed_by) == "redaktionen"
