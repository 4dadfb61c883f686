"""A purpose is published as it is written: whoever imports or publishes it is told, and shown what is like a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.listing.noting import reads_like_a_note
from tests.desk import Desk

LIST = """Namn;Adress;Syfte
Museet;https://x.com/almestadsmuseum;OBS! byter namn i vår
Badet;https://x.com/almestadsbad;Öppettider och vattentemperatur
"""


@pytest.mark.parametrize(
    "text",
    ["OBS! byter namn i vår", "konto stängt juni 2025", "fråga bo@almestad.example", "ring 042-10 50 00", "klart 31/1"],
)
def test_what_holds_a_day_a_mailbox_a_number_or_a_word_of_notes_reads_like_one(text: str):
    assert reads_like_a_note(text)


@pytest.mark.parametrize("text", ["Öppettider och vattentemperatur", "För alla över 65 år", "Samhällsinformation", ""])
def test_a_purpose_is_none(text: str):
    assert not reads_like_a_note(text)


def test_an_import_and_the_list_say_that_purposes_are_published_and_name_notes(tmp_path: Path):
    desk = Desk(tmp_path)
    told = desk.run("register", "import", desk.file("l.csv", LIST))
    assert "The column “Syfte” is read as purpose" in told.stderr
    assert "One reads like a note: “OBS! byter namn i vår”. To leave it out, head it with another word" in told.stderr
    listed = desk.run("public-list", "generate", "--to", str(tmp_path / "list")).stderr
    assert "Purposes are published as they are written. One reads like a note: “OBS! byter namn i vår”." in listed


def test_nothing_is_said_of_purposes_where_there_are_none(tmp_path: Path):
    desk = Desk(tmp_path)
    bare = desk.file("l.csv", "Namn;Adress\nMuseet;https://x.com/almestadsmuseum\n")
    assert "purpose" not in desk.run("register", "import", bare).stderr
    assert "Purposes" not in desk.run("public-list", "generate", "--to", str(tmp_path / "list")).stderr
