"""JSON from strangers: a value, or why not.

text ─size─▶ orjson (no NaN, no Infinity) ─depth─▶ value
               └ half a surrogate pair, as in cut emoji, or a bare line break in a string, as in hand-made JSON-LD
                 ─▶ the standard library, then scrubbed ─▶ value
text ─▶ does an object in it name a field twice?
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

import orjson

SIZE_CAP = 3_000_000  # bytes or characters
DEPTH_CAP = 200  # readers descend by recursion, and Python allows some 1,000 levels
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class NotJson:
    """Why a text is no JSON that may be read: `too_big`, `too_deep`, `number` or `malformed`. Falsy."""

    reason: str

    def __bool__(self) -> bool:
        return False


def loads(text: bytes | str) -> Any | NotJson:
    """The parsed value, or a `NotJson`; raises nothing. Numbers beyond 64 bits and NaN are no JSON here."""
    if len(text) > SIZE_CAP:
        return NotJson("too_big")
    value = _parsed(text.removeprefix("\ufeff") if isinstance(text, str) else text.removeprefix(b"\xef\xbb\xbf"))
    return value if isinstance(value, NotJson) or _shallow(value, text) else NotJson("too_deep")


def _parsed(text: bytes | str) -> Any | NotJson:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as wrong:
        mendable = "surrogate" in wrong.msg or "control character" in wrong.msg
        return _patient(text) if mendable else NotJson(_why(wrong.msg))


def _why(message: str) -> str:
    if "depth" in message:
        return "too_deep"
    return "number" if "number" in message or "infinity" in message else "malformed"


def _patient(text: bytes | str) -> Any | NotJson:
    """Read again with the parser that lets both pass; half a pair is replaced, a line break stays."""
    plain = text if isinstance(text, str) else text.decode("utf-8", "replace")
    try:
        return _mended(json.loads(_SURROGATES.sub("\ufffd", plain), parse_constant=_refuse, strict=False))
    except RecursionError:
        return NotJson("too_deep")
    except ValueError:
        return NotJson("malformed")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


class _TwiceError(Exception):
    """An object names a field twice; raised to leave the parser at once."""


def names_twice(text: str) -> bool | NotJson:
    """Whether one object of the JSON that begins the text has two fields of one name, however much stands between the
    two; more JSON may follow it, line by line, and counts as well. A `NotJson` where what follows is none.

    The parsers keep the last of the two and say nothing. One pass that makes no value: 2 ms for 350,000 characters, as
    long as two to three of `loads`, and a third of what it takes to look at the brackets.
    """
    at = 0
    try:
        while opens := _OPENS.match(text, at):
            at = _COUNTING.raw_decode(text, opens.end())[1]
    except _TwiceError:
        return True
    except RecursionError:
        return NotJson("too_deep")
    except ValueError:
        return NotJson("malformed")
    return NotJson("malformed") if text[at:].strip() else False


_OPENS = re.compile(r"\s*+(?=[{\[])")


def _counted(fields: list[tuple[str, Any]]) -> None:
    if len(dict(fields)) != len(fields):
        raise _TwiceError


_COUNTING = json.JSONDecoder(object_pairs_hook=_counted, parse_int=str, strict=False)  # numbers are not looked at


def _shallow(value: Any, text: bytes | str) -> bool:
    if _openers(text) <= DEPTH_CAP:
        return True
    level = [value]
    for _ in range(DEPTH_CAP):
        level = [item for container in level for item in _inside(container) if isinstance(item, (dict, list))]
        if not level:
            return True
    return False


def _openers(text: bytes | str) -> int:
    return text.count("[") + text.count("{") if isinstance(text, str) else text.count(b"[") + text.count(b"{")


def _inside(container: Any) -> Iterable[Any]:
    if isinstance(container, dict):
        return container.values()
    return container if isinstance(container, list) else ()
