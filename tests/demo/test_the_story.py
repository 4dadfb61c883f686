"""Every kind of drift that the demo promises, each by the account it happens to. Nights are runs 1 to 4 and 7 to 10."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.demo.lived import City, Shown
from worker.storage import open_store


def test_a_week_of_nights_and_two_rechecks_are_lived_through(city: City):
    kinds = [night["kind"] for night in city.nights]
    assert kinds == [*["nightly"] * 4, "recheck", "recheck", *["nightly"] * 4]
    assert sorted({night["at"][:10] for night in city.nights}) == [f"2026-11-{day:02}" for day in range(9, 17)]


def test_sixty_accounts_of_nine_administrations_on_twelve_platforms_are_looked_at(city: City):
    assert len(city.accounts) >= 60
    assert len({each["platform"] for each in city.accounts}) == 12
    assert len({row["administration"] for row in city.findings} - {None}) == 9


def test_every_account_of_the_register_is_looked_at_every_night(city: City):
    everyone = [each["account"] for each in city.accounts]
    looked = [[look["account"] for look in night["looks"]] for night in city.nights if night["kind"] == "nightly"]
    assert looked == [everyone] * 8


def test_what_is_told_of_a_night_later_is_what_it_told_at_once(city: City, shown: Shown, tmp_path: Path):
    store = open_store(f"sqlite:///{shutil.copy(shown.out / 'almestad.sqlite3', tmp_path)}")
    later = [
        {(each.account.id, each.finding.rule, each.turn.value, each.looks) for each in night.pieces if each.looks}
        for night in store.nights(datetime(2026, 11, 1, tzinfo=UTC), 99)
    ]
    store.close()
    at_once = [
        {
            tuple(each[name] for name in ("account", "rule", "turn", "looks"))
            for each in night["changes"]
            if each["looks"]
        }
        for night in city.nights
    ]
    assert later == at_once
    assert len(later[4]) == 1  # the re-check that saw the takeover a second time


SILENT = [
    ("Almestads stadsbibliotek", "notice", "low", "30"),
    ("Jobba i Almestad", "deviation", "medium", "180"),
    ("Almestads stadsarkiv", "closing", "medium", "180"),
]


@pytest.mark.parametrize(("name", "level", "severity", "limit"), SILENT, ids=[name for name, *_ in SILENT])
def test_silence_is_told_at_its_level_by_the_limit_for_the_kind_and_the_platform(city, name, level, severity, limit):
    finding = city.last(name, "inactive")
    assert (finding["seen"]["level"], finding["severity"], finding["seen"]["limit_days"]) == (level, severity, limit)
    assert [turn for _, turn in city.turns(name, "inactive", finding["platform"])][:2] == ["suspected", "told"]


def test_the_rota_account_is_told_by_its_own_limit_that_no_colleague_has_come(city: City):
    assert city.turns("En vecka i Almestad", "rota-week") == [(1, "suspected"), (2, "told")]
    assert city.last("En vecka i Almestad", "rota-week")["seen"]["limit_days"] == "10"


TOLD_TWICE_SEEN = [
    ("Julbelysningen i Almestad", "season"),
    ("Beredskap Almestad", "parked"),
    ("Cykla i Almestad", "farewell"),
    ("Almestads julmarknad", "alt-text"),
    ("Gata och park", "name"),
]


@pytest.mark.parametrize(("name", "rule"), TOLD_TWICE_SEEN, ids=[rule for _, rule in TOLD_TWICE_SEEN])
def test_what_departs_from_the_routine_is_told_when_it_was_seen_twice(city: City, name: str, rule: str):
    assert city.turns(name, rule)[:2] == [(1, "suspected"), (2, "told")]


def test_films_without_captions_are_told_and_a_night_without_the_channel_changes_nothing(city: City):
    assert city.turns("Almestads museum", "youtube-captions", "youtube") == [(1, "suspected"), (2, "told")]
    assert city.cases("Almestads museum", "youtube-captions", "youtube") == ["new", "confirmed"]


def test_a_day_of_too_many_posts_is_told_at_once_and_over_by_itself(city: City):
    assert city.turns("Energirådgivningen i Almestad", "flood") == [(7, "told"), (8, "fixed")]


def test_a_picture_that_nobody_has_approved_is_asked_about(city: City):
    assert city.turns("Fritid i Almestad", "picture") == [(4, "suspected"), (7, "told")]


def test_a_picture_is_the_citys_own_from_the_night_after_it_was_approved(city: City):
    assert city.turns("Trafik i Almestad", "picture") == [(4, "suspected"), (7, "told"), (8, "fixed")]
    held = city.last("Trafik i Almestad", "picture")
    assert (held["outcome"], held["value"]) == ("passed", "Almestads trafik")


def test_the_coat_of_arms_is_known_again_in_a_frame(city: City):
    looks = [line for line in city.lines("Rådgivningen Almestad") if line.get("rule") == "picture"]
    assert [each["fingerprint"] for each in looks if each["outcome"] == "passed"] == ["Almestads stad"]


def test_silence_that_its_editor_explains_stays_explained(city: City):
    assert city.cases("Almestads teater", "inactive", "mastodon") == ["new", "confirmed", "explained"]


def test_the_baths_are_told_that_nothing_was_ever_posted(city: City):
    assert city.turns("Badhuset i Almestad", "never-posted") == [(1, "suspected"), (2, "told")]


def test_the_plans_account_is_told_as_gone_on_the_third_night_and_not_before(city: City):
    assert city.turns("Almestad växer", "gone", "x") == [(2, "suspected"), (3, "suspected"), (4, "told")]
    first, third = (datetime.fromisoformat(city.nights[run]["at"]) for run in (1, 3))
    assert third - first >= timedelta(hours=48)


def test_that_it_is_gone_is_shown_by_the_platforms_own_words(city: City):
    evidence = city.last("Almestad växer", "gone", "x")["evidence"]
    assert ["user profile not found" in marker["excerpt"] for marker in evidence] == [True]


@pytest.mark.parametrize(
    ("name", "platform", "said"),
    [
        ("Fältgruppen Almestad", "mastodon", "suspended: true"),
        ("Rådgivningen Almestad", "bluesky", "account is deactivated"),
    ],
)
def test_what_the_platform_itself_states_is_told_after_one_look(city: City, name: str, platform: str, said: str):
    assert [turn for _, turn in city.turns(name, "suspended", platform)] == ["told"]
    assert said in city.last(name, "suspended", platform)["evidence"][0]["excerpt"]


def test_the_blanks_of_the_suspended_account_accuse_the_field_group_of_nothing_else(city: City):
    assert city.accusations("Fältgruppen Almestad", "mastodon") == {"suspended"}


@pytest.mark.parametrize("name", ["Rektorn skriver", "Ungdomens hus Almestad"])
def test_what_residents_cannot_read_is_told_after_two_nights(city: City, name: str):
    assert city.turns(name, "private") == [(3, "suspected"), (4, "told")]


def test_the_art_gallerys_name_in_other_hands_waits_for_two_rechecks_before_anyone_hears(city: City):
    assert city.turns("Almestads konsthall", "taken-over", "x") == [(4, "suspected"), (5, "suspected"), (6, "told")]
    *_, last = city.looks("Almestads konsthall", "x")
    assert (last["existence"], last["identity"]) == ("present", "different")
    assert city.cases("Almestads konsthall", "taken-over", "x") == ["new", "confirmed", "acknowledged"]


def test_the_music_school_is_known_again_under_its_new_name_once_facebook_lets_it_be_seen(city: City):
    assert city.turns("Kulturskolan i Almestad", "renamed") == [(2, "suspected"), (4, "told")]
    assert city.last("Kulturskolan i Almestad", "renamed")["seen"]["handle"] == "almestadskulturskola"


def test_the_museum_has_moved_and_says_where(city: City):
    assert city.turns("Almestads museum", "moved", "mastodon") == [(2, "suspected"), (3, "told")]
    moved = city.last("Almestads museum", "moved", "mastodon")
    assert moved["seen"]["to"] == "https://social.almestad.example/@almestadsmuseum"


def test_a_link_that_was_said_to_be_mended_counts_when_a_look_has_seen_it(city: City):
    assert city.turns("Miljö i Almestad", "link-to-city", "mastodon") == [(1, "suspected"), (2, "told"), (7, "fixed")]
    states = ["new", "confirmed", "claimed_fixed", "verified_fixed"]
    assert city.cases("Miljö i Almestad", "link-to-city", "mastodon") == states


def test_the_register_itself_is_told_what_it_lacks(city: City):
    assert city.turns("Almestads julmarknad", "no-administration") == [(1, "told")]
    assert city.turns("Anhörigstöd Almestad", "address-missing") == [(1, "told")]


def test_the_same_account_in_two_administrations_is_told_to_both(city: City):
    rows = [row for row in city.findings if row["rule"] == "duplicate" and row["state"] == "confirmed"]
    told = {(row["administration"], row["seen"]["same_as"]) for row in rows}
    assert told == {("Stadsledningsförvaltningen", "10"), ("Arbetsmarknadsförvaltningen", "4")}


@pytest.mark.parametrize(
    ("name", "why"),
    [("Sommarlov i Almestad", "out of season"), ("Krisinformation Almestad", "parked for a crisis")],
)
def test_some_accounts_may_be_silent(city: City, name: str, why: str):
    assert city.accusations(name) == set()
    finding = city.last(name, "inactive")
    assert (finding["outcome"], finding["why"]) == ("inapplicable", why)


def test_a_pasted_link_acquits_in_the_name_of_whoever_pasted_it(city: City):
    *_, finding = [row for row in city.findings if (row["account"], row["rule"]) == (3, "inactive")]
    assert (finding["outcome"], finding["seen"]["latest_post"]) == ("passed", "2026-11-03")
    assert finding["seen"]["stated_by"] == "redaktören för Almestads stad"


def test_nothing_else_is_told_of_anybody(city: City):
    assert city.told() == {
        ("Almestads julmarknad", "no-administration"),
        ("Almestads stad", "duplicate"),
        ("Almestads stad", "film-captions"),
        ("Fritid i Almestad", "picture"),
        ("Ungdomens hus Almestad", "private"),  # and the last looks could not see it
        ("Vuxenutbildningen Almestad", "facebook-picture"),
        ("Jobba i Almestad", "linkedin-picture"),
        ("Elevradion Almestad", "sender-statement"),
        ("Lindgymnasiet", "purpose"),
        ("Almestads stadsarkiv", "language"),
        ("Trafik i Almestad", "privacy"),
        ("Almestads teater", "outdated-words"),
        ("En vecka i Almestad", "rota-week"),
        ("Julbelysningen i Almestad", "season"),
        ("Beredskap Almestad", "parked"),
        ("Cykla i Almestad", "farewell"),
        ("Almestads julmarknad", "alt-text"),
        ("Almestads museum", "youtube-captions"),
        ("Almestads stadsbibliotek", "inactive"),
        ("Almestads stadsarkiv", "inactive"),
        ("Almestads teater", "inactive"),
        ("Almestads konsthall", "taken-over"),
        ("Almestads museum", "moved"),
        ("Kulturskolan i Almestad", "renamed"),
        ("Jobba i Almestad", "inactive"),
        ("Badhuset i Almestad", "never-posted"),
        ("Rektorn skriver", "private"),
        ("Fältgruppen Almestad", "suspended"),
        ("Rådgivningen Almestad", "suspended"),
        ("Almestad växer", "gone"),
        ("Gata och park", "name"),
        ("Anhörigstöd Almestad", "address-missing"),
        ("Almestad växer", "closing-overdue"),
        ("Beredskap Almestad", "parked-notice"),
        ("Familjecentralen Almestad", "two-administrators"),
        ("Fältgruppen Almestad", "ours-denied"),
        ("Nya stadshuset i Almestad", "signpost"),
        ("Rådgivningen Almestad", "two-factor"),
        ("Stadsdirektören i Almestad", "past-its-end"),
        ("Ungdomsmottagningen Almestad", "attestation-overdue"),
    }
