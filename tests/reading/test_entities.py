"""References to characters are resolved as HTML has them, whatever number a stranger has put there."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.entities import unescaped

ALMOST = st.text("&#xX;0019aFd ", max_size=20)


@pytest.mark.parametrize("zeros", ["0" * 5_000, "x" + "0" * 5_000])
def test_a_number_behind_thousands_of_zeros_is_that_number(zeros: str) -> None:
    assert unescaped(f"&#{zeros}9;|&#{zeros};") == "\t|\ufffd"


@pytest.mark.parametrize("number", ["9" * 5_000, "x" + "f" * 5_000, "xd800", "1114112"])
def test_a_number_that_is_no_characters_is_replaced(number: str) -> None:
    assert unescaped(f"&#{number};") == "\ufffd"


@given(ALMOST)
def test_all_else_is_as_the_standard_library_has_it(text: str) -> None:
    known = html.unescape(text)
    assert unescaped(text) == "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in known)
