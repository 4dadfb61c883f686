"""One place where a page names an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ROW: Final = "row of channels"  # the place of buttons side by side, where nothing else says what it is


class Standing(StrEnum):
    """What a place says of whose account is named there, before its name is looked at."""

    CLAIMED = "claimed"  # the site says to machines: this is me
    CHROME = "chrome"  # what frames every page of a site: its header, footer, navigation, block of channels
    INVITED = "invited"  # beside words such as "follow us"
    LISTED = "listed"  # on a page that lists channels
    OPEN = "open"  # nothing tells
    PROSE = "prose"  # running text
    EMBEDDED = "embedded"  # inside a post that the page shows
    FOREIGN = "foreign"  # another's: a comment, an author's box, a consent dialog


class Use(StrEnum):
    """What the page does with the address."""

    LINK = "link"
    SHOWN = "shown"  # shows the post or account itself, which is named by its permalink
    WIDGET = "widget"  # shows something by the address of a player or plug-in
    LOADED = "loaded"  # only loads it: a script, a picture, a pixel


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An address as it was written, and where. `near` are the words around it, the nearest first; `boxes` number the
    elements around it, outwards; `read_as` names the platform where the place says which it is.
    """

    raw: str
    place: str
    standing: Standing
    use: Use = Use.LINK
    text: str = ""
    near: tuple[str, ...] = ()
    boxes: tuple[int, ...] = ()
    read_as: str | None = None
