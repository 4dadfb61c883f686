"""Persons' own profiles and the public list: nothing is published while the question whose they are is open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.desk import Desk

OTHERS = "Namn;Adress\nMuseet;https://www.instagram.com/almestadsmuseum/\n"
PERSON = "Namn;Adress;Typ;Syfte\nAnna A;https://www.linkedin.com/in/anna-almestad/;{0};{1}\n"


def generated(desk: Desk, *more: str) -> tuple[dict[str, Any], str]:
    told = desk.answer("public-list", "generate", "--to", str(desk.folder / "list"), *more)
    return told, "".join(each.read_text("utf-8") for each in sorted((desk.folder / "list").iterdir()))


def test_a_persons_own_profile_is_published_only_once_somebody_has_said_whose_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.run("register", "import", desk.file("others.csv", OTHERS)).exit_code == 0
    desk.run("register", "import", desk.file("person.csv", PERSON.format("", "")), "--partial")
    told, written = generated(desk)
    (asked,) = told["asked"]
    assert (told["accounts"], asked["url"]) == (1, "https://www.linkedin.com/in/anna-almestad/")
    assert "anna" not in written.casefold()
    shown = desk.run("public-list", "generate", "--to", str(desk.folder / "list"))
    assert "linkedin.com/in/anna-almestad/ is a person's own profile" in " ".join(shown.output.split())
    vouched, written = generated(desk, "--vouch", str(asked["account"]))
    assert (vouched["accounts"], vouched["asked"], "anna-almestad" in written) == (2, [], True)
    desk.run("register", "import", desk.file("office.csv", PERSON.format("role", "Direktören")), "--partial")
    told, written = generated(desk)
    assert (told["accounts"], told["asked"], "Anna A" in written) == (2, [], False)
