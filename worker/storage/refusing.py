"""What keeps a database from doing its work, in one sentence with the remedy.

error of the driver ─is_of_the_database▶ ours to tell, or a mistake of the program's
                    ─refusal_of▶ Said: no database, damaged, not to be opened, only to be read, no room, anything else
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from audits.wording.said import Said, said

# https://www.sqlite.org/rescode.html: the primary code, which is the lowest byte of what SQLite reports
_KINDS: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_NOTADB: "another",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_CANTOPEN: "closed",
    sqlite3.SQLITE_PERM: "closed",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
}


def is_of_the_database(error: DBAPIError) -> bool:
    """Whether the database itself is at fault, rather than what it was asked."""
    return isinstance(error, (OperationalError, InterfaceError)) or _kind(error) is not None


def is_only_read(error: DBAPIError) -> bool:
    return _kind(error) == "read_only"


def refusal_of(error: DBAPIError, url: URL) -> Said:
    """What went wrong, and what would mend it where that is known."""
    why, kind = str(error.orig).strip(), _kind(error)
    if kind is None:
        return said("refused.database", why=next(iter(why.splitlines()), ""))
    return said(f"refused.database.{kind}", file=unquote((url.database or "").removeprefix("file:")))


def _kind(error: DBAPIError) -> str | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return _KINDS.get(code & 0xFF) if isinstance(code, int) else None
