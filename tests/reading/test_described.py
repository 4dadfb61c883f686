"""Elements by selector, schema.org's words, told fields and addresses: small readers that every platform shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import UNSEEN
from audits.reading.answer_fields import or_unseen, read_field, without_placeholder
from audits.reading.elements import elements, first
from audits.reading.embedded import as_text
from audits.reading.html import Document, read_html
from audits.reading.schema_org import image_of, interactions, profile_entity, profile_facts
from audits.reading.urls import host, path_parts, query_value

LD = """<script type="application/ld+json">{"@type": "ProfilePage", "dateCreated": "2012-01-01T00:00:00Z", %s: {
  "name": "Hamnstads bibliotek", "image": {"contentUrl": "https://img.example/b.jpg"},
  "interactionStatistic": [{"interactionType": {"@type": "http://schema.org/FollowAction"}, "userInteractionCount": 41},
                           {"interactionType": "https://schema.org/WriteAction", "userInteractionCount": "7"}]}}
</script>"""

MICRODATA = """<div itemscope itemtype="https://schema.org/ProfilePage">
  <meta itemprop="dateCreated" content="2012-01-01T00:00:00Z">
  <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Person">
    <meta itemprop="name" content="Hamnstads bibliotek"><meta itemprop="identifier" content="77">
    <div itemprop="image" itemscope><meta itemprop="contentUrl" content="https://img.example/b.jpg"></div>
    <div itemprop="interactionStatistic" itemscope><meta itemprop="name" content="Follows">
      <meta itemprop="userInteractionCount" content="41"></div>
  </div>
  <article itemscope><meta itemprop="name" content="A post's own name"></article>
</div>"""


def test_elements_come_in_document_order_with_their_attributes() -> None:
    page = read_html('<p class="a" data-n="1">En  rad</p><p data-n="2"></p>')
    assert [(each.get("data-n"), each.text) for each in elements(page, "p")] == [("1", "En rad"), ("2", "")]


def test_a_missing_element_is_none_and_a_missing_attribute_empty() -> None:
    page = read_html("<p>ord</p>")
    assert first(page, "h1") is None
    assert [each.get("id") for each in elements(page, "p")] == [""]


@pytest.mark.parametrize("markup", ["<div>", "<p data-x=1>", "<a " + "b=c " * 50])
def test_markup_made_to_hurt_is_cut_before_it_is_searched(markup: str) -> None:
    page = Document(source=markup * 60_000)
    assert all(len(each.text) < len(page.source) for each in elements(page, "[data-x]:not(:has(b))"))


@pytest.mark.parametrize("role", ['"mainEntity"', '"author"'])
def test_a_profile_is_found_under_its_old_and_its_new_role(role: str) -> None:
    entity = profile_entity(read_html(LD % role))
    assert entity["name"] == "Hamnstads bibliotek"
    assert entity["dateCreated"] == "2012-01-01T00:00:00Z"


def test_statistics_are_told_apart_by_type() -> None:
    entity = profile_entity(read_html(LD % '"mainEntity"'))
    assert interactions(entity, "FollowAction") == 41
    assert interactions(entity, "WriteAction", "Tweets") == 7
    assert interactions(entity, "LikeAction") is None


def test_whoever_is_described_states_the_same_in_both_notations() -> None:
    in_json = profile_facts(profile_entity(read_html(LD % '"mainEntity"'), "x.example"))
    in_microdata = profile_facts(profile_entity(read_html(MICRODATA), "x.example"))
    assert (in_json.display_name, in_json.followers, in_json.posts_count) == ("Hamnstads bibliotek", 41, 7)
    assert in_json.created_at == datetime(2012, 1, 1, tzinfo=UTC)
    assert (in_json.description, in_json.handle) == (UNSEEN, UNSEEN)
    assert replace(in_microdata, posts_count=7) == in_json


def test_microdata_says_the_same_as_json() -> None:
    entity = profile_entity(read_html(MICRODATA))
    assert (entity["name"], entity["identifier"]) == ("Hamnstads bibliotek", "77")
    assert image_of(entity) == "https://img.example/b.jpg"
    assert interactions(entity, "Follows") == 41


def test_a_page_that_describes_nobody_has_no_entity() -> None:
    assert profile_entity(read_html("<p>schema.org/ProfilePage</p>")) == {}


def test_a_field_is_told_told_empty_or_not_told() -> None:
    assert read_field({"bio": " ord "}, as_text, "bio") == "ord"
    assert read_field({"bio": ""}, as_text, "bio") is None
    assert read_field({}, as_text, "bio") is UNSEEN
    assert read_field({"old": "", "new": "ord"}, as_text, "old", "new") == "ord"


def test_a_placeholder_is_no_picture_and_nothing_seen_stays_unseen() -> None:
    assert without_placeholder("https://img.example/default.png", ["/default"]) is None
    assert without_placeholder(UNSEEN, ["/default"]) is UNSEEN
    assert or_unseen(None) is UNSEEN


def test_an_address_is_taken_apart() -> None:
    assert path_parts("https://x.example/a%C3%A5/b/?c=d%20e") == ("aå", "b")
    assert query_value("https://x.example/?c=d%20e", "c") == "d e"
    assert host("HTTPS://X.Example/") == "x.example"


@pytest.mark.parametrize("broken", [None, "", "http://[", "//"])
def test_an_address_that_is_none_has_no_parts(broken: str | None) -> None:
    assert (path_parts(broken), query_value(broken, "c"), host(broken)) == ((), None, "")


@given(st.text(max_size=200))
def test_no_text_makes_an_address_raise(text: str) -> None:
    assert isinstance(path_parts(text), tuple)
    assert isinstance(host(text), str)
