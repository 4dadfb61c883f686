"""`kanalkoll register rename · merge · split · planned · history`, from a desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk

REGISTER = """Förvaltning;Enhet;Namn;Adress
Kulturförvaltningen;Museet;Almestads museum;https://www.instagram.com/almestadsmuseum/
Kulturförvaltningen;;Almestads kultur;https://x.com/almestadskultur
Miljöförvaltningen;;Naturguiden;https://x.com/naturguiden
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    assert desk.run("register", "import", desk.file("register.csv", REGISTER), "--by", "Bea").exit_code == 0
    return desk


def lines(desk: Desk, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in desk.run(*words, "--json").stdout.splitlines()]


def administrations(desk: Desk) -> list[object]:
    return [row["administration"] for row in lines(desk, "register", "export")]


def test_looking_first_shows_what_moves_and_writes_nothing(desk: Desk):
    result = desk.run(
        "register", "merge", "Kulturförvaltningen", "Miljöförvaltningen", "--into", "Samhälle", "--dry-run"
    )
    assert result.exit_code == 0
    assert "Naturguiden" in result.stdout
    assert "Nothing was written" in result.stderr
    assert "Samhälle" not in administrations(desk)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rename", "Miljöförvaltningen", "Miljöförvaltningen"), "it is already called “Miljöförvaltningen”"),
        (("rename", "Kulturförvaltningen", "Miljöförvaltningen"), "to join the two, use merge"),
        (("rename", "Miljöfrvaltningen", "Klimat"), "Did you mean “Miljöförvaltningen”?"),
        (("merge", "Kultrförvaltningen", "--into", "Miljöförvaltningen"), "Did you mean “Kulturförvaltningen”?"),
    ],
)
def test_a_name_that_is_there_or_nowhere_is_told_with_what_would_do(desk: Desk, words: tuple[str, ...], told: str):
    refused = desk.run("register", *words)
    assert (refused.exit_code, told in refused.stderr) == (2, True), refused.stderr


def test_a_merger_is_done_told_and_taken_back(desk: Desk):
    words = ("register", "merge", "Kulturförvaltningen", "Miljöförvaltningen", "--into", "Samhälle")
    assert desk.answer(*words, "--by", "Direktören", "--why", "KF § 12", "--from", "2026-01-01")["import"] == 2
    assert set(administrations(desk)) == {"Samhälle"}
    told = lines(desk, "register", "history", "3")
    assert (told[0]["by"], told[0]["why"], told[0]["effective_on"]) == ("Direktören", "KF § 12", "2026-01-01")
    desk.answer("register", "undo")
    assert administrations(desk) == ["Kulturförvaltningen", "Kulturförvaltningen", "Miljöförvaltningen"]


def test_a_merger_says_whose_letters_go_to_another_mailbox_than_before(desk: Desk):
    for name in ("Kulturförvaltningen", "Miljöförvaltningen"):
        desk.run("register", "recipients", "set", "--administration", name, "--to", f"{name[0]}@almestad.example")
    merged = desk.run("register", "merge", "Kulturförvaltningen", "Miljöförvaltningen", "--into", "Samhälle")
    assert (
        "The letter about 1 account goes to K@almestad.example instead of M@almestad.example. To change that: "
        'kanalkoll register recipients set --administration "Samhälle" --to …' in " ".join(merged.stderr.split())
    )


def test_the_mailbox_of_one_of_two_that_merge_is_the_new_ones_whichever_came_first(desk: Desk):
    desk.run("register", "recipients", "set", "--administration", "Miljöförvaltningen", "--to", "m@almestad.example")
    merged = desk.run("register", "merge", "Kulturförvaltningen", "Miljöförvaltningen", "--into", "Samhälle")
    assert "instead of" not in merged.stderr
    boxes = {row["administration"]: row["recipient"] for row in lines(desk, "register", "recipients", "list")}
    assert boxes["Samhälle"] == "m@almestad.example"


def test_a_new_address_is_told_once_and_not_with_what_follows_from_it(desk: Desk):
    given = desk.run("register", "export").stdout.replace("x.com/naturguiden", "x.com/klimatguiden")
    shown = [
        desk.run("register", "import", desk.file("other.csv", given)).stdout,
        desk.run("register", "history", "--limit", "1").stdout,
        desk.run("timeline", "3").stdout,
    ]
    told = ["".join(each.split()) for each in shown]
    assert all("Address:" in each for each in told)
    assert not any(name in each for name in ("Asitwaswritten:", "Key:", "raw:", "key:") for each in told)


