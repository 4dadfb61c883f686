"""One value of an answer is lost or odd: nobody is accused, and nothing that was said is taken for left empty.

One fault of ten by default; KANALTEST_FAULTS=all for every one there can be.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from audits.model import Facts, Reading
from tests.accuracy.attacking import PROVEN, accuses, failed_rules_of
from tests.accuracy.faults import Faulty, lost, of_another_account, of_another_kind
from tests.accuracy.specimens import Specimen, answers, read_for

EVERY: Final = 1 if os.environ.get("KANALTEST_FAULTS") == "all" else 10
SAID: Final = ("display_name", "handle", "description", "website_link", "links")


def some(faults: Iterator[Faulty]) -> Iterator[Faulty]:
    return islice(faults, 0, None, EVERY)


def told(faulty: Faulty) -> set[str]:
    """What is held against the account by this answer."""
    page = faulty.page
    reading = read_for(faulty.specimen, page)
    states = {str(reading.existence)} if accuses(reading) else set()
    return states | {*failed_rules_of(faulty.specimen, reading, page)}


def emptied(before: Reading, after: Reading) -> list[str]:
    """The facts that were said, and are now read as left empty."""
    return [name for name in SAID if not _is_empty(before.facts, name) and _is_empty(after.facts, name)]


def _is_empty(facts: Facts, name: str) -> bool:
    return getattr(facts, name) in (None, ())


def of_the_living(specimens: tuple[Specimen, ...]) -> list[Specimen]:
    return [each for each in specimens if each.lives]


def test_the_answers_are_of_living_accounts_of_whom_nothing_is_told() -> None:
    assert [each.name for each in answers() if not each.lives] == []
    assert [each.name for each in answers() if failed_rules_of(each, each.reading, each.page)] == []


def test_a_value_that_is_lost_accuses_nobody() -> None:
    faults = some(chain.from_iterable(map(lost, answers())))
    assert [f"{each}: {rules}" for each in faults if (rules := told(each))] == []


def test_a_value_of_another_kind_accuses_nobody() -> None:
    faults = some(chain.from_iterable(map(of_another_kind, answers())))
    assert [f"{each}: {rules}" for each in faults if (rules := told(each))] == []


def test_a_value_of_another_kind_is_not_taken_for_left_empty() -> None:
    faults = some(chain.from_iterable(map(of_another_kind, answers())))
    read = ((each, emptied(each.specimen.reading, read_for(each.specimen, each.page))) for each in faults)
    assert [f"{each}: {names}" for each, names in read if names] == []


def test_a_value_of_another_account_is_held_against_nobody_but_as_a_name_or_an_id() -> None:
    faults = some(chain.from_iterable(map(of_another_account, answers())))
    assert [f"{each}: {rules}" for each in faults if (rules := told(each) - PROVEN)] == []
