"""Text from strangers is fit to store, print and compare once it is scrubbed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.scrub import one_line, scrub

ANYTHING = st.text(st.characters() | st.sampled_from("\x00\x1b\x85\ud83d\ude00\n\t"), max_size=200)


def test_newline_and_tab_stay_and_other_controls_go() -> None:
    assert scrub("a\x00b\x1b[2Jc\r\n\td\x9be", 100) == "ab[2Jc\n\tde"


def test_bidi_controls_are_dropped_and_letters_of_every_direction_stay() -> None:
    assert scrub("a\u202egpj.\u202cb\u2066c\u2069\u200f שלום", 100) == "agpj.bc שלום"


def test_half_an_emoji_is_replaced() -> None:
    assert scrub("hej \ud83d", 100) == "hej \ufffd"


def test_a_whole_emoji_stays() -> None:
    assert scrub("hej 😀", 100) == "hej 😀"


def test_it_is_never_longer_than_its_limit() -> None:
    assert scrub("å" * 500, 200) == "å" * 200


@given(ANYTHING, st.integers(0, 100))
def test_what_is_scrubbed_can_be_stored_and_stays_as_it_is(text: str, limit: int) -> None:
    clean = scrub(text, limit)
    clean.encode("utf-8")
    assert len(clean) <= limit
    assert not [letter for letter in clean if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]
    assert scrub(clean, limit) == clean


@pytest.mark.parametrize(
    "hidden",
    ["Alme\u3164stad", "Almestad\u034f", "\u115fAlmestad", "Alme\ufe0fstad", "Almestad\U000e0100", "Almestad\u2800"],
)
def test_no_letter_that_is_drawn_as_nothing_makes_one_name_of_two(hidden: str) -> None:
    assert one_line(hidden) == "Almestad"


def test_no_heap_of_marks_covers_the_lines_beside_it_and_what_a_language_writes_stays() -> None:
    assert one_line("a" + "\u0300" * 200 + "b") == "a" + "\u0300" * 6 + "b"
    for written in ("Đặng Thùy Trâm", "שָׁלוֹם", "नमस्ते", "ལྷ་ས་", "❤\ufe0f", "1\ufe0f\u20e3"):
        assert one_line(written) == written
