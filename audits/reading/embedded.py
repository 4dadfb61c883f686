"""JSON that pages carry inside their scripts, read only where somebody asks for it.

Document ─▶ script_json(id) | page_props | assigned(name) | quoted(name) | ld_json(types) | all_json()
value    ─▶ dig(path) | find(key) | as_text / as_count / as_list
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import TypeAlias

from audits.model import UNSEEN, Unseen
from audits.reading.guarded_json import NotJson, loads
from audits.reading.html import Document

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_MOST_VALUES = 400_000
_TOO_MANY = 10**15  # nobody has so many followers; what stores counts has room for 19 digits
_PATIENCE = 6_000_000  # characters read in vain: a page may open brackets without end
_NESTED = (dict, list)  # made once: a union is made anew wherever it is written
_JSON_TYPES = ("application/json", "application/ld+json")


def try_loads(text: str | bytes) -> Json:
    """The value, or None where it is no JSON: pages carry much that only looks like it."""
    value: Json | NotJson = loads(text)
    return None if isinstance(value, NotJson) else value


def script_json(document: Document, script_id: str) -> Json:
    """The JSON of the script with this id, plain or in base 64."""
    text = next((script.text for script in document.scripts if script.id == script_id), "")
    value = try_loads(text)
    return try_loads(_decoded(text)) if value is None and text else value


def _decoded(text: str) -> bytes:
    """What the text stands for in base 64; empty where it is none."""
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return b""


def page_props(document: Document) -> dict[str, Json]:
    """What a page made by Next.js was made from."""
    return as_object(dig(script_json(document, "__NEXT_DATA__"), "props", "pageProps"))


def ld_json(document: Document, *types: str) -> Iterator[dict[str, Json]]:
    """Every JSON-LD object of one of the types (any, where none is named), however deeply it is nested."""
    for script in document.scripts:
        if script.type == "application/ld+json":
            for node in objects(try_loads(script.text)):
                kinds = _kinds(node)
                if kinds and (not types or kinds & set(types)):
                    yield node


def all_json(document: Document, containing: str = "") -> Iterator[Json]:
    """The JSON of every script that is declared as such and holds the words."""
    for script in document.scripts:
        if script.type in _JSON_TYPES and containing in script.text:
            value = try_loads(script.text)
            if value is not None:
                yield value


def assigned(document: Document, name: str) -> Json:
    """The first object assigned to `name` in a script: `name = {…}`, `name":{…}` or `name("…", {…})`."""
    return next(assignments(document, name), None)


def assignments(document: Document, name: str) -> Iterator[Json]:
    """Every such object in document order; those inside one already given are not given again."""
    pattern = re.compile(re.escape(name) + r"[\"']?\]?\s*(?:[=:]|\((?:\s*[\"'][^\"']{0,200}[\"']\s*,)?)\s*(?=[\[{])")
    patience = _PATIENCE
    for script in document.scripts:
        end = 0
        while patience > 0 and (match := pattern.search(script.text, end)):
            found = balanced(script.text, match.end())
            value = try_loads(found)
            end = match.end() + (len(found) if value is not None else 0)
            if value is None:
                patience -= len(found) or len(script.text) - match.end()
            else:
                yield value


# What follows the name: `= JSON.parse("…")`, `= "…"`, in quotes of either kind.
_IN_QUOTES = r"[\"']?\]?\s*=\s*(?:JSON\.parse\()?(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")"
# An escape within a text of JavaScript: \x2f, \u002f, \n.
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def quoted(document: Document, name: str) -> Json:
    """The JSON that a script assigns to `name` as a text of it: `name = JSON.parse("{…}")`, or in quotes alone."""
    pattern = re.compile(re.escape(name) + _IN_QUOTES, re.DOTALL)
    for script in document.scripts:
        found = pattern.search(script.text) if name in script.text else None
        if found:
            return try_loads(_ESCAPE.sub(_unescaped, found[1] or found[2] or ""))
    return None


_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _PLAIN.get(escape[3], escape[3])


# An escaped sign, a quote, or a bracket: what decides where JSON ends.
_STRUCTURE = re.compile(r'\\.|["\[\]{}]', re.DOTALL)


def balanced(text: str, start: int) -> str:
    """From an opening bracket to the bracket that closes it; empty where it is never closed."""
    depth, inside = 0, False
    for match in _STRUCTURE.finditer(text, start):
        sign = match.group()
        if inside:
            inside = sign != '"'
        elif sign == '"':
            inside = True
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth == 0:
                return text[start : match.end()]
    return ""


def dig(value: Json, *path: str | int) -> Json:
    """Follow keys and positions; None where the path ends early."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and -len(value) <= step < len(value) else None
    return value


def objects(value: Json) -> Iterator[dict[str, Json]]:
    """Every object in it, itself among them, breadth first, bounded."""
    queue: list[Json] = [value]
    for seen, node in enumerate(queue):  # the queue grows while it is read: breadth first without recursion
        if seen > _MOST_VALUES:
            return
        if isinstance(node, dict):
            yield node
            queue += [each for each in node.values() if isinstance(each, _NESTED)]
        elif isinstance(node, list):
            queue += [each for each in node if isinstance(each, _NESTED)]


def find(value: Json, key: str) -> Iterator[Json]:
    """Every value under `key`, breadth first, at any depth, bounded."""
    return (node[key] for node in objects(value) if key in node)


def find_object(value: Json, *keys: str) -> dict[str, Json] | None:
    """The first object that has all the keys."""
    return next(find_objects(value, *keys), None)


def find_objects(value: Json, *keys: str) -> Iterator[dict[str, Json]]:
    """Every object that has all the keys, breadth first."""
    wanted = frozenset(keys)
    return (node for node in objects(value) if node.keys() >= wanted)


def as_text(value: Json, form: re.Pattern[str] | None = None) -> str | None:
    """Non-empty text without surrounding space: of this form alone, where one is given."""
    text = value.strip() if isinstance(value, str) else ""
    return text if text and (form is None or form.fullmatch(text)) else None


def texts(value: Json, *path: str | int) -> list[str]:
    """The text at the end of the path in each item of a list, where there is one."""
    return [text for each in as_list(value) if (text := as_text(dig(each, *path)))]


def all_texts(value: Json, *path: str | int) -> tuple[str, ...] | Unseen:
    """The same of every item, such as links; unseen where it is no list, or one of them cannot be read."""
    found = tuple(texts(value, *path))
    return found if isinstance(value, list) and len(found) == len(value) else UNSEEN


def as_count(value: Json) -> int | None:
    """A count given as a number or as digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value < _TOO_MANY else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16 else None


def as_list(value: Json) -> list[Json]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_object(value: Json) -> dict[str, Json]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def _kinds(node: dict[str, Json]) -> set[str]:
    kind = node.get("@type")
    if isinstance(kind, str):
        return {kind}
    return {str(each) for each in kind} if isinstance(kind, list) else set()
