"""Column types that mean the same on SQLite and PostgreSQL.

UtcTime   an aware time in UTC, in and out; a naive one is refused
Words     text from strangers: what PostgreSQL or UTF-8 cannot hold is replaced before it is written
Json      JSON, written as the text that `dumps` made of it

They wrap nothing that need not be wrapped: a night writes some hundred thousand values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import orjson
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, RowMapping
from sqlalchemy.types import TypeDecorator, UserDefinedType

Columns: TypeAlias = dict[str, Any]  # a row by name, as handed to the database
Cells: TypeAlias = RowMapping | Mapping[str, Any]  # a row by name, as the database gave it back

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER


class UtcTime(TypeDecorator[datetime]):
    """SQLite knows no time zones: it is given UTC, and UTC is what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; every stored time is aware")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(UserDefinedType[str]):
    """PostgreSQL refuses U+0000, and neither takes half a surrogate pair; one such name must not cost a night."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "TEXT"

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002  # the library's signature
        return _clean_or_none


class Json(UserDefinedType[Any]):
    """Takes text made by `dumps`, so that a digest and a row share it; gives the value."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002  # as above
        return _loads_or_none if dialect.name == "sqlite" else None  # psycopg has read it already


def _clean_or_none(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _loads_or_none(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


def clean(text: str) -> str:
    """`text` with every character that cannot be stored replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
    elif text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(REPLACEMENT if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def dumps(value: object) -> str:
    """`value` as JSON, its texts cleaned; keys are sorted so that equal values give equal texts.

    A number of more than 64 bits, which no platform means, becomes null. Raises `TypeError` for what is no JSON.
    """
    try:
        dumped = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half a surrogate pair, or a number of more than 64 bits
        return orjson.dumps(_cleaned(value), option=orjson.OPT_SORT_KEYS).decode()
    if b"\\u0000" in dumped:
        dumped = orjson.dumps(_cleaned(value), option=orjson.OPT_SORT_KEYS)
    return dumped.decode()


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): _cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return None if isinstance(value, int) and value.bit_length() > 63 else value
