"""No reader breaks where a value is of another kind than it always was: a text in a list, a number in an object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from audits.model import Page
from tests.accuracy.attacking import accuses
from tests.accuracy.specimens import PAGES, Specimen, read_for, specimens

VALUE = r'("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)'
KEYED = re.compile(rf'"(\w+)":(\s*){VALUE}')


def made_by_hand() -> list[Specimen]:
    return [each for each in specimens() if (PAGES / each.name).exists()]


def odder(page: Page, wrapping: str) -> Iterator[Page]:
    """The page once for each of its keys, with every value under that key in a wrapping."""
    text = page.body.decode("utf-8", "replace")
    for key in {found[1] for found in KEYED.finditer(text)}:
        wrapped = re.sub(rf'"{key}":(\s*){VALUE}', lambda found: f'"{key}":{wrapping % found[2]}', text)  # noqa: B023 - used at once
        yield replace(page, body=wrapped.encode())


@pytest.mark.parametrize("wrapping", ["[%s]", '{"x": %s}'])
def test_a_value_of_another_kind_breaks_no_reader_and_accuses_nobody(wrapping: str) -> None:
    pages = [(each, page) for each in made_by_hand() for page in odder(each.page, wrapping)]
    assert len(pages) > 300
    assert [(each.name, page.body) for each, page in pages if accuses(read_for(each, page))] == []
