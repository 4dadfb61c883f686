"""Whether a page says in one and the same part whose name and whose number it shows.

    page ─▶ the parts that bear one of the numbers ─▶ does one of them bear the name as well? ─▶ whole, or torn

Caches put the head of one page to the body of another, and a page half brought up to date holds something of both: then
a name and a number stand on it that never belonged together. A part is one tag, one script or one comment; of an answer
for programs it is one object, which must not bear the registered name or number beside another; a feed is from one
hand, and is one part. Every recorded profile, of every platform and year, ties its name to its number at least once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Final
from urllib.parse import quote, unquote

from audits.model import Facts, PlatformId
from audits.reading.embedded import Json, try_loads
from audits.reading.entities import unescaped

_MOST_PLACES: Final = 50  # where a number stands on one page
_SHORT: Final = 5  # letters: a shorter number may be part of anything
_LETTER: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_QUOTED: Final = "\\x22"  # a script's string that holds all of the JSON: m.youtube.com
_ENCLOSING: Final = (("<script", "</script"), ("<SCRIPT", "</SCRIPT"), ("<!--", "-->"))
_OPENING: Final = re.compile("<(?:script|SCRIPT|!--)")  # any of them, in one go


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody's name and numbers, as pages write them; all may be missing."""

    name: str = ""
    host: str = ""  # of the server, where names are of one server each
    numbers: frozenset[str] = frozenset()


def named(handle: str | None, ids: Iterable[PlatformId]) -> Named:
    """Of `@name`, `u/name` and `name@host` what is the account's own; of the ids their values."""
    own, _, host = unquote(handle or "").removeprefix("@").rpartition("/")[2].partition("@")
    return Named(own, host, frozenset(each.value for each in ids if each.value))


def shown_by(facts: Facts) -> Named:
    """Whose name and numbers a page shows."""
    return named(facts.handle if isinstance(facts.handle, str) else None, facts.ids)


def is_torn(text: str, shown: Named, registered: Named, *, is_one: bool, of_several: bool = False) -> bool:
    """Whether a name and a number are shown, and no part of the page ties them: `is_one` where it has no parts, and an
    answer about several accounts ties nothing, for what is missing in it may stand between two of them.
    """
    if not shown.name or not shown.numbers or _is_as_registered(shown, registered):
        return False
    if of_several:
        return _is_of_another(shown, registered)
    value = try_loads(text) if is_one else None
    if isinstance(value, dict | list):
        return not any(_is_whole(node, shown, registered) for node in _objects(value))
    parts = (text,) if is_one else _narrow_and_wide(_unquoted(text), shown.numbers)
    return not any(_bears_name(shown.name, _plain(part)) for part in parts)


def _is_as_registered(shown: Named, registered: Named) -> bool:
    """Then there is nothing that could be held against anybody, and it is the usual case."""
    return bool(registered.numbers & shown.numbers) and _written_out(shown) == _written_out(registered)


def _is_of_another(shown: Named, registered: Named) -> bool:
    """Whether the name or the number is another than the registered one, as far as that is known: at a first look no
    number is, and an address made of a number has no name.
    """
    if registered.numbers and not registered.numbers & shown.numbers:
        return True
    by_number = any(number.endswith(registered.name) for number in shown.numbers)
    return not by_number and _written_out(shown) != _written_out(registered)


def _written_out(each: Named) -> str:
    return f"{each.name}@{each.host}".lower()


# --- pages ----------------------------------------------------------------------------------------------------------


def _narrow_and_wide(text: str, numbers: frozenset[str]) -> Iterator[str]:
    """First the tags that bear one of the numbers, as most pages tie the two in one; to search a page for what else may
    enclose them takes a twentieth of reading it.
    """
    yield from _parts(text, numbers, ())
    opened = {*_OPENING.findall(text)}
    yield from _parts(text, numbers, [each for each in _ENCLOSING if each[0] in opened])


