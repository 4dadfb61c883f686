"""Every page in a real browser: on a phone and a desk, in the light and the dark, without any script."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from audits.digest import Purpose
from console.app import make_app
from tests.browser import LOOKS, assert_accessible, patient
from tests.console.serving import served
from tests.telling.offices import CONSOLE, ask_about_a_channel, office
from worker.steps.telling import hash_of


def test_axe_finds_nothing_on_any_page(browser: Browser, tmp_path):
    with office(tmp_path) as opened, served(make_app(opened.deployment)) as url:
        ask_about_a_channel(opened)
        links = opened.links()
        assert "ours" in links
        used = opened.made(Purpose.EXPLAIN)
        opened.letters.stored.use(hash_of(used.rpartition("/")[2]), "Bea", opened.clock())
        others = (Purpose.ATTEST, Purpose.ROUND, Purpose.WHOLE)
        paths = ["/", "/accessibility", "/nowhere", used, *links.values(), *(opened.made(each) for each in others)]
        context = browser.new_context(bypass_csp=True)
        for path in paths:
            page = patient(context.new_page())
            page.goto(url + path)
            assert_accessible(page, (LOOKS[0], LOOKS[3]))  # the phone in the light, the desk in the dark
            page.close()
        context.close()


def test_axe_finds_nothing_on_a_page_that_asks_for_what_is_missing_or_gives_thanks(browser: Browser, tmp_path):
    with office(tmp_path) as opened, served(make_app(opened.deployment)) as url:
        links, context = opened.links(), browser.new_context(bypass_csp=True)
        page = patient(context.new_page())
        page.goto(url + opened.made(Purpose.ATTEST))
        page.get_by_label("Vem är du?").fill("Bea")
        page.get_by_label("Länk till senaste inlägget").fill("https://x.com/almestad")
        page.get_by_role("button", name="Spara").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("hör inte till något inlägg")
        expect(page).to_have_title("Inte sparat · Bekräfta kontot · Kanalkoll")
        expect(page.get_by_role("alert")).to_be_focused()  # a screen reader begins there; the browser waits for a frame
        assert_accessible(page, (LOOKS[0], LOOKS[3]))
        page.goto(url + links["report"])
        page.get_by_label("Vem är du?").fill("Bea")
        page.get_by_label("Kontots adress").fill("https://x.com/almestad")
        page.get_by_role("button", name="Skicka").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Kommunikationsansvarig har fått")
        assert_accessible(page, (LOOKS[0], LOOKS[3]))
        opened.clock.pass_hours(24 * 61)
        page.goto(url + links["fix"])
        expect(page.get_by_role("heading")).to_contain_text("Knappens tid har gått ut")
        assert_accessible(page, (LOOKS[0], LOOKS[3]))
        context.close()


def test_a_reader_answers_with_the_keyboard_alone_and_without_a_script(browser: Browser, tmp_path):
    with office(tmp_path) as opened, served(make_app(opened.deployment)) as url:
        context = browser.new_context(java_script_enabled=False)
        page = patient(context.new_page())
        page.goto(url + opened.path(Purpose.FIX).removeprefix(CONSOLE))
        page.get_by_label("Vem är du?").fill("Bea")
        page.get_by_role("button", name="Vi fixar det").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Bea fixar")
        page.get_by_label("Vem är du?").fill("Bea")
        page.get_by_role("button", name="Ångra").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Anmärkningen är öppen igen")
        context.close()
