"""Column types that mean the same on SQLite and PostgreSQL.

UtcTime   an aware time in UTC, in and out; a naive one is refused
Words     text from strangers: what PostgreSQL or UTF-8 cannot hold is replaced before it is written
JSON      SQLAlchemy's own, fed by `dumps` (see `engine.connect`)
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

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


class Words(TypeDecorator[str]):
    """PostgreSQL refuses U+0000, and neither takes half a surrogate pair; one such name must not cost a night."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # the library's signature
        return None if value is None else clean(value)


def clean(text: str) -> str:
    """`text` with every character that cannot be stored replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(REPLACEMENT if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def dumps(value: object) -> bytes:
    """`value` as JSON in UTF-8, its texts cleaned; keys are sorted so that equal values give equal bytes.

    A number of more than 64 bits, which no platform means, becomes null. Raises `TypeError` for what is no JSON.
    """
    try:
        dumped = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half a surrogate pair, or a number of more than 64 bits
        return orjson.dumps(_cleaned(value), option=orjson.OPT_SORT_KEYS)
    return orjson.dumps(_cleaned(value), option=orjson.OPT_SORT_KEYS) if b"\\u0000" in dumped else dumped


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): _cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return None if isinstance(value, int) and value.bit_length() > 63 else value
