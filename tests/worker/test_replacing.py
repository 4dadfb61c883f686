"""Files that people name are whole at every moment: the earlier one or the new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.desk import Desk
from worker.replacing import write_together, write_whole

REGISTER: Final = "Namn;Adress\nMuseet;https://www.instagram.com/almestadsmuseum/\nOtydligt;ett konto\n"
EARLIER, NEW = "ett\n" * 500, "två\n" * 50_000
# The system ends a process that writes past its limit in the midst of a file (setrlimit(2)), unless it asks not to.
KILLED = """
import resource, signal, sys
from pathlib import Path
from worker.replacing import write_together
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
write_together(Path(sys.argv[1]), {"a.txt": "kort", "b.txt": "två\\n" * 50_000})
"""


def killed_in(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert done.returncode == -signal.SIGXFSZ


def visible(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if not path.name.startswith(".")}


def test_who_is_killed_in_the_midst_of_a_file_leaves_the_earlier_ones_whole(tmp_path: Path):
    write_together(tmp_path, {"a.txt": EARLIER, "b.txt": EARLIER})
    killed_in(tmp_path)
    assert visible(tmp_path) == {"a.txt": EARLIER, "b.txt": EARLIER}


def test_who_is_killed_before_there_was_any_leaves_none_that_could_be_taken_for_whole(tmp_path: Path):
    killed_in(tmp_path)
    assert visible(tmp_path) == {}


def test_the_next_writes_them_and_sweeps_what_the_killed_one_left(tmp_path: Path):
    killed_in(tmp_path)
    write_together(tmp_path, {"a.txt": NEW, "b.txt": NEW})
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "b.txt"}
    assert visible(tmp_path) == {"a.txt": NEW, "b.txt": NEW}


def test_a_name_that_reads_like_a_pattern_sweeps_nothing_of_anybody_else(tmp_path: Path):
    (tmp_path / ".b.4711.part").write_text("half")
    write_whole(tmp_path / "[ab]", NEW)
    assert (tmp_path / ".b.4711.part").exists()


def test_who_could_read_the_earlier_file_can_read_the_new_one(tmp_path: Path):
    write_whole(tmp_path / "a.txt", EARLIER)
    (tmp_path / "a.txt").chmod(0o640)
    write_whole(tmp_path / "a.txt", NEW)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_goes_on_pointing_to_the_file_that_it_pointed_to(tmp_path: Path):
    (tmp_path / "there").mkdir()
    write_whole(tmp_path / "there" / "a.txt", EARLIER)
    (tmp_path / "here.txt").symlink_to(tmp_path / "there" / "a.txt")
    write_whole(tmp_path / "here.txt", NEW)
    assert (tmp_path / "here.txt").is_symlink()
    assert (tmp_path / "there" / "a.txt").read_text() == NEW


def test_a_pipe_is_written_and_not_replaced(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pipe", "ett")
    assert os.read(reading, 10) == b"ett"
    os.close(reading)
    assert (tmp_path / "pipe").is_fifo()


def test_what_keeps_a_file_from_being_written_is_told_by_the_name_that_was_given(tmp_path: Path):
    (tmp_path / f".a.txt.{os.getpid()}.part").mkdir()  # in the way
    with pytest.raises(OSError, match=r"/a\.txt'$") as told:
        write_whole(tmp_path / "a.txt", NEW)
    assert told.value.filename == str(tmp_path / "a.txt")
    with pytest.raises(FileNotFoundError) as missing:
        write_whole(tmp_path / "nowhere" / "a.txt", NEW)
    assert missing.value.filename == str(tmp_path / "nowhere" / "a.txt")


WRITERS: Final = {
    "list/accounts.json": ("public-list", "generate", "--to", "list"),
    "out/report.json": ("report", "--out", "out"),
    "register.csv": ("register", "export", "--to", "register.csv"),
    "mapping.yaml": ("register", "import", "r.csv", "--save-mapping", "mapping.yaml"),
    "refused.csv": ("register", "refused", "--to", "refused.csv"),
    "letters/00-overview.txt": ("digest", "--preview", "letters"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_whoever_reads_a_file_that_a_command_writes_anew_keeps_the_earlier_one(tmp_path: Path, name: str):
    desk, words = Desk(tmp_path), [named_in(tmp_path, word) for word in WRITERS[name]]
    assert desk.run("register", "import", desk.file("r.csv", REGISTER)).exit_code == 0
    assert desk.run(*words).exit_code == 0
    os.link(tmp_path / name, tmp_path / "kept")
    assert desk.run(*words).exit_code == 0
    assert not (tmp_path / name).samefile(tmp_path / "kept"), "it was written into"


def named_in(folder: Path, word: str) -> str:
    return str(folder / word) if word in ("list", "out", "letters") or "." in word else word
