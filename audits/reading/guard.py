"""Markup that would cost more to read than it is worth is cut before the parser sees it.

    text ─few tags, none crowded─▶ the text itself
         └▶ streamed through libxml2, which builds nothing ─▶ the text up to where a limit is passed

Building a tree costs lexbor quadratic time in depth and in the attributes of one tag; streaming costs neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

FEW_TAGS = 10_000
DEPTH_CAP = 256
ELEMENT_CAP = 50_000
ATTRIBUTE_CAP = 100
_CHUNK = 4096  # characters; what is cut is cut at a multiple of this

# Linear: quantifiers are possessive, and a tag's name ends where another may begin, so that no run of letters is read
# again from each `<` inside it. Code in scripts may look like a crowd too. The first few attributes are spelt out, and
# the usual end of a name and kind of value are tried first, which is faster: most tags have no more than these.
_SPACE = r"[ \t\n\f\r]"  # of HTML (https://infra.spec.whatwg.org/#ascii-whitespace), in a set: faster than \s
_VALUE = rf"""{_SPACE}*+={_SPACE}*+(?:"[^"]*+"|'[^']*+'|[^ \t\n\f\r>]*+)"""
_ATTRIBUTE = rf"""[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?>="[^"]*+"|(?!{_SPACE}*=)|{_VALUE})"""
_ENDED = r"[ \t\n\f\r/]"
_MORE = r"<(?![a-zA-Z])[^ \t\n\f\r/><]*+"  # of a name that holds what looks like the beginning of a tag, and is none
_NAME = rf"[a-zA-Z][^ \t\n\f\r/><]*+(?:{_ENDED}|{_MORE}(?>(?:{_MORE})*){_ENDED})"
_FEW = 4
# A tag with more attributes than may be read.
_CROWD = re.compile(rf"<{_NAME}{_ATTRIBUTE * _FEW}(?:{_ATTRIBUTE}){{{ATTRIBUTE_CAP - _FEW}}}")
# Attributes up to the end of the text, where a tag was cut.
_TO_THE_END = re.compile(rf"(?>(?:{_ATTRIBUTE})*)[ \t\n\f\r/]*+\Z")


@dataclass(frozen=True, slots=True)
class Guarded:
    """The text that a parser may see; `cut` where something was left off."""

    text: str
    cut: bool = False


def guarded(text: str) -> Guarded:
    """The text, or as much of its beginning as stays within 256 levels, 50,000 elements and 100 attributes a tag."""
    crowds = list(_CROWD.finditer(text))
    if crowds and _TO_THE_END.match(text, crowds[-1].end()):
        # never closed, so libxml2 would not mention it
        return Guarded(guarded(text[: crowds[0].start()]).text, cut=True)
    if not crowds and text.count("<") <= FEW_TAGS:
        return Guarded(text)
    end = _first_excess(text, crowds[0].start() if crowds else len(text))
    return Guarded(text) if end is None else Guarded(text[:end], cut=True)


def _first_excess(text: str, crowded_at: int) -> int | None:
    """Where to cut. A crowded tag is told of when it ends, so the cut is made where the first may have begun."""
    count = _Count()
    parser = etree.HTMLParser(target=count)
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK])
        if count.crowded:
            return crowded_at
        if count.deepest > DEPTH_CAP or count.elements > ELEMENT_CAP:
            return start
    return None


class _Count:
    """What libxml2 tells of each tag (lxml's parser target interface)."""

    def __init__(self) -> None:
        self.depth = self.deepest = self.elements = 0
        self.crowded = False

    def start(self, tag: str | bytes, attrib: Mapping[Any, Any]) -> None:  # noqa: ARG002 - lxml's interface
        self.elements += 1
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        self.crowded = self.crowded or len(attrib) >= ATTRIBUTE_CAP

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 - lxml's interface
        self.depth -= 1

    def data(self, data: str | bytes) -> None: ...

    def comment(self, text: str | bytes) -> None: ...

    def close(self) -> None: ...
