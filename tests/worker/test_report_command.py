"""`kanalkoll report`: the files of a real deployment, all of them or none, and plain words where there is nothing."""

from __future__ import annotations

import fcntl
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.builders import STOCKHOLM
from tests.desk import Desk
from tests.worker.registers import REGISTER
from tests.worker.reports import a_report
from worker.reporting import written

WAITS = 300  # seconds; the machine may be busy with other things
SHAPES = ("html", "csv", "xlsx", "json")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a register of one account that has been looked at once."""
    desk = Desk(tmp_path)
    desk.run("register", "import", desk.file("register.csv", REGISTER))
    assert desk.run("audit").exit_code == 0
    return desk


def test_it_writes_every_shape_and_says_where(desk: Desk, tmp_path: Path):
    answer = desk.answer("report", "--out", str(tmp_path / "out"))
    assert answer["files"] == {shape: str(tmp_path / "out" / f"report.{shape}") for shape in SHAPES}
    assert (answer["accounts"], answer["read"]) == (1, 0)
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == sorted(f"report.{each}" for each in SHAPES)


def test_where_nothing_was_read_no_remark_is_no_nought_anywhere(desk: Desk, tmp_path: Path):
    told = desk.run("report", "--out", str(tmp_path), "--language", "en").stderr
    assert "0 of 1 accounts read; it is not known how many remarks would be open." in told
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<td class="n" data-of="Open remarks">–</td>' in page


def test_it_is_written_in_the_language_asked_for(desk: Desk, tmp_path: Path):
    desk.run("report", "--out", str(tmp_path), "--language", "en")
    assert "Neither passed nor remarked on." in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_an_administration_gets_its_own_accounts_alone(desk: Desk, tmp_path: Path):
    assert desk.answer("report", "--out", str(tmp_path), "--administration", "KF")["accounts"] == 1


def test_what_concerns_the_whole_city_is_not_told_to_one_administration(desk: Desk, tmp_path: Path):
    told = []
    for more in ([], ["--administration", "KF"]):
        desk.run("report", "--out", str(tmp_path), *more)
        told.append(bool(json.loads((tmp_path / "report.json").read_bytes())["openings"]))
    assert told == [True, False]


def test_an_administration_that_is_not_there_is_answered_with_those_that_are(desk: Desk, tmp_path: Path):
    result = desk.run("report", "--out", str(tmp_path / "out"), "--administration", "SF")
    assert result.exit_code == 2
    assert "No administration in the register is called “SF”. Did you mean “KF”? Known: KF." in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_empty_register_is_said_to_be_empty(tmp_path: Path):
    result = Desk(tmp_path).run("report", "--out", str(tmp_path / "out"))
    assert (result.exit_code, "Import one first" in result.stderr) == (1, True)


def test_a_folder_that_cannot_be_made_is_bad_input(desk: Desk, tmp_path: Path):
    (tmp_path / "out").write_text("a file")
    assert desk.run("report", "--out", str(tmp_path / "out")).exit_code == 2


def test_the_json_tells_what_the_page_tells(desk: Desk, tmp_path: Path):
    desk.run("report", "--out", str(tmp_path))
    told = json.loads((tmp_path / "report.json").read_bytes())
    assert told["lives"][0]["account"]["name"] == "Almestads museum"
    assert told["sections"][0]["unread"][0]["sentence"].startswith("Inte läst")


def test_a_report_that_cannot_be_written_leaves_the_earlier_one_whole(tmp_path: Path):
    written(a_report(), STOCKHOLM, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / f".report.json.{os.getpid()}.part").mkdir()  # in the way of the last file
    with pytest.raises(OSError, match="json"):
        written(a_report("en"), STOCKHOLM, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_what_a_killed_report_left_is_swept_by_the_next_and_nothing_of_anybody_else(tmp_path: Path):
    left, others = (".report.html.4711.part", ".report.json.4711.part"), (".report.en.html.4711.part", ".report.part")
    for name in (*left, *others):
        (tmp_path / name).write_text("half a re")
    written(a_report(), STOCKHOLM, tmp_path)
    assert {path.name for path in tmp_path.glob(".*")} == set(others)


def test_a_report_waits_for_another_that_is_being_written_there(tmp_path: Path):
    part, held = tmp_path / ".report.html.4711.part", os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    part.write_text("half a re")
    with ThreadPoolExecutor() as pool:
        second = pool.submit(written, a_report(), STOCKHOLM, tmp_path)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.5)
        assert part.exists()
        os.close(held)
        assert second.result(timeout=WAITS)["html"].exists()
