"""Twitter's interface in XML, which it gave beside JSON until 2013, as its JSON was.

    <user><id>1</id><protected>false</protected>…   ─▶ {"id": "1", "protected": false, …}
    <users>, <statuses>                             ─▶ [{…}, {…}]

Recorded answers of 2008 to 2012 in the tests of libraries of those years; an error of it says nothing of today.
"""

from __future__ import annotations

from typing import Final

from audits.model import Reading
from audits.platforms.x.answers import read_v1
from audits.reading.elements_as_json import in_json
from audits.reading.embedded import Json, dig
from audits.reading.schema_org import several
from audits.replies import Reply

_LISTS: Final = {"users": "user", "statuses": "status"}
_FLAGS: Final = {"true": True, "false": False}


def read_xml(reply: Reply) -> Reading | None:
    """A user, users, posts or a post in XML; None for anything else."""
    told = in_json(reply.text, "user", "status", *_LISTS)
    for name, value in told.items():
        answer = several(dig(value, _LISTS[name])) if name in _LISTS else value
        return read_v1(_plain(answer), reply.subject, reply.page)
    return None


def _plain(value: Json) -> Json:
    """Words without the attributes beside them, which say of what kind they are."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    words = value.get("_content")
    return _FLAGS.get(words, words) if isinstance(words, str) else {name: _plain(each) for name, each in value.items()}
