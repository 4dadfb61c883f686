"""Instagram's interfaces, its own and Meta's: what is read of their answers, and what is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Identity, Route, Transport
from audits.observing import identify_owner
from audits.platform import Subject
from audits.platforms.instagram import PLATFORM
from tests.platforms.asking import asked, passed_over
from tests.platforms.instagram import GRAPH, WEB, a_discovery, a_node, a_user, look
from tests.platforms.shown import the_time


@pytest.mark.parametrize("wrapped", [{"data": {"user": a_user()}}, {"graphql": {"user": a_user()}}, {"user": a_user()}])
def test_every_interface_of_the_web_is_read_alike(wrapped: dict[str, Any]) -> None:
    facts = look(wrapped).facts
    assert (facts.platform_id, facts.followers, facts.posts_count) == (WEB, 2045, 2)
    assert the_time(facts) == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def test_the_newest_post_is_not_the_pinned_one_that_comes_first() -> None:
    media = {"count": 2, "edges": [{"node": a_node(pinned=True)}, {"node": a_node()}]}
    activity = look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity
    assert isinstance(activity, Activity)
    assert (activity.at, activity.sees_newest) == (datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC), True)


@pytest.mark.parametrize("odd", [None, True, {"node": None}, [a_node()]])
def test_a_post_that_cannot_be_read_may_be_the_newest(odd: object) -> None:
    media = {"count": 9, "edges": [odd, {"node": a_node(pinned=True)}, {"node": a_node()}]}
    for answer in ({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}, {"items": [odd, a_node()]}):
        activity = look(answer).facts.activity
        assert isinstance(activity, Activity)
        assert not activity.sees_newest


def test_an_account_that_never_posted_has_no_activity() -> None:
    media = {"count": 0, "edges": []}
    assert look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity is None


def test_posts_that_were_not_sent_along_are_not_missing() -> None:
    media = {"count": 73, "edges": []}
    assert look({"data": {"user": a_user(edge_owner_to_timeline_media=media)}}).facts.activity is UNSEEN


@pytest.mark.parametrize(("others", "dates"), [(("99", "99"), False), (("99", "4400001"), True), (("99", None), True)])
def test_a_list_in_which_every_post_is_anothers_dates_nothing(others: tuple[str | None, ...], dates: bool) -> None:
    posts = [{"node": {**a_node(), **({"owner": {"id": each}} if each else {})}} for each in others]
    activity = look(
        {"data": {"user": a_user(edge_owner_to_timeline_media={"count": 2, "edges": posts})}}
    ).facts.activity
    assert isinstance(activity, Activity) is dates


def test_an_account_that_says_it_is_private_is_private() -> None:
    reading = look({"data": {"user": a_user(is_private=True)}})
    assert (reading.existence, reading.stated) == (Existence.PRIVATE, False)
    assert reading.facts.display_name == "Almestads stad"


def test_the_two_id_spaces_are_never_compared() -> None:
    found = look(a_discovery()).facts
    assert found.platform_id == GRAPH
    assert identify_owner((WEB,), found) is Identity.FIRST_SEEN
    assert identify_owner((WEB, GRAPH), found) is Identity.SAME
    assert identify_owner((WEB,), look({"user": a_user(id="5500002")}).facts) is Identity.DIFFERENT


def test_business_discovery_dates_the_account() -> None:
    activity = look(a_discovery()).facts.activity
    assert activity == Activity(at=datetime(2026, 11, 18, 8, tzinfo=UTC), source="instagram.posts", sees_newest=True)


def test_an_account_asked_for_without_its_name_is_named_by_its_posts() -> None:
    answer = a_discovery(media={"data": [{"timestamp": "2026-11-18T08:00:00+0000", "username": "almestadsstad"}]})
    del answer["business_discovery"]["username"]
    assert look(answer).facts.handle == "almestadsstad"


def test_one_post_of_the_graph_interface_is_no_account() -> None:
    post = {"id": "1790", "username": "almestadsstad", "timestamp": "2026-11-18T08:00:00+0000", "media_type": "IMAGE"}
    assert look(post).existence is Existence.UNKNOWN
    assert look({"data": [post]}).existence is Existence.PRESENT


def test_an_embedded_post_names_its_writer() -> None:
    answer = {"provider_name": "Instagram", "author_name": "almestadsstad", "author_id": 4400001}
    reading = look(answer)
    assert (reading.existence, reading.facts.handle, reading.facts.platform_id) == (
        Existence.UNKNOWN, "almestadsstad", WEB,
    )  # fmt: skip


def test_one_post_of_the_webs_interface_is_no_account() -> None:
    post = {"taken_at": 1_600_000_000, "code": "CBBBBBBBBBB", "user": {"pk": 4400001, "username": "almestadsstad"}}
    reading = look({"items": [post], "num_results": 1, "more_available": False})
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "almestadsstad")


@pytest.mark.parametrize(("named", "sees_newest"), [({}, False), ({"username": "almestadsstad"}, True)])
def test_a_bare_list_that_names_nobody_may_be_of_what_others_wrote(named: dict[str, str], sees_newest: bool) -> None:
    post = {"id": "1", "timestamp": "2019-11-18T08:00:00+0000", "media_type": "IMAGE", **named}
    activity = look({"data": [post] * 4}).facts.activity
    assert isinstance(activity, Activity)
    assert activity.sees_newest is sees_newest


def test_a_list_of_reels_alone_proves_no_silence() -> None:
    reel = {
        "media": {"taken_at": 1_600_000_000, "code": "CBBBBBBBBBB", "user": {"pk": 4400001, "username": "almestad"}}
    }
    activity = look({"items": [reel] * 4, "paging_info": {"more_available": True}}).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


@pytest.mark.parametrize("code", [110, 100, 24, 190, 4, 2])
def test_no_error_of_the_interface_proves_an_absence(code: int) -> None:
    error = {"error": {"message": "Invalid user id", "code": code, "error_subcode": 2207013}}
    assert look(error, status=400).existence is Existence.UNKNOWN


@pytest.mark.parametrize("figure", ["44884218_345707102882519_2446069589734326272_n", "11906329_960233084022564_1_a"])
def test_the_figure_that_stands_in_for_a_picture_is_none(figure: str) -> None:
    figured = a_user(profile_pic_url_hd=f"https://pictures.example/{figure}.jpg")
    assert look({"user": figured}).facts.avatar_url is None


NAMED = Subject(platform="instagram", key="instagram:almestadsstad")
OWN = {"data": [{"id": "1"}, {"id": "2", "instagram_business_account": {"id": "17841499999999999"}}]}


def test_an_account_is_looked_up_from_the_citys_own_account_which_is_asked_for_once_for_all() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_HANDLE, NAMED, OWN, a_discovery())
    assert probes[0].batch is not None
    assert "/17841499999999999?fields=business_discovery.username(almestadsstad)" in probes[1].url
    assert reading.facts.platform_id == GRAPH


def test_a_key_without_an_instagram_account_sees_nothing() -> None:
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, NAMED, {"data": []})
    assert (reading.transport, reading.existence) == (Transport.NOT_PERMITTED, Existence.UNKNOWN)


def test_only_an_account_with_a_graph_id_is_asked_for_by_id() -> None:
    assert passed_over(PLATFORM, Route.API_BY_ID, Subject(platform="instagram", key=NAMED.key, pinned=(WEB,)))
    assert not passed_over(PLATFORM, Route.API_BY_ID, Subject(platform="instagram", key=NAMED.key, pinned=(GRAPH,)))
