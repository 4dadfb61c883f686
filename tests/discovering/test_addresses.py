"""One spelling a page, and none for what is no page of the web."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.discovering.addresses import LONGEST, Hygiene, canonical
from config.discover import load_discovery

PAGE = "https://almestad.example/kultur/bibliotek"
DROPS = load_discovery().hygiene


@pytest.mark.parametrize(
    "spelling",
    [
        "https://almestad.example/kultur/bibliotek#oppettider",
        "HTTPS://ALMESTAD.example:443/kultur/bibliotek",
        "https://almestad.example/kultur/../kultur/./bibliotek",
        "https://almestad.example//kultur///bibliotek",
        "https://almestad.example/kultur/bibliotek?utm_source=brev&utm_campaign=x",
        "https://almestad.example/kultur/bibliotek;jsessionid=0AB1?PHPSESSID=1&fbclid=2",
        "/kultur/bibliotek",
        "bibliotek",
        " bibliotek\n",
        "?",
    ],
)
def test_every_spelling_of_a_page_is_one(spelling: str):
    assert canonical(spelling, PAGE, DROPS) == PAGE


def test_the_order_of_parameters_says_nothing():
    one, other = (canonical(f"{PAGE}?{query}") for query in ("b=2&a=1", "a=1&b=2"))
    assert one == other == f"{PAGE}?a=1&b=2"


def test_letters_beyond_ascii_are_written_one_way():
    spellings = ("https://ålmestad.example/å", "https://xn--lmestad-dxa.example/%C3%A5")
    assert len({canonical(each) for each in spellings}) == 1


@pytest.mark.parametrize(
    "link",
    [
        "mailto:info@almestad.example", "tel:+460000", "javascript:void(0)", "data:text/html,x", "ftp://almestad.example/",
        "https://namn:losen@almestad.example/", "https://almestad.example:8080/", "https://[::1", "http:///x",
        f"https://almestad.example/{'a' * LONGEST}", "https://almestad.example/\x00",
    ],
)  # fmt: skip
def test_what_is_no_page_of_the_web_has_no_spelling(link: str):
    assert canonical(link, PAGE) is None


@given(st.text(max_size=80), st.sampled_from(["", "https://almestad.example/a/", "?", "//almestad.example/"]))
def test_whatever_strangers_write_one_reading_is_enough(text: str, before: str):
    once = canonical(before + text, PAGE, DROPS)
    assert once is None or canonical(once, "", DROPS) == once


def test_a_star_stands_for_all_that_begin_so():
    hygiene = Hygiene(frozenset({"utm_*", "sid"}))
    assert [hygiene.drops(name) for name in ("utm_source", "SID", "sida", "utm")] == [True, True, False, False]
