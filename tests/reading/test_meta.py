from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audits.model import Existence, PlatformId, Transport
from audits.reading.embedded import Json
from audits.reading.meta import account_facts, graph_error


def test_what_is_no_error_is_not_read_as_one() -> None:
    assert graph_error({"id": "770001"}) is None
    assert graph_error({"error": "words"}) is None
    assert graph_error(None) is None


@given(st.integers() | st.text(max_size=5) | st.none() | st.booleans())
def test_no_code_whatever_is_an_absence(code: Any) -> None:
    reading = graph_error({"error": {"message": "words", "code": code}})
    assert reading is not None
    assert reading.existence is Existence.UNKNOWN


def test_an_error_nobody_knows_is_a_changed_interface() -> None:
    reading = graph_error({"error": {"message": "words", "code": 4711}})
    assert reading is not None
    assert reading.transport is Transport.UNREADABLE


def test_a_code_is_the_same_as_a_number_and_as_text() -> None:
    reading = graph_error({"error": {"message": "words", "code": "10"}})
    assert reading is not None
    assert reading.transport is Transport.NOT_PERMITTED


def test_an_accounts_own_id_stands_before_its_others() -> None:
    first, second = PlatformId("pk", "1"), PlatformId("graph", "17841400000000001")
    facts = account_facts({"username": "almestad"}, first, second)
    assert (facts.platform_id, facts.more_ids) == (first, (second,))


def test_an_account_without_a_picture_of_its_own_has_none() -> None:
    pictured: dict[str, Json] = {"profile_pic_url": "https://pictures.example/own.jpg"}
    assert account_facts(pictured).avatar_url == "https://pictures.example/own.jpg"
    assert account_facts(pictured | {"has_anonymous_profile_picture": True}).avatar_url is None
