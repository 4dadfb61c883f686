"""What the bar asks of look-alikes, on the half that the words were chosen on and on the half that was held out."""

from __future__ import annotations

import csv

import pytest

from audits.addresses import identify
from audits.harvesting.handles import handle_of
from audits.lookalikes import Comparer, Face, questions
from audits.platforms import GRAMMARS
from config.confusables import load_confusables
from tests.corpus import CORPUS, NOT_HERE
from tests.lookalikes.pairs import pairs, score

PAIRS = pairs()
HALVES = {"chosen on": False, "held out": True}


def test_there_are_enough_pairs_of_both_kinds_in_each_half():
    assert len(PAIRS) >= 240
    for held_out in HALVES.values():
        half = [pair.is_impostor for pair in PAIRS if pair.held_out is held_out]
        assert sum(half) >= 60
        assert len(half) - sum(half) >= 60


@pytest.mark.parametrize("half", HALVES)
def test_impostors_are_asked_about_and_neighbours_are_left_alone(half):
    told = score(pair for pair in PAIRS if pair.held_out is HALVES[half])
    assert told.recall >= 0.95
    assert told.false_alarms <= 0.05


def test_a_real_register_is_hardly_asked_about():
    """Hundreds of other bodies' accounts on one real list: none of them is anybody's impostor."""
    faces = canadas_faces()
    ours = [face for department, face in faces if department == "Royal Canadian Mounted Police"]
    others = {
        face.key: face for department, face in faces if "olice" not in department and "endarmerie" not in department
    }
    asked = questions(ours, list(others.values())[::4], Comparer(load_confusables()))
    assert len(ours) > 50
    assert len(asked) <= 0.05 * len(others) / 4


def canadas_faces() -> list[tuple[str, Face]]:
    path = CORPUS / "registries" / "ca-gc-socials-current.csv"
    if not path.is_file():
        pytest.skip(NOT_HERE)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row, identify(row["URL"], row["Platform"], GRAMMARS)) for row in csv.DictReader(file)]
    return [
        (
            row["Department"],
            Face(
                platform=each.platform or "", key=each.key, handle=handle_of(each.key, row["URL"]), name=row["Account"]
            ),
        )
        for row, each in rows
        if each.key
    ]


def test_no_pair_stands_there_twice():
    named = [(pair.ours.key, pair.theirs.handle, pair.theirs.name) for pair in PAIRS]
    assert len(named) == len(set(named))
