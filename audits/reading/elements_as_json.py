"""An interface's answer in XML, as its JSON would be: for those that once gave both.

text ─root─▶ lxml, nothing fetched or filled in ─▶ element ─fields─▶ {name: value}, a list where a name may come again
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lxml import etree

from audits.reading.embedded import Json

_LONGEST: Final = 2_000_000  # characters
_PROLOGUE: Final = 200  # in which the root begins


def root_of(text: str, *names: str) -> etree._Element | None:
    """The root element, if it is called by one of the names; None where the text is no such XML."""
    begins = max((text[:_PROLOGUE].find(f"<{name}") for name in names), default=-1)
    if begins < 0 or len(text) > _LONGEST:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text[begins:].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root.tag in names else None


def fields(element: etree._Element, value: Callable[[etree._Element], Json], *many: str) -> dict[str, Json]:
    """What stands below an element, by name, each as `value` reads it; a list, even of one, for the names in `many`."""
    found: dict[str, Json] = {}
    for child in element.iterchildren(etree.Element):
        name, told = str(child.tag), value(child)
        known = found.get(name)
        found[name] = [*(known if isinstance(known, list) else []), told] if name in many else told
    return found
