"""What the audit needs to go on seeing stands in the officer's overview: keys that end, and signs that age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from audits.model import Existence
from audits.platforms import PLATFORMS
from config.keys import PATH
from config.markers import load_packs
from tests.reading.signs import TODAY, a_sign, packs
from tests.telling.letters import TUESDAY, facts_in
from tests.telling.offices import Office, a_row, office
from worker.wiring.telling import Letters
from worker.wiring.upkeep import signs as signs_told

SECRET = "hemlig-nyckel-0815"


def keys_that_end(folder: Path, day: date) -> Path:
    file = folder / "keys.toml"
    file.write_text(PATH.read_text().replace("[x]", f"[x]\nexpires_on = {day}"))
    return file


@pytest.fixture
def _held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANALKOLL_KEY_X", SECRET)


def overview_of(folder: Path, days: int) -> str:
    """The overview where the key of X ends so many days from now."""
    with office(folder, keys_file=keys_that_end(folder, TUESDAY.date() + timedelta(days=days))) as opened:
        return facts_in(opened.letters.overview_now())


@pytest.mark.usefixtures("_held")
def test_a_key_that_ends_within_thirty_days_stands_in_the_officers_letter(tmp_path: Path) -> None:
    said = overview_of(tmp_path, 30)
    assert "Nyckeln x gäller till och med 10 december 2026." in said
    assert "Förnyas av: kommunikationsansvarig." in said
    assert SECRET not in said


@pytest.mark.usefixtures("_held")
def test_a_key_that_has_ended_is_told_as_ended(tmp_path: Path) -> None:
    assert "Nyckeln x gick ut 9 november 2026." in overview_of(tmp_path, -1)


@pytest.mark.usefixtures("_held")
def test_a_key_with_more_than_a_month_left_is_not_spoken_of(tmp_path: Path) -> None:
    assert "Nyckeln" not in overview_of(tmp_path, 31)


def test_a_declared_key_that_nobody_holds_is_not_missed(tmp_path: Path) -> None:
    assert "Nyckeln" not in overview_of(tmp_path, 3)


def test_a_keys_file_that_cannot_be_read_keeps_no_letter_back(tmp_path: Path) -> None:
    with office(tmp_path, keys_file=tmp_path / "none.toml") as opened:
        assert "Nyckeln" not in facts_in(opened.letters.overview_now())


@pytest.fixture
def on_vimeo(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, a_row(platform="vimeo", key="vimeo:almestad")) as opened:
        yield opened


def signs(opened: Office, days: int, language: str = "sv") -> list[str]:
    """What is said of a sign that was last verified so many days before its packs were read."""
    instruments = replace(opened.deployment.instruments, packs=packs(a_sign(days)), platforms=PLATFORMS)
    return [str(fact.text) for fact in signs_told(replace(opened.deployment, instruments=instruments), language)]


def test_a_sign_that_has_aged_is_told_to_the_officer_in_a_line(on_vimeo: Office) -> None:
    [line] = signs(on_vimeo, 181)
    assert line.startswith("Ingen har kontrollerat tecknen på borttagna konton på ett halvår")


def test_a_sign_that_will_age_within_a_month_is_told_with_its_last_day(on_vimeo: Office) -> None:
    last = TODAY + timedelta(days=29)
    assert signs(on_vimeo, 151, "en")[0].startswith(f"The signs of deleted accounts count as proof until {last.day} ")
    assert signs(on_vimeo, 150) == []


def test_what_the_officer_cannot_mend_does_not_wait_for_the_officer(on_vimeo: Office) -> None:
    instruments = replace(on_vimeo.deployment.instruments, packs=packs(a_sign(181)), platforms=PLATFORMS)
    deployment = replace(on_vimeo.deployment, instruments=instruments)
    blocks = {block.heading: block for block in Letters(deployment).overview_now().blocks}
    assert [entry.title for entry in blocks["Vad vi kunde se"].entries] == [
        "Plattform för plattform",
        "Tecken som håller på att bli gamla; du behöver inte göra något",
    ]
    assert "Väntar på dig" not in blocks


def test_signs_of_platforms_without_an_account_are_nobodys_concern(tmp_path: Path) -> None:
    with office(tmp_path) as opened:
        assert signs(opened, 181) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_state_that_a_sign_may_lose_has_its_words(on_vimeo: Office, language: str) -> None:
    shipped = load_packs(TODAY)
    lost = {rule.means for pack in shipped.by_platform.values() for rule in pack.markers}
    for means in sorted(lost & set(Existence)):
        aged = packs(a_sign(181, means=means))
        instruments = replace(on_vimeo.deployment.instruments, packs=aged)
        [line] = signs_told(replace(on_vimeo.deployment, instruments=instruments), language)
        assert "existence." not in line.text
