"""What is dear to make and is only read: made once for all workers of a run.

made_once(factory, name, make) ─▶ the folder: made by whoever comes first, the others wait at its lock
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled, in this worker or in another; whoever asks must leave it as it is.

    A maker that fails leaves nothing behind, so that each worker tells of it.
    """
    shared = _shared_by_all_workers(factory)
    folder, finished = shared / name, shared / f"{name}.finished"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            finished.touch()
    return folder


def _shared_by_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The run's own folder: a worker's lies in it (pytest-xdist.readthedocs.io, "Making session-scoped fixtures")."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
