"""Undoing tells before what it takes back, asks before it empties the register, and can itself be undone."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.forkserver import forked

HEADING = "Förvaltning;Namn;Adress\n"
ROWS = [f"Kultur;Konto {number};https://www.instagram.com/almestad{number}/\n" for number in range(1, 6)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    imported(desk, ROWS)
    return desk


def imported(desk: Desk, rows: list[str], *more: str) -> dict[str, object]:
    return desk.answer("register", "import", desk.file("register.csv", HEADING + "".join(rows)), *more)


def numbers(desk: Desk) -> dict[str, str]:
    """The number of each account by its address, as an export tells it."""
    rows = desk.run("register", "export", "--language", "en").stdout.splitlines()[1:]
    return {cells[5]: cells[0] for row in rows if (cells := row.split(";"))}


def test_it_tells_what_it_takes_back_before_it_does(desk: Desk):
    imported(desk, ROWS[:4], "--confirm-removals", "1", "--by", "Bea")
    told = desk.run("register", "undo", "--dry-run").stderr
    assert "To undo: the import of register.csv, change 2 of the register" in told
    assert "by Bea" in told
    assert "Accounts added 1, removed 0, changed 0" in told
    assert "Nothing was written." in told
    assert len(numbers(desk)) == 4


def test_a_dry_run_names_the_accounts_that_it_would_take_back(desk: Desk):
    number = numbers(desk)["https://www.instagram.com/almestad5/"].removeprefix("#")
    imported(desk, ROWS[:4], "--confirm-removals", "1")
    shown = desk.run("register", "undo", "--dry-run").stdout
    assert f"{number} Konto 5 " in " ".join(shown.split())
    assert "is restored" in shown
    row = {"account": int(number), "what": "add", "name": "Konto 5", "address": "https://www.instagram.com/almestad5/"}
    assert desk.answer("register", "undo", "--dry-run")["accounts"] == [row]


def test_the_first_import_is_not_undone_without_consent(desk: Desk):
    held = desk.run("register", "undo")
    assert (held.exit_code, "5 of 5 accounts would be removed" in held.stderr) == (1, True)
    assert len(numbers(desk)) == 5
    assert desk.run("register", "undo", "--confirm-removals", "5").exit_code == 0
    assert numbers(desk) == {}


def test_an_undoing_is_undone_by_its_number_and_again(desk: Desk):
    before = numbers(desk)
    assert desk.answer("register", "undo", "--confirm-removals", "5")["import"] == 2
    again = desk.run("register", "undo", "2")
    assert "To redo: the import of register.csv, undone as change 2" in again.stderr
    assert numbers(desk) == before
    assert desk.answer("register", "undo", "--confirm-removals", "5")["undoes"] == 3
    assert numbers(desk) == {}
    assert desk.run("register", "undo").exit_code == 1


def test_what_is_undone_already_is_not_undone_twice(desk: Desk):
    desk.answer("register", "undo", "--confirm-removals", "5")
    twice = desk.run("register", "undo", "1")
    assert (twice.exit_code, "There is no change 1 to undo" in twice.stderr) == (1, True)


def test_an_account_that_comes_back_keeps_its_number(desk: Desk):
    before = numbers(desk)
    desk.answer("register", "undo", "--confirm-removals", "5")
    imported(desk, ROWS[::-1])
    assert numbers(desk) == before


def test_an_account_that_left_with_one_import_and_returns_with_another_keeps_its_number(desk: Desk):
    before = numbers(desk)
    imported(desk, ROWS[1:], "--confirm-removals", "1")
    imported(desk, [*ROWS[1:], ROWS[0].replace("Konto 1", "Museet")])
    assert numbers(desk) == before


def test_a_renaming_is_called_a_renaming_and_is_done_again(desk: Desk):
    desk.run("register", "rename", "Kultur", "Kultur och fritid", "--by", "Bea")
    assert "To undo: a renaming, change 2" in desk.run("register", "undo").stderr
    assert "Kultur och fritid" not in desk.run("register", "export").stdout
    assert desk.run("register", "undo", "3").exit_code == 0
    assert "Kultur och fritid" in desk.run("register", "export").stdout


def test_a_mailbox_is_called_a_mailbox_and_is_set_again(desk: Desk):
    desk.run("register", "recipients", "set", "--administration", "Kultur", "--to", "kultur@almestad.example")
    assert "To undo: a change of a mailbox" in desk.run("register", "undo").stderr
    assert desk.run("register", "undo", "3").exit_code == 0
    assert "kultur@almestad.example" in desk.run("register", "recipients", "list", "--json").stdout


def test_what_the_register_has_moved_on_from_is_refused_with_the_remedy(desk: Desk):
    imported(desk, [ROWS[0].replace("Konto 1", "Museet"), *ROWS[1:]])
    refused = desk.run("register", "undo", "1", "--confirm-removals", "5")
    assert refused.exit_code == 2
    assert "Undo the later changes first" in refused.stderr


def test_given_again_where_nobody_is_asked_it_takes_nothing_more_back_but_by_its_number(desk: Desk):
    """As after a kill just behind the commit, when nothing was printed."""
    for leaves in (4, 3):
        imported(desk, ROWS[:leaves], "--confirm-removals", "1")
    again = [desk.run("register", "undo", "--yes", *more) for more in ((), (), ("--json",), ("--dry-run",))]
    assert [each.exit_code for each in again] == [0, 1, 1, 0]
    assert "The latest change of the register, 4, is itself an undo" in again[1].stderr
    assert "kanalkoll register undo 2" in again[1].stderr
    assert len(numbers(desk)) == 4
    assert desk.run("register", "undo", "2", "--yes").exit_code == 0
    assert len(numbers(desk)) == 5


def typed(desk: Desk, answer: str, *more: str) -> tuple[int, str]:
    """Somebody sits at a terminal and answers; how it ended, and what was said."""
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KANALKOLL_")}
    done = subprocess.run(
        [forked(), "register", "undo", *more], env=kept | desk.environment, stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=300, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    return done.returncode, done.stdout


def test_in_a_terminal_it_waits_for_a_yes(desk: Desk):
    imported(desk, ROWS[:4], "--confirm-removals", "1")
    code, said = typed(desk, "no\n", "--language", "en")
    assert (code, "change 2 of the register" in said, "Nothing was written." in said) == (1, True, True)
    assert len(numbers(desk)) == 4
    assert typed(desk, "yes\n")[0] == 0
    assert len(numbers(desk)) == 5


def test_in_a_terminal_it_asks_nobody_who_has_said_yes(desk: Desk):
    imported(desk, ROWS[:4], "--confirm-removals", "1")
    assert typed(desk, "\x04", "--yes")[0] == 0
    assert len(numbers(desk)) == 5
