"""Places that are about channels, told by what stands together there.

button   a link that says "Facebook" and no more, inside a text, is no part of the text
row      buttons for three platforms side by side, outside any text, frame the page as its footer does
page     a page that is called "Social media" and names five accounts is a list of them
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from audits.addresses import Grammar
from audits.harvesting import words
from audits.harvesting.likeness import parts_of
from audits.harvesting.mentions import ROW, Standing
from audits.harvesting.spotting import Spotted
from audits.harvesting.words import each_of

_ROW: Final = 3
_MANY: Final = 5
_AROUND_LABELS: Final = each_of(
    "icon ikon logo logga logotyp link lank page sida seite kanal channel profile profil account konto extern "
    "external externer opens oeffnet offnet oppnas oppnar in i a new neues nytt ny window fenster fonster tab "
    "flik on pa auf till zu zur the our var vart unser unsere official"
)
_NOWHERE: Final = frozenset({Standing.OPEN, Standing.PROSE})
_NOT_SHOWN: Final = frozenset({"script", "json-ld"})


def read_channels(spotted: Iterable[Spotted], called: str, grammars: tuple[Grammar, ...]) -> tuple[Spotted, ...]:
    """The same, with what their neighbours say of their places. `called` is what the page calls itself."""
    names = {each.platform: {*each.names, each.platform or ""} for each in grammars}
    given = [_as_button(each) if _is_button(each, names) else each for each in spotted]
    rows = _rows(each for each in given if _is_button(each, names))
    placed = tuple(
        _as_row(each) if _is_button(each, names) and rows & set(each.mention.boxes) else each for each in given
    )
    return tuple(map(_as_listed, placed)) if _lists_channels(placed, called) else placed


def _is_button(spotted: Spotted, names: Mapping[str | None, set[str]]) -> bool:
    known = names.get(spotted.address.platform, set())
    words_of_label = [word for word in parts_of(spotted.mention.text) if word not in _AROUND_LABELS]
    return all(word in known for word in words_of_label) or "".join(words_of_label) in known


def _as_button(spotted: Spotted) -> Spotted:
    return spotted.standing_as(Standing.OPEN) if spotted.mention.standing is Standing.PROSE else spotted


def _rows(spotted: Iterable[Spotted]) -> set[int]:
    """The elements that hold accounts on three platforms, and hardly more than one on each."""
    held: dict[int, set[tuple[str | None, str]]] = defaultdict(set)
    for each in spotted:
        if each.account and each.mention.place == "page":
            for box in each.mention.boxes:
                held[box].add((each.address.platform, each.account))
    return {box for box, accounts in held.items() if _is_row(accounts)}


def _is_row(accounts: set[tuple[str | None, str]]) -> bool:
    platforms = {platform for platform, _ in accounts}
    is_persons = any(account.startswith("linkedin:in:") for _, account in accounts)
    return len(platforms) >= _ROW and len(accounts) <= len(platforms) + 1 and not is_persons


def _as_row(spotted: Spotted) -> Spotted:
    if spotted.mention.standing is not Standing.OPEN or spotted.mention.place != "page":
        return spotted
    return replace(spotted, mention=replace(spotted.mention, standing=Standing.CHROME, place=ROW))


def _lists_channels(spotted: Sequence[Spotted], called: str) -> bool:
    named = {each.account for each in spotted if each.account and _is_in_page(each)}
    return len(named) >= _MANY and bool(words.LISTS_CHANNELS.search(called))


def _is_in_page(spotted: Spotted) -> bool:
    return spotted.mention.standing in _NOWHERE and spotted.mention.place not in _NOT_SHOWN


def _as_listed(spotted: Spotted) -> Spotted:
    return spotted.standing_as(Standing.LISTED) if _is_in_page(spotted) else spotted
