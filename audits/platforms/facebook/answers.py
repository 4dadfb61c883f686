"""Whatever Facebook answered, read.

JSON ─┬ Graph interface ──────────▶ graph.py
      ├ a piece of a mobile page ─▶ whose posts they are, and the newest of them
      └ nobody is logged in ──────▶ a wall
HTML ─▶ plugin.py, page.py, unless its title is a wall's
"""

from __future__ import annotations

from typing import Final

from audits.model import Facts, Post, Reading, Transport
from audits.platforms.facebook.graph import read_json
from audits.platforms.facebook.owner import flattened
from audits.platforms.facebook.page import first_page_id, own_times, read_page
from audits.platforms.facebook.plugin import read_plugin
from audits.reading.answer import Answer
from audits.reading.guarded_json import loads
from audits.reading.markers import is_transport
from audits.reading.pages import present, titled_as
from audits.reading.posts import latest
from audits.reading.refusals import own_words
from audits.replies import Reply, reader

_GUARD = "for (;;);"  # put before JSON so that no other site can run it as a script
_NOT_LOGGED_IN = 1357001


def _page(reply: Reply) -> Reading | None:
    answer = reply.answer
    if answer.text.lstrip().startswith(_GUARD):
        return _piece(answer)
    if titled_as(answer, "facebook", reply.packs, is_transport):  # log-ins carry the asked page's number in their links
        return None
    return read_plugin(answer) or read_page(answer)


def _piece(answer: Answer) -> Reading | None:
    told = loads(answer.text.lstrip().removeprefix(_GUARD))
    if isinstance(told, dict) and told.get("error") == _NOT_LOGGED_IN:
        return Reading(transport=Transport.WALLED, reason=own_words(f"{_NOT_LOGGED_IN}: {told.get('errorSummary')}"))
    flat = flattened(answer.text)
    owner = first_page_id(flat)
    if owner is None:
        return None
    posts = [Post(at=at) for at in own_times(flat, frozenset({owner.value}))]
    activity = latest(posts, answer.page.fetched_at, "posts in a piece of the page")
    return present(Facts(platform_id=owner, activity=activity))


read: Final = reader("facebook", json=read_json, html=_page)
