"""JSON from strangers is a value, or a named reason why not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.guarded_json import DEPTH_CAP, SIZE_CAP, NotJson, loads

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_json_is_read_as_the_standard_library_reads_it(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert loads(text) == loads(text.encode()) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "malformed"),
        ("{", "malformed"),
        ("NaN", "malformed"),
        ('{"a": Infinity}', "malformed"),
        ("1e400", "number"),
        ("9" * 5000, "number"),
        ("[" * 10_000, "too_deep"),
        ("[" * 300 + "]" * 300, "too_deep"),
        ('{"a":' * 250 + "1" + "}" * 250, "too_deep"),
        (" " * (SIZE_CAP + 1), "too_big"),
        ("<html>", "malformed"),
    ],
)
def test_what_is_not_json_has_a_reason(text: str, reason: str) -> None:
    assert loads(text) == NotJson(reason)
    assert loads(text.encode()) == NotJson(reason)


def test_nesting_up_to_the_cap_is_read() -> None:
    assert not isinstance(loads("[" * DEPTH_CAP + "]" * DEPTH_CAP), NotJson)


def test_brackets_in_strings_are_not_nesting() -> None:
    assert loads(json.dumps("[" * 1000)) == "[" * 1000


def test_many_containers_side_by_side_are_not_nesting() -> None:
    assert loads("[" + ",".join(["[]"] * 1000) + "]") == [[]] * 1000


@pytest.mark.parametrize("text", ['{"a": "hej \\ud83d"}', '{"a": "hej \ud83d"}', b'{"a": "hej \xed\xa0\xbd"}'])
def test_half_an_emoji_does_not_make_a_page_unreadable(text: str | bytes) -> None:
    value: Any = loads(text)
    assert value["a"].startswith("hej \ufffd")
    json.dumps(value, ensure_ascii=False).encode("utf-8")


def test_half_an_emoji_does_not_open_a_way_around_the_guards() -> None:
    assert loads('["\\ud83d", NaN]') == NotJson("malformed")
    assert loads('["\\ud83d", ' + "[" * 300 + "]" * 300 + "]") == NotJson("too_deep")
    assert loads('["\\ud83d", ' + "[" * 100_000 + "]" * 100_000 + "]") == NotJson("too_deep")


def test_a_byte_order_mark_is_no_part_of_it() -> None:
    assert loads(b"\xef\xbb\xbf{}") == loads("\ufeff{}") == {}


def test_a_refusal_is_falsy() -> None:
    assert not loads("nonsense")


@given(st.text(st.sampled_from('[]{}",:\\u0d8 1e-NI\ud83d\x00'), max_size=60) | st.binary(max_size=60))
def test_nothing_raises(text: str | bytes) -> None:
    loads(text)
