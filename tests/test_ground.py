"""The two commands on a bare machine: what make offers, what it says of an old Python, and an honest `.ci/run`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATH = os.environ["PATH"]
LAST_WORDS = "3 passed in 0.10s"


def run(*words: str, folder: Path, path: str = PATH) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would, not as a part of the make that may be running these tests."""
    environment = {"PATH": path, "HOME": str(folder)}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def program(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone in which nothing has been built yet."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


class TestMake:
    def test_alone_it_prints_what_there_is_to_do(self, clone: Path) -> None:
        said = run("make", folder=clone).stdout
        offered = re.findall(r"^([a-z-]+):.* ## ", (clone / "Makefile").read_text(), re.MULTILINE)
        assert re.findall(r"make ([\w-]+) ", said) == offered
        assert offered[:4] == ["help", "install", "demo", "test"]

    def test_an_old_python_is_named_with_what_is_needed_instead(self, clone: Path) -> None:
        for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
            program(clone / "bin" / name, '[ "$1" = --version ] && echo Python 3.9.2', "exit 1")
        done = run("make", "test", folder=clone, path=f"{clone / 'bin'}:{PATH}")
        assert done.returncode == 2
        assert "Kanalkoll needs Python 3.11 or newer; this machine has Python 3.9.2" in done.stderr
        assert not (clone / ".venv").exists()

    def test_what_is_built_is_not_built_again(self, clone: Path) -> None:
        (clone / ".venv").mkdir()
        (clone / ".venv" / ".built").touch()
        done = run("make", ".venv/.built", folder=clone)
        assert (done.returncode, done.stderr) == (0, "")

    def test_a_red_check_says_which_and_hides_nothing_after_it(self, clone: Path) -> None:
        for tool in ("ruff", "mypy", "lint-imports"):
            program(clone / ".venv" / "bin" / tool, "exit 1")
        program(clone / ".venv" / "bin" / "python", f"echo {LAST_WORDS}")
        (clone / ".venv" / ".built").touch()
        done = run("make", "--keep-going", "test", folder=clone)
        assert done.returncode == 2
        assert {*re.findall(r"make (\S+): red", done.stderr)} == {
            "check-lint", "check-format", "check-types", "check-imports",
        }  # fmt: skip
        assert LAST_WORDS in done.stdout


class TestContinuousIntegration:
    @pytest.fixture
    def machine(self, tmp_path: Path) -> Path:
        """A clean clone on a machine whose make does what a test says."""
        (tmp_path / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
        return tmp_path

    def ci(self, machine: Path, *make_does: str) -> tuple[int, str]:
        program(machine / "bin" / "make", *make_does)
        done = run("bash", ".ci/run", folder=machine, path=f"{machine / 'bin'}:{PATH}")
        return done.returncode, done.stdout.splitlines()[-1]

    def test_green_ends_with_the_tests_own_last_words(self, machine: Path) -> None:
        assert self.ci(machine, f"echo {LAST_WORDS}") == (0, LAST_WORDS)

    def test_red_keeps_makes_exit_code_and_still_ends_with_the_tests_words(self, machine: Path) -> None:
        words = "1 failed, 2 passed, 1 skipped in 61.20s (0:01:01)"
        assert self.ci(machine, f"echo '{words}'", "echo 'make: *** [test] Error 1' >&2", "exit 2") == (2, words)

    def test_no_tests_at_all_is_said_and_is_red(self, machine: Path) -> None:
        assert self.ci(machine, "echo 'make: *** [.venv/.built] Error 1' >&2", "exit 2") == (
            2,
            "The tests did not run.",
        )
