"""Mentions in the markup itself: links, widgets, and whatever an element's attributes name.

Placed ─▶ an address in an attribute        ─▶ link, widget or something loaded
       ├▶ an attribute that names an account ─▶ widget
       └▶ addresses inside a longer value    ─▶ as in scripts
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from audits.addresses import Grammar
from audits.harvesting import words
from audits.harvesting.locating import names_platform
from audits.harvesting.mentions import Mention, Standing, Use
from audits.harvesting.scripts import in_script
from audits.harvesting.spots import Spot, Spots
from audits.harvesting.widgets import is_naming, naming_attributes, players_owner
from audits.reading.outline import Box, Outline, Placed

_SAID_ELSEWHERE: Final = frozenset({"meta", "html"})
_READ_AS_CLAIMS: Final = re.compile(r"\b(?:me|publisher|author|alternate)\b", re.IGNORECASE)
_NOT_ADDRESSES: Final = frozenset({
    "class", "id", "style", "title", "alt", "aria-label", "content", "placeholder", "value", "srcset", "data-srcset",
    "rel", "target", "name", "type", "itemtype", "itemprop", "property", "sizes", "prefix",
})  # fmt: skip
_WIDGETS: Final = frozenset({"iframe", "embed", "object", "amp-iframe", "frame"})
_PERMALINKS: Final = frozenset({"cite", "data-instgrm-permalink", "data-text-post-permalink"})
_LOADED: Final = frozenset(
    {"script", "img", "source", "video", "audio", "input", "picture", "amp-img", "image", "link"}
)
_ORGANISATIONS: Final = ("Organization", "Library", "School", "Museum", "LocalBusiness", "Place", "City", "WebSite")
_NEAREST: Final = 4
_SENTENCE: Final = 150  # characters right around a link: more than a label, so it stands in a text
_LISTS: Final = frozenset({"ul", "ol", "dl", "li", "p", "tr", "tbody", "table", "nav"})
_ADDRESS: Final = ("http://", "https://", "//", "javascript:")


def is_wanted(tag: str, attributes: Mapping[str, str], grammars: tuple[Grammar, ...]) -> bool:
    """Whether an element may name an account."""
    if tag in _SAID_ELSEWHERE or (tag == "link" and _READ_AS_CLAIMS.search(attributes.get("rel", ""))):
        return False
    return is_naming(attributes) or any(names_platform(value, grammars) for _, value in _values(attributes))


def _values(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in attributes.items():
        if "." in value and name not in _NOT_ADDRESSES and not name.startswith("xmlns"):
            yield name, value


def in_elements(outline: Outline, grammars: tuple[Grammar, ...]) -> Iterator[Mention]:
    """Every mention in the markup, in document order."""
    spots = Spots()
    for placed in outline.placed:
        around = _around(placed, spots)
        for platform, handle in naming_attributes(placed.attributes):
            yield replace(_invited(around), raw=handle, use=Use.LINK, read_as=platform)
        for name, value in _values(placed.attributes):
            yield from _in_attribute(placed, name, value, around, grammars)


def _around(placed: Placed, spots: Spots) -> Mention:
    """A mention that only lacks its address."""
    outside = spots.of(placed.box)
    spot = outside.inside(placed.tag, placed.attributes) if placed.tag == "a" else outside
    near = tuple(_near(placed.box))
    place, standing = _claimed(placed, spot) or (spot.place, _read_near(spot.standing, near))
    mention = Mention(
        raw="",
        place=place,
        standing=standing,
        text=placed.words or placed.get("title") or placed.get("aria-label"),
        near=near,
        boxes=tuple(box.number for box in islice(_outwards(placed.box), _NEAREST) if box.is_small or box.tag in _LISTS),
    )
    return _invited(mention) if words.TIMELINE.search(placed.get("class")) else mention


def _outwards(box: Box | None) -> Iterator[Box]:
    yield from box.outwards() if box else ()


def _near(box: Box | None) -> Iterator[str]:
    """The words around a link: those of the nearest boxes that say more than the one inside them."""
    said = ""
    for each in islice(_outwards(box), _NEAREST):
        if each.words and each.words != said:
            said = each.words
            yield said


def _read_near(standing: Standing, near: tuple[str, ...]) -> Standing:
    if standing not in (Standing.OPEN, Standing.PROSE):
        return standing
    if any(words.FOLLOW_US.search(each) for each in near):
        return Standing.INVITED
    return Standing.PROSE if len(near[0] if near else "") > _SENTENCE else standing


def _invited(mention: Mention) -> Mention:
    """Beside a widget that asks to follow one account, where nothing else is known of the place."""
    return replace(mention, standing=Standing.INVITED) if mention.standing is Standing.OPEN else mention


def _claimed(placed: Placed, spot: Spot) -> tuple[str, Standing] | None:
    """What markup for machines says of a visible link: rel=me, itemprop=sameAs."""
    if spot.foreign or spot.embedded:
        return None
    relations = placed.get("rel").lower().split()
    if "me" in relations or "publisher" in relations:
        return f"rel=me in {spot.place}" if "me" in relations else "rel=publisher", Standing.CLAIMED
    if "sameas" in placed.get("itemprop").lower() or "sameas" in placed.get("property").lower():
        kind = next((box.itemtype for box in _outwards(placed.box) if box.itemtype), "")
        return "itemprop sameAs", _of_item(kind)
    return None


def _of_item(itemtype: str) -> Standing:
    if "Person" in itemtype:
        return Standing.FOREIGN
    return Standing.CLAIMED if any(each in itemtype for each in _ORGANISATIONS) else Standing.CHROME


def _in_attribute(
    placed: Placed, name: str, value: str, around: Mention, grammars: tuple[Grammar, ...]
) -> Iterator[Mention]:
    plain = value.strip()
    if not plain.lower().startswith(_ADDRESS) and any(sign in plain for sign in " {<\"'"):
        for each in in_script(value, grammars):
            standing = around.standing if each.standing is Standing.OPEN else each.standing
            yield replace(around, raw=each.raw, place=f"{name} of {placed.tag}", standing=standing)
        return
    use = _use(placed.tag, name)
    if placed.tag == "link" and around.standing is not Standing.OPEN:
        use = Use.LINK  # a hidden property: what it names is meant, not loaded
    yield replace(around, raw=value, use=use)
    if owner := players_owner(value):
        yield replace(_invited(around), raw=owner[1], read_as=owner[0])


def _use(tag: str, name: str) -> Use:
    if name in _PERMALINKS:
        return Use.SHOWN
    if tag in _WIDGETS and name not in ("data-href", "href"):
        return Use.WIDGET
    if tag in _LOADED or (name.endswith("src") and tag != "a"):
        return Use.LOADED
    return Use.LINK
