"""The public list: read, followed, published, and held against the register.

page or file ─▶ ReadList ─follow▶ sightings of source "list", a copy kept         register ─▶ Publication
                    └──────────────── differ ───────────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

from audits.listing import (
    BadList,
    Declaration,
    Entry,
    Held,
    Listed,
    ReadList,
    publish,
    read_list,
)
from audits.listing.holding import NOTHING_HELD, Identify
from audits.listing.reading import Unread
from audits.model import Account, Own, Page, Sighting, SightingKind, Source, Transport
from audits.reading.answer import Answer
from audits.reconciling import Followed, follow, notice_is_new
from audits.wording.reasons import heard
from audits.wording.said import said
from worker.ports import StoreUnavailable
from worker.ports.sightings import SightingStore
from worker.ports.triage import THE_LIST, Copied, ListCopy, ListStore
from worker.steps.short_links import ShortLinks
from worker.steps.short_links import follow as follow_links

_HOUR: Final = timedelta(hours=1)
_HALF_A_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of the published list, and what it changes. `is_news` is False for a loss that was told before."""

    read: ReadList
    followed: Followed
    is_news: bool


def read_published(page: Page, declared: Declaration, identify: Identify, held: Held = NOTHING_HELD) -> ReadList:
    """The list on a page. Raises `BadList` where the page could not be had, or is not laid out as declared."""
    if page.transport is not Transport.OK:
        raise BadList(
            said("refused.page", what=page.url, how=said(f"short.{page.transport}"), why=heard(page.reason) or "–")
        )
    if page.status is not None and page.status != HTTPStatus.OK:
        raise BadList(said("refused.list.status", url=page.url, status=page.status))
    return read_list(Answer(page).text, declared, page.landed, identify, held)


def read_through(
    page: Page, declared: Declaration, links: ShortLinks, seconds: float, held: Held = NOTHING_HELD
) -> ReadList:
    """The list on a page, after following for at most `seconds` the short links on it of which nobody knows yet where
    they lead; what the register has `held` is known again first. Raises `BadList`.
    """
    hiding = _hiding_in(read_published(page, declared, links.leads(()).identify, held))
    known = links.leads(hiding)
    follow_links(links, [url for url in hiding if url not in known.known], seconds)
    return read_published(page, declared, links.leads(hiding).identify, held)


def _hiding_in(read: ReadList) -> Sequence[str]:
    return [each.address for each in read.unread if each.is_short]


def follow_published(
    read: ReadList,
    source: str,
    sightings: SightingStore,
    lists: ListStore,
    now: datetime,
    *,
    confirmed: int | None = None,
    keeps: bool = True,
) -> Reading:
    """Remember what the list names now, and believe no loss too soon. `confirmed`: so many are rightly missing.

    Without `keeps` nothing is remembered: what it would come to, of a list that is not published yet.

    Raises `BadList` where another worker has read it meanwhile: one reading must not count twice.
    """
    last = lists.last_copy(Copied.PUBLISHED)
    last_look = last.last_at if last else None
    followed = follow(
        sightings.sightings_on(Source.LIST, THE_LIST),
        [*map(_sighting, read.listed), *(hiding for each in read.unread for hiding in _hiding(each))],
        now,
        last_look=last_look,
        confirmed=confirmed,
    )
    copy = _copy(Copied.PUBLISHED, source, [*map(asdict, read.listed), *_short_links(read)], now, followed.held)
    if keeps and not lists.keep_reading(copy, followed.look, last_look):
        raise BadList(said("refused.list.busy", source=source))
    return Reading(read=read, followed=followed, is_news=notice_is_new(followed.held, bool(last and last.held)))


def is_due(last: datetime | None, now: datetime, begins: datetime) -> bool:
    """Whether to read the list now: in the hour after the night `begins`, unless it was read within half a day.

    A list that could not be read is so asked for again at every tick of that hour, and not all day.
    """
    is_hour = timedelta() <= now - begins < _HOUR
    return is_hour and (last is None or now - last >= _HALF_A_DAY)


def _sighting(listed: Listed) -> Sighting:
    return Sighting(
        page=THE_LIST,
        url=listed.url,
        kind=SightingKind.PROFILE,
        place=f"line {listed.number}",
        platform=listed.platform,
        key=listed.key,
        text=listed.name,
        own=Own.LIKELY,
        why="on the public list",
    )


def _hiding(unread: Unread) -> Iterator[Sighting]:
    """A line that may name any account: remembered, so that none is told as missing from the list meanwhile."""
    for platform in unread.hides:
        yield Sighting(
            page=THE_LIST,
            url=unread.address,
            kind=SightingKind.OTHER,
            place=f"line {unread.number}",
            platform=platform,
            why=unread.why,
        )


def _short_links(read: ReadList) -> Iterator[Mapping[str, Any]]:
    hiding = ((each, platform) for each in read.unread for platform in each.hides)
    return ({"number": each.number, "platform": platform, "short_link": each.address} for each, platform in hiding)


def last_listed(lists: ListStore) -> Mapping[str, Listed]:
    """What the list said of each account when it was last read."""
    last = lists.last_copy(Copied.PUBLISHED)
    return {each.key: each for each in (Listed(**line) for line in (last.named if last else ()))}


def entries(accounts: Sequence[Account], today: date) -> Sequence[Entry]:
    """What the list should say."""
    return publish(accounts, today)


class News(StrEnum):
    """What a list says, held against the one that was generated before it; the values end `terminal.list.…`."""

    FIRST = "first"
    CHANGED = "changed"
    SAME = "same"


def news(lists: ListStore, written: Sequence[Entry], target: str) -> News:
    """What is new in a list that is generated there."""
    last = lists.last_copy(Copied.GENERATED)
    if last is None:
        return News.FIRST
    return News.SAME if (last.source, list(last.lines)) == (target, _lines(written)) else News.CHANGED


def keep_generated(lists: ListStore, written: Sequence[Entry], target: str, now: datetime) -> str:
    """Remember what was generated, and where to; why that cannot be done, "" where it was: the list is good anyway."""
    try:
        lists.keep_copy(_copy(Copied.GENERATED, target, _lines(written), now, None))
    except StoreUnavailable as error:
        why: str = error.args[0]
        return why
    return ""


def _lines(written: Sequence[Entry]) -> list[dict[str, Any]]:
    return [{**asdict(each), "state": each.state.value} for each in written]


def _copy(
    what: Copied, source: str, lines: Sequence[Mapping[str, Any]], now: datetime, held: tuple[int, int] | None
) -> ListCopy:
    return ListCopy(what=what, source=source, first_at=now, last_at=now, lines=lines, held=held)
