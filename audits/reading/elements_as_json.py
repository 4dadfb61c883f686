"""An interface's answer in XML, as its JSON would be: for those that once gave both.

text ─root─▶ lxml, nothing fetched or filled in ─▶ {"rsp": {"stat": "ok", "photo": [{…}, {…}]}}
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from audits.reading.embedded import Json

_LONGEST: Final = 2_000_000  # characters
_PROLOGUE: Final = 200  # in which the root begins


def in_json(text: str, *roots: str) -> dict[str, Json]:
    """The root element by its name, if it is called by one of these; empty where the text is no such XML.

    Attributes and elements are told by their names, those of one name in a list, and words as `_content`.
    """
    begins = max((text[:_PROLOGUE].find(f"<{name}") for name in roots), default=-1)
    if begins < 0 or len(text) > _LONGEST:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text[begins:].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return {str(root.tag): _told(root)} if root.tag in roots else {}


def _told(element: etree._Element) -> dict[str, Json]:
    told: dict[str, Json] = {str(name): str(value) for name, value in element.attrib.items()}
    inside: dict[str, list[Json]] = {}
    for child in element.iterchildren(etree.Element):
        inside.setdefault(str(child.tag), []).append(_told(child))
    words = (element.text or "").strip()
    told.update({name: each if len(each) > 1 else each[0] for name, each in inside.items()})
    return {**told, "_content": words} if words or not inside else told
