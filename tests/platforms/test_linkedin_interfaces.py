"""LinkedIn's official interfaces, by either key: what is read of their answers, and what is asked."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Probe, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.linkedin import PLATFORM
from tests.platforms.linkedin import KEY, PINNED, an_organization, shown
from tests.platforms.shown import PACKS, made


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
