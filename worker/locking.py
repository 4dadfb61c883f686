"""Whoever writes files into a folder waits for whoever does so already.

The system ends the wait for one that was killed: nothing is left behind that would have to be cleared away.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
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


def _locked(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
    except OSError:
        return False
    return True
