"""Whoever writes files into a folder waits for whoever does so already.

The system ends the wait for one that was killed: nothing is left behind that would have to be cleared away.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Wait for every other that writes there by this; raises `OSError` where there is no such folder.

    False where the folder's file system keeps no locks, as some that are shared do not: then nobody can tell.
    """
    held = os.open(folder, os.O_RDONLY)
    try:
        yield _locked(held)
    finally:
        os.close(held)


class Lock(IntEnum):
    """How a file is held: by one alone, who is told at once where that cannot be, or by any number, who wait for it."""

    ALONE = fcntl.LOCK_EX | fcntl.LOCK_NB
    AMONG_OTHERS = fcntl.LOCK_SH


@contextmanager
def locked(file: Path, how: Lock) -> Iterator[bool]:
    """Whether the file, which is made where there is none, is held so; raises `OSError` where it cannot be opened."""
    with file.open("a") as held:
        try:
            fcntl.flock(held, how)
        except BlockingIOError:
            is_held = False
        else:
            is_held = True
        yield is_held


def _locked(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
    except OSError:
        return False
    return True
