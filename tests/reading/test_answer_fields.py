"""Fields of machine-made answers: numbers that are ids, owners of single things, the one that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Facts, PlatformId, Reading, Transport
from audits.reading.answer_fields import (
    as_plain_text,
    distinct_ids,
    number_id,
    one_asked_for,
    owner_facts,
    shown_count,
    shown_flag,
    shown_text,
    text_id,
)
from audits.reading.embedded import Json, texts
from audits.reading.feeds import Entry, Feed
from audits.reading.refusals import refusal
from audits.reading.urls import name_in, path

LISTED: list[dict[str, Json]] = [{"id": 1, "name": "Other"}, {"id": "2", "name": "Town"}]


@pytest.mark.parametrize("value", [7, "7", " 7 "])
def test_an_id_may_come_as_a_number_or_in_digits(value: Json) -> None:
    assert number_id("user", value) == PlatformId("user", "7")


@pytest.mark.parametrize("value", [None, True, 0, "0", -7, 7.0, "seven", "٧", "1" * 21, ["7"], ""])
def test_what_stands_in_the_place_of_an_id_and_is_no_number_is_none(value: Json) -> None:
    assert number_id("user", value) is None


def test_the_owner_of_a_single_thing_is_told_by_name_and_address() -> None:
    assert owner_facts("Town", "https://a.example/town", path) == Facts(display_name="Town", handle="/town")
    assert owner_facts(None, None, lambda _address: None) == Facts()


@pytest.mark.parametrize(
    ("number", "name", "id_found"),
    [("2", "Other", "2"), ("3", "OTHER", 1), (None, "town", "2"), (None, None, 1), ("3", "nobody", None)],
    ids=["by number first", "by name, whatever its case", "by name alone", "nobody asked for", "not among them"],
)
def test_of_several_the_one_that_was_asked_for_is_meant(
    number: str | None, name: str | None, id_found: str | int | None
) -> None:
    found = one_asked_for(LISTED, number, name, "id", "name")
    assert (found["id"] if found else None) == id_found


def test_texts_of_a_list_leave_out_what_is_none() -> None:
    assert texts([{"link": "a"}, {"link": ""}, {}, "b", {"link": " c "}], "link") == ["a", "c"]
    assert texts("no list", "link") == []


def test_of_several_ids_those_are_kept_that_were_read_each_once() -> None:
    assert distinct_ids(text_id("uri", " a "), number_id("user", 7), text_id("uri", "a"), text_id("uri", ""), None) == (
        PlatformId("uri", "a"),
        PlatformId("user", "7"),
    )
    assert text_id("uri", 7) is None


def test_the_name_in_an_address_is_what_its_path_opens_with() -> None:
    addresses = ("https://a.example/@anna/video/1", "https://a.example/anna", "https://a.example/", None)
    assert [name_in(each) for each in addresses] == ["anna", "anna", None, None]


def test_the_words_of_a_field_are_read_without_its_markup() -> None:
    assert (as_plain_text("<p>Hej &amp; hopp</p>"), as_plain_text(7)) == ("Hej & hopp", None)


def test_a_refusal_says_why_the_asking_failed_and_nothing_of_the_account() -> None:
    assert refusal(429, "slow down") == Reading(transport=Transport.RATE_LIMITED, reason='they_said: "slow down"')
    assert refusal(404, "not found") is None
    assert refusal("429", "a word") is None
    spent = refusal("quota_spent", "come back tomorrow", {Transport.RATE_LIMITED: (88, "quota_spent")})
    assert spent == Reading(transport=Transport.RATE_LIMITED, reason='they_said: "come back tomorrow"')
    assert refusal(8, "", {Transport.UNREACHABLE: (8,)}) == Reading(
        transport=Transport.UNREACHABLE, reason="unexplained"
    )


def test_a_feed_that_may_leave_things_out_proves_life_and_never_silence() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    assert Feed(entries=(Entry(None, None, None, at),)).life(at) == Activity(at=at, source="feed", sees_newest=False)
    assert Feed().life(at) is UNSEEN


def test_a_fact_is_a_value_none_where_it_is_empty_and_unseen_where_nothing_stands() -> None:
    assert shown_text({"name": "Almestad"}, "full_name", "name") == "Almestad"
    assert shown_text({"full_name": "", "name": None}, "full_name", "name") is None
    assert shown_text({}, "full_name", "name") is UNSEEN


def test_a_path_leads_through_objects_and_lists() -> None:
    assert shown_text({"links": [{"url": "https://almestad.example/"}]}, "links.0.url") == "https://almestad.example/"
    assert shown_text({"covers": ["a.jpg"], "urls": []}, "urls.0", "covers.0") == "a.jpg"
    assert shown_count({"edge": {"count": 3}}, "edge.count") == 3
    assert shown_count({"edge": {"count": "many"}}, "edge.count") is UNSEEN
    assert shown_flag({"verified": "yes"}, "verified") is UNSEEN
