"""What keeps a database from doing its work, in one sentence with the remedy.

error of the driver ─is_of_the_database▶ ours to tell, or a mistake of the program's
                    ─unavailable▶ what the store raises ◀─refusal_of─ Said: no database, damaged, not to be opened,
                                  only to be read, no room, no server that answers, anything else
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from audits.wording.said import Said, said
from worker.ports import NoRoom, OnlyRead, StoreUnavailable

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

_NO_ROOM: Final = "53100"  # disk_full (postgresql.org/docs/15/errcodes-appendix.html)

_EXCEPTIONS: Final[Mapping[str | None, type[StoreUnavailable]]] = {
    "read_only": OnlyRead,
    "full": NoRoom,
    "disk": NoRoom,
    "no_room_at_server": NoRoom,
}


def is_of_the_database(error: DBAPIError) -> bool:
    """Whether the database itself is at fault, rather than what it was asked."""
    return isinstance(error, (OperationalError, InterfaceError)) or _kind(error) is not None


def unavailable(error: DBAPIError, url: URL) -> StoreUnavailable:
    """What the store says where its database cannot do its work."""
    return _EXCEPTIONS.get(_kind(error), StoreUnavailable)(refusal_of(error, url))


def refusal_of(error: DBAPIError, url: URL) -> Said:
    """What went wrong, and what would mend it where that is known."""
    why, kind = str(error.orig).strip(), _kind(error)
    if kind is None:
        first = next(iter(why.splitlines()), "")
        if _is_unreached(error, url):
            return said("refused.database.unreached", where=_server(url), why=first)
        return said("refused.database", why=first)
    if kind == "no_room_at_server":
        return said("refused.database.no_room_at_server", where=_server(url))
    return said(f"refused.database.{kind}", file=unquote((url.database or "").removeprefix("file:")))


def _server(url: URL) -> str:
    return f"{url.host or 'localhost'}:{url.port or 5432}"


def _kind(error: DBAPIError) -> str | None:
    if getattr(error.orig, "sqlstate", None) == _NO_ROOM:
        return "no_room_at_server"
    code = getattr(error.orig, "sqlite_errorcode", None)
    return _KINDS.get(code & 0xFF) if isinstance(code, int) else None


def _is_unreached(error: DBAPIError, url: URL) -> bool:
    """Whether a server was never spoken to, or has gone (postgresql.org/docs/15/errcodes-appendix.html, 08 and 57P)."""
    state = getattr(error.orig, "sqlstate", None)
    return url.get_backend_name() == "postgresql" and (state is None or state.startswith(("08", "57P")))