def _parts(text: str, numbers: frozenset[str], enclosing: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The parts that bear one of the numbers, each once."""
    given: set[tuple[int, int]] = set()
    for form in chain.from_iterable(map(_written, sorted(numbers))):
        for at in islice(_places(text, form), _MOST_PLACES):
            span = _span(text, at, enclosing)
            if span not in given and _is_apart(text, at, form):
                given.add(span)
                yield text[span[0] : span[1]]


def _unquoted(text: str) -> str:
    """The text, its letters spelled out where a string holds JSON; a page without a backslash is not searched."""
    return _spelled_out(text) if "\\" in text and _QUOTED in text else text


def _written(number: str) -> Iterator[str]:
    """As it is and, where that is another way, in an address and in a script."""
    yield number
    yield from sorted({quote(number, safe="", errors="replace"), number.replace("/", "\\/")} - {number})


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _around(text: str, at: int, word: str) -> tuple[str, str]:
    """The letters before and behind; none at either end."""
    return text[max(at - 1, 0) : at], text[at + len(word) : at + len(word) + 1]


def _is_apart(text: str, at: int, word: str) -> bool:
    return not any(map(str.isalnum, _around(text, at, word)))


def _span(text: str, at: int, enclosing: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Where the script, the comment or else the tag around a place begins and ends."""
    for opening, closing in enclosing:
        begins = text.rfind(opening, 0, at)
        ends = text.find(closing, begins) if begins >= 0 else -1
        if ends > at:
            return begins, ends
    begins, ends = text.rfind("<", 0, at), text.find(">", at)
    return max(begins, 0), ends if ends >= 0 else len(text)


def _plain(part: str) -> str:
    """As it reads, whether it stood in an attribute, a script's string, an address or an address within one."""
    return unquote(unquote(_spelled_out(unescaped(part)).replace("\\", "")))


def _spelled_out(text: str) -> str:
    return _LETTER.sub(lambda found: chr(int(found[1] or found[2], 16)), text) if "\\" in text else text


def _bears_name(name: str, plain: str) -> bool:
    """Whether it stands there as a name: a whole value, a step of an address, or behind @; not as a word of a text."""
    return any(_is_name(plain, at, name) for at in _places(plain, name))


_BEFORE: Final = frozenset("@/\"'=:(>") | {""}
_BEHIND: Final = frozenset("@/\"'?&#)<,") | {""}


def _is_name(plain: str, at: int, name: str) -> bool:
    before, behind = _around(plain, at, name)
    is_host = behind == "." and plain[max(at - 2, 0) : at] == "//"
    return before in _BEFORE and (behind in _BEHIND or is_host)


# --- answers for programs -------------------------------------------------------------------------------------------


def _objects(value: Json) -> Iterator[dict[str, Json]]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
        waiting += _inside(node)


def _is_whole(node: dict[str, Json], shown: Named, registered: Named) -> bool:
    """Whether an object ties the two, one by itself and the other at most one object further in, and nothing in it is
    the registered account's where that is another.
    """
    own = [*_scalars(node)]
    near = [*own, *(each for inner in _inside(node) for each in _scalars(inner))]
    numbered, called = partial(_bears_number, shown.numbers), partial(_bears_name, shown.name)
    if not any(shown.host in each for each in near):
        return False
    tied = (any(map(numbered, own)) and any(map(called, near))) or (any(map(called, own)) and any(map(numbered, near)))
    return tied and not any(_is_others(each, shown, registered) for each in own)


def _is_others(plain: str, shown: Named, registered: Named) -> bool:
    """Whether a value is the registered account's name or number, and not of the one that is shown."""
    if _bears_number(registered.numbers - shown.numbers, plain) and not registered.numbers & shown.numbers:
        return True
    renamed = (registered.name, registered.host) != (shown.name, shown.host)
    at_home = not registered.host or f"//{registered.host}/" in plain or f"@{registered.host}" in plain
    bears = bool(registered.name) and _bears_name(registered.name, plain) and at_home
    return renamed and bears and " " not in plain


def _inside(node: Json) -> Iterator[Json]:
    """The objects right inside it; a list is looked through."""
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(each, dict):
            yield each
        elif isinstance(each, list):
            yield from _inside(each)


def _scalars(node: Json) -> Iterator[str]:
    """The values of its own, as they read; a list of such is one as well."""
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(each, list):
            yield from _scalars(each)
        elif isinstance(each, str | int):
            yield unquote(str(each))


def _bears_number(numbers: frozenset[str], plain: str) -> bool:
    return any(each in plain and _is_number(each, plain) for each in numbers)


def _is_number(number: str, plain: str) -> bool:
    if len(number) < _SHORT:
        return plain == number or plain.endswith((f"/{number}", f":{number}", f"_{number}"))
    return any(_is_apart(plain, at, number) for at in _places(plain, number))
