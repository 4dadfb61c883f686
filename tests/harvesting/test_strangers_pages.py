"""No markup and no address raises, and none keeps anybody waiting."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audits.harvesting.likeness import Likeness, Name, likeness
from tests.harvesting.looking import CITY, PAGES, PROFILE, only, seen_on
from tests.platforms.shown import mangled
from tests.quickness import seconds_of


@given(st.text(max_size=60), st.text(max_size=60))
@example("\ud800", "ß" * 50)
def test_any_two_texts_can_be_held_against_each_other(handle: str, name: str) -> None:
    assert likeness(handle, Name(name)) in Likeness


PIECES = st.sampled_from([
    '<a href="https://x.com/a', '<a href="//facebook.com/almestad">', "</a>", "<footer>", "</footer>", "<article>",
    '<script type="application/ld+json">{"sameAs":["https://x.com/', "</script>", "<template>", "<svg>", "<table>",
    '<iframe src="https://[', '<a href="javascript:https://x.com/b">', '"https:\\/\\/www.instagram.com\\/c\\', "<!--",
    "-->", "<div class='social author'>", '<link rel=alternate type=application/rss+xml href="http://[::1', "{", "}",
    '<meta name="twitter:site" content="@', "\x00", "&#xD800;", '<blockquote cite="https://www.tiktok.com/@d">', "%ff",
    'data-screen-name="e" ', "\ud800", "<noscript>", "?url=https%3A%2F%2Ffb.com%2Fh",
    '<a href="https://x.com/%00%ff/../f" onclick="open(\'https://t.me/g\')">',
])  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40), st.sampled_from([CITY, "", "http://[", "ö" * 9]))
def test_no_markup_and_no_address_of_the_page_raises(pieces: list[str], url: str) -> None:
    for each in seen_on("".join(pieces).encode("utf-8", "surrogatepass"), url):
        assert (each.kind is PROFILE) == (each.key is not None)
        each.url.encode()
        each.text.encode()


@pytest.mark.parametrize(
    "name", ["front.html", "article.html", "channels.html", "library.html", "people.html", "feed.xml"]
)
def test_a_mangled_page_is_read_as_far_as_it_goes(name: str) -> None:
    for body in mangled((PAGES / name).read_bytes()):
        assert all(each.url for each in seen_on(body))


def test_json_instead_of_a_page_is_read_as_data() -> None:
    assert only('{"footer": {"facebook": "https:\\/\\/www.facebook.com\\/almestad"}}').key == "facebook:almestad"


@pytest.mark.parametrize(
    "unit",
    [
        '<li><a href="https://www.facebook.com/x{}">F</a></li>',
        '<p class="author social">',
        "//a.b/",
        "a.",
        "https://fb.com/",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<script>{}</script>", '<div data-x="{{{}">'])
def test_three_megabytes_of_anything_take_seconds_at_most(unit: str, around: str) -> None:
    body = around.format("".join(unit.format(number) for number in range(3_000_000 // len(unit))))[:3_000_000]
    assert seconds_of(lambda: seen_on(body), 4) < 4
