"""Addresses inside scripts and long attributes: an app's state, settings, templates.

    … "footer":{"socialLinks":{"twitter":"https:\\/\\/x.com\\/almestad"}} …
        └────────┴──────────────┴── the names around it say what it is for

Nothing is run, and nothing needs to be well-formed: names are read backwards from the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from audits.addresses import Grammar
from audits.harvesting import words
from audits.harvesting.locating import names_platform
from audits.harvesting.mentions import Mention, Standing

_SLASH = r"(?:\\*+/|\\++u002[fF])"
_ADDRESS = re.compile(
    rf"(?:https?:|(?<!\\)){_SLASH}{_SLASH}(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}[A-Za-z]{{2,12}}"
    rf"(?:{_SLASH}(?:[^\s\"'<>\\`{{}}|^)(\[\],;]|\\+/|\\+u00(?:2[fF]|26|3[dD]|40)){{0,1000}})?"
)
_ESCAPED = re.compile(r"(?<!\\)\\++(?:u00([0-9a-fA-F]{2})|(?=/))|&amp;")
_NAME = re.compile(r"""(?P<open>[{\[])|(?P<close>[}\]])|(?<!\\)\\*+["'](?P<name>[\w@:.-]{1,60})\\*["']\s{0,9}:|"""
                   r"""(?<=[{,\s])(?P<bare>[A-Za-z_]\w{0,40})\s{0,9}:(?!//)""")  # fmt: skip
_TYPE = re.compile(r"""@type\\*["']\s{0,9}:\s{0,9}\\*["'](\w{1,40})""")
_BEFORE: Final = 2500
_WORDS_BEFORE: Final = 200
_MOST: Final = 400

_THEIRS = re.compile(r"author|byline|creator|contributor|journalist|writer|comment|speaker|staff|employee|person|"
                     r"sponsor|partner|cookie|consent|vendor", re.IGNORECASE)  # fmt: skip
_OURS = re.compile(r"social|follow|footer|header|sameas|channels|publisher|organi[sz]ation|contact|"
                   r"sitesettings|siteinfo",
                   re.IGNORECASE)  # fmt: skip


def in_script(text: str, grammars: tuple[Grammar, ...]) -> Iterator[Mention]:
    """Every address on a platform in a script, with what the names around it say. At most 400, the first ones."""
    given = ((found, _ESCAPED.sub(_plain, found[0])) for found in _ADDRESS.finditer(text))
    for found, raw in islice((each for each in given if names_platform(each[1], grammars)), _MOST):
        names = tuple(_names_around(text, found.start()))
        yield Mention(
            raw=raw if raw.startswith("http") else f"https:{raw}",
            place="script",
            standing=_standing(names, text, found.start()),
            text=names[0] if names else "",
        )


def _plain(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return "&" if escape[0] == "&amp;" else ""


def _names_around(text: str, at: int) -> Iterator[str]:
    """The name of the value, then of each object or list around it, outwards."""
    depth, expected = 0, True
    for sign in reversed(list(_NAME.finditer(text, max(0, at - _BEFORE), at))):
        name = sign["name"] or sign["bare"]
        if name:
            if expected and depth == 0:
                yield name
            expected = False
        elif sign["close"]:
            depth += 1
        elif depth:
            depth -= 1
        else:
            expected = True


def _standing(names: tuple[str, ...], text: str, at: int) -> Standing:
    before = text[max(0, at - _WORDS_BEFORE) : at]
    if any(_THEIRS.search(name) for name in names):
        return Standing.FOREIGN
    if "sameAs" in names[:2]:
        types = _TYPE.findall(text, max(0, at - _BEFORE), at)
        return Standing.OPEN if not types or "Person" in types[-3:] else Standing.CHROME
    if any(_OURS.search(name) for name in names):
        return Standing.CHROME
    return Standing.INVITED if words.FOLLOW_US.search(before) else Standing.OPEN
