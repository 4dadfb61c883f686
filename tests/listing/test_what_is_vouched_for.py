"""What residents are told of an account, by `whose` and by the list, once people or looks have spoken against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_case
from tests.desk import Desk
from tests.storage.nights import followed
from worker.storage import open_store

REGISTER = """Namn;Adress
Gatukontoret;https://social.almestad.example/@gata
Museet;https://www.instagram.com/almestadsmuseum/
"""
STREETS = "https://social.almestad.example/@gata"
SAID_BY = ("--by", "KF", "--reason", "en förenings")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two accounts, seen last night, of which the first has a name that is confirmed to be wrong."""
    desk = Desk(tmp_path)
    assert desk.run("register", "import", desk.file("register.csv", REGISTER)).exit_code == 0
    store = open_store(desk.environment["KANALKOLL_DATABASE_URL"])
    followed(store, a_case(rule="name", fingerprint="Gatan"), a_case(account_id=2, rule="name", fingerprint="M"))
    store.close()
    return desk


def whose(desk: Desk) -> tuple[object, object]:
    told = desk.answer("whose", STREETS)
    return told["whose"], told["state"]


def listed(desk: Desk, *more: str) -> tuple[dict[str, Any], dict[str, bool], str]:
    """What the command says, whether each account on the list is vouched for, and trust.txt."""
    told = desk.answer("public-list", "generate", "--to", str(desk.folder / "list"), *more)
    table = (desk.folder / "list" / "accounts.csv").read_text("utf-8-sig")
    trust = (desk.folder / "list" / "trust.txt").read_text("utf-8")
    return told, {url: url in trust for url in (STREETS, "almestadsmuseum") if url in table}, table


def decided(desk: Desk, act: str) -> None:
    result = desk.run("case", act, "1", "name", *SAID_BY)
    assert result.exit_code == 0, result.output


def test_an_account_that_is_said_not_to_be_ours_is_looked_into_and_left_out_once_that_is_confirmed(desk: Desk):
    assert whose(desk) == ("ours", "active")
    decided(desk, "not_ours")
    assert whose(desk) == ("doubted", "unclear")
    assert listed(desk)[1] == {STREETS: False, "almestadsmuseum": True}
    decided(desk, "confirm_not_ours")
    assert whose(desk)[0] == "doubted"
    told, vouched, _ = listed(desk)
    assert vouched == {"almestadsmuseum": True}
    assert [(each["account"], each["why"], each["vouched"]) for each in told["doubtful"]] == [(1, "disowned", False)]
    assert "is confirmed that" in desk.run("public-list", "generate", "--to", str(desk.folder / "list")).output


def test_an_answer_that_is_taken_back_gives_the_account_back_to_the_list(desk: Desk):
    for act in ("not_ours", "confirm_not_ours"):
        decided(desk, act)
    assert listed(desk, "--vouch", "1")[1] == {STREETS: True, "almestadsmuseum": True}
    for state in (("doubted", "unclear"), ("ours", "active")):
        assert desk.run("case", "undo", "1", "name", "--by", "KF").exit_code == 0
        assert whose(desk) == state
    assert listed(desk)[1] == {STREETS: True, "almestadsmuseum": True}


def test_the_published_list_is_to_lose_what_is_confirmed_not_to_be_ours(desk: Desk):
    listed(desk)
    for act in ("not_ours", "confirm_not_ours"):
        decided(desk, act)
    told = desk.answer("public-list", "diff", "--file", str(desk.folder / "list" / "accounts.csv"))
    assert [each["url"] for each in told["disowned"]] == [STREETS]
    assert (told["unknown"], told["to_add"]) == ([], [])
