"""Every kind of drift that the demo promises, each by the account it happens to. Runs: nights are 1, 2, 5 and 6."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.demo.lived import City


def test_four_nights_and_two_rechecks_are_lived_through(city: City):
    kinds = [night["kind"] for night in city.nights]
    assert kinds == ["nightly", "nightly", "recheck", "recheck", "nightly", "nightly"]
    assert sorted({night["at"][:10] for night in city.nights}) == [f"2026-11-{day:02}" for day in (9, 10, 11, 12)]


def test_every_account_of_the_register_is_looked_at_every_night(city: City):
    everyone = [each["account"] for each in city.accounts]
    looked = [[look["account"] for look in night["looks"]] for night in city.nights if night["kind"] == "nightly"]
    assert looked == [everyone] * 4


def test_the_library_is_told_of_six_silent_weeks_as_a_reminder(city: City):
    assert city.turns("Almestads stadsbibliotek", "inactive") == [(1, "suspected"), (2, "told")]
    assert city.last("Almestads stadsbibliotek", "inactive")["seen"]["level"] == "notice"


def test_the_job_channel_is_told_of_half_a_silent_year_as_a_deviation(city: City):
    assert city.turns("Jobba i Almestad", "inactive") == [(1, "suspected"), (2, "told")]
    finding = city.last("Jobba i Almestad", "inactive")
    assert (finding["seen"]["level"], finding["severity"]) == ("deviation", "medium")


def test_the_plans_account_is_told_as_gone_on_the_third_night_and_not_before(city: City):
    assert city.turns("Almestad växer", "gone") == [(2, "suspected"), (5, "suspected"), (6, "told")]
    first, third = (datetime.fromisoformat(city.nights[run]["at"]) for run in (1, 5))
    assert third - first >= timedelta(hours=48)


def test_that_it_is_gone_is_shown_by_the_platforms_own_words(city: City):
    evidence = city.last("Almestad växer", "gone")["evidence"]
    assert ["user profile not found" in marker["excerpt"] for marker in evidence] == [True]


def test_the_field_group_is_told_as_suspended_after_one_look_because_the_server_states_it(city: City):
    assert city.turns("Fältgruppen Almestad", "suspended") == [(2, "told")]
    assert city.last("Fältgruppen Almestad", "suspended")["evidence"][0]["excerpt"] == "suspended: true"


def test_the_blanks_of_the_suspended_account_accuse_the_field_group_of_nothing_else(city: City):
    assert city.accusations("Fältgruppen Almestad") == {"suspended"}


def test_the_art_gallerys_name_in_other_hands_waits_for_two_rechecks(city: City):
    assert city.turns("Almestads konsthall", "taken-over") == [(2, "suspected"), (3, "suspected"), (4, "told")]
    *_, last = city.looks("Almestads konsthall")
    assert (last["existence"], last["identity"]) == ("present", "different")


def test_the_music_school_is_known_again_under_its_new_name(city: City):
    assert city.turns("Kulturskolan i Almestad", "renamed") == [(2, "suspected"), (5, "told")]
    assert city.last("Kulturskolan i Almestad", "renamed")["seen"]["handle"] == "almestadskulturskola"


def test_the_museum_has_moved_and_says_where(city: City):
    assert city.turns("Almestads museum", "moved") == [(2, "suspected"), (5, "told")]
    assert city.last("Almestads museum", "moved")["seen"]["to"] == "https://social.almestad.example/@almestadsmuseum"


def test_a_link_that_was_mended_is_verified_by_the_next_look(city: City):
    assert city.turns("Miljö i Almestad", "link-to-city") == [(1, "suspected"), (2, "told"), (6, "fixed")]
    assert city.cases("Miljö i Almestad", "link-to-city") == ["new", "confirmed", "verified_fixed"]


def test_the_register_itself_is_told_what_it_lacks(city: City):
    assert city.turns("Almestads julmarknad", "no-administration") == [(1, "told")]
    assert city.turns("Anhörigstöd Almestad", "address-missing") == [(1, "told")]


def test_the_same_account_in_two_administrations_is_told_to_both(city: City):
    rows = [row for row in city.findings if row["rule"] == "duplicate" and row["state"] == "confirmed"]
    told = {(row["administration"], row["seen"]["same_as"]) for row in rows}
    assert told == {("Stadsledningsförvaltningen", "6"), ("Arbetsmarknadsförvaltningen", "4")}


def test_the_summer_account_may_be_silent_in_november(city: City):
    assert city.accusations("Sommarlov i Almestad") == set()
    finding = city.last("Sommarlov i Almestad", "inactive")
    assert (finding["outcome"], finding["why"]) == ("inapplicable", "out of season")


def test_nothing_else_is_told_of_anybody(city: City):
    assert city.told() == {
        ("Almestads julmarknad", "no-administration"),
        ("Almestads stad", "duplicate"),
        ("Almestads stadsbibliotek", "inactive"),
        ("Almestads konsthall", "taken-over"),
        ("Almestads museum", "moved"),
        ("Kulturskolan i Almestad", "renamed"),
        ("Jobba i Almestad", "inactive"),
        ("Fältgruppen Almestad", "suspended"),
        ("Almestad växer", "gone"),
        ("Anhörigstöd Almestad", "address-missing"),
    }
