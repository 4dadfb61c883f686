"""What a finished mail may be made of: what Outlook's engine draws, what a phone fits, what the dark leaves legible."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from lxml import html

from audits.digest import Button, Sheet
from tests.browser import Look, PageOf, assert_accessible
from tests.telling.letters import full, said, told, well
from worker.rendering.letters import letter_html, letter_text

# https://www.caniemail.com: not drawn by Outlook for Windows, whose engine is Word's
NOT_DRAWN: Final = re.compile(
    r"(display\s*:\s*(flex|grid|inline-flex|inline-grid))|(position\s*:)|(float\s*:)|(transform\s*:)|(@import)|"
    r"(background-image)|(calc\()|(var\()|(:\s*-?[\d.]+r?em\b)",
    re.IGNORECASE,
)
ALLOWED: Final = frozenset({
    "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "h1", "h2", "h3", "p", "a", "br", "span",
    "bdi", "div",
})  # fmt: skip


def link_to(button: Button) -> str:
    return f"https://kanalkoll.almestad.example/{button.purpose.value}/{'x' * 43}"


SHEETS: Final = {"full-sv": full(), "full-en": full("en"), "well-sv": said(told(well()))}


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return SHEETS[request.param]


def test_outlook_draws_all_of_it(sheet):
    page = letter_html(sheet, link_to)
    assert NOT_DRAWN.search(re.sub(r"mso-[^;]*;", "", page)) is None
    assert {str(each.tag) for each in html.document_fromstring(page).iter()} <= ALLOWED


def test_every_table_is_for_looks_alone(sheet):
    tables = html.document_fromstring(letter_html(sheet, link_to)).iter("table")
    assert {table.get("role") for table in tables} == {"presentation"}


def test_nothing_is_asked_of_anybody(sheet):
    page = html.document_fromstring(letter_html(sheet, link_to))
    asked = [name for each in page.iter() for name in each.attrib if name in ("src", "background", "srcset", "data")]
    assert asked == []
    assert "url(" not in letter_html(sheet, link_to)


def test_a_letter_is_small_enough_to_be_shown_whole(sheet):
    """Gmail cuts a message off at 102 kB."""
    assert len(letter_html(sheet, link_to).encode()) < 60_000


def test_the_text_part_says_everything_that_the_html_part_says(sheet):
    page: Any = html.document_fromstring(letter_html(sheet, link_to))
    page.find("head").drop_tree()
    text = " ".join(letter_text(sheet, link_to).split()).casefold()
    for words in (" ".join(str(each).split()) for each in page.itertext()):
        assert words.casefold() in text


def test_the_text_part_has_every_link_of_the_html_part(sheet):
    page = html.document_fromstring(letter_html(sheet, link_to))
    links = {each.get("href") for each in page.iter("a")}
    assert links == set(re.findall(r"https://\S+", letter_text(sheet, link_to)))


def test_axe_finds_nothing_on_a_phone_or_a_desk_in_the_light_or_the_dark(page_of: PageOf):
    for sheet in SHEETS.values():
        assert_accessible(page_of(letter_html(sheet, link_to)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_five_questions_are_answered_within_the_first_screen_of_a_phone(page_of: PageOf, language):
    page = page_of(letter_html(full(language), link_to), Look(390, "light"))
    for fact in full(language).glance:
        box = page.get_by_role("main").get_by_text(fact.text, exact=True).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844  # an iPhone's screen
