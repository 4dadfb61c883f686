"""Files that people name: their text, or what keeps it from being had, said with the remedy.

path ─read_text▶ text | BadFile        path, content ─write▶ a file | OSError with its name
OSError ─told▶ one sentence that names the file
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from audits.wording.said import Said, said
from config.unusable import Unusable

# https://man7.org/linux/man-pages/man3/errno.3.html
_KINDS: Final[Mapping[int | None, str]] = {
    errno.ENOENT: "missing",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "under_file",
    errno.EEXIST: "under_file",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


class BadFile(Unusable):
    """A file cannot be read; the message names it and the remedy."""


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, without the mark that Windows' Notepad puts before it. Raises `BadFile`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadFile(said("file.not_text", file=path)) from wrong
    except OSError as wrong:
        raise BadFile(told(wrong, path)) from wrong


def write(path: Path, content: bytes | str) -> None:
    """Write a file; a text in UTF-8, with its line ends as they are. Raises `OSError`, which always names the file.

    A disk that fills up while somebody writes is told by the system without one.
    """
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as wrong:
        if wrong.filename is not None:
            raise
        raise OSError(wrong.errno, wrong.strerror, str(path)) from wrong


def told(wrong: OSError, path: object = None) -> Said:
    """What went wrong with a file, and what would mend it."""
    kind = _KINDS.get(wrong.errno, "other")
    return said(f"file.{kind}", file=path or wrong.filename or "?", why=wrong.strerror or type(wrong).__name__)


def is_of_a_file(wrong: OSError) -> bool:
    """Whether it names a file, or a disk that holds no more; a network's or a pipe's error does neither."""
    return wrong.filename is not None or is_of_the_disk(wrong)


def is_of_the_disk(wrong: OSError) -> bool:
    """Whether a disk is full, or fails: no name that was given is to blame."""
    return wrong.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO)