def test_a_day_ahead_waits_and_can_be_dropped(desk: Desk):
    desk.answer("register", "rename", "Miljöförvaltningen", "Klimat", "--from", "2099-01-01")
    (waiting,) = lines(desk, "register", "planned")
    assert (waiting["from"], waiting["hindrance"]) == ("2099-01-01", "")
    assert "Klimat" not in administrations(desk)
    assert desk.run("register", "planned", "--drop", str(waiting["id"])).exit_code == 0
    assert lines(desk, "register", "planned") == []


def test_a_unit_is_split_off(desk: Desk):
    desk.answer("register", "split", "Kulturförvaltningen", "--into", "Museer", "--unit", "Museet")
    assert administrations(desk) == ["Museer", "Kulturförvaltningen", "Miljöförvaltningen"]


def test_a_name_that_is_not_there_is_told_with_those_that_are(desk: Desk):
    result = desk.run("register", "rename", "Okänd", "Klimat")
    assert result.exit_code == 2
    assert "Kulturförvaltningen" in result.stderr


def test_the_history_of_an_empty_register_says_so(tmp_path: Path):
    assert Desk(tmp_path).run("register", "history").exit_code == 1


def test_a_mapping_is_shown_kept_and_given_again(desk: Desk):
    register = desk.file("annat.csv", "Vem;Fejan\nKulturförvaltningen;almestadsmuseum\n")
    kept = str(desk.folder / "mappning.toml")
    words = ("register", "import", register, "--partial", "--dry-run")
    first = desk.answer(*words, "--map", "administration=Vem", "--map", "facebook=Fejan", "--save-mapping", kept)
    again = desk.answer(*words, "--mapping", kept)
    assert first["columns"] == again["columns"] == {"Vem": "administration", "Fejan": "address on facebook"}


@pytest.mark.parametrize("given", ["Vem", "=Vem", "administration="])
def test_a_mapping_that_says_nothing_is_told(desk: Desk, given: str):
    result = desk.run("register", "import", desk.file("a.csv", "Vem\nx\n"), "--map", given)
    assert result.exit_code == 2
    assert "administration=Ägare" in result.stderr


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "yaml"])
def test_an_export_imported_again_changes_nothing(desk: Desk, ending: str):
    file = str(desk.folder / f"ut.{ending}")
    assert desk.run("register", "export", "--to", file).exit_code == 0
    answer = desk.answer("register", "import", file, "--dry-run")
    assert (answer["same"], answer["add"], answer["change"], answer["remove"]) == (3, 0, 0, 0)


MERGER = ("register", "merge", "Kulturförvaltningen", "Miljöförvaltningen", "--into", "Samhälle")


def test_a_merger_of_one_that_is_released_with_one_that_is_not_is_told_and_asked(desk: Desk):
    desk.run("digest", "release", "Kulturförvaltningen", "--by", "KA")
    looked = " ".join(desk.run(*MERGER, "--dry-run").stderr.split())
    assert "The officer has released Kulturförvaltningen, but not Miljöförvaltningen." in looked
    for words in (MERGER, (*MERGER, "--from", "2099-01-01")):
        refused = desk.run(*words)
        assert (refused.exit_code, "--release" in refused.stderr) == (2, True), refused.stderr
    assert "Samhälle" not in administrations(desk)
    assert lines(desk, "register", "planned") == []


@pytest.mark.parametrize(
    ("word", "told", "history"),
    [
        ("--release", "including those that came from Miljöförvaltningen", "no → yes"),
        (
            "--withhold",
            'No letters about accounts of Samhälle go out until kanalkoll digest release "Samhälle"',
            "yes → no",
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_was_said_of_letters_is_told_and_stands_in_the_history(
    desk: Desk, word: str, told: str, history: str, first: bool
):
    desk.run("digest", "release", "Kulturförvaltningen", "--by", "KA")
    names = MERGER[2:4] if first else MERGER[3:1:-1]
    done = desk.run("register", "merge", *names, "--into", "Samhälle", word)
    assert told in " ".join(done.stderr.split())
    changed = first is (word == "--withhold")
    assert (history in desk.run("register", "history").stdout) is changed
