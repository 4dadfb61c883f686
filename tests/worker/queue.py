"""Processes of the full deployment, and waiting for what they do."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 300  # seconds; a lease that a killed worker leaves behind takes a good minute of them


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


def wait_until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.3)
    return False
