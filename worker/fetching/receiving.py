"""A response, taken in only as far as it is decent.

    raw bytes ─wire cap─▶ one layer of gzip or deflate ─inflated cap─▶ body

What is cut is still handed on, marked `truncated`; what cannot be a page is a `NoPage`.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterable
from dataclasses import dataclass

import httpx

from audits.wording.reasons import quoted
from worker.fetching.limits import Limits
from worker.fetching.outcomes import Failure, NoPage, worded

_A_FEW = 64
_DROPPED = frozenset({"set-cookie", "set-cookie2", "alt-svc"})
_AUTO = 32 + zlib.MAX_WBITS  # gzip or zlib, as the bytes say
_CODINGS = {"": None, "identity": None, "gzip": _AUTO, "x-gzip": _AUTO, "deflate": _AUTO}


@dataclass(frozen=True, slots=True)
class Body:
    """What was taken in of a response."""

    data: bytes
    cut: str = ""  # why not all of it is there


def read_headers(response: httpx.Response, limits: Limits) -> dict[str, str]:
    """Lower-case names; repeated headers joined. Cookies are dropped where they arrive."""
    pairs = response.headers.multi_items()  # of names in lower case
    if len(pairs) > limits.headers:
        raise NoPage(Failure.HEADERS, str(len(pairs)))
    kept: dict[str, str] = {}
    for name, value in pairs:
        if name not in _DROPPED:
            before = kept.get(name)
            kept[name] = (f"{before}, {value}" if before is not None else value)[: limits.header_chars]
    return kept


async def read_body(chunks: AsyncIterable[bytes], coding: str, limits: Limits) -> Body:
    """The body without its one layer of compression; raises `NoPage` (`encoding`, `cut_short`).

    After every few chunks, others get a turn: a buffer full of tiny ones would hold up every deadline.
    """
    inflater = _Inflater(coding, limits.inflated_bytes)
    wire = number = 0
    async for chunk in chunks:
        number += 1
        if number % _A_FEW == 0:
            await asyncio.sleep(0)
        room = limits.wire_bytes - wire
        inflater.feed(chunk[:room])
        wire += len(chunk)
        if wire > limits.wire_bytes or inflater.full:
            return Body(inflater.taken(), worded(Failure.TOO_BIG, "sent" if wire > limits.wire_bytes else "inflated"))
    inflater.end()
    return Body(inflater.taken())


class _Inflater:
    """One layer, up to `cap` bytes; never more than one small step beyond it in memory."""

    def __init__(self, coding: str, cap: int) -> None:
        coding = coding.strip().lower()
        if coding not in _CODINGS:
            raise NoPage(Failure.ENCODING, quoted(coding[:40]))
        bits = _CODINGS[coding]
        self._inflate = zlib.decompressobj(bits) if bits is not None else None
        self._raw_is_possible = coding == "deflate"
        self._room = cap
        self._parts: list[bytes] = []
        self._began = False

    @property
    def full(self) -> bool:
        return self._room < 0

    def feed(self, data: bytes) -> None:
        self._began = self._began or bool(data)
        self._take(data if self._inflate is None else self._inflated(data))

    def end(self) -> None:
        if self._inflate is None or not self._began:
            return
        if not self._inflate.eof:
            raise NoPage(Failure.CUT_SHORT, "inflating")
        if self._inflate.unused_data.startswith(b"\x1f\x8b"):
            raise NoPage(Failure.ENCODING, "several_bodies")

    def taken(self) -> bytes:
        return b"".join(self._parts)

    def _take(self, data: bytes) -> None:
        if data:
            self._parts.append(data[: self._room])
            self._room -= len(data)

    def _inflated(self, data: bytes) -> bytes:
        inflate = self._inflate
        if inflate is None or inflate.eof or not data:
            return b""
        try:
            return inflate.decompress(data, self._room + 1)
        except zlib.error as wrong:
            return self._inflated_raw(data, wrong)

    def _inflated_raw(self, data: bytes, wrong: zlib.error) -> bytes:
        """Some servers send deflate without its zlib wrapping (RFC 9110 section 8.4.1.2 notes it)."""
        if not self._raw_is_possible or self._parts:
            raise NoPage(Failure.ENCODING, "inflating") from wrong
        self._raw_is_possible = False
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._inflated(data)
