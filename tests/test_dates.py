"""Days and moments as people write them."""

from __future__ import annotations

import pytest

from audits.wording.dates import long_day, long_moment, told
from tests.builders import NIGHT, STOCKHOLM, TODAY


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("sv", "3 november 2026", "3 november 2026 kl. 03.15"),
        ("en", "3 November 2026", "3 November 2026, 03:15"),
        ("xx", "3 november 2026", "3 november 2026 kl. 03.15"),  # a language that is not there is answered in Swedish
    ],
)
def test_a_day_and_a_moment_in_each_language(language: str, day: str, moment: str):
    assert (long_day(TODAY, language), long_moment(NIGHT, language, STOCKHOLM)) == (day, moment)


@pytest.mark.parametrize("text", ["", "44", "2026-13-40", "almestad.ex", "@2026-11-0", "2026-W48-5"])
def test_a_text_that_is_no_day_is_left_as_it_is(text: str):
    assert told(text, "sv") == text


def test_a_day_in_figures_is_written_out():
    assert told("2026-09-28", "sv") == "28 september 2026"
