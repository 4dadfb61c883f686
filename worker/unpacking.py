"""A stored body, as far as it can be unpacked.

    bytes ─gzip, at most twice─▶ the body, and whether all of it is there

Recordings break off and tools store what came compressed once more. What cannot be unpacked is handed on as it lies:
the reader says calmly that it is no page.
"""

from __future__ import annotations

import zlib
from typing import Final, NamedTuple

_GZIP: Final = 16 + zlib.MAX_WBITS
_MAGIC: Final = b"\x1f\x8b"
_LAYERS: Final = 2  # as a file, and as it came over the wire
MOST_BYTES: Final = 16 * 2**20
_PIECE: Final = 512  # bytes unpacked at a time where a body is damaged


class Unpacked(NamedTuple):
    """What a stored body holds, and whether all of it is there."""

    body: bytes
    is_whole: bool


def unpack(stored: bytes) -> Unpacked:
    """The body without its layers of gzip, at most 16 MB of it. Raises nothing."""
    body, is_whole = stored, True
    for _ in range(_LAYERS):
        if body.startswith(_MAGIC):
            body, ended = _one_layer(body)
            is_whole = is_whole and ended
    return Unpacked(body[:MOST_BYTES], is_whole and len(body) <= MOST_BYTES)


def _one_layer(packed: bytes) -> Unpacked:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        return Unpacked(unpacking.decompress(packed, MOST_BYTES + 1), unpacking.eof)
    except zlib.error:
        return _by_the_piece(packed)


def _by_the_piece(packed: bytes) -> Unpacked:
    """What stands before the damage; the bytes themselves where that is nothing."""
    unpacking = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    for start in range(0, len(packed), _PIECE):
        try:
            parts.append(unpacking.decompress(packed[start : start + _PIECE]))
        except zlib.error:
            break
    return Unpacked(b"".join(parts) or packed, is_whole=False)
