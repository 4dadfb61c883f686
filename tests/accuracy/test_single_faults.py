"""One value of an answer is lost or odd, or one of what a page hands to its scripts: nobody is accused, and nothing
that was said is taken for left empty.

One fault of ten by default, of pages one of fifty; KANALTEST_FAULTS=all for every one there can be.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Final

from audits.model import Facts, Reading
from tests.accuracy.attacking import accuses, failed_rules_of
from tests.accuracy.faults import Faulty, lost, of_another_account, of_another_kind
from tests.accuracy.specimens import Specimen, answers, pages, read_for

ALL: Final = os.environ.get("KANALTEST_FAULTS") == "all"
EVERY: Final = 1 if ALL else 10
EVERY_IN_PAGES: Final = 1 if ALL else 53  # a prime: no step of it falls on one kind of fault alone
PROVEN: Final = frozenset({"renamed", "taken-over"})  # what another's name or id in a whole answer does prove
SAID: Final = ("display_name", "handle", "description", "website_link", "links")


def some(faults: Iterator[Faulty], every: int = EVERY) -> Iterator[Faulty]:
    return islice(faults, 0, None, every)


def in_pages(kind: Callable[[Specimen], Iterator[Faulty]]) -> Iterator[Faulty]:
    return some(chain.from_iterable(map(kind, pages())), EVERY_IN_PAGES)


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


def test_the_pages_hold_data_of_every_platform_that_hands_it_to_its_scripts() -> None:
    with_data = {each.platform.name for each in pages() if next(lost(each), None)}
    assert with_data >= {"facebook", "instagram", "linkedin", "pinterest", "snapchat", "tiktok", "x", "youtube"}


def test_a_value_that_is_lost_or_odd_in_a_pages_data_accuses_nobody() -> None:
    faults = chain(in_pages(lost), in_pages(of_another_kind))
    assert [f"{each}: {rules}" for each in faults if (rules := told(each))] == []


def test_a_value_of_another_kind_in_a_pages_data_is_not_taken_for_left_empty() -> None:
    faults = in_pages(of_another_kind)
    read = ((each, emptied(each.specimen.reading, read_for(each.specimen, each.page))) for each in faults)
    assert [f"{each}: {names}" for each, names in read if names] == []
