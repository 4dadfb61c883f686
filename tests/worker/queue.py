"""Processes of the full deployment, and waiting for what they do."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from worker.wiring import utc_now

T = TypeVar("T")
PATIENCE = 900  # seconds; a lease that a killed worker leaves behind takes a good minute of them


@contextmanager
def celery(environment: dict[str, str], tmp_path: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """One Celery process of the deployment, ended by its own id."""
    command = [sys.executable, "-m", "celery", "-A", "worker.app", *arguments]
    with (tmp_path / f"{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def wait_until(true: Callable[[], T]) -> T:
    """What `true` says once it says so, or at the end of all patience."""
    deadline = time.monotonic() + PATIENCE
    while not (said := true()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return said


def where_it_is_noon() -> str:
    """A time zone in which no day, and so no week, begins or ends while a test runs (tz database, Etc/GMT±N)."""
    return f"Etc/GMT{utc_now().hour - 12:+d}"
