"""Where facts stand in markup, and what servers stream into scripts."""

from __future__ import annotations

import json

from audits.reading.html import read_html
from audits.reading.places import found, placed
from audits.reading.seroval import as_json

PAGE = read_html('<b class="card-name"></b><i class="fullname">Hamn</i><a class="card-link" href="/hamn/about">9</a>')


def test_the_first_place_that_says_something_tells_and_where_none_does_nothing_is_told() -> None:
    places = {"name": (".card-name", ".fullname"), "link": ('a[href^="/{}/" i]@href',), "bio": (".card-bio",)}
    assert placed(PAGE, places, "HAMN") == {"name": "Hamn", "link": "/hamn/about"}


def test_what_is_left_out_by_a_selector_need_not_stand_in_the_page() -> None:
    assert found(PAGE, ".fullname:not(.profile-name-of-another)")


def test_serovals_notation_is_turned_into_json() -> None:
    literal = r'$R[1]={a:!0,b:!1,c:void 0,d:$R[7],e:"x\x3Cy: \\x3C",f:[1,-2.5]}'
    assert json.loads(as_json(literal)) == {
        "a": True, "b": False, "c": None, "d": None, "e": "x<y: \\x3C", "f": [1, -2.5],
    }  # fmt: skip
