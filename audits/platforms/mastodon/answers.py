"""Whatever came back from a server of the fediverse, read by what it is.

JSON: account · statuses · actor · outbox · Tombstone · WebFinger · PeerTube · Misskey · Lemmy · server · error
XML:  an account's feed · WebFinger
HTML: profile page · post page
"""

from __future__ import annotations

from typing import Final

from audits.model import Existence, Page, Reading, Transport
from audits.platform import Subject
from audits.platforms.mastodon import accounts, fingers, others, pages, peertube, servers
from audits.reading import activitypub
from audits.reading.embedded import Json, as_text, dig
from audits.reading.html import Document
from audits.reading.markers import MarkerRule, Packs, find_marker
from audits.reading.pages import explicit, refused, undecided
from audits.reading.urls import host, path_parts, query_value
from audits.replies import Reply, reader

PACK = "mastodon"
ERRORS = "mastodon-error"  # held against the words of a machine-made error, and nothing else


_SERVERS_OWN = frozenset({"about", "directory", "explore", "public", "search", "tags", "privacy-policy"})
_OWNERS: Final = frozenset({"accounts", "community", "user", "users", "video-channels"})
_OF_NOBODY: Final = frozenset(
    {"familiar_followers", "i", "relationships", "search", "update_credentials", "verify_credentials"}
)  # of an interface: about whoever asks, or about several


def _is_post(url: str) -> bool:
    """Whether an address is of a post: `/@user/123`, `statuses` with a number behind it, or whatever else an interface
    keeps beside accounts, or tells of whoever asks.
    """
    *before, last = path_parts(url) or ("",)
    beside = last in _OF_NOBODY or (len(before) > 1 and _OWNERS.isdisjoint((*before, last)))
    kept = before[:1] == ["api"] and beside
    return kept or "statuses" in before or (last.isdigit() and any(part.startswith("@") for part in before))


def _profile(reply: Reply) -> Reading | None:
    document, landed, now = reply.document, reply.page.landed, reply.now
    lemmys = others.read_lemmy_page(document, host(landed), now)
    return lemmys or pages.read_profile(document, host(landed), now) or pages.read_preview(document, landed, now)


def _xml(reply: Reply) -> Reading | None:
    if reply.feed and servers.is_a_servers_feed(reply.page.landed):
        return undecided("nobodys_own")
    return pages.read_account_feed(reply.feed, reply.now) if reply.feed else fingers.read_xml(reply.document)


def _json(reply: Reply) -> Reading | None:
    value, page = reply.value, reply.page
    if isinstance(value, list):
        return _listed(value, page)
    answer = reply.object
    interfaces = _own_interfaces(answer, page) or _activitypub(answer, page, reply.subject)
    return interfaces or _error(answer, page, reply.subject, reply.packs) or _of_the_server(answer)


def _of_the_server(answer: dict[str, Json]) -> Reading | None:
    return servers.read_server(answer) or servers.read_found(answer) or servers.read_card(answer)


def _listed(items: list[Json], page: Page) -> Reading | None:
    server, now = host(page.landed), page.fetched_at
    if not items or accounts.is_status(items[0]):
        return accounts.read_statuses(items, page.url, server, now)
    if others.is_note(items[0]):
        return others.read_notes(items, page.url, server, now)
    return undecided("nobodys_own") if servers.is_accounts(items) else None


def _own_interfaces(answer: dict[str, Json], page: Page) -> Reading | None:
    server, now = host(page.landed), page.fetched_at
    if accounts.is_account(answer):
        return accounts.read_account(answer, server, now)
    if accounts.is_status(answer):
        return undecided("one_post", facts=accounts.read_statuses([answer], "", server, now).facts)
    if films := peertube.read_answer(answer, page.landed, now):
        return films
    if others.is_misskey(answer):
        return others.read_misskey(answer, server)
    return others.read_lemmy(answer, server, now) if others.is_lemmy(answer) else None


def _activitypub(answer: dict[str, Json], page: Page, subject: Subject) -> Reading | None:
    if activitypub.is_actor(answer):
        return activitypub.read_actor(answer)
    if activitypub.is_collection(answer):
        return activitypub.read_list(answer, page.url, page.fetched_at)
    if "subject" in answer and "links" in answer:
        return fingers.read_finger(answer)
    stone = activitypub.read_tombstone(answer)
    if stone and stone.existence is Existence.GONE and not _stands_for_it(answer, page, subject):
        return undecided("other_missing", *stone.markers)
    return stone or servers.read_thing(answer)


def _stands_for_it(stone: dict[str, Json], page: Page, subject: Subject) -> bool:
    """Whether a stone bears the name or the number that was asked for, or none."""
    asked = {_last(page.url), _last(page.landed), (subject.handle or "").partition("@")[0].lower()}
    return "id" not in stone or _last(as_text(stone["id"])) in asked


def _last(address: str | None) -> str:
    return next(reversed(path_parts(address)), "").removeprefix("@").lower()


_NOBODY = (None, 404, 410)
_SAYINGS: tuple[tuple[str, ...], ...] = (
    ("error",), ("error", "code"), ("error", "message"), ("detail",), ("error_description",), ("code",),
)  # fmt: skip


def _error(answer: dict[str, Json], page: Page, subject: Subject, packs: Packs) -> Reading | None:
    """What a server's error says: a few words tell why it refuses, and only accounts at home there may be denied."""
    said = " · ".join(filter(None, (as_text(dig(answer, *path)) for path in _SAYINGS)))
    found = find_marker(page, Document(said=said, source=said), packs, ERRORS, _any) if said else None
    if found is None:
        return None
    rule, marker = found
    if isinstance(rule.means, Transport):
        return Reading(transport=rule.means, markers=(marker,), reason=rule.id)
    if refused(page) and rule.means is Existence.GONE:
        return None  # whoever refuses, or is in trouble, finds nobody
    if rule.means is Existence.GONE and page.status not in _NOBODY:
        return undecided("odd_status", marker)
    if not rule.may_prove(packs.day_of(page)) or not _is_home(page, subject):
        return undecided("not_its_server", marker)
    return explicit(marker)


def _any(_rule: MarkerRule) -> bool:
    return True


_ASKED = ("acct", "resource", "name", "username")  # Mastodon, WebFinger, Lemmy


def _is_home(page: Page, subject: Subject) -> bool:
    """Whether the server was asked about an account of its own."""
    server = host(page.landed)
    named = (*(query_value(page.url, name) or "" for name in _ASKED), *reversed(path_parts(page.url)))
    asked = next((each for each in named if "@" in each[1:]), "")
    elsewhere = asked.removeprefix("@").partition("@")[2]
    home = elsewhere or (subject.handle or "").partition("@")[2]
    return home in ("", server)


_read: Final = reader(PACK, json=_json, xml=_xml, html=_profile, of_something_else=servers.of_something_else)


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Read one answer of a server, whatever it turned out to be. Raises nothing."""
    reading = _read(page, subject, packs)
    if reading.existence is not Existence.GONE or reading.stated:
        return reading
    if not page.url and not subject.key:
        return undecided("unknown_question", *reading.markers)
    if _is_post(page.url) or _SERVERS_OWN & set(path_parts(page.url)[:1]):
        return undecided("may_be_a_post", *reading.markers)
    return reading if _is_home(page, subject) else undecided("gone_elsewhere", *reading.markers)
