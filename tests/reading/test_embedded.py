"""JSON inside scripts is found where it stands, and nothing else is taken for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.embedded import (
    Json,
    all_json,
    as_count,
    as_list,
    as_object,
    as_text,
    assigned,
    assignments,
    balanced,
    dig,
    find,
    find_object,
    find_objects,
    ld_json,
    script_json,
    try_loads,
)
from audits.reading.html import read_html

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=15,
)


def page_with(*scripts: str) -> Any:
    return read_html("<html><body>" + "".join(scripts) + "</body></html>")


def test_a_script_is_found_by_its_id() -> None:
    page = page_with('<script id="other">{"a": 1}</script><script id="state" type="application/json">{"a": 2}</script>')
    assert script_json(page, "state") == {"a": 2}
    assert script_json(page, "missing") is None


@pytest.mark.parametrize(("text", "value"), [("eyJhIjogMn0=", {"a": 2}), ("eyJhIjogMn0", {"a": 2}), ("eyJhIjo", None)])
def test_a_script_may_hold_its_json_in_base_64(text: str, value: Any) -> None:
    assert script_json(page_with(f'<script id="state">{text}</script>'), "state") == value


@pytest.mark.parametrize(
    "script",
    [
        'window.state = {"a": "}{", "b": [1]};more()',
        'window["state"]={"a": "}{", "b": [1]}',
        'x({"state":{"a": "}{", "b": [1]}})',
        'state = document.body; state = {"a": "}{", "b": [1]}',
        'state = {broken: true}; state = {"a": "}{", "b": [1]}',
    ],
)
def test_an_object_is_found_by_the_name_it_is_given_to(script: str) -> None:
    assert assigned(page_with(f"<script>{script}</script>"), "state") == {"a": "}{", "b": [1]}


def test_a_name_that_is_given_nothing_is_not_found() -> None:
    assert assigned(page_with("<script>state = 3; state = {never closed</script>"), "state") is None


@given(VALUES.filter(lambda value: isinstance(value, dict | list)), st.text(max_size=20))
def test_a_value_ends_where_its_bracket_closes(value: Any, rest: str) -> None:
    written = json.dumps(value)
    assert balanced(written + rest, 0) == written


def test_linked_data_is_found_by_its_type_however_deep() -> None:
    page = page_with(
        '<script type="application/ld+json">{"@graph": [{"@type": ["Thing", "Person"], "name": "A"}]}</script>',
        '<script type="application/ld+json">[{"@type": "Club", "founder": {"@type": "Person", "name": "B"}}]</script>',
        '<script type="application/ld+json">{broken</script>',
    )
    assert [each["name"] for each in ld_json(page, "Person")] == ["A", "B"]
    assert len(list(ld_json(page))) == 3


def test_linked_data_with_a_bare_line_break_is_read() -> None:
    page = page_with(
        '<script type="application/ld+json">{"@type": "Person", "description": "rad ett\nrad två"}</script>'
    )
    assert next(ld_json(page))["description"] == "rad ett\nrad två"


def test_only_declared_scripts_that_hold_the_words_are_read() -> None:
    page = page_with('<script>{"a": 1}</script><script type="application/json">{"a": 2}</script>')
    assert list(all_json(page)) == [{"a": 2}]
    assert list(all_json(page, containing="absent")) == []


def test_a_path_that_ends_early_leads_to_nothing() -> None:
    value: Json = {"a": [{"b": "c"}]}
    assert dig(value, "a", 0, "b") == "c"
    assert dig(value, "a", -1, "b") == "c"
    assert dig(value, "a", 1) is dig(value, "a", "b") is dig(value, 0) is dig(None, "a") is None


def test_the_nearest_value_is_found_first() -> None:
    value: Json = {"inner": {"id": "deep"}, "id": "near"}
    assert list(find(value, "id")) == ["near", "deep"]
    assert find_object(value, "id", "inner") is value
    assert find_object(value, "absent") is None


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (12, 12),
        ("12", 12),
        (0, 0),
        (True, None),
        (-1, None),
        ("1,2", None),
        ("٣", None),
        (None, None),
        (10**30, None),
        (1.5, None),
    ],
)
def test_a_count_is_a_number_or_digits(value: Any, count: int | None) -> None:
    assert as_count(value) == count


def test_text_lists_and_objects_are_taken_only_for_what_they_are() -> None:
    assert as_text("  hej ") == "hej"
    assert as_text("  ") is as_text(3) is None
    assert as_list({}) == []
    assert as_object([]) == {}


@given(st.text(max_size=60))
def test_any_text_is_json_or_nothing(text: str) -> None:
    value = try_loads(text)
    assert value is None or json.dumps(value)


@given(VALUES, st.lists(st.text(max_size=4) | st.integers(-3, 3), max_size=4))
def test_no_path_is_too_strange(value: Any, path: list[str | int]) -> None:
    found = dig(value, *path)
    assert path or found == value


def test_every_object_of_a_name_is_found_once_wherever_it_was_put() -> None:
    scripts = 'x = {"box":{"a":1,"box":{"b":2}}}; handle({"box" : {"c":3}}); box("/path/", {"d":4}); box({"e":5});'
    found = list(assignments(read_html(f"<script>{scripts}</script>"), "box"))
    assert found == [{"a": 1, "box": {"b": 2}}, {"c": 3}, {"d": 4}, {"e": 5}]


def test_a_page_that_was_cut_still_gives_what_is_whole() -> None:
    cut = read_html('<script>{"box":{"a":1,"box":{"b":2},"c":</script>')
    assert list(assignments(cut, "box")) == [{"b": 2}]


def test_brackets_that_never_close_do_not_hold_anybody_up() -> None:
    assert list(assignments(read_html(f"<script>{'box={' * 300_000}</script>"), "box")) == []


def test_objects_are_found_by_the_keys_they_have() -> None:
    value: Json = {"a": [{"id": 1, "name": "x"}, {"id": 2}], "id": 3, "name": "y"}
    assert [node["id"] for node in find_objects(value, "id", "name")] == [3, 1]
