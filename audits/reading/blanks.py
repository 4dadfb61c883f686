"""What programs and filters write where a name or a number belongs: taken for nobody's.

    undefined · {{username}} · [email protected] · h?lsingborg ─▶ no name        000000001234 · XXXX1234 ─▶ no number

A form that nobody filled in, a word for nothing, a cover over what was there, a line that broke within it.
Somebody may really be called "todo" or "string": their name is then told as not seen, which says nothing against them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, PlatformId, Reading

_WORDS_FOR_NOTHING: Final = frozenset({
    "undefined", "null", "none", "nil", "nan", "n/a", "unknown", "todo", "string", "0", "-1", "%s",
})  # fmt: skip
_NOT_AVAILABLE: Final = re.compile(r"(?:^|[@/])n/a(?:$|@)", re.IGNORECASE)
_PARTS: Final = re.compile(r"[@/]")
_IN_NO_NAME: Final = re.compile(r"[\s\x00-\x1f\x7f\ufffd{}\[\]<>\"*=…•█$%?#|\\^`]")
_IN_NO_NUMBER: Final = re.compile(r"[\s\x00-\x1f\x7f\ufffd{}\[\]<>\"…]")
_VISIBLE: Final = re.compile(r"[^\W_]")
_COVERED: Final = re.compile(  # noughts cover as well, and behind a dollar stands where to look: no number begins so
    r"[Xx*#•█]{4,}\w{0,6}|0{4,}.*|\$.*"
)


def without_blanks(reading: Reading) -> Reading:
    """The same, with names and ids that stand for nobody as not seen."""
    facts, platform_id = reading.facts, reading.facts.platform_id
    blank_name = isinstance(facts.handle, str) and names_nobody(facts.handle)
    blank_id = isinstance(platform_id, PlatformId) and numbers_nobody(platform_id.value)
    more = tuple(each for each in facts.more_ids if not numbers_nobody(each.value))
    if not (blank_name or blank_id or more != facts.more_ids):
        return reading
    handle, own_id = UNSEEN if blank_name else facts.handle, UNSEEN if blank_id else platform_id
    return replace(reading, facts=replace(facts, handle=handle, platform_id=own_id, more_ids=more))


def names_nobody(handle: str) -> bool:
    """Whether it is taken for nobody's name. A server stands behind an `@`, a kind before a stroke: `r/name`."""
    name = handle.removeprefix("@")
    blank = any(map(_says_nothing, _PARTS.split(name))) or _NOT_AVAILABLE.search(name)
    return bool(blank or name.count("@") > 1 or _IN_NO_NAME.search(handle))


def numbers_nobody(number: str) -> bool:
    """Whether it is taken for nobody's id."""
    return _says_nothing(number) or bool(_IN_NO_NUMBER.search(number) or _COVERED.fullmatch(number))


def _says_nothing(text: str) -> bool:
    return text.lower() in _WORDS_FOR_NOTHING or _VISIBLE.search(text) is None
