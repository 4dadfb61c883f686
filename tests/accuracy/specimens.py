"""Pages that accuse nobody: living accounts, walls, single posts. The stuff that is mangled.

tests/pages, answers.jsonl ─┐                                       ┌▶ Specimen(page, whose it is, what it was read as)
recordings ─────────────────┴─▶ read as it came ─ no absence stated ┘

An absence page is of no use here: whoever mangles it may well leave it whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from audits.model import ACCUSING, ALIVE, Account, Activity, Page, PlatformId, Reading, Transport, surely_its
from audits.platform import Platform, Subject
from audits.platforms import PLATFORMS
from audits.reading.html import read_html
from tests.corpus import have_corpus, recordings
from tests.platforms.shown import NOW, PACKS
from worker.inspecting import subject_of

PAGES: Final = Path(__file__).parents[1] / "pages"
WALLS: Final = frozenset({Transport.WALLED, Transport.BLOCKED, Transport.RATE_LIMITED, Transport.CONSENT})
_ABSENT: Final = frozenset({"gone", "suspended", "private", "moved"})
_IN_DOUBT: Final = "stands for suspended"
_LARGEST: Final = 1_500_000


@dataclass(frozen=True, slots=True)
class Specimen:
    """One page, the registered account that it shows, and what it was read as before anybody touched it."""

    name: str
    platform: Platform
    page: Page
    account: Account
    reading: Reading

    @property
    def lives(self) -> bool:
        return self.reading.transport is Transport.OK and self.reading.existence in ALIVE

    @property
    def is_wall(self) -> bool:
        return self.reading.transport in WALLS


@cache
def specimens() -> tuple[Specimen, ...]:
    """Every page that states no absence: the hand-made ones, and the recorded ones where they are present."""
    return tuple(each for each in _all() if not _states_an_absence(each))


@cache
def absences() -> tuple[Specimen, ...]:
    """Those that do state one, with the status that it comes with."""
    return tuple(each for each in _all() if _states_an_absence(each))


@cache
def _all() -> tuple[Specimen, ...]:
    return (*answers(), *(_specimen(*each) for each in (*_hand_made(), *_recorded())))


@cache
def answers() -> tuple[Specimen, ...]:
    """What platforms' interfaces answer for accounts that live: whole answers, made by hand."""
    lines = (PAGES / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_answer(number, json.loads(line)) for number, line in enumerate(lines, start=1))


@cache
def pages() -> tuple[Specimen, ...]:
    """The hand-made pages of accounts that live."""
    return tuple(each for each in (_specimen(*made) for made in _hand_made()) if each.lives)


def _answer(number: int, given: dict[str, Any]) -> Specimen:
    """One line: the platform, the address asked, the key of whoever was asked for, alone or of several, the answer."""
    body = json.dumps(given["answer"]).encode()
    page = Page(url=given["address"], status=200, body=body, fetched_at=NOW, of_several=given.get("several", False))
    return _specimen(f"answers.jsonl:{number}", given["platform"], page, given["key"])


def _states_an_absence(each: Specimen) -> bool:
    """By its words alone, or by its words together with the status that belongs to them."""
    if each.lives or each.is_wall:
        return False
    forms = (replace(each.page, status=status) for status in (each.page.status, 200, 404, 410))
    return any(read_for(each, page).existence in ACCUSING for page in forms)


def _hand_made() -> Iterator[tuple[str, str, Page]]:
    for path in sorted(PAGES.glob("*/*.*")):
        platform = path.parent.name
        if platform in PLATFORMS:
            body = path.read_bytes()
            yield (
                f"{platform}/{path.name}",
                platform,
                Page(url=_address(platform, body), status=200, body=body, fetched_at=NOW),
            )


def _address(platform: str, body: bytes) -> str:
    """What the page calls its own address, else one on the platform's host that is no account's."""
    document = read_html(body.decode())
    own = document.meta("og:url") or document.link("canonical") or ""
    hosts = [host.name for host in PLATFORMS[platform].grammar.hosts]
    return own if own.startswith("https://") else f"https://{next(iter(hosts), 'almestad.example')}/almestad"


def _recorded() -> Iterator[tuple[str, str, Page]]:
    for each in recordings() if have_corpus() else ():
        doubtful = _IN_DOUBT in (each.row.get("note") or "")
        if each.label not in _ABSENT and not doubtful and each.platform != "robots":
            page = each.page(fetched_at=NOW)
            if len(page.body) < _LARGEST:
                yield each.file, each.platform, page


def _specimen(name: str, named: str, page: Page, key: str | None = None) -> Specimen:
    platform, found = subject_of(page.url, PLATFORMS, named)
    subject = replace(found, key=key or found.key)
    seen = platform.read(page, subject, PACKS)
    page = replace(page, fetched_at=_soon_after(seen))
    account = _account(platform, subject, seen)
    return Specimen(name, platform, page, account, platform.read(page, _subject(platform, account), PACKS))


def _soon_after(reading: Reading) -> datetime:
    """A day after the newest post that the page shows: whoever finds silence in it has lost a post."""
    activity = reading.facts.activity
    at = activity.at if isinstance(activity, Activity) else None
    return (at or datetime(2026, 11, 21, tzinfo=UTC)) + timedelta(days=1)


def _account(platform: Platform, subject: Subject, reading: Reading) -> Account:
    """The register's row of whom the page shows: the handle and the ids that stand on it."""
    facts = reading.facts
    handle = facts.handle if isinstance(facts.handle, str) else None
    ids = (facts.platform_id, *facts.more_ids)
    return Account(
        id=1,
        platform=platform.name,
        name="Almestad",
        address=subject.url or "https://almestad.example/",
        key=f"{platform.name}:{handle}" if handle else subject.key,
        pinned=tuple(each for each in ids if isinstance(each, PlatformId)),
        registered_on=date(2010, 1, 1),  # long ago: whoever seems never to have posted is told
    )


def _subject(platform: Platform, account: Account) -> Subject:
    return Subject(platform=platform.name, key=account.key, url=account.address, pinned=surely_its(account.pinned))


def read_for(specimen: Specimen, page: Page) -> Reading:
    """What the reader makes of a page that came back for this account."""
    return specimen.platform.read(page, _subject(specimen.platform, specimen.account), PACKS)
