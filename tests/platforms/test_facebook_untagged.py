"""Facebook's pages without a preview: the name is believed where the page says it twice, and in no log-in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import ALIVE, UNSEEN, Existence, PlatformId, Reading
from audits.platforms.facebook import PLATFORM
from tests.platforms.shown import made, read, the_time

SITE = "https://www.facebook.com/almestadsstad"
SIMPLE = "https://mbasic.facebook.com/almestadsstad"
PAGE = PlatformId("page", "770001234")
LOGGED = '<script>big_pipe.onPageletArrive({"entity_id":"770001234"});</script>'
POSTED = '<a href="/almestadsstad/posts/1"><abbr data-utime="1399017600">2 maj</abbr></a>'
COUNTED = "Almestads stad, Almestad. 8 213 gillar · 812 pratar om detta. Välkommen till stadens sida."
UNCOUNTED = "Almestads stad är på Facebook. Gå med i Facebook för att hålla kontakten med Almestads stad och andra."


def look(title: str, description: str = "", *, body: str = "", url: str = SITE, canonical: str = SITE) -> Reading:
    metas = f'<meta name="description" content="{description}">' if description else ""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    page = f"<html><head><title>{title}</title>{metas}{link}</head><body>{body}</body></html>"
    return read(PLATFORM, made(page.encode(), url=url), "facebook:almestadsstad")


@pytest.mark.parametrize("description", [COUNTED, UNCOUNTED])
@pytest.mark.parametrize("title", ["Almestads stad | Facebook", "Almestads stad - Startsida | Facebook"])
def test_the_title_names_a_page_of_2014_that_says_its_name_again(title: str, description: str) -> None:
    reading = look(title, description, body=LOGGED + POSTED)
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "almestadsstad", PAGE)
    assert the_time(facts) == datetime(2014, 5, 2, 8, 0, tzinfo=UTC)


def test_a_name_may_hold_what_parts_it_from_a_tab_elsewhere() -> None:
    said = "Badhuset - Almestad, Almestad. 213 gillar · 8 pratar om detta. Simhall."
    assert look("Badhuset - Almestad | Facebook", said, body=LOGGED).facts.display_name == "Badhuset - Almestad"


def test_words_after_the_counts_are_the_pages_own() -> None:
    assert look("Almestads stad | Facebook", COUNTED).facts.description == "Välkommen till stadens sida."


def test_the_heading_of_2010_says_the_name_again() -> None:
    address = "https://www.facebook.com/pages/Almestads-stad/770001234"
    reading = look("Almestads stad | Facebook", url=address, canonical="",
                   body='<h1 id="profile_name">Almestads stad</h1>')  # fmt: skip
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.display_name, reading.facts.platform_id) == ("Almestads stad", PAGE)


TABS = '<a href="/almestadsstad?v=timeline&amp;lst=0%3A770001234%3A1610690201">Timeline</a>'
PICTURE = '<div id="root"><img alt="Almestads stad, profilbild" src="https://pictures.example/a.jpg"></div>'


def test_a_page_for_simple_telephones_names_itself_in_its_picture_and_its_tabs() -> None:
    facts = look("Almestads stad", url=SIMPLE, canonical="", body=PICTURE + TABS).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads stad", "almestadsstad", PAGE)


def test_tabs_of_somebody_else_tell_nothing_of_the_page() -> None:
    reading = look("Almestads stad", COUNTED, body=TABS.replace("/almestadsstad", "/grannby"))
    assert reading.facts.platform_id is UNSEEN


@pytest.mark.parametrize(
    ("title", "description", "body"),
    [
        ("Logga in | Facebook", "Logga in på Facebook för att börja dela med dig.", ""),
        ("Sidan hittades inte", "", '<div id="root"><h1>Sidan hittades inte</h1></div>'),
        ("Facebook", "Facebook, 3 miljarder. Facebook.", LOGGED),
        ("Almestads stad | Facebook", "", LOGGED),
        ("Innehållet hittades inte | Facebook", "Innehållet hittades inte.", LOGGED),
    ],
)
def test_a_title_that_is_said_only_once_names_nobody(title: str, description: str, body: str) -> None:
    assert look(title, description, body=body).existence not in ALIVE


def test_followers_are_counted_by_the_link_to_them_where_a_browser_has_made_the_page() -> None:
    others = '<a href="https://www.facebook.com/grannby/followers/">9 följare</a>'
    links = f'{others}<a href="{SITE}/followers/">1 345 följare</a>'
    assert look("Almestads stad | Facebook", COUNTED, body=links).facts.followers == 1345
    assert look("Almestads stad | Facebook", COUNTED, body=links.replace("1 345", "1,3 tn")).facts.followers is UNSEEN
