"""Files that people name, whole or as they were: whoever opens one meanwhile, or after a kill, finds no part of it.

    folder, {name: content} ─alone there▶ .name.PID.part, all of them ─replace▶ name, one after another

What cannot be replaced is written where it is: a pipe, a device, a link, a file mounted into a container.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import TypeAlias

from config.files import write
from worker.locking import alone_in

_Contents: TypeAlias = Mapping[Path, bytes | str]


def write_whole(path: Path, content: bytes | str) -> None:
    """Write one file, also where its name is a link to it. Raises `OSError` with the name that was given; an earlier
    file then stands as it was.
    """
    real = path.resolve()
    try:
        write_together(real.parent, {real.name: content})
    except OSError as wrong:
        wrong.filename = str(path)
        raise


def write_together(folder: Path, contents: Mapping[str, bytes | str]) -> dict[str, Path]:
    """Write files into a folder that is there; gives them by name. Raises `OSError`, and then no file is replaced."""
    places = {folder / name: content for name, content in contents.items()}
    movable = {place: content for place, content in places.items() if not _stays(place)}
    if movable:
        _replace(folder, movable)
    for place in places.keys() - movable.keys():
        write(place, places[place])
    return {place.name: place for place in places}


def _stays(place: Path) -> bool:
    """Whether something is there that is no file of its own, or beside which nothing may be put."""
    if place.is_symlink() or (place.exists() and not place.is_file()):
        return True
    return place.exists() and not os.access(place.parent, os.W_OK | os.R_OK)


def _replace(folder: Path, contents: _Contents) -> None:
    parts = {place: place.with_name(f".{place.name}.{os.getpid()}.part") for place in contents}
    with alone_in(folder) as alone:
        for left in _left_behind(contents) if alone else ():
            left.unlink()
        try:
            for place, part in parts.items():
                _prepare(part, place, contents[place])
            for place, part in parts.items():
                _put(part, place, contents[place])
        finally:
            for part in parts.values():
                with suppress(OSError):  # what is in the way there is not ours, and was said already
                    part.unlink(missing_ok=True)


def _prepare(part: Path, place: Path, content: bytes | str) -> None:
    """With the rights that an earlier file was given, so that who could read it still can."""
    try:
        write(part, content)
        if place.exists():
            part.chmod(stat.S_IMODE(place.stat().st_mode))
    except OSError as wrong:
        wrong.filename = str(place)  # whoever asked knows of no other
        raise


def _put(part: Path, place: Path, content: bytes | str) -> None:
    try:
        part.replace(place)
    except OSError as wrong:
        if wrong.errno != errno.EBUSY:  # a file that is mounted by itself: rename(2)
            raise
        write(place, content)


def _left_behind(places: Iterable[Path]) -> list[Path]:
    """The parts of those that were killed while they wrote."""
    parts = [part for place in places for part in place.parent.glob(f".{escape(place.name)}.*.part")]
    return [part for part in parts if part.is_file()]
