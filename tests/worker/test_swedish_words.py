"""A Swedish terminal says in whole words what happened: no status word, no raw name."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from worker.cli import main
from worker.cli.digest import came_of
from worker.cli.speaking import speak


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
