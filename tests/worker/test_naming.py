"""A name that nobody knows is refused with the nearest that is known, by every command that takes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk
from worker.cli.auditing import work_through
from worker.cli.naming import nearest
from worker.cli.showing import NothingDone
from worker.ports import RunCounts
from worker.steps import Told

REGISTER = "Förvaltning;Namn;Adress\nKultur;Museet;https://www.instagram.com/almestadsmuseum/\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.environment["KANALKOLL_OFFICER_RECIPIENT"] = "officer@almestad.example"
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    return desk


@pytest.mark.parametrize(
    ("command", "near"),
    [
        (("findings", "--administration", "Kultru"), "Did you mean 'Kultur'?"),
        (("findings", "--platform", "instragram"), "Did you mean 'instagram'?"),
        (("audit", "--administration", "Kultru"), "Did you mean 'Kultur'?"),
        (("audit", "--platform", "instragram"), "Did you mean 'instagram'?"),
        (("report", "--administration", "Kultru"), "Did you mean 'Kultur'?"),
        (("digest", "release", "Kultru", "--by", "b"), "Did you mean 'Kultur'?"),
        (("digest", "withhold", "Kultru", "--by", "b"), "Did you mean 'Kultur'?"),
        (("digest", "wish", "offiser@almestad.example", "silence", "--by", "b"), "'officer@almestad.example'?"),
        (("case", "exlain", "12", "inactive"), "Did you mean 'explain'?"),
        (("held", "beleive", "x", "gone"), "Did you mean 'believe'?"),
        (
            ("report-account", "closed", "1", "--by", "r", "--administration", "Kultru"),
            "Did you mean 'Kultur'? Known: Kultur. If it is a new one, add --new-administration.",
        ),
        (("report-account", "changed", "1", "--by", "r"), "Say what has changed: --to"),
        (("harvest", "--url", "hej", "--body", "{folder}/register.csv"), "write it as https://"),
        (("harvest", "--url", "https://almestad.example/", "--body", "{folder}/some.xlsx"), "is no web page"),
        (("discover", "--site", "hej"), "'hej' is no address of a site"),
    ],
)
def test_it_is_refused_in_words(desk: Desk, command: tuple[str, ...], near: str):
    (desk.folder / "some.xlsx").write_bytes(b"PK\x03\x04")
    done = desk.run(*(part.format(folder=desk.folder) for part in command))
    assert done.exit_code == 2, done.output
    assert near in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("findings", "--platform", "x"), ("audit", "--platform", "x")])
def test_a_known_platform_without_an_account_is_told_apart(desk: Desk, command: tuple[str, ...]):
    done = desk.run(*command)
    assert (done.exit_code, "fits that choice" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "command", [("digest", "withhold", "Kultur"), ("rest", "end", "1"), ("pictures", "withdraw", "1")]
)
def test_whoever_takes_something_back_is_asked_for(desk: Desk, command: tuple[str, ...]):
    assert "Missing option '--by'" in desk.run(*command).stderr


def test_a_mistyped_key_is_told_with_the_nearest_by_every_command(desk: Desk):
    desk.environment["KANALKOLL_KEY_YOTUBE"] = "abcabcabc"
    assert "KANALKOLL_KEY_YOTUBE belongs to no declared key and is not used; write it as KANALKOLL_KEY_YOUTUBE" in (
        desk.run("findings").stderr
    )


def test_the_case_of_letters_makes_no_name_unlike():
    assert nearest("KULTUR", ["Kultur", "Miljö"]) == "Kultur"
    assert nearest("zzz", ["Kultur", "Miljö"]) is None


def test_a_stopped_audit_says_that_what_was_read_is_kept():
    def stopped(_: Told) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(NothingDone) as told:
        work_through(stopped, lambda: RunCounts(total=1, done=0, quarantined=0), run_id=1)
    assert told.value.exit_code == 1
    assert "0 of 1 accounts are done, and what was read is kept. Give the same command again, and run 1" in str(
        told.value
    )
