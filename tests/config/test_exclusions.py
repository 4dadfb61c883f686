"""The list of exclusions: each with a reason, and every mistake in it named."""

from __future__ import annotations

import pytest

from audits.harvesting import Effect
from config.exclusions import BadExclusions, load_exclusions, read_exclusions

ENTRY = """
[[exclusion]]
id = "vendor.made-up"
why = "the maker of the site"
effect = "not_own"
names = ["Byran"]
"""


def test_the_shipped_list_gives_every_exclusion_a_reason() -> None:
    shipped = load_exclusions()
    assert len(shipped) > 15
    assert all(each.why and each.id for each in shipped)
    assert len({each.id for each in shipped}) == len(shipped)
    assert sum(len(each.names) for each in shipped) > 300


def test_an_entry_is_read_as_it_was_written() -> None:
    (only,) = read_exclusions(ENTRY)
    assert (only.id, only.effect, only.names) == ("vendor.made-up", Effect.NOT_OWN, frozenset({"byran"}))
    assert only.covers("x")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('why = "the maker of the site"', "", "nothing is left out without a reason"),
        ('"not_own"', '"hidden"', "is not one of not_an_account, not_own"),
        ('names = ["Byran"]', "", "has no condition; give one of names, segments, near"),
        ('names = ["Byran"]', 'names = "Byran"', "is not a list of texts"),
        ('names = ["Byran"]', 'near = ["("]', "not a regular expression"),
        ('names = ["Byran"]', 'handles = ["Byran"]', "unknown handles"),
        ("[[exclusion]]", "[[exclusion", "exclusions.toml"),
    ],
)
def test_a_mistake_is_named_with_what_would_do(before: str, after: str, told: str) -> None:
    with pytest.raises(BadExclusions, match=told):
        read_exclusions(ENTRY.replace(before, after))
