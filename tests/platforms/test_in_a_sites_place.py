"""What answers in a website's place: servers' own pages, faults, lenders of names, front pages and other domains."""

from __future__ import annotations

import pytest

from audits.model import NO_FACTS, Existence, Transport
from audits.platforms.website import same_site
from tests.platforms.shown import made
from tests.platforms.website import FRONT, URL, shown, site


@pytest.mark.parametrize(
    "title", ["Welcome to nginx!", "Apache2 Ubuntu Default Page: It works", "Domain Default page", "Index of /"]
)
def test_a_servers_own_page_is_nobodys_site_and_no_end_of_one(title: str) -> None:
    html = f"<title>{title}</title><body>{'If you see this page, the server works. ' * 20}</body>"
    assert shown(made(html, url=FRONT), FRONT).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "words",
    [
        "This is the default index page of your website. This file may be deleted or overwritten.",
        "You see this page because there is no Web site at this address.",
    ],
)
def test_what_a_server_says_until_somebody_puts_a_site_there_is_nobodys_site(words: str) -> None:
    html = (
        f"<title>Welcome!</title><h1>Welcome to your website!</h1><p>{words}</p><p>Produced by the control panel.</p>"
    )
    assert shown(made(html, url=FRONT), FRONT).transport is Transport.UNREADABLE


@pytest.mark.parametrize(
    "title",
    [
        *("Ett fel har inträffat", "Fel", "Tekniskt fel – Almestad", "Almestad | 404", "Oops! Something went wrong"),
        *("HTTP Status 500 – Internal Server Error", "Action Controller: Exception caught", "Noe gikk galt"),
        *("Es ist ein Fehler aufgetreten", "Sivua ei löydy", "Coming soon", "Welcome to your new site"),
        *("Suspected phishing site | Cloudflare", "508 Resource Limit Is Reached", "It works!"),
    ],
)
def test_words_about_a_fault_are_no_site_and_name_nobody(title: str) -> None:
    html = f"<title>{title}</title><body>{'Kontakta oss om det händer igen, och säg när det hände. ' * 8}</body>"
    reading = shown(made(html, url=FRONT), FRONT)
    assert (reading.transport, reading.facts) == (Transport.UNREADABLE, NO_FACTS)


def test_a_lender_of_names_answers_for_nobody_whose_name_is_gone() -> None:
    lent = "https://almestad.lender.example/"
    reading = shown(site(url=lent, final_url="https://lender.example/"), lent)
    assert (reading.existence, reading.reason) == (Existence.UNKNOWN, "front_page")


OWN_TITLE = "Sommarlov – Almestads bibliotek"


@pytest.mark.parametrize("status", [None, 200])
@pytest.mark.parametrize(
    ("title", "landed"),
    [
        *(("404 Not Found", URL), ("Sidan kunde inte hittas – Almestad", URL), ("WordPress › Error", URL)),
        *((OWN_TITLE, f"{FRONT}{path}") for path in ("404", "sidan-finns-inte/", "cgi-sys/suspendedpage.cgi")),
    ],
)
def test_an_error_without_its_status_is_no_page_and_no_end(title: str, landed: str, status: int | None) -> None:
    html = site().body.decode().replace(f"<title>{OWN_TITLE}</title>", f"<title>{title}</title>")
    reading = shown(made(html, url=URL, final_url=landed, status=status))
    assert (reading.transport, reading.existence) == (Transport.UNREADABLE, Existence.UNKNOWN)


@pytest.mark.parametrize(
    ("asked", "existence"),
    [
        (f"{FRONT}sommarlov/2024", Existence.UNKNOWN),
        (f"{FRONT}sv", Existence.PRESENT),
        (f"{FRONT}index.html", Existence.PRESENT),
        ("https://sommarlov.almestad.example/program", Existence.UNKNOWN),
    ],
)
def test_the_front_page_in_a_pages_place_says_nothing_of_the_page(asked: str, existence: Existence) -> None:
    assert shown(site(url=asked, final_url=FRONT), asked).existence is existence


@pytest.mark.parametrize(
    ("asked", "landed", "same"),
    [
        ("https://almestad.example/", "https://www.almestad.example/hem", True),
        ("http://festival.almestad.example/", "https://almestad.example/festival", True),
        ("https://örebro.example/", "https://www.xn--rebro-iua.example/", True),
        ("https://a.almestad.example/", "https://b.almestad.example/", True),
        ("https://almestad.example/", "https://annan.example/", False),
        ("https://a.com.br/", "https://b.com.br/", False),
        ("https://almestad.kommune.no/", "https://grannby.kommune.no/", False),
        ("https://almestad.github.io/", "https://grannby.github.io/", False),
        ("https://almestad.github.io/", "https://github.io/", False),
        ("https://almestad.azurewebsites.net/", "https://www.almestad.azurewebsites.net/", True),
        ("https://a.almestad.co.uk/", "https://almestad.co.uk/", True),
        ("https://192.0.2.7/", "https://192.0.2.8/", False),
        ("https://localhost/", "https://annan.example/", False),
        ("", "https://annan.example/", True),
        ("http://[", "https://annan.example/", True),
    ],
)
def test_a_site_answers_from_its_own_domain(asked: str, landed: str, *, same: bool) -> None:
    assert same_site(asked, landed) is same


def test_another_domains_answer_is_noted_and_never_called_moved() -> None:
    reading = shown(site(final_url="https://annan.example/"))
    assert reading.existence is Existence.UNKNOWN
    assert [(marker.id, marker.excerpt) for marker in reading.markers] == [
        ("website.other-domain", "https://annan.example/")
    ]


def test_a_page_with_more_links_than_are_kept_may_hold_the_one_that_is_wanted() -> None:
    many = "".join(f'<a href="https://annan{each}.example/">annan</a> ' for each in range(500))
    facts = shown(made(f"<title>Almestad</title><body>{many}</body>", url=FRONT), FRONT).facts
    assert isinstance(facts.links, tuple)
    assert (len(facts.links), facts.more_links) == (400, True)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Vägen är spärrad", "Storgatan är spärrad för biltrafik. Åtkomst till fastigheterna finns från Parkgatan."),
        ("Robotklubb för barn", "Är du en robot? Kom till biblioteket och bygg en egen robot tillsammans med andra."),
        ("Wifi på biblioteket", "Anslut till vårt wifi på biblioteket. Godkänn villkoren och surfa så länge du vill."),
        ("Nekad bygglov", "Har du blivit nekad bygglov kan du överklaga beslutet inom tre veckor."),
        ("Trafikläget", "För många bilar på Storgatan gör att köerna växer. Försök att resa senare på dagen."),
        ("Digital kurs", "Lär dig uppdatera din webbläsare och aktivera JavaScript. Kursen är gratis."),
        ("Kommer snart: nya simhallen", "Vi bygger en ny simhall. Här berättar vi om arbetet från grund till tak."),
        ("Felanmälan", "Något gick fel med belysningen? Anmäl fel på gator och torg så åtgärdar vi dem."),
        ("Ett fel har rättats i detaljplanen", "Den nya kartan för kvarteret Ugglan finns i stadshuset för alla."),
    ],
)
def test_a_short_living_page_is_read_though_walls_have_its_words_too(title: str, words: str) -> None:
    about = "Vi använder cookies. Godkänn alla. Logga in på Mina sidor. Om webbplatsen. Tillgänglighet. Kontaktcenter."
    html = f"<title>{title} – Almestad</title><body><h1>{title}</h1><p>{words}</p><p>{about} {about}</p></body>"
    assert shown(made(html, url=FRONT), FRONT).existence is Existence.PRESENT
