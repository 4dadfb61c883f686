"""Every regular expression of the product, and texts that make a bad one slow.

modules ─▶ Found(where, pattern, how it is used)          pattern ─▶ pumps: its own letters over and over
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from tests.quickness import seconds_of

PACKAGES: Final = ("audits", "config", "worker")
LENGTH: Final = 16_000
_LENGTHS: Final = (22, 70, 220, 700, 1_200, 2_200, LENGTH)  # the longer ones end not for what is worse than quadratic
_TELLING: Final = 1_000  # letters: of fewer the clock tells too little
_ANCHORED: Final = frozenset({"match", "fullmatch"})
_FREE: Final = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_CALL: Final = re.compile(r"\b(\w+)\.(\w+)\(")
_ALWAYS: Final = "a1 "
_MOST_LETTERS: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One compiled expression by its name in the source; `free` where it is looked for anywhere in a text."""

    where: str
    pattern: re.Pattern[Any]
    free: bool

    def use(self, text: str) -> None:
        """Look for it in `text`, as the product does."""
        subject = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        if self.free:
            for _ in self.pattern.finditer(subject):
                pass
        else:
            self.pattern.match(subject)
            self.pattern.fullmatch(subject)


def modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        for info in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not info.name.endswith(".__main__") and ".migrations" not in info.name:
                yield importlib.import_module(info.name)


def expressions() -> list[Found]:
    """Compiled expressions that modules hold, alone or in tables, each once, with how the product uses them."""
    found: dict[int, Found] = {}
    loaded = [*modules()]
    own = {module.__name__: _uses(_source(module)) for module in loaded}
    anywhere = _together(own.values())
    for module in loaded:
        for name, value in vars(module).items():
            for pattern in _patterns(value):
                where, uses = f"{module.__name__}.{name}", own[module.__name__].get(name) or anywhere.get(name)
                found.setdefault(id(pattern), Found(where, pattern, _is_free(uses or set())))
    return [*found.values()]


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(_patterns(each) for each in value.values())
    elif isinstance(value, tuple | list | frozenset | set):
        yield from itertools.chain.from_iterable(_patterns(each) for each in value)


def _is_free(uses: Set[str]) -> bool:
    """Whether a use looks for it everywhere: in its own module or, if that has none, in any; unseen, it may be."""
    return bool(uses & _FREE) or not uses & _ANCHORED


def _uses(source: str) -> Mapping[str, set[str]]:
    """What is called of each name in a source."""
    calls: dict[str, set[str]] = {}
    for name, use in _CALL.findall(source):
        calls.setdefault(name, set()).add(use)
    return calls


def _together(each_uses: Iterable[Mapping[str, set[str]]]) -> Mapping[str, set[str]]:
    all_uses: dict[str, set[str]] = {}
    for calls in each_uses:
        for name, uses in calls.items():
            all_uses.setdefault(name, set()).update(uses)
    return all_uses


def _source(module: ModuleType) -> str:
    return Path(module.__file__).read_text(encoding="utf-8") if module.__file__ else ""


@dataclass(frozen=True, slots=True)
class Slow:
    seconds: float
    text: str


def slowest(found: Found, limit: float) -> Slow:
    """The text that takes longest, or the first that takes longer than `limit`; of each kind short ones are first."""
    worst = Slow(0, "")
    for longer_and_longer in zip(*(pumps(found.pattern, length) for length in _LENGTHS), strict=True):
        for text in longer_and_longer:
            took = seconds_of(partial(found.use, text), limit)
            worst = max(worst, Slow(took, text), key=lambda slow: slow.seconds)
            if worst.seconds > limit:
                return worst
            if len(text) > _TELLING and took * (LENGTH / len(text)) ** 3 < limit:
                break  # whatever is worse than cubic had not ended here
    return worst


def pumps(pattern: re.Pattern[Any], length: int = LENGTH) -> Iterator[str]:
    """The pattern's letters, alone and in pairs and threes, over and over, with an end that no pattern expects."""
    letters = _letters(pattern)
    for size, known in ((1, letters), (2, letters[:6]), (3, letters[:3])):
        for unit in itertools.product(known, repeat=size):
            yield "".join(unit) * (length // size) + "\x00"
            if size == 1:
                yield "".join(letters[:1]) + unit[0] * length


_SYNTAX: Final = re.compile(r"\(\?(?:P?<\w+>|[aiLmsux-]*:|P=\w+|<?[=!]|>)|\{\d*,?\d*\}|[\[\]()*+?|^$]")
_LETTER: Final = re.compile(r"\\([A-Za-z]|.)|(.)", re.DOTALL)
_CLASSES: Final = {
    "d": "1",
    "D": "a",
    "w": "a",
    "W": "-",
    "s": " ",
    "S": "a",
    "n": "\n",
    "t": "\t",
    "b": "",
    "Z": "",
    "A": "",
}


def _letters(pattern: re.Pattern[Any]) -> list[str]:
    """What the pattern speaks of: its literals, and one of each class, in the order in which it names them."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    escaped = re.sub(r"\\([^A-Za-z0-9])", lambda found: chr(0xE000 + ord(found[1])), text)  # out of the syntax's way
    named = _LETTER.finditer(_SYNTAX.sub("", escaped))
    letters = (_CLASSES.get(each[1], "") if each[1] else chr(ord(each[2]) & ~0xE000) for each in named)
    return [*dict.fromkeys([*[*dict.fromkeys(filter(None, letters))][:_MOST_LETTERS], *_ALWAYS])]
