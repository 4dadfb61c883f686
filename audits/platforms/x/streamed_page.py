"""X's pages since 2026: what the server asked for itself is streamed into scripts, as a script's own objects.

    {kind:"GraphQLRequestStream.Completed", …} ─as JSON─▶ message ─┬▶ user, by the name that is meant
                                                                   └▶ numbers of the posts in that user's own timeline

    $R[17]={…} ─▶ {…}     $R[17] ─▶ null     !0 ─▶ true     void 0 ─▶ null     name: ─▶ "name":     \\x3C ─▶ \\u003C

So seroval writes plain values; whatever else it may write makes a message unreadable. The timeline of visitors who are
not logged in holds about five posts, the account's own and newest, and the pinned one.
Public readers of autumn 2026: site2api's probes of x.com, FreshRSS's XProfilesPage, mtga's XPagePayload.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from audits.reading.embedded import Json, as_object, as_text, balanced, dig, find, try_loads
from audits.reading.html import Document

_NAME: Final = "GraphQLRequestStream.Completed"
_BEGINS: Final = re.compile(rf'\{{kind:"{re.escape(_NAME)}"')
_ASKED: Final = re.compile(r'"screenName":"(\w{1,15})"')
_ENTRY: Final = re.compile(r"tweet-(\d{1,20})")
_TOKEN: Final = re.compile(
    r'(?P<text>(?<!\\)"(?:[^"\\]|\\.)*+")|(?P<label>\$R\[\d+\]=)|(?P<nothing>\$R\[\d+\]|void 0)|(?P<flag>![01])'
    r"|(?P<key>(?<![\w$])[A-Za-z_$][\w$]*+)(?=:)",
    re.DOTALL,
)
_BYTE: Final = re.compile(r"((?<!\\)(?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_MOST: Final = 20  # messages


def streamed_user(document: Document, handle: str) -> dict[str, Json]:
    """The user object of the account with this handle; empty where none came along."""
    for message in _messages(document):
        user = as_object(dig(message, "result", "value", "data", "user_result_by_screen_name", "result"))
        if (as_text(dig(user, "core", "screen_name")) or "").lower() == handle.lower():
            return user
    return {}


def streamed_posts(document: Document, handle: str) -> tuple[str, ...]:
    """The numbers of the posts in the account's own timeline."""
    own = (message for message in _messages(document) if _is_about(message, handle))
    entries = (as_text(each) or "" for message in own for each in find(message, "entry_id"))
    return tuple(found[1] for each in entries if (found := _ENTRY.fullmatch(each)))


def _is_about(message: dict[str, Json], handle: str) -> bool:
    asked = _ASKED.search(as_text(message.get("key")) or "")
    return asked is not None and asked[1].lower() == handle.lower()


def _messages(document: Document) -> Iterator[dict[str, Json]]:
    patience = _MOST
    for script in document.scripts if _NAME in document.source else ():
        for found in _BEGINS.finditer(script.text):
            if patience > 0:
                yield as_object(try_loads(as_json(balanced(script.text, found.start()))))
            patience -= 1


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
