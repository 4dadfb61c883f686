"""The interface's answer in XML, its own way where nobody asks for JSON, as its JSON would be.

    <rsp stat="ok"><person id="1"><username>Name</username>  ─▶ {"stat": "ok", "person": {"id": "1", "username": …}}
    <rsp stat="fail"><err code="1" msg="User not found"/>     ─▶ {"stat": "fail", "code": "1", "message": …}

flickr.com/services/api/response.json.html: attributes become names, and words stand under `_content`.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from audits.reading.embedded import Json

_MANY: Final = frozenset({"photo"})  # a list, even of one
_LONGEST: Final = 2_000_000  # characters


def as_json(text: str) -> dict[str, Json]:
    """The answer; empty where the text is none."""
    begins = text[:200].find("<rsp")
    if begins < 0 or len(text) > _LONGEST:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        answer = etree.fromstring(text[begins:].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    said: dict[str, Json] = {"stat": answer.get("stat")}
    for child in answer.iterchildren("err"):
        return {**said, "code": child.get("code"), "message": child.get("msg")}
    return {**said, **_within(answer)}


def _within(element: etree._Element) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for child in element.iterchildren(etree.Element):
        name, value = str(child.tag), _value(child)
        known = found.get(name)
        found[name] = [*(known if isinstance(known, list) else []), value] if name in _MANY else value
    return found


def _value(element: etree._Element) -> Json:
    words = (element.text or "").strip()
    attributes: dict[str, Json] = {str(name): str(value) for name, value in element.attrib.items()}
    return {**attributes, **_within(element), **({"_content": words} if words or not len(element) else {})}
