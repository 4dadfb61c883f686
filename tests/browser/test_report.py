"""The report in a real browser: accessible in every look, at rest on the network, quick with thousands of accounts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from audits.reporting import Dossier, gather
from audits.wording import Terms
from tests.browser import Look, PageOf, assert_accessible, opening, worked
from tests.browser.cities import a_city
from tests.builders import NIGHT, STOCKHOLM, an_account, an_observation
from tests.quickness import fits
from worker.rendering import render_page

SECOND = 1_000  # ms
TRIES = 6
BROKEN_WORDS = """() => {
    const broken = [], range = document.createRange();
    for (const cell of document.querySelectorAll("tbody th, tbody td")) {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[\\p{L}.]+/gu)) {
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(each => each.top)).size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""

IN_ORDER = """() => {
    const order = ["told", "unread", "well"];
    const places = [...document.querySelectorAll("#all > details")].map(each => order.indexOf(each.dataset.standing));
    return new Set(places).size === order.length && places.every((place, at) => at === 0 || places[at - 1] <= place);
}"""


def the_page(language: str = "sv", accounts: int = 8) -> str:
    return render_page(a_city(accounts, language), STOCKHOLM)


def test_the_report_is_accessible_in_every_look_with_every_account_page_open(page_of: PageOf):
    page = page_of(the_page())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert_accessible(page)


def test_the_english_report_is_accessible_as_it_is_opened(page_of: PageOf):
    assert_accessible(page_of(the_page("en")), [Look(390, "light")])


@pytest.mark.parametrize("width", [390, 1280])
def test_names_without_end_widen_nothing(page_of: PageOf, width: int):
    account = an_account(name="N" * 600, administration="F" * 300, unit="U" * 300)
    dossiers = [Dossier(account=account, observation=look, findings=()) for look in (an_observation(), None)]
    report = gather(dossiers, {}, Terms(language="sv"), NIGHT)
    page = page_of(render_page(report, STOCKHOLM), Look(width, "light"))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_no_name_is_broken_within_a_word_where_there_is_room(page_of: PageOf):
    page = page_of(the_page(), Look(960, "light"))
    assert page.evaluate(BROKEN_WORDS) == []


def test_it_opens_within_a_second_with_two_thousand_accounts(page_of: PageOf, tmp_path: Path):
    """What is measured is the page, and not what else the machine does meanwhile: tried until it is quick enough.

    On a machine that is busy all the time no clock on the wall tells that, but the work of the page's own process.
    """
    file = tmp_path / "big.html"
    file.write_text(the_page(accounts=2_000), encoding="utf-8")
    assert any(opens_within_a_second(page_of(file)) for _ in range(TRIES))


def opens_within_a_second(page: Page) -> bool:
    took = opening(page)
    return max(took.painted, took.loaded) <= SECOND or fits(worked(page), 1)


def test_it_is_whole_without_its_script(page_of: PageOf):
    page = page_of(the_page(), script=False)
    expect(page.locator("#all > details")).to_have_count(8)
    expect(page.locator("#finder")).to_be_hidden()
    page.locator("#a1 > summary").click()
    expect(page.locator("#a1 svg[role=img]")).to_be_visible()


@pytest.fixture
def page(page_of: PageOf) -> Page:
    return page_of(the_page())


def shown(page: Page) -> Locator:
    return page.locator("#all > details:visible")


def test_accounts_are_found_by_what_they_are_called_and_whose_they_are(page: Page):
    page.get_by_label("Sök konto").fill("konto 3 kultur")
    expect(shown(page)).to_have_count(1)
    expect(page.locator("output")).to_have_text("1 av 8 konton visas")


def test_accounts_are_chosen_by_how_they_stand(page: Page):
    page.get_by_label("inte läst", exact=True).check()
    unread = page.locator("#all > details[data-standing=unread]").count()
    assert unread > 0
    expect(shown(page)).to_have_count(unread)


def test_accounts_are_put_in_the_order_asked_for(page_of: PageOf):
    page = page_of(the_page(accounts=12))
    assert not page.evaluate(IN_ORDER)
    page.get_by_label("Ordning").select_option("standing")
    page.wait_for_function(IN_ORDER)


def test_a_link_to_an_account_opens_its_page(page: Page):
    page.locator("#administrations a[href='#a2']").first.click()
    expect(page.locator("#a2")).to_have_attribute("open", "")


def test_every_link_within_the_page_leads_somewhere(page: Page):
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(each => each.getAttribute('href').slice(1))"
        ".filter(name => !document.getElementById(name))"
    )
    assert lost == []


def test_paper_shows_no_controls_and_every_remark(page: Page):
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("#finder")).to_be_hidden()
    expect(page.locator("#administrations article").first).to_be_visible()


def test_paper_has_all_that_was_told_of_a_night_and_no_offer_to_show_the_rest(page_of: PageOf):
    report = a_city(8)
    [night, *earlier] = report.nights
    busy = replace(night, told=(night.told[0],) * 15)
    page = page_of(render_page(replace(report, nights=(busy, *earlier)), STOCKHOLM))
    expect(page.get_by_text("Visa 3 till")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Visa 3 till")).to_be_hidden()
    for item in page.locator("#nights details li").all():
        expect(item).to_be_visible()


def test_paper_is_as_narrow_as_a_telephone_and_has_tables_all_the_same(page_of: PageOf):
    page = page_of(the_page(), Look(703, "light"))  # A4 less its margins, in CSS pixels
    row = page.locator("#administrations table.cards tbody tr").first
    assert row.evaluate("each => getComputedStyle(each).display") == "flex"
    page.emulate_media(media="print")
    assert row.evaluate("each => getComputedStyle(each).display") == "table-row"


def test_a_narrow_screen_says_beside_each_figure_what_it_is(page_of: PageOf):
    page = page_of(the_page(), Look(390, "light"))
    figure = page.locator("#administrations td[data-of]").first
    assert "Konton" in figure.evaluate("each => getComputedStyle(each, '::before').content")
