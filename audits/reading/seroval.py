"""Messages that a server streams into a page's scripts as seroval writes them: a script's own objects, not JSON.

    {kind:"Completed", …} ─▶ as JSON ─▶ the object      at most twenty of one kind

    $R[17]={…} ─▶ {…}     $R[17] ─▶ null     !0 ─▶ true     void 0 ─▶ null     name: ─▶ "name":     \\x3C ─▶ \\u003C

So seroval writes plain values; whatever else it may write makes a message unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from audits.reading.embedded import Json, as_object, balanced, try_loads
from audits.reading.html import Document

_TOKEN: Final = re.compile(
    r'(?P<text>(?<!\\)"(?:[^"\\]|\\.)*+")|(?P<label>\$R\[\d+\]=)|(?P<nothing>\$R\[\d+\]|void 0)|(?P<flag>![01])'
    r"|(?P<key>(?<![\w$])[A-Za-z_$][\w$]*+)(?=:)",
    re.DOTALL,
)
_BYTE: Final = re.compile(r"((?<!\\)(?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_MOST: Final = 20


def messages(document: Document, kind: str) -> Iterator[dict[str, Json]]:
    """The first messages of one kind; those that cannot be read are empty."""
    begins = re.compile(rf'\{{kind:"{re.escape(kind)}"')
    scripts = [script.text for script in document.scripts] if kind in document.source else []
    found = ((text, each.start()) for text in scripts for each in begins.finditer(text))
    return (as_object(try_loads(as_json(balanced(*each)))) for each in islice(found, _MOST))


def as_json(literal: str) -> str:
    """The same value as JSON, where seroval wrote a plain one."""
    return _TOKEN.sub(_turned, literal)


def _turned(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "text":
            return _BYTE.sub(r"\1\\u00\2", found[0])
        case "key":
            return f'"{found[0]}"'
        case "flag":
            return "true" if found[0] == "!0" else "false"
    return "null" if found.lastgroup == "nothing" else ""
