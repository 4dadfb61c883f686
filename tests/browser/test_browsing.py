"""The judge of pages: lets a good page pass, and names what is wrong with a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import LOOKS, Look, PageOf, assert_accessible, opener, opening, worked

GOOD = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Bra</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Bra</h1><p>Text</p></main></body></html>"""


def test_a_good_page_passes(page_of: PageOf):
    assert_accessible(page_of(GOOD))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('<p style="color:#bbb;background:#fff">Svag</p>', "color-contrast"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ('<p style="width:2000px">Bred</p>', "width:2000px"),
    ],
)
def test_what_is_wrong_is_named(page_of: PageOf, wrong: str, told: str):
    page = page_of(GOOD.replace("<p>Text</p>", wrong))
    with pytest.raises(AssertionError, match=told):
        assert_accessible(page, [Look(390, "light")])


def test_what_is_wrong_in_the_dark_alone_is_found(page_of: PageOf):
    style = "<style>@media (prefers-color-scheme: dark) { p { color: #222; background: #000; } }</style>"
    page = page_of(GOOD.replace("</head>", f"{style}</head>"))
    assert_accessible(page, [look for look in LOOKS if look.scheme == "light"])
    with pytest.raises(AssertionError, match="320px, dark"):
        assert_accessible(page)


def test_what_is_too_wide_for_paper_is_found(page_of: PageOf):
    style = "<style>@media print { p { width: 2000px; } }</style>"
    with pytest.raises(AssertionError, match="print"):
        assert_accessible(page_of(GOOD.replace("</head>", f"{style}</head>")))


def test_what_paper_cuts_off_is_found(page_of: PageOf):
    inner = '<div style="overflow-x:auto" tabindex="0"><p style="width:900px">Bred</p></div>'
    with pytest.raises(AssertionError, match="print"):
        assert_accessible(page_of(GOOD.replace("<p>Text</p>", inner)), [])


def test_a_page_that_asks_for_something_is_found_out(browser: Browser, tmp_path: Path):
    page = GOOD.replace("</main>", '<script src="https://almestad.example/x.js"></script></main>')
    with (
        pytest.raises(AssertionError, match=r"asked for https://almestad\.example/x\.js"),
        opener(browser, tmp_path) as page_of,
    ):
        page_of(page)


def test_a_page_says_how_long_it_took_to_open(page_of: PageOf):
    page = page_of(GOOD)
    took, now = opening(page), page.evaluate("performance.now()")
    assert 0 < took.painted <= now
    assert 0 < took.loaded <= now


def test_a_page_says_how_much_work_it_took(page_of: PageOf):
    page = page_of(GOOD)
    before = worked(page)
    page.evaluate("() => { const end = performance.now() + 50; while (performance.now() < end); }")
    assert 0 < before <= worked(page) < 60
