"""`column IN ids` with one parameter for all of the ids.

Spelling out some thousand parameters costs SQLAlchemy more than the query costs the database.

    SQLite       column IN (SELECT value FROM json_each(:ids))
    PostgreSQL   column = ANY(:ids)
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import UserDefinedType


def among(column: ColumnElement[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Whether the column holds one of the ids; false for none."""
    return _Among(column, bindparam(None, list(ids), type_=_Ids(), unique=True))


class _Among(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> ColumnElement[bool]:  # type: ignore[override]  # noqa: ARG002  # the library's signatures, one for each `against`
        """Is a condition as it stands: of `… IN (…) = 1`, as functions are asked on SQLite, no index can be used."""
        return self


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, ids = (compiler.process(each, **given) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608  # both are the compiler's own words


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, ids = (compiler.process(each, **given) for each in element.clauses)
    return f"{column} = ANY(CAST({ids} AS BIGINT[]))"


class _Ids(UserDefinedType[list[int]]):
    """A list for psycopg; for SQLite its own words, which are JSON."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[list[int] | None], object] | None:
        return str if dialect.name == "sqlite" else None
