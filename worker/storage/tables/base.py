"""What every table stands on: the one metadata with its names for constraints, and dated rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, MetaData

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def one_current(*columns: Column[Any]) -> None:
    """At most one row with these values is current."""
    table = columns[0].table
    still = table.c.valid_to.is_(None)
    Index(f"uq_{table.name}_current", *columns, unique=True, sqlite_where=still, postgresql_where=still)
