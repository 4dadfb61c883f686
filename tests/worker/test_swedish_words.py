"""A Swedish terminal says in whole words what happened: no status word, no raw name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from audits.wording.said import told_in
from config.rules import BadRules, read_rules
from worker.cli import main
from worker.cli.digest import came_of
from worker.cli.import_told import understood
from worker.cli.speaking import speak
from worker.importing.preparing import BadTable, prepare


@pytest.fixture
def swedish() -> Iterator[None]:
    with click.Context(main):
        speak("sv")
        yield


@pytest.mark.usefixtures("swedish")
def test_what_became_of_the_letters_is_one_sentence():
    assert came_of({"weekly": 9, "overview": True, "sent": 10, "bounced": 1}) == (
        "9 veckobrev skrivna, översikten skriven, 10 brev skickade, 1 brev kom inte fram: adressen avvisas."
    )
    assert came_of({"sent": 1, "later": 0}) == "1 brev skickat."
    assert came_of({"sent": 0}) == "Inget brev skulle skickas nu."


def test_a_rule_that_cannot_be_used_is_named_as_people_call_it():
    titled = "[rule.inactive]\ncheck = 'going'\ntitle = { sv = 'Inget nytt inlägg', en = 'No new post' }\n"
    with pytest.raises(BadRules) as refused:
        read_rules(titled)
    assert told_in("sv", refused.value.args[0]).startswith("rules.toml, rad 2, regeln ”Inget nytt inlägg” (inactive): ")
    assert str(refused.value).startswith("rules.toml, line 2, rule “No new post” (inactive): ")


def test_a_rule_that_is_switched_off_or_no_longer_in_the_file_keeps_its_name():
    ours = "[rule.ours]\ncheck = 'gone'\nenabled = false\ntitle = { sv = 'Vår regel', en = 'Our rule' }\n"
    book = read_rules(f"{ours}[rule.gone]\ncheck = 'gone'\n")
    assert set(book.routines) == {"gone"}
    titles = book.titles("sv")
    assert (titles["ours"], titles["inactive"]) == ("Vår regel", "Inget nytt inlägg")


def test_a_file_that_cannot_be_read_is_told_by_its_line_in_the_readers_language(tmp_path: Path):
    register = tmp_path / "register.json"
    register.write_text('[{"platform": "x",}]', encoding="utf-8")
    with pytest.raises(BadTable) as refused:
        prepare(register)
    assert told_in("sv", refused.value.args[0]).startswith("register.json: rad 1 går inte att läsa (”")
    assert str(refused.value).startswith("register.json: line 1 cannot be read (“")


def test_json_and_language_may_stand_before_a_command_in_either_order():
    orders = (["--language", "sv", "--json"], ["--json", "--language", "sv"], ["--json", "--language=sv"])
    first, *others = (CliRunner().invoke(main, ["rules", *order]).stdout for order in orders)
    assert len(first.splitlines()) > 20
    assert others == [first, first]


def test_a_slip_is_told_in_the_language_that_was_typed_behind_it():
    slip = CliRunner().invoke(main, ["register", "--nope", "--language", "sv"])
    assert (slip.exit_code, "Flaggan '--nope' finns inte." in slip.stderr) == (2, True)


@pytest.mark.usefixtures("swedish")
def test_a_platforms_own_column_is_understood_as_its_addresses():
    assert [understood(each) for each in ("address on facebook", "id on x", "administration")] == [
        "Adress på Facebook", "id på X", "Förvaltning"
    ]  # fmt: skip


def test_a_step_that_nobody_knows_is_answered_with_the_words_that_may_be_typed():
    slip = CliRunner().invoke(main, ["closing", "done", "1", "medela", "--by", "KA", "--language", "sv"])
    assert "”medela” är inget av meddela, arkivera, hänvisa, ta bort länkar" in slip.stderr
    assert slip.stderr.endswith("Menade du ”meddela”?\n")
