"""YAML and JSON of any shape to rows of text under one header; runs only in a process of its own (`confined`).

    a list of mappings                          one row each
    a mapping of lists or of mappings           one row each, the key as its administration, or as its platform
    a mapping around one list                   that list
    mappings in a row                           columns `outer.inner`
    a list of mappings in a row                 one row each, with what stands around them
    a list of values in a row                   one cell, a value a line

Only plain values are made: a tag asks for an object, and is refused. So are aliases by the dozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import orjson
import yaml

from audits.wording.said import said
from worker.importing.decoding import decode
from worker.importing.sniffing import Making
from worker.importing.tables import MOST_CELLS, MOST_ROWS, BadTable, Row

_MOST_ALIASES = 20  # n levels of m aliases each become m to the power of n values: 20 in all make at most 3**7
_DEEPEST = 20
_GROUP: Final = "administration"
_Flat: TypeAlias = dict[str, str]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def rows_of(data: bytes, making: Making) -> Iterator[Row]:
    """The header as row 0's line and every record below it, numbered by its place in the file. Raises `BadTable`."""
    text = decode(data).text
    records = list(_bounded(_records(_json(text) if making is Making.JSON else _yaml(text))))
    header = list(dict.fromkeys(name for _, record in records for name in record))
    if not header:
        raise BadTable(said("table.no_list"))
    yield 1, tuple(header)
    for number, record in records:
        yield number, tuple(record.get(name, "") for name in header)


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadTable(said("table.line", line=error.lineno, why=error.msg)) from error


def _yaml(text: str) -> Any:
    try:
        _refuse_bombs(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # the safe loader, in C where there is one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error)
        told = said("table.line", line=mark.line + 1, why=why) if mark else said("table.structure", why=why)
        raise BadTable(told) from error


def _refuse_bombs(text: str) -> None:
    aliases = depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > _MOST_ALIASES or depth > _DEEPEST:
            raise BadTable(said("table.aliases", aliases=_MOST_ALIASES, deepest=_DEEPEST))


def _bounded(records: Iterator[_Flat]) -> Iterator[tuple[int, _Flat]]:
    cells = 0
    for number, record in enumerate(records, 2):
        cells += len(record)
        if number > MOST_ROWS or cells > MOST_CELLS:
            raise BadTable(said("table.rows", rows=MOST_ROWS))
        yield number, record


def _records(value: Any) -> Iterator[_Flat]:
    if isinstance(value, list):
        for each in value:
            yield from _rows(each)
    elif isinstance(value, Mapping):
        yield from _grouped(value)


def _grouped(groups: Mapping[Any, Any]) -> Iterator[_Flat]:
    lists = [key for key, value in groups.items() if isinstance(value, list | Mapping)]
    if len(lists) == 1 and len(groups) <= len(lists) + 3 and isinstance(groups[lists[0]], list):
        yield from _records(groups[lists[0]])  # around one list stand at most a version, a date, a title
        return
    for key in lists:
        for row in _records_below(groups[key]):
            yield row if _GROUP in row else {_GROUP: str(key), **row}


def _records_below(value: Any) -> Iterator[_Flat]:
    if isinstance(value, Mapping):
        yield from _rows(value)
    else:
        for each in value:
            yield from _rows(each)


def _rows(value: Any) -> Iterator[_Flat]:
    """One record, or several where a list of mappings stands in it."""
    if not isinstance(value, Mapping):
        yield {"address": _text(value)}
        return
    plain: _Flat = {}
    inner: list[Any] = []
    for name, each in _leaves(value, "", 0):
        if isinstance(each, list) and any(isinstance(one, Mapping) for one in each):
            inner += each
        else:
            plain[name] = _text(each)
    for each in inner:
        for row in _rows(each):
            yield {**plain, **row}
    if not inner:
        yield plain


def _leaves(value: Mapping[Any, Any], path: str, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _DEEPEST:
        raise BadTable(said("table.deep", deepest=_DEEPEST))
    for key, each in value.items():
        name = f"{path}.{key}" if path else str(key)
        if isinstance(each, Mapping):
            yield from _leaves(each, name, depth + 1)
        else:
            yield name, each


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_text(each) for each in value)
    return "" if value is None or isinstance(value, Mapping) else str(value).strip()
