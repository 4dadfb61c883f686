"""The website in schema.org's words: alone or first of several, missing, or there and not to be read."""

from __future__ import annotations

import pytest

from audits.model import UNSEEN
from audits.reading.embedded import Json
from audits.reading.schema_org import website_of

SITE = "https://hamnstad.example"


@pytest.mark.parametrize("stated", [SITE, [SITE], [SITE, "https://annan.example"]])
def test_a_website_stands_alone_or_first_of_several(stated: Json) -> None:
    assert website_of({"name": "Hamnstad", "sameAs": stated}) == SITE


@pytest.mark.parametrize("stated", [None, "", []])
def test_an_entity_without_one_has_none(stated: Json) -> None:
    assert website_of({"name": "Hamnstad", "sameAs": stated}) is None


@pytest.mark.parametrize("stated", [4711, True, {"url": SITE}, [[SITE]]])
def test_one_that_cannot_be_read_is_not_told_as_missing(stated: Json) -> None:
    assert website_of({"name": "Hamnstad", "sameAs": stated}) is UNSEEN


def test_no_entity_says_nothing_of_it() -> None:
    assert website_of({}) is UNSEEN
