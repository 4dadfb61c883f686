"""A letter that mail programs show whole: the gravest first, and what has no room is counted and lies one click away.

Sheet ─weigh▶ fits │ the most entries that do, then in each block how many more, and a button to all of it
names ─first_of▶ the first on one line, and how many more
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from audits.digest.letters import Purpose
from audits.digest.sheets import Block, Button, Entry, Sheet, Tone
from audits.wording import phrase

ROOM: Final = 100_000  # bytes of a finished message: Gmail cuts one off at about 102 kB
NAMED: Final = 3  # of several names on one line
_LIGHTEST: Final = 400  # bytes that any entry takes at the least
_GRAVEST: Final = tuple(Tone)


def first_of(names: Sequence[str], language: str) -> str:
    """The first of them, and how many more."""
    left = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (phrase("digest.more", language, count=left) if left > 0 else "")


def fitted(sheet: Sheet, weigh: Callable[[Sheet], int], room: int = ROOM) -> Sheet:
    """The sheet, or as much of it as weighs at most `room` bytes; glance, headings and buttons stay in any case."""
    entries = sum(len(block.entries) for block in sheet.blocks)
    most = room // _LIGHTEST
    if not entries or (entries <= most and weigh(sheet) <= room):
        return sheet
    tried = range(1, min(entries, most + 1))
    return _shortened(sheet, bisect_right(tried, room, key=lambda kept: weigh(_shortened(sheet, kept))))


def _shortened(sheet: Sheet, kept: int) -> Sheet:
    """So many entries, those of the gravest blocks first; of blocks as grave one that says a single thing, since that
    there is one more takes as much room.
    """
    ranked = sorted(range(len(sheet.blocks)), key=lambda at: _rank(sheet.blocks[at]))
    room = Counter(islice((at for at in ranked for _ in sheet.blocks[at].entries), kept))
    blocks = (_first(block, room[at], sheet.language) for at, block in enumerate(sheet.blocks))
    whole = Button(label=phrase("button.whole", sheet.language), purpose=Purpose.WHOLE, main=True)
    return replace(sheet, blocks=tuple(blocks), buttons=(whole, *sheet.buttons))


def _rank(block: Block) -> tuple[int, bool]:
    return _GRAVEST.index(block.tone), len(block.entries) > 1


def _first(block: Block, kept: int, language: str) -> Block:
    left = len(block.entries) - kept
    if not left:
        return block
    rest = Entry(title=phrase("digest.rest", language, count=left))
    return replace(block, entries=(*block.entries[:kept], rest))
