"""LinkedIn, read: pages of organizations and people, its official interfaces, and its walls."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Probe, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.linkedin import PLATFORM
from tests.corpus import recordings
from tests.platforms.shown import ACCUSATIONS, PACKS, disagreements, kept, made, mangled, read

KEY = "linkedin:company:hamnstads-kommun"
PINNED = PlatformId("organization", "4711")


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def an_organization(**changes: Any) -> dict[str, Any]:
    return {
        "id": 4711, "localizedName": "Hamnstads kommun", "vanityName": "hamnstads-kommun",
        "localizedWebsite": "https://hamnstad.example", "localizedDescription": "Påhittad kommun",
        "logoV2": {"cropped": {"downloadUrl": "https://media.licdn.com/a"}}, **changes,
    }  # fmt: skip


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


# --- interfaces -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [an_organization(), {"elements": [an_organization()]}, {"results": {"9": {"id": 9}, "4711": an_organization()}}],
    ids=["one", "finder", "batch"],
)
def test_an_organization_is_read_however_it_is_listed(answer: object) -> None:
    reading = shown(made(answer), KEY, PINNED)
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.display_name, reading.facts.platform_id) == ("Hamnstads kommun", PINNED)


def test_texts_of_several_languages_are_told_in_the_preferred_one() -> None:
    texts = {"localized": {"en_US": "Invented", "sv_SE": "Påhittad"}}
    preferred = {**texts, "preferredLocale": {"country": "SE", "language": "sv"}}
    for description, told in ((preferred, "Påhittad"), (texts, "Invented"), ({"localized": {}}, None)):
        answer = made(an_organization(description=description, localizedDescription=None))
        assert shown(answer, KEY, PINNED).facts.description == told


def test_a_member_is_no_organization() -> None:
    member = {"id": "yrZ", "vanityName": "pahittad-person", "localizedFirstName": "Påhittad"}
    assert shown(made(member), None).facts.platform_id is UNSEEN


def test_of_organizations_that_nobody_asked_for_the_first_is_not_meant() -> None:
    several = {"elements": [an_organization(id=8, vanityName="ett"), an_organization(id=9, vanityName="tva")]}
    assert shown(made(several), None).existence is Existence.UNKNOWN


def test_another_organization_of_the_batch_is_not_this_one() -> None:
    reading = shown(made({"results": {"9": an_organization(id=9, vanityName="annan")}}), KEY, PINNED)
    assert reading.existence is Existence.UNKNOWN


def test_a_number_that_the_interface_does_not_know_is_gone() -> None:
    assert shown(made({"results": {}, "statuses": {"4711": 404}}), KEY, PINNED).existence is Existence.GONE
    answer = made({"status": 404, "message": "Not found"}, url="https://api.linkedin.com/rest/organizations/4711")
    assert shown(answer, KEY, PINNED).existence is Existence.GONE


@pytest.mark.parametrize("path", ["v2/shares/4711", "v2/people/4711", "rest/posts/urn%3Ali%3Ashare%3A4711"])
def test_a_missing_post_is_no_missing_page(path: str) -> None:
    answer = made({"status": 404, "message": "Not found"}, url=f"https://api.linkedin.com/{path}")
    assert shown(answer, KEY, PINNED).existence is Existence.UNKNOWN


@pytest.mark.parametrize("body", [{}, {"results": {}, "statuses": {"4711": 404}}])
def test_an_interface_that_knows_no_such_address_accuses_nobody(body: dict[str, Any]) -> None:
    error = {"status": 404, "code": "RESOURCE_NOT_FOUND", "message": "No virtual resource found"}
    answer = {**body, "errors": {"4711": error}} if body else error
    page = made(answer, url="https://api.linkedin.com/rest/organizations/4711", status=404)
    assert shown(page, KEY, PINNED).existence is Existence.UNKNOWN


def test_the_first_interface_is_read_in_its_own_words() -> None:
    company = {"id": 4711, "name": "Hamnstads kommun", "universalName": "hamnstads-kommun", "numFollowers": 12}
    reading = shown(made(company))
    assert (reading.existence, reading.facts.handle, reading.facts.followers) == (
        Existence.PRESENT, "hamnstads-kommun", 12,
    )  # fmt: skip


def test_a_name_that_the_interface_does_not_know_may_have_changed() -> None:
    assert shown(made({"elements": [], "paging": {}})).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("status", "transport"),
    [(401, Transport.NOT_PERMITTED), (403, Transport.NOT_PERMITTED), (429, Transport.RATE_LIMITED)],
)
def test_a_refused_key_says_nothing_of_the_page(status: int, transport: Transport) -> None:
    reading = shown(made({"status": status, "message": "…", "serviceErrorCode": 100}, status=status))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_the_interface_sees_the_newest_post() -> None:
    posts = [{"id": "urn:li:share:7247945788914319360"}, "urn:li:ugcPost:7246579902655651840"]
    activity = shown(made({"elements": posts})).facts.activity
    assert activity == Activity(
        at=datetime(2024, 10, 4, 12, 28, 56, tzinfo=UTC), source="linkedin.api-posts", sees_newest=True
    )


def test_posts_that_were_asked_for_by_number_are_not_the_newest() -> None:
    results = {"urn:li:share:7247945788914319360": {"id": "urn:li:share:7247945788914319360"}}
    page = made({"results": results}, url="https://api.linkedin.com/rest/posts?ids=List(urn%3Ali%3Ashare%3A724)")
    activity = shown(page).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


@pytest.mark.parametrize(
    ("more", "picture", "film"),
    [
        ({"commentary": "Påhittat"}, False, False),
        ({"commentary": "", "content": {"media": {"id": "urn:li:image:C5"}}}, True, False),
        ({"commentary": "", "content": {"multiImage": {"images": [{"id": "urn:li:image:C5"}]}}}, True, False),
        ({"commentary": "", "content": {"media": {"id": "urn:li:video:C5"}}}, False, True),
        ({"commentary": "", "content": {"media": {"id": "urn:li:document:C5"}}}, UNSEEN, UNSEEN),
        ({"commentary": "", "content": {"article": {"source": "https://almestad.example/"}}}, UNSEEN, UNSEEN),
        ({"commentary": "Läs", "reshareContext": {"parent": "urn:li:share:1"}}, UNSEEN, UNSEEN),
        ({}, UNSEEN, UNSEEN),
    ],
)
def test_a_post_says_whether_it_shows_a_picture_or_a_film(more: dict[str, Any], picture: object, film: object) -> None:
    posts = shown(made({"elements": [{"id": "urn:li:share:7247945788914319360", **more}]})).facts.posts
    assert isinstance(posts, tuple)
    assert [(post.has_picture, post.has_video) for post in posts] == [(picture, film)]


def test_a_draft_is_no_post() -> None:
    draft = {"id": "urn:li:share:7247945788914319360", "lifecycleState": "DRAFT"}
    assert shown(made({"elements": [draft]})).facts.activity is UNSEEN


# --- asking ---------------------------------------------------------------------------------------------------------


def answered(asking: Generator[Probe, Page, Reading], *bodies: object) -> tuple[list[Probe], Reading]:
    """Play the asking with these answers."""
    probes = [next(asking)]
    for body in bodies:
        try:
            probes.append(asking.send(made(body)))
        except StopIteration as end:
            return probes, end.value
    raise AssertionError("the asking wants more answers")


def test_by_number_the_organization_is_asked_first_and_then_its_posts() -> None:
    asking = PLATFORM.routes[0].ask(Subject(platform="linkedin", key=KEY, pinned=(PINNED,)), PACKS)
    assert asking is not None
    posts = {"elements": [{"id": "urn:li:share:7247945788914319360"}]}
    probes, reading = answered(asking, {"results": {"4711": an_organization()}}, posts)
    assert probes[0].batch is not None
    assert probes[0].url == "https://api.linkedin.com/rest/dmaOrganizations?ids=List(4711)"
    assert probes[1].url.endswith("author=urn%3Ali%3Aorganization%3A4711")
    assert (reading.facts.display_name, isinstance(reading.facts.activity, Activity)) == ("Hamnstads kommun", True)


def test_posts_that_may_not_be_read_leave_the_organization_seen() -> None:
    asking = PLATFORM.routes[0].ask(Subject(platform="linkedin", key=KEY, pinned=(PINNED,)), PACKS)
    assert asking is not None
    _, reading = answered(asking, {"results": {"4711": an_organization()}}, {"status": 403, "message": "no role"})
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


def test_people_are_not_looked_up_by_an_interface() -> None:
    person = Subject(platform="linkedin", key="linkedin:in:pahittad-person", url="https://www.linkedin.com/in/p/")
    assert [offer.route for offer in PLATFORM.routes if offer.ask(person, PACKS)] == [Route.PAGE]


def test_the_other_key_asks_the_other_interfaces_and_reads_the_same() -> None:
    subject = Subject(
        platform="linkedin", key="linkedin:company:almestad", pinned=(PlatformId("organization", "4711"),)
    )
    offer = next(each for each in PLATFORM.routes if each.key == "linkedin_community")
    asking = offer.ask(subject, PACKS)
    assert asking is not None
    first = next(asking)
    found = {"id": 4711, "localizedName": "Almestads stad", "vanityName": "almestad"}
    second = asking.send(made({"results": {"4711": found}, "statuses": {}, "errors": {}}, url=first.url))
    post = {"id": "urn:li:share:7300000000000000000", "publishedAt": 1_790_000_000_000, "lifecycleState": "PUBLISHED"}
    with pytest.raises(StopIteration) as end:
        asking.send(made({"elements": [post], "paging": {"start": 0, "count": 10}}, url=second.url))
    assert (first.key, second.key) == ("linkedin_community", "linkedin_community")
    assert "/rest/organizationsLookup?ids=List(4711)" in first.url
    assert "/rest/posts?q=author&count=10&sortBy=CREATED&author=urn%3Ali%3Aorganization%3A4711" in second.url
    activity = end.value.value.facts.activity
    assert (activity.at, activity.sees_newest) == (datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC), True)


def test_an_address_tells_its_route() -> None:
    assert PLATFORM.route_of("https://api.linkedin.com/rest/dmaOrganizations?ids=List(1)") is Route.API_BY_ID
    assert PLATFORM.route_of("https://api.linkedin.com/rest/dmaOrganizations?q=vanityName&vanityName=a") is (
        Route.API_BY_HANDLE
    )
    assert PLATFORM.route_of("https://www.linkedin.com/company/a/") is Route.PAGE


# --- strangers' input and recorded pages ----------------------------------------------------------------------------


@given(st.binary(max_size=400), st.sampled_from([None, 200, 404, 999]))
def test_no_bytes_accuse_or_raise(body: bytes, status: int | None) -> None:
    assert shown(made(body, status=status)).existence not in ACCUSATIONS


@pytest.mark.parametrize("name", ["company.html", "graph-showcase.html", "person.html", "authwall.html"])
def test_a_damaged_page_never_accuses(name: str) -> None:
    page = kept("linkedin", name)
    readings = [shown(replace(page, body=body, status=status)) for body in mangled(page.body) for status in (200, 404)]
    assert not [each for each in readings if each.existence in ACCUSATIONS]


def test_recorded_pages_say_what_a_person_read_in_them() -> None:
    everything = [(each, shown(each.page(), None)) for each in recordings("linkedin")]
    assert not [line for recording, reading in everything for line in disagreements(recording, reading)]
    labels = {"live": Transport.OK, "login_wall": Transport.WALLED, "blocked": Transport.BLOCKED}
    assert not [each.file for each, reading in everything if reading.transport is not labels[each.label]]
    assert not [each.file for each, reading in everything if reading.existence in ACCUSATIONS]


def test_recorded_pages_never_accuse_when_damaged() -> None:
    pages = [each.page() for each in recordings("linkedin")]
    readings = [shown(replace(page, body=body)) for page in pages for body in mangled(page.body)]
    assert not [each for each in readings if each.existence in ACCUSATIONS]


def test_posts_of_several_people_are_nobodys() -> None:
    posts = [{"id": "urn:li:share:7247945788914319360", "author": f"urn:li:organization:{each}"} for each in (1, 2)]
    assert shown(made({"elements": posts})).existence is Existence.UNKNOWN
    assert shown(made({"elements": posts[:1]})).existence is Existence.PRESENT
