from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from worker.storage.columns import UtcTime, clean, dumps

EVERY_TEXT = st.text(st.characters(exclude_categories=()))
STOCKHOLM_WINTER = timezone(timedelta(hours=1))


@given(EVERY_TEXT)
def test_whatever_a_page_says_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert len(cleaned) == len(text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_that_can_be_stored_is_left_alone(text: str) -> None:
    assert clean(text) == text


@given(st.dictionaries(EVERY_TEXT, st.lists(EVERY_TEXT)))
def test_json_of_any_text_can_be_stored_and_read(value: dict[str, list[str]]) -> None:
    dumped = dumps(value)
    assert "\\u0000" not in dumped.replace("\\\\", "")
    assert orjson.loads(dumped) == {clean(name): [clean(each) for each in texts] for name, texts in value.items()}


def test_a_number_that_no_database_can_hold_costs_no_night() -> None:
    assert orjson.loads(dumps({"followers": 10**30, "posts": 7})) == {"followers": None, "posts": 7}


def test_equal_values_give_equal_texts() -> None:
    assert dumps({"a": 1, "b": 2}) == dumps({"b": 2, "a": 1})


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_a_time_is_stored_in_utc(dialect: Dialect) -> None:
    local = datetime(2026, 11, 3, 3, 15, tzinfo=STOCKHOLM_WINTER)
    stored = UtcTime().process_bind_param(local, dialect)
    assert stored is not None
    assert stored.replace(tzinfo=UTC) == local
    assert UtcTime().process_result_value(stored, dialect) == local


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        UtcTime().process_bind_param(datetime(2026, 11, 3, 3, 15), sqlite.dialect())  # noqa: DTZ001  # what is refused
