"""Every way not to see, each by the account it happens to; and that it accuses nobody."""

from __future__ import annotations

import pytest

from tests.demo.lived import City

BLIND = [
    ("Almestads stad", "instagram", ["not_permitted"] * 4),
    ("Almestads stad", "linkedin", ["blocked"] * 4),
    ("Ungdomsmottagningen Almestad", "facebook", ["walled"] * 4),
    ("Naturum Almesjön", "tumblr", ["consent"] * 4),
    ("Lindgymnasiet", "tiktok", ["ok", "ok", "ok", "rate_limited"]),
    ("Fastighet Almestad", "mastodon", ["ok", "ok", "ok", "unreachable"]),
    ("Bygga i Almestad", "vimeo", ["ok", "unreadable", "unreadable", "unreadable"]),
]
NAMES = [(name, platform) for name, platform, _ in BLIND]


@pytest.mark.parametrize(("name", "platform", "looks"), BLIND, ids=[platform for _, platform, _ in BLIND])
def test_each_look_that_saw_nothing_says_what_stood_in_the_way(city: City, name, platform, looks):
    assert [look["transport"] for look in city.looks(name, platform)] == looks


@pytest.mark.parametrize(("name", "platform"), NAMES, ids=[platform for _, platform in NAMES])
def test_nobody_is_accused_of_what_could_not_be_seen(city: City, name, platform):
    assert city.accusations(name, platform) == set()


@pytest.mark.parametrize(("name", "platform"), NAMES, ids=[platform for _, platform in NAMES])
def test_what_could_not_be_seen_has_become_of_nothing(city: City, name, platform):
    blind = [look for look in city.looks(name, platform) if look["transport"] != "ok"]
    assert {look["existence"] for look in blind} == {"unknown"}


def test_instagram_is_left_closed_with_its_reason_and_is_not_asked(city: City):
    assert all("Almestad has decided nothing" in look["reason"] for look in city.looks("Almestads stad", "instagram"))


def test_what_was_read_by_a_recorded_decision_says_so(city: City):
    first, *_ = city.looks("Kulturskolan i Almestad")
    assert first["basis"].startswith("own_assessment: ALM 2026/00001")


YOUTUBE = [("Almestads stad", "youtube"), ("Jobba i Almestad", "youtube"), ("Vård och omsorg i Almestad", "youtube")]


@pytest.mark.parametrize(("name", "platform"), YOUTUBE)
def test_a_platform_that_says_of_every_channel_that_it_is_gone_is_not_believed(city: City, name, platform):
    existences = [look["existence"] for look in city.looks(name, platform)]
    assert existences == ["present", "present", "gone", "present"]
    assert city.turns(name, "gone", platform) == [(5, "held")]


def test_a_held_night_names_the_platform_and_the_rule_for_a_person(city: City):
    assert [night["held"] for night in city.nights] == [[]] * 4 + [[{"platform": "youtube", "rule": "gone"}], []]


def test_a_night_that_was_not_believed_ends_no_case(city: City):
    assert city.cases("Jobba i Almestad", "inactive") == ["new", "confirmed"]


def test_nothing_changes_for_an_account_that_is_not_seen(city: City):
    blind = {city.number(name, platform) for name, platform in NAMES}
    assert [piece for night in city.nights for piece in night["changes"] if piece["account"] in blind] == []
