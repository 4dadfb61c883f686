"""An account is meant by its number, key, address or handle; what fits several says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk

REGISTER = """Förvaltning;Namn;Adress
KF;Almestads museum;https://www.instagram.com/almestadsmuseum/
KF;Almestads museum;https://x.com/AlmestadsMuseum
KF;Almestads kultur;https://x.com/almestadskultur
KF;Almestads teater;https://social.almestad.example/@teater
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("typed")
    desk = Desk(folder)
    assert desk.run("register", "import", desk.file("register.csv", REGISTER)).exit_code == 0
    return desk


REST = ("--until", "2099-01-01", "--from", "2098-12-01", "--reason", "r", "--by", "KA")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("x:almestadskultur", 3),
        ("https://mobile.twitter.com/AlmestadsKultur?lang=sv", 3),
        ("@almestadskultur", 3),
        ("AlmestadsKultur", 3),
        ("https://instagram.com/almestadsmuseum", 1),
        ("@teater@social.almestad.example", 4),
        ("@teater", 4),
    ],
)
def test_an_account_is_meant_by_number_key_address_or_handle(desk: Desk, typed: str, number: int):
    assert desk.answer("rest", "set", typed, *REST)["account"] == number


def test_a_handle_of_several_accounts_says_which(desk: Desk):
    wrong = desk.run("rest", "end", "@almestadsmuseum", "--by", "KA")
    assert wrong.exit_code == 2
    assert "Almestads museum, no. 1 (Instagram); Almestads museum, no. 2 (X)" in wrong.stderr


def test_a_mistyped_handle_is_told_with_the_nearest(desk: Desk):
    wrong = desk.run("timeline", "@almestadskultr")
    assert wrong.exit_code == 2
    assert "Did you mean" in wrong.stderr


def test_a_timeline_says_of_which_account_it_is(desk: Desk):
    assert desk.run("timeline", "@almestadskultur").stdout.startswith("Almestads kultur, no. 3 (X)")


@pytest.mark.parametrize("words", [("timeline",), ("closing", "show"), ("case", "show")])
def test_every_command_about_one_account_takes_its_handle(desk: Desk, words: tuple[str, ...]):
    known, unknown = desk.run(*words, "@almestadskultur"), desk.run(*words, "@nobody")
    assert (known.exit_code, unknown.exit_code) in ((0, 2), (1, 2))
    assert "not an account in the register" in unknown.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("findings", "--account"),
        ("audit", "--account"),
        ("report-account", "closed", "--by", "KA"),
        ("pictures", "approve", "--sub-brand", "staden", "--by", "KA"),
        ("pictures", "withdraw", "--by", "KA"),
        ("public-list", "generate", "--to", "{folder}/list", "--vouch"),
        ("paste", "https://x.com/almestadskultur/status/1986000000000000000", "--by", "KA", "--account"),
        ("register", "history"),
        ("register", "split", "KF", "--into", "KU", "--dry-run", "--account"),
        ("register", "recipients", "set", "--to", "a@almestad.example", "--account"),
        ("attest", "hand-over", "1", "--to", "B", "--by", "A", "--account"),
    ],
)
def test_wherever_an_account_is_named_its_handle_will_do(desk: Desk, words: tuple[str, ...]):
    named = [word.format(folder=desk.folder) for word in words]
    known, unknown = desk.run(*named, "@teater"), desk.run(*named, "@nobody")
    assert "is not a valid integer" not in known.stderr + unknown.stderr
    assert "not an account in the register" not in known.stderr
    assert (unknown.exit_code, "not an account in the register" in unknown.stderr) == (2, True), unknown.stderr
