"""Whether the disk of a database of SQLite has room for what is still to be written.

disk_of(url) ─▶ Disk: its file, what is free beside it (None of a server's database: only that knows)
    is_full    a slice of a night could not be written: nobody is asked for what could not be kept
    is_scarce  a copy of it, or a new schema, could not: somebody is told in time
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url

from audits.wording.said import said
from worker.ports import NoRoom

MB: Final = 1_000_000
SLICE: Final = 16 * MB  # of 200 accounts' looks, each of 16 kB at the most, in the log and in the file, and pages kept
SPARE: Final = 200 * MB  # that a deployment should have beyond its size


@dataclass(frozen=True, slots=True)
class Disk:
    """Where a database lies, how large it is and how much is free beside it, in bytes."""

    file: Path
    size: int
    free: int

    @property
    def is_full(self) -> bool:
        return self.free < SLICE

    @property
    def is_scarce(self) -> bool:
        return self.free < max(SPARE, self.size)

    @property
    def megabytes(self) -> int:
        """What is free, as people read it."""
        return self.free // MB


def disk_of(url: str | URL) -> Disk | None:
    """The disk of a database's file; None where there is no file yet, or it lies on a server."""
    known = make_url(url)
    if known.get_backend_name() != "sqlite" or not known.database:
        return None
    file = Path(known.database).absolute()
    try:
        return Disk(file, file.stat().st_size, shutil.disk_usage(file.parent).free)
    except OSError:  # told by whoever opens the file
        return None


def make_sure(disk: Disk | None) -> None:
    """Raises `NoRoom` where what is looked at now could not be written."""
    if disk is not None and disk.is_full:
        raise NoRoom(said("refused.database.no_room", file=disk.file, free=disk.megabytes, needed=SLICE // MB))
