"""A migrated database without a row: made once and copied, which is sooner than migrating one for each test."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from worker.storage.migrate import upgrade


@cache
def empty_database() -> Path:
    """The file to copy, gone when this process ends."""
    folder = mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "kanalkoll.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


def migrated(path: Path) -> str:
    """The URL of the migrated database at `path`: an empty one, or what stands there already."""
    if not path.exists():
        shutil.copy(empty_database(), path)
    return f"sqlite:///{path}"
