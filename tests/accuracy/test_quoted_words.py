"""A living profile whose own texts speak of absence, of walls or in code is a living profile.

So is an article about an account that was suspended.
"""

from __future__ import annotations

import html

import pytest

from audits.model import Existence, Transport
from audits.platforms import PLATFORMS
from audits.platforms.website import PLATFORM as WEBSITE
from audits.reading.markers import Where, absences
from tests.accuracy.attacking import accuses, failed_rules_of
from tests.accuracy.specimens import Specimen, read_for, specimens
from tests.accuracy.words import PHRASES, SENTENCES, saying
from tests.platforms.shown import PACKS, made, read

_LARGEST = 60_000
_PARTS = 4  # that workers can share the pages without any of them being read before a test asks
PARAGRAPH = "<p>" + "Så gör du om ditt konto har stängts av plattformen. " * 20 + "</p>"


@pytest.mark.parametrize("part", range(_PARTS))
def test_what_strangers_write_accuses_nobody(part: int) -> None:
    assert [f"{each.name}: {phrase}" for each in living(part) for phrase in PHRASES if _accuses(each, phrase)] == []


def living(part: int) -> list[Specimen]:
    """One part of the living profiles; there are some in each."""
    known = [each for each in specimens() if each.lives and len(each.page.body) < _LARGEST][part::_PARTS]
    assert known
    return known


def _accuses(specimen: Specimen, phrase: str) -> bool:
    page = saying(specimen, phrase)
    reading = read_for(specimen, page)
    return accuses(reading) or bool(failed_rules_of(specimen, reading, page))


def own_words(platform: str) -> list[str]:
    """Every word by which this platform's absences are known."""
    known = (rule for name, rule in absences(PACKS) if name == platform and rule.may_prove(PACKS.today))
    return [value for rule in known if rule.where in (Where.TEXT, Where.TITLE, Where.SOURCE) for value in rule.values]


@pytest.mark.parametrize("part", range(_PARTS))
def test_a_living_profile_may_quote_the_platforms_own_words_of_absence(part: int) -> None:
    said = [(each, phrase) for each in living(part) for phrase in own_words(each.platform.name)]
    assert [f"{each.name}: {phrase}" for each, phrase in said if _accuses(each, phrase)] == []


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize(
    ("platform", "phrase"), [(name, phrase) for name in ("wordpress", "blogspot") for phrase in own_words(name)]
)
def test_a_living_blog_may_quote_its_hosts_words_of_absence(platform: str, phrase: str, status: int) -> None:
    said, address = html.escape(phrase), f"https://almestad.{platform}.com"
    page = made(
        f"<html><head><title>Almestads bibliotek</title>"
        f"<link rel='alternate' type='application/rss+xml' href='{address}/feed/'></head>"
        f"<body><h1>Almestads bibliotek</h1><p>{said}</p>{PARAGRAPH[:300]}</body></html>",
        url=f"{address}/",
        status=status,
    )
    assert not accuses(read(PLATFORMS[platform], page, f"{platform}:almestad"))


@pytest.mark.parametrize("phrase", SENTENCES)
def test_an_article_about_a_closed_account_is_an_article(phrase: str) -> None:
    said = html.escape(phrase)
    page = made(
        f"<html><head><title>{said} | Almestads stad</title><meta property='og:type' content='article'></head>"
        f"<body><h1>{said}</h1><blockquote>{said}</blockquote>{PARAGRAPH}<p>{said}</p></body></html>",
        url="https://almestad.example/nyheter/kontot",
    )
    reading = read(WEBSITE, page)
    assert not accuses(reading)
    assert reading.transport is not Transport.OK or reading.existence in (Existence.PRESENT, Existence.UNKNOWN)
