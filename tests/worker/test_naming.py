"""A name that nobody knows is refused with the nearest that is known, by every command that takes one."""

from __future__ import annotations

import re
from collections import ChainMap
from pathlib import Path

import pytest

import worker.cli
from tests.desk import Desk
from worker.cli.auditing import work_through
from worker.cli.naming import Act, nearest
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
        (("findings", "--administration", "Kultru"), "Did you mean “Kultur”?"),
        (("findings", "--platform", "instragram"), "Did you mean “instagram”?"),
        (("audit", "--administration", "Kultru"), "Did you mean “Kultur”?"),
        (("audit", "--platform", "instragram"), "Did you mean “instagram”?"),
        (("report", "--administration", "Kultru"), "Did you mean “Kultur”?"),
        (("digest", "release", "Kultru", "--by", "b"), "Did you mean “Kultur”?"),
        (("digest", "withhold", "Kultru", "--by", "b"), "Did you mean “Kultur”?"),
        (("digest", "wish", "offiser@almestad.example", "silence", "--by", "b"), "“officer@almestad.example”?"),
        (("case", "exlain", "12", "inactive"), "Did you mean “explain”?"),
        (("held", "beleive", "x", "gone"), "Did you mean “believe”?"),
        (
            ("report-account", "closed", "1", "--by", "r", "--administration", "Kultru"),
            "Did you mean “Kultur”? Known: Kultur. If it is a new one, add --new-administration.",
        ),
        (("report-account", "changed", "1", "--by", "r"), "Say what has changed: --to"),
        (("harvest", "--url", "hej", "--body", "{folder}/register.csv"), "write it as https://"),
        (("harvest", "--url", "https://almestad.example/", "--body", "{folder}/some.xlsx"), "is not a web page"),
        (("discover", "--site", "hej"), "“hej” is not the address of a website"),
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
    assert (done.exit_code, "matches that choice" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "command", [("digest", "withhold", "Kultur"), ("rest", "end", "1"), ("pictures", "withdraw", "1")]
)
def test_whoever_takes_something_back_is_asked_for(desk: Desk, command: tuple[str, ...]):
    assert "Missing option '--by'" in desk.run(*command).stderr


def test_a_mistyped_key_is_told_with_the_nearest_by_every_command(desk: Desk):
    desk.environment["KANALKOLL_KEY_YOTUBE"] = "abcabcabc"
    assert (
        "KANALKOLL_KEY_YOTUBE does not belong to any declared key and is not used; write it as KANALKOLL_KEY_YOUTUBE"
        in (desk.run("findings").stderr)
    )


@pytest.mark.parametrize("word", ["meddela", "announce", "MEDDELA"])
def test_a_step_is_taken_by_the_word_that_help_prints_in_any_language(desk: Desk, word: str):
    told = desk.run("closing", "done", "1", word, "--by", "KF").stderr
    assert "account 1 is not being closed" in told


def test_every_word_that_swedish_help_prints_beside_a_word_of_a_command_is_taken_for_it():
    help_ = (Path(worker.cli.__file__).parent / "locale/sv/LC_MESSAGES/help.po").read_text(encoding="utf-8")
    lines = re.findall(r'^msgstr "(?:STEG|ÅTGÄRD|ÖNSKAN) .*$', help_, re.MULTILINE)
    printed = [dict(re.findall(r"(\w+) \(([^)]+)\)", line)) for line in lines]
    assert {"announce": "meddela", "explain": "förklara", "silence": "inget"}.items() <= ChainMap(*printed).items()
    for words in printed:
        of = "case" if "explain" in words else "wish" if "silence" in words else ""
        assert {Act([word], of).convert(called, None, None) for word, called in words.items()} == set(words)


def test_a_case_may_be_shown_by_the_words_that_swedish_help_prints(desk: Desk):
    assert desk.run("case", "visa", "7").stderr == desk.run("case", "show", "7").stderr
    slip = desk.run("case", "visaa", "7", "--language", "sv").stderr
    assert "inget av lista, visa, fixa, förklara" in slip
    assert "Menade du ”visa”?" in slip


def test_a_number_alone_and_one_before_a_rule_are_told_apart(desk: Desk):
    assert "for account 7, write the rule after it" in desk.run("case", "show", "7").stderr
    assert "for case 7, leave the rule out" in desk.run("case", "show", "7", "moved").stderr


def test_the_case_of_letters_makes_no_name_unlike():
    assert nearest("KULTUR", ["Kultur", "Miljö"]) == "Kultur"
    assert nearest("zzz", ["Kultur", "Miljö"]) is None


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Stadsledningsförvaltningen", "Utbildningsförvaltningen"),
        ("Stadsledningskontoret", "Stadsbyggnadskontoret"),
        ("kultur@almestad.example", "utbildning@almestad.example"),
    ],
)
def test_names_that_share_only_what_all_of_them_share_are_not_taken_for_each_other(typed: str, known: str):
    assert nearest(typed, [known]) is None


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Kultrförvaltninen", "Kulturförvaltningen"),
        ("Fulturförvaltningen", "Kulturförvaltningen"),
        ("Kulturen", "Kulturförvaltningen"),
        ("Kultur och fritid", "Kultur- och fritidsförvaltningen"),
        ("ofiser@almestad.example", "officer@almestad.example"),
    ],
)
def test_a_slip_and_a_shorter_form_are(typed: str, known: str):
    assert nearest(typed, ["Utbildningsförvaltningen", "anna@almestad.example", known]) == known


def test_an_administration_that_is_like_none_is_told_with_all_there_are(desk: Desk):
    done = desk.run("register", "recipients", "set", "--administration", "Miljö", "--to", "m@almestad.example")
    assert (done.exit_code, "Did you mean" in done.stderr, "Known: Kultur." in done.stderr) == (2, False, True)


def test_a_case_of_a_rule_that_is_none_is_told_with_the_rules_there_are(desk: Desk):
    done = desk.run("case", "acknowledge", "1", "hejhopp", "--by", "M")
    assert done.exit_code == 2
    assert "There is no rule “hejhopp”. Known: " in done.stderr
    assert "inactive" in done.stderr
    assert "Did you mean “inactive”?" in desk.run("case", "show", "1", "inactve").stderr


def test_a_stopped_audit_says_that_what_was_read_is_kept():
    def stopped(_: Told) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(NothingDone) as told:
        work_through(stopped, lambda: RunCounts(total=1, done=0, quarantined=0), run_id=1)
    assert told.value.exit_code == 1
    assert "0 of 1 accounts are done, and what was read has been saved. Give the same command again, and run 1" in str(
        told.value
    )
