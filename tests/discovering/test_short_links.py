"""What a shortener's answer says, and what it changes of what is known of an address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audits.discovering.short_links import WHY, Leads, ahead_of, is_short
from audits.model import Page, SightingKind, Transport
from audits.platforms import GRAMMARS
from tests.builders import NIGHT, a_sighting

SHORT = "https://fb.me/almestad1"
LIBRARY = "https://www.facebook.com/almestadsbibliotek"
HIDING = a_sighting(url=SHORT, kind=SightingKind.OTHER, platform="facebook", key=None)


def sent_on(location: str, status: int = 301) -> Page:
    return Page(url=SHORT, fetched_at=NIGHT, status=status, headers={"location": location})


@pytest.mark.parametrize(
    "url", [SHORT, "https://t.co/a1", "https://lnkd.in/a1", "https://bit.ly/a1", "https://pin.it/a"]
)
def test_a_host_that_only_sends_on_may_be_asked(url: str):
    assert is_short(url, GRAMMARS)


@pytest.mark.parametrize(
    "url",
    [
        LIBRARY,
        "https://www.tiktok.com/t/ZExempel/",
        "https://m.me/almestad",
        "https://youtu.be/exempel_-12",
        "https://almestad.example/",
        f"https://bit.ly/{'a' * 500}",
    ],
)
def test_a_page_of_a_platform_is_not_asked_for_as_a_short_link(url: str):
    assert not is_short(url, GRAMMARS)


def test_a_redirect_names_the_address_ahead_whole_or_from_its_own():
    assert ahead_of(sent_on(LIBRARY)) == LIBRARY
    assert ahead_of(sent_on("/annan", 302)) == "https://fb.me/annan"


@pytest.mark.parametrize(
    "answer",
    [
        sent_on(LIBRARY, 200),
        sent_on(""),
        sent_on("https://[fel/"),
        replace(sent_on(LIBRARY), transport=Transport.NOT_PERMITTED),
    ],
)
def test_any_other_answer_names_nothing(answer: Page):
    assert ahead_of(answer) == ""


def test_a_short_link_means_the_account_that_it_leads_to():
    leads = Leads(GRAMMARS, {SHORT: LIBRARY})
    assert leads.identify(SHORT).key == "facebook:almestadsbibliotek"
    named = leads.named(HIDING)
    assert (named.key, named.kind, named.why) == ("facebook:almestadsbibliotek", SightingKind.PROFILE, WHY)
    assert (named.url, named.page, named.place) == (SHORT, HIDING.page, HIDING.place)


@pytest.mark.parametrize("known", [{}, {SHORT: "https://almestad.example/nyhet"}, {SHORT: f"{LIBRARY}/posts/12345"}])
def test_one_that_leads_to_no_account_stays_what_it_is(known: dict[str, str]):
    assert Leads(GRAMMARS, known).named(HIDING) == HIDING
