"""One fault in one answer of an interface, or in what a page hands to its scripts: each value of it lost, or of a kind
that it never was.

    answer, or a page's data ─every path─▶ (path, fault, the answer or page with that fault alone)

An entry of a list is never lost: what a list leaves out, nobody can see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeAlias

from audits.model import Page
from tests.accuracy.specimens import Specimen

Path: TypeAlias = tuple[str | int, ...]

_ODD: Final[Mapping[str, Callable[[Any], Any]]] = {
    "in a list": lambda value: [value],
    "in an object": lambda value: {"x": value},
    "a flag": lambda value: value if isinstance(value, bool) else True,
    "a number": lambda value: 7.5 if isinstance(value, str) else value,
}
_GONE: Final[Mapping[str, Callable[[Any], Any]]] = {"null": lambda _: None}
_ANOTHERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "another's": lambda value: _of_another(value) if isinstance(value, str | int) else value,
}


@dataclass(frozen=True, slots=True)
class Faulty:
    """An answer with one fault."""

    specimen: Specimen
    path: Path
    fault: str
    answer: Callable[[], Any]  # made only for those that are looked at
    around: tuple[str, str] = ("", "")  # what stands before and behind it on a page

    @property
    def page(self) -> Page:
        """What came back, with the fault."""
        before, behind = self.around
        return replace(self.specimen.page, body=f"{before}{json.dumps(self.answer())}{behind}".encode())

    def __str__(self) -> str:
        return f"{self.specimen.name} {'.'.join(map(str, self.path))}: {self.fault}"


def lost(specimen: Specimen) -> Iterator[Faulty]:
    """Each key left out, and each value null."""
    for whole, around in _held(specimen):
        for path in _paths(whole):
            if isinstance(path[-1], str):
                yield Faulty(specimen, path, "left out", partial(_without, whole, path), around)
    yield from _changed(specimen, _GONE)


def of_another_kind(specimen: Specimen) -> Iterator[Faulty]:
    """Each value as something that it never was."""
    yield from _changed(specimen, _ODD)


def of_another_account(specimen: Specimen) -> Iterator[Faulty]:
    """Each text and number as it stands in somebody else's answer."""
    yield from _changed(specimen, _ANOTHERS)


def _of_another(value: str | int) -> str | int:
    """A flag stays: it states something by itself."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value + 1
    return str(int(value) + 1) if value.isascii() and value.isdigit() else f"grannby{value}"


def _changed(specimen: Specimen, faults: Mapping[str, Callable[[Any], Any]]) -> Iterator[Faulty]:
    for whole, around in _held(specimen):
        for path in _paths(whole):
            for fault, change in faults.items():
                yield Faulty(specimen, path, fault, partial(_with, whole, path, change), around)


_DATA: Final = re.compile(
    r"<script[^>]*\btype=\"application/(?:ld\+)?json\"[^>]*>(?P<typed>.*?)</script>|"
    r"\b(?:ytInitialData|_sharedData|__INITIAL_STATE__|SIGI_STATE) ?= ?(?P<named>\{.*?\});?</script>",
    re.DOTALL,
)


def _held(specimen: Specimen) -> Iterator[tuple[Any, tuple[str, str]]]:
    """The answer alone, or each piece of data on a page, with what stands around it."""
    text = specimen.page.body.decode()
    if text.lstrip().startswith(("{", "[")):
        yield json.loads(text), ("", "")
        return
    for found in _DATA.finditer(text):
        name = "typed" if found["typed"] else "named"
        data = _loaded(found[name])
        if data is not None:
            yield data, (text[: found.start(name)], text[found.end(name) :])


def _loaded(text: str | None) -> Any:
    try:
        return json.loads(text or "")
    except ValueError:
        return None


def _paths(value: Any, at: Path = ()) -> Iterator[Path]:
    if at:
        yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield from _paths(each, (*at, step))


def _with(whole: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    copy = deepcopy(whole)
    holder = _holder(copy, path)
    holder[path[-1]] = change(holder[path[-1]])
    return copy


def _without(whole: Any, path: Path) -> Any:
    copy = deepcopy(whole)
    del _holder(copy, path)[path[-1]]
    return copy


def _holder(value: Any, path: Path) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value
