"""Whatever came back from Bluesky, read by what it is.

    JSON: interface.py · error      XML: a profile's feed      HTML: page.py

An error's name decides, its words only where a name is shared ("InvalidRequest"). That a *handle* is not found says
that it leads nowhere today: its own domain may have failed, or the account may live under another. That a *DID* is
not found says that there is no such account.
"""

from __future__ import annotations

from typing import Final

from audits.model import Existence, Page, Reading, Transport
from audits.platform import Subject
from audits.platforms.bluesky.interface import DID, read_answer_of
from audits.platforms.bluesky.page import read_feed_of, read_page
from audits.reading.embedded import Json, as_text
from audits.reading.html import Document
from audits.reading.markers import MarkerRule, Packs, find_marker
from audits.reading.pages import explicit, undecided
from audits.reading.urls import path_parts, query_value
from audits.replies import Reply, reader

ERRORS = "bluesky-error"  # held against the name and words of an interface's error, and nothing else
_NOT_FOUND = "bluesky.no-such-profile"
_ASKED = ("actor", "actors", "did", "repo")


def _page(reply: Reply) -> Reading | None:
    return read_page(reply.document, reply.now)


def _feed(reply: Reply) -> Reading | None:
    return read_feed_of(reply.feed, reply.now) if reply.feed else None


def _json(reply: Reply) -> Reading | None:
    answer, page, subject = reply.object, reply.page, reply.subject
    if "error" in answer or answer.keys() == {"message"}:
        return _error(answer, page, subject, reply.packs)
    return read_answer_of(answer, _wanted(page, subject), page.url, page.fetched_at)


def _wanted(page: Page, subject: Subject) -> frozenset[str]:
    """The did and the handle that were asked for; empty where neither is known."""
    asked = {value.lower() for name in _ASKED if (value := query_value(page.url, name))}
    named = (subject.key or "").removeprefix("bluesky:")
    did = subject.id_in(DID)
    return frozenset(asked if not named and not did else {each.lower() for each in (named, did) if each})


def _error(answer: dict[str, Json], page: Page, subject: Subject, packs: Packs) -> Reading | None:
    said = " · ".join(text for key in ("error", "message") if (text := as_text(answer.get(key))))
    found = find_marker(page, Document(said=said, source=said), packs, ERRORS, _of_this_interface)
    if found is None:
        return undecided(f"the interface answered: {said}"[:200])
    rule, marker = found
    if isinstance(rule.means, Transport):
        return Reading(transport=rule.means, markers=(marker,), reason=rule.id)
    if rule.id == _NOT_FOUND and not _asked_by_did(page, subject):
        return undecided("the handle leads to no account", marker)
    if not rule.may_prove(packs.day_of(page)):
        return undecided(f"{rule.id} proves nothing, or has grown old", marker)
    return explicit(Existence(rule.means), marker, stated=rule.id != _NOT_FOUND)


def _of_this_interface(rule: MarkerRule) -> bool:
    return rule.id.startswith("bluesky.")


def _asked_by_did(page: Page, subject: Subject) -> bool:
    asked = next((value for name in _ASKED if (value := query_value(page.url, name))), None)
    return (asked or next(reversed(path_parts(page.url)), "") or (subject.key or "")).startswith("did:")


read: Final = reader("bluesky", json=_json, xml=_feed, html=_page)
