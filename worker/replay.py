"""Answers from a folder of recorded responses instead of the network.

    DIR/index.jsonl (one line a response) + gzip bodies ─▶ Recording ─▶ Asker

A recording makes no request and needs no permission. What was not recorded is `not_recorded`: nobody looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urldefrag

import orjson

from audits.model import Account, Page, Probe, Transport, Visit
from audits.observing import Look, observe
from audits.platform import Platforms
from audits.reading.archived import as_served
from audits.reading.pages import without_silence
from audits.reading.written_values import moment
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.wording.said import said
from config.unusable import Unusable
from worker import steps
from worker.inspecting import subject_of
from worker.ports import Asker, Clock
from worker.steps import Instruments
from worker.unpacking import unpack

_DATED_BY = frozenset({"Date header", "WARC-Date", "HAR startedDateTime"})


class BadRecording(Unusable):
    """The folder is no recording; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One line of `index.jsonl`."""

    file: str
    platform: str
    request_url: str | None
    final_url: str | None
    status: int | None
    headers: Mapping[str, str]
    recorded_on: str | None
    row: Mapping[str, Any]

    @property
    def at(self) -> datetime | None:
        """When it was recorded, as far as is known: the response's own Date, else the end of the stated day, UTC."""
        said = moment(self.headers.get("date"))
        return said or moment(f"{(self.recorded_on or '')[:10]}T23:59:59+00:00")

    @property
    def dated(self) -> bool:
        """Whether the moment of recording is known. A file's commit date may be years later: it proves no silence."""
        return "date" in self.headers or self.row.get("recorded_basis") in _DATED_BY

    @property
    def address(self) -> str | None:
        """The address asked, made unique by the file that holds the answer."""
        return f"{self.request_url}#{self.file}" if self.request_url else None


@dataclass(frozen=True, slots=True)
class Recording:
    """A folder of recorded responses, opened at `now` (UTC). Bodies are read when asked for."""

    folder: Path
    rows: tuple[Recorded, ...]
    now: datetime

    def page(self, row: Recorded) -> Page:
        """The recorded response as the fetcher would have given it."""
        body, whole = unpack((self.folder / row.file).read_bytes())
        page = Page(
            url=row.request_url or "",
            final_url=row.final_url,
            status=row.status,
            headers=row.headers,
            body=body,
            truncated=not whole,
            fetched_at=row.at or self.now,
        )
        return as_served(page)


def open_recording(folder: Path, now: datetime) -> Recording:
    """Read the index of a folder. Raises `BadRecording`."""
    index = folder / "index.jsonl"
    if not index.is_file():
        raise BadRecording(said("refused.recording.none", file=index))
    return Recording(folder, tuple(_rows(index)), now)


def _rows(index: Path) -> Iterator[Recorded]:
    for number, line in enumerate(index.read_bytes().splitlines(), 1):
        if line.strip():
            yield _row(index, number, line)


def _row(index: Path, number: int, line: bytes) -> Recorded:
    try:
        row = orjson.loads(line)
        return Recorded(
            file=_inside(row["file"]),
            platform=row["platform"],
            request_url=row.get("request_url"),
            final_url=row.get("final_url"),
            status=row.get("status"),
            headers={name.lower(): str(value) for name, value in (row.get("headers") or {}).items()},
            recorded_on=row.get("recorded_on"),
            row=row,
        )
    except (ValueError, KeyError, TypeError) as error:  # a JSONDecodeError is a ValueError
        raise BadRecording(said("refused.recording.line", file=index, line=number, why=error)) from error


def _inside(file: str) -> str:
    """The name of a file in the folder. Raises `ValueError`: a recording may come from anybody, and is shown."""
    path = PurePath(file)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{file} is outside the folder")
    return file


class ReplayAsker(Asker):
    """Answers each probe from a recording: by the very address, else by the address without its fragment."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._by_address: dict[str, Recorded] = {}
        for row in recording.rows:
            for address in (row.address, row.request_url):
                if address:
                    self._by_address.setdefault(_same(address), row)

    async def fetch(self, probe: Probe) -> Page:
        row = self._by_address.get(_same(probe.url)) or self._by_address.get(_same(urldefrag(probe.url).url))
        if row is None:
            return Page(
                url=probe.url, fetched_at=self._recording.now, transport=Transport.NOT_RECORDED, reason="not recorded"
            )
        return self._recording.page(row)


def _same(url: str) -> str:
    """Addresses that differ only in scheme, `www.` or a closing slash were recorded as one."""
    bare = url.partition("://")[2] or url
    return bare.removeprefix("www.").rstrip("/")


def recorded_visits(recording: Recording) -> Callable[[Account, Instruments, datetime], Visit]:
    """Visits to a recording: an account whose address is itself a recorded one is read from there."""
    dated = {row.address: row.dated for row in recording.rows}

    def visit(account: Account, instruments: Instruments, now: datetime) -> Visit:
        if account.address not in dated:
            return steps.usual_visit(account, instruments, now)
        return _recorded_visit(account, instruments, now, dated=dated[account.address])

    return visit


def _recorded_visit(account: Account, instruments: Instruments, now: datetime, *, dated: bool) -> Visit:
    url = account.address or ""
    platform, subject = subject_of(urldefrag(url).url, instruments.platforms, account.platform)
    route = platform.route_of(urldefrag(url).url)
    page = yield Probe(url=url, platform=platform.name, route=route)
    reading = platform.read(page, subject, instruments.packs)
    reading = reading if dated else without_silence(reading)  # nobody knows when it was seen
    return observe(account, platform, (Look(route=route, reading=reading, page=page),), now)


def recorded_register(recording: Recording, platforms: Platforms) -> list[RegisterChange]:
    """One addition to the register for each recorded response that has an address."""
    return [RegisterChange(kind=ChangeKind.ADD, after=_row_of(row, platforms)) for row in recording.rows if row.address]


def _row_of(row: Recorded, platforms: Platforms) -> RegisterRow:
    platform, subject = subject_of(row.request_url or "", platforms, row.platform)
    return RegisterRow(platform=platform.name, name=row.file, raw=row.request_url, address=row.address, key=subject.key)


class NobodyAsks(Asker):
    """Makes no request: live looking is switched off."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def fetch(self, probe: Probe) -> Page:
        reason = "live looking is switched off"
        return Page(url=probe.url, fetched_at=self._clock(), transport=Transport.NOT_PERMITTED, reason=reason)
