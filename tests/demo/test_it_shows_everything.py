"""Every rule of the product and every way not to see, by the night on which the demo shows it, or why it does not."""

from __future__ import annotations

import tomllib

import pytest

from audits.model import Transport
from audits.reporting import NO_ADDRESS, NO_CONTACT, UNDECIDED
from config.rules import PATH
from tests.demo.lived import City, Shown

SHOWN_BY = {  # rule: the account, its platform, and the run in which its administration is told (nights: 1–4, 7–10)
    "taken-over": ("Almestads konsthall", "x", 6),
    "gone": ("Almestad växer", "x", 4),
    "suspended": ("Fältgruppen Almestad", "mastodon", 2),
    "private": ("Rektorn skriver", "wordpress", 4),
    "moved": ("Almestads museum", "mastodon", 3),
    "renamed": ("Kulturskolan i Almestad", "facebook", 4),
    "inactive": ("Almestads stadsbibliotek", "mastodon", 2),
    "rota-week": ("En vecka i Almestad", "mastodon", 2),
    "season": ("Julbelysningen i Almestad", "mastodon", 2),
    "parked": ("Beredskap Almestad", "bluesky", 2),
    "parked-notice": ("Beredskap Almestad", "bluesky", 2),
    "signpost": ("Nya stadshuset i Almestad", "x", 2),
    "farewell": ("Cykla i Almestad", "x", 2),
    "flood": ("Energirådgivningen i Almestad", "wordpress", 7),
    "never-posted": ("Badhuset i Almestad", "mastodon", 2),
    "name": ("Gata och park", "mastodon", 2),
    "link-to-city": ("Miljö i Almestad", "mastodon", 2),
    "no-administration": ("Almestads julmarknad", "mastodon", 1),
    "duplicate": ("Almestads stad", "facebook", 1),
    "address-missing": ("Anhörigstöd Almestad", "facebook", 1),
    "past-its-end": ("Stadsdirektören i Almestad", "x", 2),
    "linkedin-picture": ("Jobba i Almestad", "linkedin", 2),
    "facebook-picture": ("Vuxenutbildningen Almestad", "facebook", 2),
    "youtube-captions": ("Almestads museum", "youtube", 2),
    "film-captions": ("Almestads stad", "bluesky", 2),
    "alt-text": ("Almestads julmarknad", "mastodon", 2),
    "picture": ("Fritid i Almestad", "bluesky", 7),
    "attestation-overdue": ("Ungdomsmottagningen Almestad", "instagram", 8),
    "ours-denied": ("Fältgruppen Almestad", "tiktok", 4),
    "two-administrators": ("Familjecentralen Almestad", "facebook", 4),
    "two-factor": ("Rådgivningen Almestad", "bluesky", 4),
    "closing-overdue": ("Almestad växer", "facebook", 8),
    "contact": ("Miljö i Almestad", "mastodon", 4),
    "sender-statement": ("Elevradion Almestad", "podcast", 4),
    "purpose": ("Lindgymnasiet", "instagram", 4),
    "language": ("Almestads stadsarkiv", "wordpress", 7),
    "privacy": ("Trafik i Almestad", "bluesky", 8),
    "outdated-words": ("Almestads teater", "mastodon", 8),
}
NOT_SHOWN = {
    "public-list": "shown as discoveries instead, on Saturday: told twice, the same list would hide what is new",
}
BLIND_ON = {  # why nothing was seen: the account, its platform, and the night (counted from 1) that shows it
    Transport.WALLED: ("Träffpunkterna i Almestad", "facebook", 3),
    Transport.BLOCKED: ("Almestads stadshus", "vimeo", 1),
    Transport.RATE_LIMITED: ("Lindgymnasiet", "tiktok", 6),
    Transport.CONSENT: ("Naturum Almesjön", "tumblr", 1),
    Transport.NOT_PERMITTED: ("Almestads stad", "instagram", 1),
    Transport.UNREACHABLE: ("Fastighet Almestad", "mastodon", 4),
    Transport.UNREADABLE: ("Bygga i Almestad", "vimeo", 5),
    UNDECIDED: ("Almestads kartor", "vimeo", 4),
}
NEVER_BLIND = {
    Transport.NOT_RECORDED: "belongs to a replay of recorded answers; the demo asks a web",
    NO_CONTACT: "the invented city has said who asks, as every city must",
}


def test_no_rule_of_the_product_is_left_out():
    every = tomllib.loads(PATH.read_text(encoding="utf-8"))["rule"]  # proposals among them
    assert SHOWN_BY.keys() | NOT_SHOWN.keys() == every.keys()
    assert not SHOWN_BY.keys() & NOT_SHOWN.keys()


@pytest.mark.parametrize("rule", SHOWN_BY)
def test_a_rule_is_told_of_on_the_night_that_is_named(city: City, rule: str):
    name, platform, run = SHOWN_BY[rule]
    rows = [row for row in city.findings if (row["name"], row["platform"], row["rule"]) == (name, platform, rule)]
    told = {
        number
        for number, night in enumerate(city.nights, 1)
        for piece in night["changes"]
        if piece["rule"] == rule and piece["turn"] == "told" and piece["account"] in {row["account"] for row in rows}
    }
    assert run in told


def test_no_way_not_to_see_is_left_out():
    shown = BLIND_ON.keys() | NEVER_BLIND.keys() | {NO_ADDRESS}
    assert shown == {*Transport, NO_ADDRESS, NO_CONTACT, UNDECIDED} - {Transport.OK}


@pytest.mark.parametrize("why", BLIND_ON)
def test_a_way_not_to_see_is_met_on_the_night_that_is_named(city: City, why: str):
    name, platform, night = BLIND_ON[why]
    look = city.looks(name, platform)[night - 1]
    assert look["existence"] == "unknown"
    assert look["transport"] == (Transport.OK if why == UNDECIDED else why)


def test_an_account_without_an_address_is_not_looked_at_and_says_so(city: City):
    assert {look["transport"] for look in city.looks("Anhörigstöd Almestad")} == {"not_permitted"}


def test_a_night_on_which_the_control_is_misread_accuses_nobody(city: City):
    assert [(number, night["misread"]) for number, night in enumerate(city.nights, 1) if night["misread"]] == [
        (9, ["x"])
    ]
    assert city.nights[8]["changes"] == []
    assert {look["existence"] for look in (city.looks("Cykla i Almestad")[6],)} == {"gone"}


def test_units_move_to_another_administration_with_their_history(city: City):
    row = next(row for row in city.findings if row["name"] == "Energirådgivningen i Almestad")
    assert row["administration"] == "Fastighetsförvaltningen"
    assert city.turns("Energirådgivningen i Almestad", "flood") == [(7, "told"), (8, "fixed")]


def test_an_account_that_could_be_taken_for_the_citys_own_is_asked_about(shown: Shown):
    told = " ".join(shown.stdout.split())
    assert "One account could be mistaken for yours: https://x.com/a1mestadvaxer ~ Almestad växer" in told
