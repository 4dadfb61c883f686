"""The routine's commands as people and scripts call them: what they print, and how they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.empty import migrated
from worker.cli import main

REGISTER = "Förvaltning;Namn;Plattform;Adress\nKF;Kulturhuset;facebook;https://www.facebook.com/kulturhusetalmestad\n"


class Desk:
    """A register of one account, and the command."""

    def __init__(self, folder: Path) -> None:
        (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
        assert self.says("register", "import", folder / "register.csv", "--by", "KA", "--why", "ny").exit_code == 0

    def says(self, *words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    def values(self, *words: object) -> list[dict[str, Any]]:
        result = self.says(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("KANALKOLL_DATABASE_URL", migrated(tmp_path / "own.sqlite3"))
    return Desk(tmp_path)


def test_a_round_is_opened_shown_and_answered(desk: Desk):
    [asked] = desk.values("attest", "rounds", "--open-due")
    assert (asked["administration"], asked["open"]) == ("KF", asked["questions"])
    rows = desk.values("attest", "list", asked["round"])
    assert {"two-administrators", "two-factor"} <= {row["question_id"] for row in rows}
    [answered] = desk.values(
        "attest", "answer", 1, "--by", "KF", "--yes", "ours", "--no", "two-factor",
        "--link", "https://www.facebook.com/kulturhusetalmestad/posts/123456789", "--on", "2026-01-02",
    )  # fmt: skip
    assert answered["answers"] == {"alive": True, "ours": True, "two-factor": False}
    assert answered["latest_post"] == "2026-01-02"
    spoken = desk.says("attest", "list", asked["round"], "--language", "sv").stdout
    assert "KF svarade nej den" in spoken
    assert "senaste inlägg 2026-01-02 (KF)" in spoken
    [handed] = desk.values("attest", "hand-over", asked["round"], "--to", "Cleo", "--by", "KF")
    assert handed["to"] == "Cleo"


def test_a_round_in_which_everything_is_answered_is_shown_with_all_alone(desk: Desk):
    [asked] = desk.values("attest", "rounds", "--open-due")
    rows = desk.values("attest", "list", asked["round"])
    for account in {row["account"] for row in rows}:
        yes = [("--yes", row["question_id"]) for row in rows if row["account"] == account]
        desk.values("attest", "answer", account, "--by", "KF", *(word for pair in yes for word in pair))
    assert desk.values("attest", "rounds") == []
    assert [each["open"] for each in desk.values("attest", "rounds", "--all")] == [0]


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("attest", "list", 9), 1, "no round 9"),
        (("attest", "answer", 1, "--by", "KF"), 2, "no answer was given"),
        (("attest", "answer", 1, "--by", "KF", "--yes", "colour"), 2, "“colour” is not asked"),
        (("rest", "set", 1, "--until", "2020-01-01", "--reason", "r", "--by", "b"), 2, "is before"),
        (("rest", "end", 1, "--by", "b"), 1, "is not resting"),
        (("closing", "show", 1), 1, "is not being closed"),
        (("closing", "show", 999), 2, "“999” is not an account in the register"),
        (("closing", "done", 999, "archive", "--by", "KF"), 2, "there is no account 999 in the register"),
        (("closing", "finish", 1, "--by", "KF"), 2, "is not being closed"),
        (("closing", "done", 1, "archive", "--by", "KF"), 2, "is not being closed"),
        (("pictures", "approve", 1, "--sub-brand", "Staden", "--by", "KA"), 2, "no picture of account 1"),
        (("case", "explain", 7, "--by", "KF", "--reason", "r", "--until", "2026-12-01"), 1, "no open case: case 7"),
        (("case", "undo", "--by", "KF"), 2, "which case"),
    ],
)
def test_what_cannot_be_done_is_told_with_why(desk: Desk, words: tuple[object, ...], code: int, complaint: str):
    result = desk.says(*words)
    assert result.exit_code == code
    assert complaint in result.stderr


def test_a_rest_is_planned_listed_and_taken_back(desk: Desk):
    [planned] = desk.values(
        "rest", "set", 1, "--until", "2099-01-01", "--from", "2098-06-01", "--reason", "r", "--by", "b"
    )
    assert (planned["from"], planned["until"]) == ("2098-06-01", "2099-01-01")
    assert desk.values("rest", "list") == [{**planned, "name": "Kulturhuset", "state": "planned"}]
    desk.values("rest", "end", 1, "--by", "b")
    assert desk.values("rest", "list") == []


def test_a_closing_goes_step_by_step(desk: Desk):
    [begun] = desk.values("closing", "start", 1, "--on", "2099-01-01", "--by", "KF", "--reason", "slås ihop")
    assert {step["how"] for step in begun["steps"]} == {"open", "arranged"}, "no look has been taken"
    assert [step["step"] for step in begun["steps"] if step["how"] == "arranged"] == ["look_yearly"]
    assert "0 of 6" in desk.says("closing", "show").stdout
    for step in ("announce", "archive", "signpost", "unlink", "list", "keep_name"):
        desk.values("closing", "done", 1, step, "--by", "KF")
    assert desk.values("closing", "show", 1)[0]["done"]
    assert desk.values("closing", "finish", 1, "--by", "KF")[0]["outcome"] == "closed"
    assert desk.values("closing", "show") == []


def test_a_closing_is_moved_and_taken_back_and_the_timeline_keeps_both(desk: Desk):
    desk.values("closing", "start", 1, "--on", "2099-01-01", "--by", "KF", "--reason", "slås ihop")
    desk.values("closing", "done", 1, "archive", "--by", "Bea")
    again = desk.says("closing", "start", 1, "--on", "2099-02-01", "--by", "KF", "--reason", "slås ihop")
    assert "closing move 1" in again.stderr
    assert "closing withdraw 1" in again.stderr
    [moved] = desk.values("closing", "move", 1, "--on", "2099-02-01", "--by", "Cleo")
    assert (moved["closes_on"], moved["decided_by"], moved["reason"]) == ("2099-02-01", "Cleo", "slås ihop")
    assert [step["by"] for step in moved["steps"] if step["step"] == "archive"] == ["Bea"]
    [taken] = desk.values("closing", "withdraw", 1, "--by", "KF", "--reason", "blir kvar")
    assert (taken["outcome"], taken["cases"]) == ("withdrawn", [])
    assert desk.values("closing", "show") == []
    told = " ".join(desk.says("timeline", 1, "--language", "sv").stdout.split())
    assert "ska avslutas senast 1 januari 2099, av KF" in told
    assert "togs tillbaka, av KF, ”blir kvar”" in told


def test_pictures_are_listed_where_there_are_any(desk: Desk):
    assert desk.values("pictures", "list") == []
