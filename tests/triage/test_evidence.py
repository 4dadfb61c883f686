"""Why a channel may be the city's, and whose there."""

from __future__ import annotations

from audits.harvesting.likeness import Likeness
from audits.model import Own, Sighted, Source
from audits.triage import Evidence, Guess, evidence_of
from audits.triage.evidence import neighbours_of
from tests.builders import a_sighted, a_sighting, an_account

SITE = "https://almestad.example"
LIBRARY = an_account(key="facebook:bibliotek", administration="Kulturförvaltningen")
MUSEUM = an_account(key="facebook:museum", administration="Kulturförvaltningen")
SCHOOL = an_account(key="facebook:skola", administration="Skolförvaltningen")
ACCOUNTS = {each.key or "": each for each in (LIBRARY, MUSEUM, SCHOOL)}


def on(path: str, key: str = "instagram:almestad", **changes: object) -> Sighted:
    own = changes.pop("own", Own.LIKELY)
    return a_sighted(a_sighting(page=f"{SITE}{path}", key=key, own=own), **changes)


def evidence(*seen: Sighted, around: tuple[Sighted, ...] = ()) -> Evidence:
    return evidence_of("almestadstad", seen, ["Almestad"], neighbours_of(around, ACCOUNTS))


def test_the_surest_page_stands_first_and_all_are_counted():
    found = evidence(*(on(f"/a/{number}", own=Own.UNKNOWN) for number in range(20)), on("/langt/bort/i/sidan"))
    assert found.pages[0] == f"{SITE}/langt/bort/i/sidan"
    assert (len(found.pages), found.pages_in_all, found.is_likely) == (10, 21, True)


def test_what_no_longer_stands_is_no_evidence():
    assert evidence(on("/", gone_at=a_sighted().last_seen_at)) == evidence()


def test_a_handle_that_is_named_like_the_city_says_so():
    assert evidence().likeness is Likeness.SAME


def test_a_channel_of_ours_that_names_it_is_told():
    named = on("", source=Source.PROFILE)
    assert evidence(named).named_by == (SITE,)


def test_the_administration_is_guessed_from_the_accounts_on_the_same_page():
    found = evidence(on("/kultur/"), around=(on("/kultur/", "facebook:bibliotek"), on("/", "facebook:skola")))
    assert found.guess == Guess("Kulturförvaltningen", f"{SITE}/kultur/")


def test_the_administration_is_guessed_from_the_same_part_of_the_site():
    around = (on("/kultur/bibliotek/oppet", "facebook:bibliotek"), on("/skola/lov", "facebook:skola"))
    assert evidence(on("/kultur/museum/kalender"), around=around).guess == Guess(
        "Kulturförvaltningen", "almestad.example/kultur/"
    )


def test_neighbours_of_several_administrations_make_no_guess():
    around = (on("/", "facebook:bibliotek"), on("/", "facebook:skola"))
    assert evidence(on("/"), around=around).guess is None


def test_one_account_somewhere_on_a_whole_site_says_nothing_of_all_its_pages():
    assert evidence(on("/om"), around=(on("/kultur/", "facebook:bibliotek"),)).guess is None


def test_an_account_in_every_footer_counts_once_at_each_place():
    footer = tuple(on(f"/skola/{number}", "facebook:skola") for number in range(50))
    library = (on("/skola/1", "facebook:bibliotek"), on("/skola/2", "facebook:museum"))
    assert evidence(on("/skola/0"), around=footer).guess == Guess("Skolförvaltningen", f"{SITE}/skola/0")
    assert evidence(on("/skola/ny"), around=footer + library).guess == Guess(
        "Kulturförvaltningen", "almestad.example/skola/"
    )
