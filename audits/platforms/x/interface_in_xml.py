"""Twitter's interface in XML, which it gave beside JSON until 2013, as its JSON was.

    <user><id>1</id><protected>false</protected>…   ─▶ {"id": "1", "protected": false, …}
    <users>, <statuses>                             ─▶ [{…}, {…}]

Recorded answers of 2008 to 2012 in the tests of libraries of those years; an error of it says nothing of today.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from audits.model import Reading
from audits.platforms.x.answers import read_v1
from audits.reading.elements_as_json import fields, root_of
from audits.reading.embedded import Json
from audits.replies import Reply

_LISTS: Final = ("users", "statuses")
_FLAGS: Final = {"true": True, "false": False}


def read_xml(reply: Reply) -> Reading | None:
    """A user, users, posts or a post in XML; None for anything else."""
    root = root_of(reply.text, "user", "status", *_LISTS)
    if root is None:
        return None
    value = [_value(each) for each in root.iterchildren(etree.Element)] if root.tag in _LISTS else _value(root)
    return read_v1(value, reply.subject, reply.page)


def _value(element: etree._Element) -> Json:
    words = (element.text or "").strip()
    return fields(element, _value) if len(element) else _FLAGS.get(words, words)
