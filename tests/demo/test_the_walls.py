"""Every way not to see, each by the account it happens to; and that it accuses nobody."""

from __future__ import annotations

import json

import pytest

from tests.demo.lived import City, Shown

OK, SHUT = ["ok"], ["not_permitted"]
BLIND = [
    ("Almestads stad", "instagram", SHUT * 8),
    ("Almestads stad", "linkedin", ["blocked"] * 8),
    ("Ungdomsmottagningen Almestad", "facebook", ["walled"] * 8),
    ("Träffpunkterna i Almestad", "facebook", [*OK * 2, "walled", *OK * 5]),
    ("Naturum Almesjön", "tumblr", ["consent"] * 8),
    ("Naturum Almesjön", "mastodon", SHUT * 8),
    ("Lindgymnasiet", "tiktok", [*OK * 5, *["rate_limited"] * 3]),
    ("Fastighet Almestad", "mastodon", [*OK * 3, *["unreachable"] * 2, *OK * 3]),
    ("Bygga i Almestad", "vimeo", [*OK * 4, *["unreadable"] * 4]),
    ("Almestads stadshus", "vimeo", ["blocked"] * 8),
]
NAMES = [(name, platform) for name, platform, _ in BLIND]
IDS = [f"{platform}: {name}" for name, platform in NAMES]


@pytest.mark.parametrize(("name", "platform", "looks"), BLIND, ids=IDS)
def test_each_look_that_saw_nothing_says_what_stood_in_the_way(city: City, name, platform, looks):
    assert [look["transport"] for look in city.looks(name, platform)] == looks


@pytest.mark.parametrize(("name", "platform"), NAMES, ids=IDS)
def test_nobody_is_accused_of_what_could_not_be_seen(city: City, name, platform):
    assert city.accusations(name, platform) == set()


@pytest.mark.parametrize(("name", "platform"), NAMES, ids=IDS)
def test_what_could_not_be_seen_has_become_of_nothing(city: City, name, platform):
    blind = [look for look in city.looks(name, platform) if look["transport"] != "ok"]
    assert {look["existence"] for look in blind} == {"unknown"}


def test_an_answer_that_says_nothing_of_the_account_is_not_told_as_a_look_that_saw_it(city: City, shown: Shown):
    assert [look["existence"] for look in city.looks("Almestads kartor")] == ["present"] * 3 + ["unknown"] * 5
    report = json.loads((shown.out / "report.en.json").read_bytes())
    own = [section for section in report["sections"] if section["administration"] == "Stadsbyggnadsförvaltningen"]
    (unread,) = (each for each in own[0]["unread"] if each["account"]["name"] == "Almestads kartor")
    assert city.accusations("Almestads kartor") == set()
    assert unread["why"] == "undecided"
    assert unread["last_read"].startswith("2026-11-11")


def test_instagram_is_left_closed_with_its_reason_and_is_not_asked(city: City):
    source = "https://www.instagram.com/robots.txt"
    assert all(look["reason"] == f"terms: {source}" for look in city.looks("Almestads stad", "instagram"))


def test_a_server_that_asks_programs_to_go_is_left_alone(city: City):
    assert all(look["reason"].startswith("robots: https://") for look in city.looks("Naturum Almesjön", "mastodon"))


KEYED = [("Vuxenutbildningen Almestad", "facebook"), ("Jobba i Almestad", "linkedin")]


@pytest.mark.parametrize(("name", "platform"), KEYED)
def test_a_key_that_has_a_task_on_one_page_reads_that_page_alone(city: City, name: str, platform: str):
    own = {each["account"] for each in city.accounts if each["platform"] == platform}
    looks = [look for night in city.nights for look in night["looks"] if look["account"] in own]
    keyed = {look["account"] for look in looks if look["transport"] == "ok" and look["route"].startswith("api_")}
    assert keyed == {city.number(name, platform)}


def test_what_was_read_by_a_recorded_decision_says_so(city: City):
    first, *_ = city.looks("Kulturskolan i Almestad")
    assert first["basis"].startswith("own_assessment: ALM 2026/00001")


def test_a_platform_that_shows_only_log_ins_for_a_night_accuses_nobody(city: City):
    assert [(number, night["dark"]) for number, night in enumerate(city.nights, 1) if night["dark"]] == [
        (3, ["facebook"]),
        (7, ["vimeo"]),
        (8, ["tiktok"]),
    ]
    facebook = {each["account"] for each in city.accounts if each["platform"] == "facebook"}
    assert [piece for piece in city.nights[2]["changes"] if piece["account"] in facebook] == []


YOUTUBE = [
    ("Almestads stad", "youtube"), ("Jobba i Almestad", "youtube"), ("Almestads museum", "youtube"),
    ("Lindgymnasiet", "youtube"), ("Vård och omsorg i Almestad", "youtube"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "platform"), YOUTUBE)
def test_a_platform_that_says_of_every_channel_that_it_is_gone_is_not_believed(city: City, name, platform):
    existences = [look["existence"] for look in city.looks(name, platform)]
    assert existences == [*["present"] * 3, "gone", *["present"] * 4]
    assert city.turns(name, "gone", platform) == [(4, "held")]


def test_a_held_night_names_the_platform_and_the_rule_for_a_person(city: City):
    held = [(number, night["held"]) for number, night in enumerate(city.nights, 1) if night["held"]]
    assert held == [(4, [{"platform": "youtube", "rule": "gone"}])]


def test_a_night_that_was_not_believed_ends_no_case(city: City):
    assert city.cases("Jobba i Almestad", "inactive", "youtube") == ["new", "confirmed"]


def test_nothing_changes_for_an_account_that_is_not_seen(city: City):
    blind = {city.number(name, platform) for name, platform in NAMES}
    assert [piece for night in city.nights for piece in night["changes"] if piece["account"] in blind] == []
