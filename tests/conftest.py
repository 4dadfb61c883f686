"""What every test may ask for: real servers, recorded responses, and a closing word about what was left out.

redis_url, postgres_url, smtp ─▶ tests/servers     browser, page_of ─▶ tests/browser     corpus ─▶ tests/corpus.py
sqlite_copy, sqlite_emptied ─▶ a migrated database     stores ─▶ the store in it
What a deployment has set, in the shell or in the folder that the tests are started from, is none of theirs (`alone`).
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect

from tests.browser import PATIENCE, PageOf, chromium, opener
from tests.corpus import CORPUS, NOT_HERE, have_corpus
from tests.empty import migrated
from tests.figures import figures
from tests.left_out import left_out
from tests.servers import (
    PostgresServer,
    RedisServer,
    SmtpServer,
    UnavailableError,
    postgres_server,
    redis_server,
    smtp_server,
)
from worker.storage import SqlStore, open_store
from worker.wiring import settle

# A shared machine stalls now and then; how long an example took says nothing about the code. The examples are the same
# in every run, so that only a change of the code turns a test red; KANALTEST_CHANCE=1 draws others, to look for more.
settings.register_profile(
    "kanalkoll",
    deadline=None,
    database=None,
    derandomize="KANALTEST_CHANCE" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kanalkoll")
expect.set_options(timeout=PATIENCE)

SKIPPED = "Skipped: "
ROOT = Path(__file__).parents[1]

# How whoever starts the tests likes a terminal (rich, click, less), and where their own PostgreSQL is (libpq).
OF_A_PERSON = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE",
               "TTY_INTERACTIVE", "PAGER", "LESS")  # fmt: skip
LONGEST = 60  # letters of a TMPDIR: Chromium and others lay sockets below it, whose paths end at 107 (unix(7))

gc.disable()  # until all is loaded (`pytest_collection`)

# Before any module of ours is asked for a setting; what a test starts inherits it.
for stated in [*os.environ]:
    if stated.upper().startswith(("KANALKOLL_", "PG")) or stated in OF_A_PERSON:
        del os.environ[stated]
os.environ["PYTHONPATH"] = str(ROOT)
if len(os.environ.get("TMPDIR", "")) > LONGEST:
    del os.environ["TMPDIR"]


@pytest.fixture(scope="session", autouse=True)
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In an empty folder, where no `kanalkoll.toml` and no database lies: a clone that is in use has both."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("alone"))
    yield
    os.chdir(before)


@pytest.fixture(scope="session")
def redis_process() -> Iterator[RedisServer]:
    """The session's one Redis."""
    try:
        with redis_server() as server:
            yield server
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def redis_url(redis_process: RedisServer) -> str:
    """An empty Redis."""
    redis_process.empty()
    return redis_process.url


@pytest.fixture(scope="session")
def postgres_process() -> Iterator[PostgresServer]:
    """The session's one PostgreSQL."""
    try:
        with postgres_server() as server:
            yield server
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def postgres_url(postgres_process: PostgresServer) -> Iterator[str]:
    """A fresh, empty database of the test's own."""
    with postgres_process.database() as url:
        yield url


@pytest.fixture
def sqlite_copy(tmp_path: Path) -> str:
    """A migrated, empty database of the test's own."""
    return migrated(tmp_path / "kanalkoll.sqlite3")


@pytest.fixture
def sqlite_emptied(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same, at one place for all tests: always a new file, in a new folder."""
    folder = tmp_path_factory.getbasetemp() / "emptied"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return migrated(folder / "kanalkoll.sqlite3")


@pytest.fixture(scope="session")
def stores() -> Callable[[str], SqlStore]:
    """The store at a place, closed or not: what SQLAlchemy has once made of a question is kept for the next test."""
    return cache(open_store)


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    """A mail server that has received nothing yet."""
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, for the tests of one module."""
    try:
        with chromium() as opened:
            yield opened
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def page_of(browser: Browser, tmp_path: Path) -> Iterator[PageOf]:
    """Opens pages that ask for nothing but themselves."""
    with opener(browser, tmp_path) as opens:
        yield opens


@pytest.fixture
def corpus() -> Path:
    """The folder of recorded real responses."""
    if not have_corpus():
        pytest.skip(NOT_HERE)
    return CORPUS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first; all else stays in its order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is loaded stays: collecting it again and again was a tenth of the tests' time (`worker.wiring.settle`)."""
    collected = yield
    settle()
    gc.enable()
    return collected


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and why, and what was measured, where everyone looks."""
    for figure in figures(chain.from_iterable(terminalreporter.stats.values())):
        terminalreporter.write_line(figure)
    for line in left_out(reason(report) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(line)


def reason(report: pytest.TestReport) -> str:
    """Why this one was skipped, in the test's own words."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix(SKIPPED)
