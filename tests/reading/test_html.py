"""A page becomes plain values, the same ones whichever parser reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.charsets import decode
from audits.reading.html import Document, read_html
from tests.corpus import recordings
from tests.reading.oracle import SlowlyRead, read_slowly

TIDY = """<!doctype html><html lang="sv"><head>
<title>Almestads stad
  – Kultur</title>
<meta property="OG:Title" content=" Almestads stad ">
<meta name="description" itemprop="about" content="Nyheter &amp; tips">
<meta charset="utf-8"><meta name="empty" content="">
<link rel="Alternate" type="application/rss+xml" href="/feed" title="Nyheter"><link rel="preload">
<script id="state" type="application/JSON">{"a": "<b>"}</script><script src="/x.js"></script>
<style>.a { color: red }</style></head>
<body><svg><title>Ikon</title></svg><h1>Välkommen</h1>
<a href="https://social.almestad.example/@almestad" rel="ME nofollow" title="Mastodon"> Följ <b>oss</b>
<script>spåra()</script></a><a name="ankare">Ingen länk</a><p>Sida&nbsp;1</p>
<template><a href="/mall">Mall</a></template>
<noscript>Slå på JavaScript</noscript></body></html>"""

TORN = """<title>Avbruten<body><p>Första<p>Andra<a href=/kvar>Kvar<div><a href='/igen'>Igen</div>
<meta name=robots content=noindex><script>var a = "</p>";"""


def shown(document: Document | SlowlyRead) -> tuple[object, ...]:
    """What both parsers must agree on."""
    metas = tuple(meta for meta in document.metas if meta[1])
    return document.title, metas, document.links, document.scripts, [anchor.href for anchor in document.anchors]


def test_a_tidy_page_is_read_whole() -> None:
    page = read_html(TIDY)
    assert page.title == "Almestads stad – Kultur"
    assert page.language == "sv"
    assert page.meta("og:title") == "Almestads stad"
    assert page.meta("missing", "about") == "Nyheter & tips"
    assert page.link("alternate") == "/feed"
    assert [script.id for script in page.scripts] == ["state", ""]
    anchor = page.anchors[0]
    assert (anchor.href, anchor.text, anchor.rel) == (
        "https://social.almestad.example/@almestad",
        "Följ oss",
        "me nofollow",
    )


def test_anchors_are_found_by_their_relation_whatever_its_case() -> None:
    assert list(read_html(TIDY).related("me")) == ["https://social.almestad.example/@almestad"]
    assert list(read_html(TIDY).related("m")) == []


def test_only_words_that_a_reader_sees_are_text() -> None:
    assert read_html(TIDY).text == "Ikon Välkommen Följ oss Ingen länk Sida 1 Slå på JavaScript"


def test_a_drawing_does_not_name_the_page() -> None:
    assert read_html("<body><svg><title>Ikon</title></svg>Hej").title == ""


@pytest.mark.parametrize(
    ("written", "title"),
    [("(3) Almestad", "Almestad"), ("(20+) Almestad", "Almestad"), ("(1177)", "(1177)"), ("(2026) 1", "(2026) 1"),
     ("Almestad (3) Bad", "Almestad (3) Bad")],
)  # fmt: skip
def test_how_many_notices_wait_for_the_visitor_is_none_of_the_title(written: str, title: str) -> None:
    assert read_html(f"<title>{written}</title>").title == title


def test_title_and_metas_are_without_the_marks_of_direction_around_names() -> None:
    page = read_html("<title>\u200fAlmestad\u200f (@x)</title><meta name=description content='&lrm;Almestad&lrm;, x'>")
    assert (page.title, page.meta("description")) == ("Almestad (@x)", "Almestad, x")


def test_an_empty_meta_does_not_hide_a_later_name() -> None:
    assert read_html('<meta name="a" content=""><meta name="b" content="ja">').meta("a", "b") == "ja"


def test_a_page_is_where_it_says_that_it_is_shared() -> None:
    shared, found = '<meta property="og:url" content="/delas">', '<link rel="canonical" href="/hittas">'
    assert [read_html(text).own_address for text in (found + shared, found, "")] == ["/delas", "/hittas", None]


@pytest.mark.parametrize("text", [TIDY, TORN, "", "bara ord", "<", "<!-- öppen", TIDY[:400], TIDY.replace("<", " <")])
def test_another_parser_reads_the_same(text: str) -> None:
    assert shown(read_html(text)) == shown(read_slowly(text))


def test_another_parser_reads_the_same_in_recorded_pages() -> None:
    pages = [each for each in recordings() if each.file.endswith(".html.gz")]
    texts = {each.file: decode(each.body(), None) for each in pages}
    differing = [file for file, text in texts.items() if shown(read_html(text)) != shown(read_slowly(text))]
    assert len(pages) > 50
    assert not differing


@given(st.text(alphabet=st.sampled_from("<>/=\"' abmetlinkscriptahref!-&;\n\u0000\ufffd"), max_size=200))
def test_no_markup_is_too_broken(text: str) -> None:
    assert read_html(text).source == text
