"""What a column of states says: every word of it is understood, or told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.columns import folded
from audits.model import Kind
from audits.register_states import hear
from audits.wording.said import told_in
from tests.importing.prepared import prepared

PLAIN = [
    "aktiv", "aktiva", "aktivt", "pågående", "öppen", "öppna", "öppet", "används", "igång", "i bruk", "i drift", "ja",
    "ok", "active", "current", "open", "live", "in use", "yes", "aktivt konto", "active account", "vanligt", "ordinary",
    "ordinarie",
]  # fmt: skip
EMPTY = {"", "-", "–", "—", "n/a", "na", "none", "null"}


def taken(tmp_path: Path, head: str, row: str) -> tuple[Kind, tuple[int, ...], list[str]]:
    text = f"Namn;Adress;{head}\nBadet;https://x.com/badet;{row}\n"
    (stated,) = prepared(tmp_path, text).read.stated
    return stated.row.kind, stated.row.season_months, [told_in("en", each) for each in stated.remarks]


@pytest.mark.parametrize(
    ("state", "kind", "months"),
    [
        ("krisvilande", Kind.CRISIS_PARKED, ()), ("Kris", Kind.CRISIS_PARKED, ()), ("befattning", Kind.ROLE, ()),
        ("Säsong jun–aug", Kind.SEASONAL, (6, 7, 8)), ("stafett", Kind.ROTA, ()), ("vanligt", Kind.ORDINARY, ()),
    ],
)  # fmt: skip
def test_a_state_that_is_a_kind_is_read_as_that_kind(
    tmp_path: Path, state: str, kind: Kind, months: tuple[int, ...]
) -> None:
    assert taken(tmp_path, "Status", state) == (kind, months, [])
    assert taken(tmp_path, "Typ;Kontots status", f";{state}") == (kind, months, [])


def test_a_season_of_the_column_of_states_asks_for_its_months_as_any_other(tmp_path: Path) -> None:
    kind, _, (remark,) = taken(tmp_path, "Status", "säsong")
    assert (kind, "without months" in remark) == (Kind.SEASONAL, True)
    assert taken(tmp_path, "Status;Månader", "säsong;6-8") == (Kind.SEASONAL, (6, 7, 8), [])


@pytest.mark.parametrize("state", ["oklart", "Ej aktiv", "saknas", "nej", "?", "✓", "kanske krisvilande"])
def test_a_state_that_is_no_known_word_is_asked_about(tmp_path: Path, state: str) -> None:
    kind, _, (remark,) = taken(tmp_path, "Status", state)
    assert (kind, f"its state is {state}" in remark) == (Kind.ORDINARY, True)


@pytest.mark.parametrize("state", ["krisvilande", "Avslutat", "vilande", "oklart"])
def test_a_kind_of_its_own_counts_more_than_a_state_and_that_is_told(tmp_path: Path, state: str) -> None:
    kind, _, (remark,) = taken(tmp_path, "Typ;Status", f"vanligt;{state}")
    assert (kind, f"its state is {state}, but" in remark) == (Kind.ORDINARY, True)


@pytest.mark.parametrize(
    ("kind", "state"),
    [("krisvilande", "vilande"), ("avslutad", "Nedlagt"), ("vanligt", "Aktivt"), ("säsong jun-aug", "säsong")],
)
def test_of_a_state_that_says_the_same_as_the_kind_nothing_is_told(tmp_path: Path, kind: str, state: str) -> None:
    assert taken(tmp_path, "Typ;Status", f"{kind};{state}")[2] == []


def test_months_of_a_state_that_are_not_those_of_their_column_are_told(tmp_path: Path) -> None:
    assert len(taken(tmp_path, "Status;Månader", "säsong jun–aug;1-2")[2]) == 1


@pytest.mark.parametrize("state", ["krisvilande", "Avslutat 2024"])
def test_a_column_of_states_that_was_heard_is_not_said_to_be_unused(tmp_path: Path, state: str) -> None:
    columns = prepared(tmp_path, f"Adress;Status\nhttps://x.com/badet;{state}\n").columns[""]
    assert (columns.shown()["Status"], columns.left_over) == ("state", ())


@given(st.text(max_size=30) | st.sampled_from([*PLAIN, "vilande", "avslutad", "säsong", "krisvilande", "oklart"]))
def test_no_word_of_a_column_of_states_is_lost_silently(word: str) -> None:
    heard = hear(word, None, ends=False)
    is_plain = word.strip().casefold() in EMPTY or folded(word) in map(folded, PLAIN)
    assert is_plain or heard.kind is not Kind.ORDINARY or heard.remarks


@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=30))
def test_a_stated_kind_stands_whatever_the_state_says(kind: Kind, word: str) -> None:
    assert hear(word, kind, ends=False).kind is kind
