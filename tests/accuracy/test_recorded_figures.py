"""How right the readers are: the scoring itself, and the recorded figures that may not sink.

tests/pages need no folder; the figures need the labelled responses, and say so where they are missing.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audits.accuracy import (
    EXPECTED,
    Beyond,
    Doubt,
    FactVerdict,
    Figures,
    Known,
    Score,
    Share,
    Tally,
    Verdict,
    score,
    sunk,
    tally,
)
from audits.model import Existence
from audits.platforms import PLATFORMS
from config.accuracy import BadFigures, load_accuracy, read_accuracy
from tests.corpus import AUDITED_AT, CORPUS, NOT_HERE, Recording, have_corpus, recordings
from tests.platforms.shown import PACKS, disagreements, read
from worker.inspecting import subject_of
from worker.measuring import measure

ROOT = Path(__file__).parents[2]
RECORDED = load_accuracy()


@pytest.fixture(scope="module")
def measured() -> Tally:
    if not have_corpus():
        pytest.skip(NOT_HERE)
    return measure(CORPUS, PLATFORMS, PACKS, RECORDED.known, AUDITED_AT)


def scored(label: str = "live", truth: Any = None, known: Known | None = None, **answer: Any) -> Score:
    """One response of a class and what `inspect` made of it."""
    given = {"platform": "x", "transport": "ok", "existence": "present", "markers": [], "facts": {}, "reason": ""}
    return score("x/one.html.gz", label, truth or {}, {**given, **answer}, known or Known())


# --- over the recorded responses --------------------------------------------------------------------------------------


def test_no_recorded_response_is_accused_wrongly(measured: Tally) -> None:
    assert not [each.name for each in measured.wrong if each.verdict is Verdict.FALSE_ACCUSATION]


def test_no_figure_sinks_below_the_recorded_one(measured: Tally) -> None:
    assert not list(sunk(measured.figures(AUDITED_AT.date()), RECORDED.figures))


def test_every_class_that_was_measured_is_recorded(measured: Tally) -> None:
    assert set(measured.labels()) <= set(RECORDED.figures.classes)


def test_labels_in_doubt_are_named_with_every_measurement(measured: Tally) -> None:
    assert {each.name for each in measured.doubtful} == set(RECORDED.known.doubts)


def test_what_goes_beyond_a_label_is_still_read(measured: Tally) -> None:
    """An entry that no reader bears out any more has outlived its need."""
    listed = sum(len(each.facts) for each in RECORDED.known.beyond.values())
    assert measured.total_facts(FactVerdict.BEYOND) == listed


NAMED_BY_HAND = {"website"}  # as people call it, which need not stand on the page
BEYOND_A_READER = {
    "facebook/nintendo-post-redirect-2021.json.gz",  # a redirect, which has no body
    "threads/natgeo-scraper-output-2025.json.gz",  # what a tool made of the page
}


def test_every_recorded_page_says_what_a_person_read_in_it() -> None:
    read_by_readers = [each for each in recordings() if each.label not in NAMED_BY_HAND]
    told = [line for each in read_by_readers if each.file not in BEYOND_A_READER for line in misread(each)]
    assert told == []


def misread(recording: Recording) -> list[str]:
    platform, _ = subject_of(recording.row.get("request_url") or "", PLATFORMS, recording.platform)
    return disagreements(recording, read(platform, recording.page()))


# --- scoring ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("existence", ["gone", "suspended", "private", "moved", "deactivated"])
@pytest.mark.parametrize("label", ["live", "login_wall", "blocked", "consent", "subresource", "website", "other"])
def test_an_absence_that_no_label_names_is_a_false_accusation(label: str, existence: str) -> None:
    assert scored(label, existence=existence).verdict is Verdict.FALSE_ACCUSATION


def test_one_absence_taken_for_another_is_a_false_accusation() -> None:
    assert scored("suspended", existence="gone").verdict is Verdict.FALSE_ACCUSATION


def test_a_wall_that_is_taken_for_a_living_account_is_wrong() -> None:
    assert scored("login_wall", existence="present").verdict is Verdict.WRONG


def test_a_wall_of_another_kind_could_not_tell() -> None:
    assert scored("consent", transport="blocked", existence="unknown").verdict is Verdict.COULD_NOT_TELL


def test_a_living_account_that_nobody_could_see_is_not_right() -> None:
    assert scored("live", transport="unreadable", existence="unknown").verdict is Verdict.COULD_NOT_TELL


def test_a_fact_that_the_label_leaves_out_is_invented_until_somebody_finds_it_there() -> None:
    beyond = Beyond(file="x/one.html.gz", facts=frozenset({"followers"}), why="seen in the page")
    truth, facts = {"display_name": "Almestad", "followers": None}, {"display_name": "Almestad", "followers": 7}
    assert scored(truth=truth, facts=facts).facts["followers"] is FactVerdict.INVENTED
    assert scored(truth=truth, facts=facts, known=Known(beyond={beyond.file: beyond})).facts["followers"] is (
        FactVerdict.BEYOND
    )


def test_a_fact_that_nobody_looked_for_is_not_scored() -> None:
    assert scored(truth={"display_name": "Almestad"}, facts={"display_name": "Almestad", "followers": 7}).facts == {
        "display_name": FactVerdict.RIGHT
    }


def test_a_label_in_doubt_is_scored_as_what_it_stands_for() -> None:
    doubt = Doubt(file="x/one.html.gz", stands_for="suspended", why="unsure")
    found = scored("other", existence="suspended", known=Known(doubts={doubt.file: doubt}))
    assert (found.verdict, found.label, found.doubt) == (Verdict.RIGHT, "other", doubt)


def figures(**changes: Any) -> Figures:
    given = {"measured_on": date(2026, 1, 1), "classes": {"live": Share(9, 10)}, "facts": Share(90, 100), "invented": 1}
    return Figures(**{**given, **changes})


@pytest.mark.parametrize(
    "worse", [{"classes": {"live": Share(8, 10)}}, {"facts": Share(89, 100)}, {"invented": 2}], ids=str
)
def test_any_figure_that_sinks_is_told(worse: dict[str, Any]) -> None:
    assert list(sunk(figures(**worse), figures()))
    assert not list(sunk(figures(), figures()))


def test_a_class_that_nobody_measured_has_not_sunk() -> None:
    assert not list(sunk(figures(classes={}), figures()))


def test_figures_are_counted_from_the_scores() -> None:
    found = tally([scored(truth={"followers": 7}, facts={"followers": 7}), scored("gone", existence="unknown")])
    assert found.figures(date(2026, 1, 1)) == figures(
        classes={"live": Share(1, 1), "gone": Share(0, 1)}, facts=Share(1, 1), invented=0
    )


SOUND = "measured_on = 2026-01-01\ninvented = 0\nfacts = { right = 1, of = 1 }\n[classes]\n"


# --- the files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("measured_on =", "accuracy.toml"),
        ("invented = 0", "measured_on"),
        ('measured_on = "soon"', "date such as"),
        ("measured_on = 2026-01-01\ninvented = 0\nfacts = { right = 1 }\n[classes]", "of"),
        (f"{SOUND}[[beyond]]\nfile = 'a'\nfacts = ['shoe_size']\nwhy = 'b'", "shoe_size"),
    ],
)
def test_recorded_figures_that_cannot_be_used_say_why(text: str, said: str) -> None:
    with pytest.raises(BadFigures, match=said):
        read_accuracy(text)


def test_every_entry_gives_its_reason() -> None:
    reasons = [doubt.why for doubt in RECORDED.known.doubts.values()]
    reasons += [beyond.why for beyond in RECORDED.known.beyond.values()]
    assert reasons
    assert all(len(reason) > 10 for reason in reasons)


def test_the_table_in_the_documentation_is_the_one_that_is_scored() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", (ROOT / "docs" / "accuracy.md").read_text(), re.M)
    written = {label: (words(transports), words(existences)) for label, transports, existences in rows}
    meant = {
        label: ({each.value for each in expected.transports}, {each.value for each in expected.existences})
        for label, expected in EXPECTED.items()
    }
    assert written == meant


def words(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


def test_every_absence_has_a_class() -> None:
    named = {existence for expected in EXPECTED.values() for existence in expected.existences}
    assert named == set(Existence)
