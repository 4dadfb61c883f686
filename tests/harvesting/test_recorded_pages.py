"""Recorded official pages, labelled by hand, keep the bars; none of any kind raises."""

from __future__ import annotations

import re

import pytest

from audits.harvesting import harvest
from audits.platforms import GRAMMARS
from tests.corpus import recordings
from tests.harvest_scores import Score, halves, pages, score
from tests.harvesting.looking import EXCLUSIONS


@pytest.fixture(scope="module")
def scores() -> tuple[Score, Score, Score]:
    """Of the pages that the words were written from, of those they were held against, and of all."""
    written, held = halves()
    return score(written), score(held), score(pages())


def test_recorded_official_pages_keep_the_bars(scores: tuple[Score, Score, Score]) -> None:
    for told in scores:
        assert told.found >= 0.97
        assert told.called_own >= 0.97, told.misses
        assert told.taken_for_accounts == 0, told.misses
        assert told.others_called_own <= 0.05, told.misses


def test_recorded_pages_of_every_kind_raise_nothing_and_accuse_nobody() -> None:
    for recording in recordings():
        for each in harvest(recording.page(), GRAMMARS, EXCLUSIONS):
            assert re.match(r"https?://", each.url)
