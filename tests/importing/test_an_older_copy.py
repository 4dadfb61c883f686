"""Two officers edit copies of one register: what the second file puts back is told with whose change it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk

HEAD = "Nr;Förvaltning;Namn;Adress;Mottagare\n"
MUSEUM = "#1;Kultur;Museet;https://x.com/museet;museet@almestad.example\n"
POOL = "#2;Kultur;Badet;https://x.com/badet;badet@almestad.example\n"
MENDED = MUSEUM.replace("museet@", "museichefen@")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    imported(desk, MUSEUM, POOL)
    imported(desk, MENDED, POOL, by="Bea")
    return desk


def imported(desk: Desk, *rows: str, by: str = "Cleo", more: tuple[str, ...] = ()) -> list[dict[str, object]]:
    file = desk.file("register.csv", HEAD + "".join(rows))
    answer = desk.answer("register", "import", file, "--by", by, "--confirm-removals", "1", *more)["put_back"]
    assert isinstance(answer, list)
    return answer


def test_the_change_that_an_older_copy_takes_back_is_named(desk: Desk) -> None:
    older = imported(desk, MUSEUM, POOL.replace("Badet", "Simhallen"), more=("--dry-run",))
    assert [(each["number"], each["by"], each["accounts"]) for each in older] == [(2, "Bea", [1])]
    words = ("register", "import", str(desk.folder / "register.csv"))
    assert (
        "One account would go back to what it was before change 2 of the register (Bea"
        in desk.run(*words, "--dry-run").stderr
    )
    assert "One account is back to what it was before change 2 of the register (Bea" in desk.run(*words).stderr


def test_a_copy_that_holds_the_change_takes_nothing_back(desk: Desk) -> None:
    assert imported(desk, MENDED, POOL.replace("Badet", "Simhallen")) == []


def test_a_value_that_is_new_takes_nothing_back(desk: Desk) -> None:
    assert imported(desk, MUSEUM.replace("museet@", "ny@"), POOL) == []


def test_an_account_that_somebody_added_or_removed_since_is_named_too(desk: Desk) -> None:
    added = "#3;Kultur;Hallen;https://x.com/hallen;\n"
    assert imported(desk, MENDED, POOL, added, by="Bea") == []
    assert [each["accounts"] for each in imported(desk, MENDED, POOL)] == [[3]]
    imported(desk, MENDED, by="Dan")
    assert [(each["by"], each["accounts"]) for each in imported(desk, MENDED, POOL)] == [("Dan", [2])]


def test_a_copy_older_than_several_changes_takes_the_last_one_back(desk: Desk) -> None:
    assert imported(desk, MENDED.replace("museichefen@", "nyast@"), POOL, by="Dan") == []
    assert [(each["number"], each["by"]) for each in imported(desk, MUSEUM, POOL)] == [(3, "Dan")]
