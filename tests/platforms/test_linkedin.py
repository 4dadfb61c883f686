"""LinkedIn, read: pages of organizations and people, its official interfaces, and its walls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Transport
from tests.platforms.linkedin import PINNED, shown
from tests.platforms.shown import kept, made

# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_company_page_says_who_it_is() -> None:
    reading = shown(kept("linkedin", "company.html"))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Hamnstads kommun", "hamnstads-kommun", PINNED)
    assert (facts.description, facts.website_link) == ("Påhittad kommun", "https://hamnstad.example")
    assert facts.avatar_url == "https://media.licdn.com/dms/image/v2/A/company-logo_200_200/hamnstad?e=1&v=beta"


def test_a_neighbours_followers_are_not_counted() -> None:
    assert shown(kept("linkedin", "company.html")).facts.followers == 5750


@pytest.mark.parametrize(
    "words", ["5’750 Follower auf LinkedIn", "LinkedInのフォロワー5,750人", "LinkedIn 팔로워 5,750명"]
)
def test_followers_are_counted_in_every_language(words: str) -> None:
    page = kept("linkedin", "company.html")
    assert shown(
        replace(page, body=page.body.replace(b"5,750 followers on LinkedIn", words.encode()))
    ).facts.followers == (5750)


@pytest.mark.parametrize(
    "words", ["12 tn följare på LinkedIn", "2,5 mn följare på LinkedIn", "LinkedInのフォロワー5万"]
)
def test_a_shortened_count_is_not_taken_for_a_whole_one(words: str) -> None:
    page = kept("linkedin", "company.html")
    body = page.body.replace(b"5,750 followers on LinkedIn", words.encode())
    assert shown(replace(page, body=body)).facts.followers == 5750  # as the top card has it
    in_words = body.replace(b"5,750 followers", "12 tn följare".encode())
    assert shown(replace(page, body=in_words)).facts.followers is UNSEEN


@pytest.mark.parametrize(
    ("title", "transport"),
    [
        ("Sign Up | LinkedIn", Transport.WALLED),
        ("LinkedIn: Log In or Sign Up", Transport.WALLED),
        ("Sidan hittades inte | LinkedIn", Transport.OK),
        ("LinkedIn", Transport.UNREADABLE),
    ],
)
def test_a_page_that_keeps_the_address_of_the_one_behind_it_shows_nobody(title: str, transport: Transport) -> None:
    body = f'<title>{title}</title><meta property="og:url" content="https://www.linkedin.com/company/hamnstads-kommun">'
    reading = shown(made(f"<html><head>{body}</head><body></body></html>"))
    assert (reading.transport, reading.existence, reading.facts.display_name) == (transport, Existence.UNKNOWN, UNSEEN)


@pytest.mark.parametrize("kind", ["company", "in", "school", "showcase"])
def test_the_address_of_every_hidden_page_is_nobodys(kind: str) -> None:
    address = f"https://www.linkedin.com/{kind}/unavailable/"
    head = (
        f'<meta property="og:url" content="{address}"><meta property="og:title" content="LinkedIn Member | LinkedIn">'
    )
    reading = shown(made(f"<html><head>{head}</head></html>", final_url=address))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, UNSEEN)


@pytest.mark.parametrize(
    "more",
    [
        '<meta content="auth_wall_desktop_company" name="pageKey">',
        '<meta name="description" content="1 000+ miljoner medlemmar"><body id="pagekey-auth_wall_desktop_company">',
        '<form action="https://www.linkedin.com/uas/login-submit"></form>',
    ],
)
def test_a_wall_in_a_language_of_its_own_is_a_wall(more: str) -> None:
    address = '<meta property="og:url" content="https://www.linkedin.com/company/hamnstads-kommun">'
    page = made(f"<html><head><title>Nog në | LinkedIn</title>{address}{more}</head></html>")
    assert (shown(page).transport, shown(page).existence) == (Transport.WALLED, Existence.UNKNOWN)


def test_the_top_card_counts_where_the_description_does_not() -> None:
    page = kept("linkedin", "company.html")
    body = page.body.replace(b"5,750 followers on LinkedIn", b"")
    assert shown(replace(page, body=body)).facts.followers == 5750


def test_whoever_publishes_the_posts_is_not_the_organization() -> None:
    page = kept("linkedin", "company.html")
    body = page.body.replace(
        b'"url":"https://se.linkedin.com/company/hamnstads-kommun"', b'"url":"https://www.linkedin.com"'
    )
    facts = shown(replace(page, body=body.replace(b'"name":"Hamnstads kommun"', b'"name":"LinkedIn"'))).facts
    assert (facts.display_name, facts.description) == ("Hamnstads kommun", UNSEEN)


def test_an_update_that_passes_on_anothers_post_is_no_activity() -> None:
    activity = shown(kept("linkedin", "company.html")).facts.activity
    assert activity == Activity(at=datetime(2024, 10, 4, 12, 28, 56, tzinfo=UTC), source="linkedin.updates")


def test_a_graph_dates_every_post_of_the_pages_own_and_only_those() -> None:
    facts = shown(kept("linkedin", "graph-showcase.html"), "linkedin:showcase:hamnstads-bibliotek-å").facts
    assert isinstance(facts.activity, Activity)
    assert facts.activity.at == datetime(2024, 10, 4, 12, 28, 56, 645000, tzinfo=UTC)
    assert (facts.handle, facts.platform_id) == ("hamnstads-bibliotek-å", PlatformId("organization", "815"))


def test_a_swedish_page_counts_in_swedish_and_a_ghost_is_no_logo() -> None:
    facts = shown(kept("linkedin", "graph-showcase.html")).facts
    assert (facts.followers, facts.avatar_url) == (1234, UNSEEN)


def test_a_persons_page_is_read_though_it_holds_a_login_form() -> None:
    reading = shown(kept("linkedin", "person.html"), "linkedin:in:pahittad-person")
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle) == ("Påhittad Person", "pahittad-person")
    assert (facts.platform_id, facts.website_link) == (PlatformId("member", "42"), "https://person.example/")


def test_a_post_decides_nothing_but_names_its_author() -> None:
    reading = shown(kept("linkedin", "post.html"))
    assert reading.existence is Existence.UNKNOWN
    assert (reading.facts.display_name, reading.facts.handle) == ("Hamnstads kommun", "hamnstads-kommun")


@pytest.mark.parametrize(
    ("key", "existence"),
    [("public_profile_v3_desktop", Existence.PRESENT), ("auth_wall_desktop_profile", Existence.UNKNOWN)],
)
def test_a_persons_page_without_its_address_says_by_its_key_what_it_is(key: str, existence: Existence) -> None:
    body = '<h1 class="top-card-layout__title">Påhittad Person</h1>'
    reading = shown(made(f'<html><head><meta name="pageKey" content="{key}"></head><body>{body}</body></html>'))
    assert (reading.existence, reading.facts.handle) == (existence, UNSEEN)


@pytest.mark.parametrize("address", ["/public-profile/in/pahittad/", "https://www.linkedin.com/in/pahittad"])
def test_a_hidden_person_is_not_taken_for_one_who_is_called_so(address: str) -> None:
    head = f'<meta name="pageKey" content="public_profile_v3_desktop"><link rel="canonical" href="{address}">'
    page = made(f"<html><head>{head}<title>Profil nicht gefunden | LinkedIn</title></head><body>…</body></html>")
    assert shown(page).existence is Existence.UNKNOWN


# --- walls ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("final_url", [None, "https://www.linkedin.com/authwall?trk=bf"])
def test_the_authwall_is_a_wall_whatever_words_stand_on_it(final_url: str | None) -> None:
    reading = shown(kept("linkedin", "authwall.html", status=None, final_url=final_url))
    assert (reading.transport, reading.existence) == (Transport.WALLED, Existence.UNKNOWN)


@pytest.mark.parametrize("status", [999, None])
def test_999_is_a_block_and_never_an_absence(status: int | None) -> None:
    reading = shown(kept("linkedin", "request-denied.html", status=status))
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)


@pytest.mark.parametrize("status", [200, 404])
def test_a_not_found_page_to_strangers_proves_nothing(status: int) -> None:
    reading = shown(kept("linkedin", "not-found.html", status=status))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


# --- strangers' input and recorded pages ----------------------------------------------------------------------------


def test_posts_of_several_people_are_nobodys() -> None:
    posts = [{"id": "urn:li:share:7247945788914319360", "author": f"urn:li:organization:{each}"} for each in (1, 2)]
    assert shown(made({"elements": posts})).existence is Existence.UNKNOWN
    assert shown(made({"elements": posts[:1]})).existence is Existence.PRESENT
