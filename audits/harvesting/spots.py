"""From the elements around a link to what the place says.

    Box ─▶ Box ─▶ … ─read from outside inwards─▶ Spot ─▶ place and standing

An inner frame wins over an outer one: the footer of an article is no footer of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from audits.harvesting import words
from audits.harvesting.mentions import Standing
from audits.reading.outline import Box

_WHOLE_PAGE: Final = frozenset({"html", "body", "-document"})
_FRAMES: Final = (
    ("footer", "footer", "contentinfo", words.FOOTER),
    ("header", "header", "banner", words.HEADER),
    ("navigation", "nav", "navigation", words.NAVIGATION),
)
_CHANNELS: Final = "block of channels"
_CONTACT: Final = "contact details"
_OURS: Final = frozenset({_CHANNELS, _CONTACT})


@dataclass(frozen=True, slots=True)
class Spot:
    """What the elements around a link have in common with those of other sites."""

    frame: str = ""
    is_named: bool = False  # only a class or an id says that it is a frame; wrappers of whole pages are called so too
    text: str = ""  # "main text" or "article", once inside
    block: str = ""  # a block of channels, contact details, a side column
    foreign: str = ""
    embedded: bool = False

    def inside(self, tag: str, attributes: Mapping[str, str]) -> Spot:
        """The spot of an element that stands here, told by its own classes too."""
        names = " ".join(attributes.get(name, "") for name in ("class", "id"))
        return _inside(self, Box(number=-1, tag=tag, names=names.lower())) if names.strip() else self

    @property
    def place(self) -> str:
        shown = "embedded post" if self.embedded else self.foreign or self.frame
        return shown or " in ".join(part for part in (self.block, self.text) if part) or "page"

    @property
    def standing(self) -> Standing:
        if self.foreign or self.embedded:
            return Standing.EMBEDDED if self.embedded else Standing.FOREIGN
        if self.frame or (self.block in _OURS and not self.text):
            return Standing.CHROME
        return Standing.PROSE if self.text and not self.block else Standing.OPEN


_NOWHERE: Final = Spot()


@dataclass(slots=True)
class Spots:
    """The spots of one page, each box read once."""

    known: dict[int, Spot] = field(default_factory=dict)

    def of(self, box: Box | None) -> Spot:
        """What the place inside this box says."""
        fresh = [each for each in (box.outwards() if box else ()) if each.number not in self.known]
        for each in reversed(fresh):
            outside = self.known[each.outer.number] if each.outer else _NOWHERE
            self.known[each.number] = outside if each.tag in _WHOLE_PAGE else _inside(outside, each)
        return self.known[box.number] if box else _NOWHERE


def _inside(spot: Spot, box: Box) -> Spot:
    """The spot once one has gone into the box."""
    spot = _into_text(spot, box)
    frame = _frame(box)
    if frame and spot.text != "article" and not (spot.text and frame != "footer"):
        spot = replace(spot, frame=frame, is_named=not _is_frame(box), text="")
    return replace(
        spot,
        block=_block(box) or spot.block,
        foreign=_foreign(box) or spot.foreign,
        embedded=spot.embedded or bool(words.EMBEDDED_POST.search(box.names)),
    )


def _into_text(spot: Spot, box: Box) -> Spot:
    is_article = box.tag == "article" or words.ARTICLE.search(box.names)
    is_main = box.tag == "main" or box.role == "main" or words.MAIN.search(box.names)
    is_framed = spot.frame and not (spot.is_named and box.tag in ("main", "article"))
    if is_framed or not (is_article or is_main):
        return spot
    return replace(spot, frame="", text="article" if is_article else spot.text or "main text")


def _frame(box: Box) -> str:
    """The part of a page's frame that this box is, if it is one."""
    if words.LOCAL.search(box.names):
        return ""
    told = (
        frame for frame, tag, role, names in _FRAMES if box.tag == tag or box.role == role or names.search(box.names)
    )
    return next(told, "")


def _is_frame(box: Box) -> bool:
    return any(box.tag == tag or box.role == role for _, tag, role, _ in _FRAMES)


def _block(box: Box) -> str:
    if words.SOCIAL.search(box.names):
        return _CHANNELS
    if box.tag == "address" or words.CONTACT.search(box.names):
        return _CONTACT
    is_side = box.tag == "aside" or box.role == "complementary" or words.SIDE.search(box.names)
    return "side column" if is_side else ""


_IS_COMMENT: Final = re.compile(r"comment-body|(?:^|\s)comment(?:\s|$)")


def _foreign(box: Box) -> str:
    if box.tag in ("main", "article") and not _IS_COMMENT.search(box.names):
        return ""  # wrappers of a whole page are called all sorts of things
    if box.tag in ("blockquote", "q"):
        return "quotation"
    return next((place for place, names in words.FOREIGN if names.search(box.names)), "")
