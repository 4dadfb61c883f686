"""The interface's answer in XML, its own way where nobody asks for JSON, as its JSON would be.

    <rsp stat="ok"><person id="1"><username>Name</username>  ─▶ {"stat": "ok", "person": {"id": "1", "username": …}}
    <rsp stat="fail"><err code="1" msg="User not found"/>     ─▶ {"stat": "fail", "code": "1", "message": …}

flickr.com/services/api/response.json.html: attributes become names, and words stand under `_content`.
"""

from __future__ import annotations

from lxml import etree

from audits.reading.elements_as_json import fields, root_of
from audits.reading.embedded import Json


def as_json(text: str) -> dict[str, Json]:
    """The answer; empty where the text is none."""
    answer = root_of(text, "rsp")
    if answer is None:
        return {}
    said: dict[str, Json] = {"stat": answer.get("stat")}
    for child in answer.iterchildren("err"):
        return {**said, "code": child.get("code"), "message": child.get("msg")}
    return {**said, **_within(answer)}


def _within(element: etree._Element) -> dict[str, Json]:
    return fields(element, _value, "photo")


def _value(element: etree._Element) -> Json:
    words = (element.text or "").strip()
    attributes: dict[str, Json] = {str(name): str(value) for name, value in element.attrib.items()}
    return {**attributes, **_within(element), **({"_content": words} if words or not len(element) else {})}
