"""Websites, read: living pages, walls and parked domains."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, Precision, Transport
from tests.platforms.shown import kept, made
from tests.platforms.website import FRONT, SELLER, URL, shown, site
from tests.reading.walls import LIVING, WALLS

# --- one page ---------------------------------------------------------------------------------------------------------


def test_a_living_page_says_whose_it_is() -> None:
    reading = shown(site())
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.description) == ("Almestads bibliotek", "Böcker, sagor och samtal.")
    assert (facts.language, facts.avatar_url) == ("sv-SE", "https://almestad.example/ikon.png")
    assert facts.links == ("https://kartor.example/almestad",)
    assert facts.activity == Activity(at=datetime(2026, 11, 10, 8, 0, tzinfo=UTC), source="page")


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("Sommarlov | Almestads bibliotek", "https://almestadsbibliotek.example/x", "Almestads bibliotek"),
        ("Sommarlov - AKB", "https://akb.example/x", "AKB"),
        ("Sommarlov - Almestads kommunala bibliotek", "https://akb.example/x", "Almestads kommunala bibliotek"),
        ("Välkommen till oss", "https://akb.example/", "Välkommen till oss"),
        ("Hem", "https://akb.example/", UNSEEN),
        ("Sommarlov | Något annat", "https://akb.example/x", UNSEEN),
        ("Sommarlov", "https://akb.example/x", UNSEEN),
    ],
)
def test_a_name_is_taken_from_the_title_only_where_the_host_is_called_after_it(
    title: str, url: str, name: object
) -> None:
    page = site(url=url)
    html = page.body.decode().replace("Sommarlov – Almestads bibliotek", title).replace("og:site_name", "og:x")
    assert shown(made(html, url=url), url).facts.display_name == name


@pytest.mark.parametrize("status", [200, None])
def test_a_page_with_hardly_a_word_is_nobodys_fault(status: int | None) -> None:
    reading = shown(made("<title>Almestads bibliotek</title><p>Välkommen", url=URL, status=status))
    assert (reading.transport, reading.existence) == (Transport.UNREADABLE, Existence.UNKNOWN)


def test_a_page_of_few_words_lives_where_it_leads_to_the_sites_other_pages() -> None:
    links = "".join(f"<a href='/{name}'>{name}</a> " for name in ("kultur", "barn", "böcker", "musik", "film", "om"))
    few = f"<title>Almestads bibliotek</title><body>{links}<h1>Välkommen till Almestads bibliotek</h1>"
    assert shown(made(few, url=FRONT), FRONT).existence is Existence.PRESENT
    elsewhere = few.replace("href='/", "href='https://annan.example/")
    assert shown(made(elsewhere, url=FRONT), FRONT).transport is Transport.UNREADABLE


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_status_alone_proves_nothing(status: int) -> None:
    assert shown(site(status=status)).existence is Existence.UNKNOWN


@pytest.mark.parametrize("transport", sorted(WALLS))
def test_no_wall_is_taken_for_a_page(transport: Transport) -> None:
    for walls in WALLS[transport].values():
        for wall in walls:
            page = made(wall.html, url=URL, final_url=wall.landed, status=wall.status, headers=wall.headers)
            reading = shown(page)
            assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


@pytest.mark.parametrize("name", sorted(LIVING))
def test_a_page_that_carries_a_guards_tag_is_read(name: str) -> None:
    living = LIVING[name]
    page = made(f"<title>Kultur</title>{living.html}", url=URL, status=living.status, headers=living.headers)
    assert shown(page).existence is Existence.PRESENT


@pytest.mark.parametrize(
    "notice",
    ["Bekräfta att du inte är en robot", '<form action="/consent"></form>', '<script src="/TSPD/081"></script>'],
)
def test_a_guards_words_in_the_forms_of_a_page_that_somebody_tends_are_no_wall(notice: str) -> None:
    words = "<p>Biblioteket håller öppet hela sommaren och alla är välkomna.</p>" * 4
    own_pages = "".join(f"<a href='/{name}'>{name}</a>" for name in ("om", "kontakt", "barn", "unga", "film", "musik"))
    page = f"<title>Sommarlov</title><body>{notice}{words}"
    assert shown(made(page + own_pages, url=URL)).existence is Existence.PRESENT
    assert shown(made(page, url=URL)).transport in (Transport.BLOCKED, Transport.CONSENT)
    titled = f"{page}{own_pages}".replace("Sommarlov", "Just a moment...")
    assert shown(made(titled, url=URL)).transport is not Transport.OK
    upkeep = "Underhåll av lekplatser"
    assert shown(made(f"{page}{own_pages}".replace("Sommarlov", upkeep), url=URL)).existence is Existence.PRESENT
    assert shown(made(f"<title>{upkeep}</title>{words}", url=URL)).transport is Transport.UNREACHABLE


def test_a_parked_domain_is_gone_in_the_sellers_own_words() -> None:
    front = "https://almestadsfestivalen.example/"
    reading = shown(kept("website", "parked.html", url=front), front)
    assert reading.existence is Existence.GONE
    assert [marker.id for marker in reading.markers] == ["website.for-sale"]


def test_one_page_of_a_domain_does_not_sell_all_of_it() -> None:
    page = f"{FRONT}program"
    reading = shown(kept("website", "parked.html", url=page), page)
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize("url", [FRONT, URL])
def test_a_sellers_own_host_says_it_of_the_whole_domain(url: str) -> None:
    page = made("<title>almestad.example</title>Make an offer on this domain", url=url, final_url=SELLER)
    assert [marker.id for marker in shown(page, url).markers] == ["website.sellers-page"]
    assert shown(page, url).existence is Existence.GONE


@pytest.mark.parametrize("title", ["Domain news", "Om domänen", "Nyheter", ""])
def test_a_short_note_that_quotes_a_seller_is_nobodys_end(title: str) -> None:
    note = f"<title>{title}</title><body>This domain is for sale, said the note.</body>"
    assert shown(made(note, url=URL)).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "title", ["almestad.example", "This domain has expired", "Domain for sale", "Parkerad hos Loopia"]
)
def test_a_sellers_title_names_what_he_offers(title: str) -> None:
    note = f"<title>{title}</title><body>This domain has expired. Is this your domain? Renew now</body>"
    assert shown(made(note, url=FRONT), FRONT).existence is Existence.GONE


@pytest.mark.parametrize(
    "words",
    [
        "This webpage was generated by the domain owner using Sedo Domain Parking.",
        "The domain almestad.example may be for sale by its owner!",
        "The domain name almestad.example is for sale! Get a price in less than 24 hours.",
        "Related searches. This page provided to the domain owner free by Sedo's Domain Parking.",
        "This domain has been purchased and parked by a customer of Loopia.",
    ],
)
def test_sellers_who_put_the_name_between_their_words_are_known(words: str) -> None:
    page = made(f"<title>almestad.example</title><body>{words}</body>", url=FRONT)
    assert shown(page, FRONT).existence is Existence.GONE
    somebodys = made(f"<title>Sommarlov</title><body>{words}</body>", url=FRONT)
    assert shown(somebodys, FRONT).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "almestad.example",
            "Certificate error. The certificate for this domain has expired. Contact your IT support.",
        ),
        ("Domain parked", "Blocked. This domain is parked and blocked by the network of the municipality."),
        ("Åtkomst nekad till almestad.example", "Stoppad av webbfiltret. Kategori: parkerad. Domain has expired."),
    ],
)
def test_a_filter_that_says_why_in_a_sellers_words_is_a_block(title: str, said: str) -> None:
    reading = shown(made(f"<title>{title}</title><p>{said}", url=FRONT), FRONT)
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)


def test_an_article_about_domains_for_sale_is_a_living_page() -> None:
    html = site().body.decode().replace("Biblioteket håller", "This domain is for sale. " * 80 + "Biblioteket håller")
    assert shown(made(html, url=URL)).existence is Existence.PRESENT


def test_a_feed_is_read_as_the_site_it_belongs_to() -> None:
    reading = shown(kept("website", "feed.xml", url=URL))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Almestads bibliotek")


@pytest.mark.parametrize("body", ['{"a": 1}', "<?xml version='1.0'?><urlset/>"])
def test_what_is_made_for_machines_says_nothing(body: str) -> None:
    assert shown(made(body, url=URL)).existence is Existence.UNKNOWN


def test_a_list_of_pages_tells_the_latest_change() -> None:
    urls = "".join(f"<url><lastmod>{at}</lastmod></url>" for at in ("2026-11-10", "2027-01-01", "x"))
    facts = shown(made(f"<?xml version='1.0'?><urlset>{urls}</urlset>", url=URL)).facts
    assert facts.activity == Activity(at=datetime(2026, 11, 10, tzinfo=UTC), source="sitemap", precision=Precision.DAY)


# --- anything at all --------------------------------------------------------------------------------------------------
