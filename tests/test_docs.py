"""Every command that a page shows works as it stands there, and every page leads where it says.

a page's sh blocks ─▶ one shell in a scratch clone: the project's files, an audited demo, no network

Three of the README's commands are started as its reader starts them. All others are forked where the libraries are
loaded already (tests/forkserver.py): processes of their own as well, at a third of the cost.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from tests.demo.lived import spoken_once
from tests.docs_shown import PAGES, ROOT, linked_files, named_in_passing, outside_of_sessions, session
from tests.forkserver import forked
from worker.cli import main

SHOWN = [page for page in PAGES if session(page)]
STARTED = ("init", "audit", "report")  # of the README
LIVED = "demo --out out --language sv"  # what the clone's own out/ was written by: it is not lived twice
WAITS = 900  # seconds for all commands of one page; a quiet machine needs ten
# What only a whole machine can do is asked for by name and not done: make builds, docker starts servers.
STUBS = {
    "make": f"exec grep -q \"^$1:.*##\" '{ROOT / 'Makefile'}'",
    "chromium": "exit 1",  # of letters only the words are wanted: a picture takes seconds
    "sudo": "exit 0",  # it asks for a password, and changes whose a file is
    "docker": "[ \"$1\" = compose ] && exec grep -q '^services:' docker-compose.yml",
}
COMMAND = Path(sys.executable).with_name("kanalkoll")
_CHOOSES = """#!/bin/sh
[ "$*" = '{lived}' ] && exec test -s out/report.html
case "$1" in
    {started}) exec '{in_earnest}' "$@" ;;
    *) exec '{command}' "$@" ;;
esac
"""


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo leaves in out/, whichever language its terminal speaks."""
    done = spoken_once(tmp_path_factory)
    assert done.exit_code == 0, done.stderr
    return done.out


@pytest.fixture
def clone(tmp_path: Path, audited: Path) -> Path:
    """A folder that looks as a clone does after `make demo`."""
    for name in ("audits", "config", "demo", "docker-compose.yml", "docker-compose.dev.yml", ".env.example", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(audited, tmp_path / "out")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    _installed(tmp_path, COMMAND)
    (tmp_path / "stubs").mkdir()
    for name, does in STUBS.items():
        stub = tmp_path / "stubs" / name
        stub.write_text(f"#!/bin/sh\n{does}\n")
        stub.chmod(0o755)
    return tmp_path


def _installed(clone: Path, command: Path, started: Sequence[str] = ()) -> None:
    """Have the clone's `kanalkoll` be this command, but for the words that are to be started in earnest."""
    at = clone / ".venv" / "bin" / "kanalkoll"
    script = _CHOOSES.format(lived=LIVED, started="|".join(started) or "-", in_earnest=COMMAND, command=command)
    at.write_text(script)
    at.chmod(0o755)


def typed(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type it into a shell that stops at the first thing that fails, and says which that was."""
    path = f"{folder / 'stubs'}:{folder / '.venv' / 'bin'}:{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(folder), "KANALKOLL_LIVE": "false", "LANG": "C.UTF-8"}
    command = ["bash", "-euxo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=WAITS
    )


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_works(page: Path, clone: Path):
    _installed(clone, forked(), STARTED if page.name == "README.md" else ())
    done = typed(session(page), clone)
    assert done.returncode == 0, f"{page.name} stops here:\n{done.stderr[-1500:]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_to_type_stands_in_a_block_that_is_run(page: Path):
    to_type = re.compile(r"^(?: {4,}|\$ )(?:\S*/)?(?:kanalkoll|make) .*$", re.MULTILINE)
    assert to_type.findall(outside_of_sessions(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_sentence_names_exists(page: Path):
    unknown = []
    for name, word in named_in_passing(page):
        command = main.commands.get(name)
        group = command.commands if isinstance(command, click.Group) else {}
        if command is None or (group and word and word not in group):
            unknown.append(f"{name} {word}".strip())
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_is_there(page: Path):
    assert [str(path) for path in linked_files(page) if not path.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_that_a_page_names_exists(page: Path):
    from config.settings import Settings

    known = {f"KANALKOLL_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"KANALKOLL_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8")))
    others = {name for name in named if name.startswith("KANALKOLL_KEY_")} | {"KANALKOLL_KEY"}
    assert named - known - others == set()


@pytest.mark.parametrize("is_forked", [False, True], ids=["started", "forked"])
def test_a_page_whose_command_fails_would_be_seen(clone: Path, is_forked: bool):
    if is_forked:
        _installed(clone, forked())
    done = typed("kanalkoll --version\nkanalkoll no-such-command\nkanalkoll --version\n", clone)
    assert done.returncode == 2
    assert "no-such-command" in done.stderr
