"""A stored body, as far as it can be unpacked.

    bytes ─gzip, at most twice─▶ the body, and whether all of it is there

Recordings break off and tools store what came compressed once more. What cannot be unpacked is handed on as it lies:
the reader says calmly that it is no page.
"""

from __future__ import annotations

import zlib
from typing import Final

_GZIP: Final = 16 + zlib.MAX_WBITS
_MAGIC: Final = b"\x1f\x8b"
_LAYERS: Final = 2  # as a file, and as it came over the wire
MOST_BYTES: Final = 16 * 2**20


def unpack(stored: bytes) -> tuple[bytes, bool]:
    """The body, and whether it is whole. At most 16 MB of it. Raises nothing."""
    body, whole = stored, True
    for _ in range(_LAYERS):
        if body.startswith(_MAGIC):
            body, ended = _one_layer(body)
            whole = whole and ended
    return body[:MOST_BYTES], whole and len(body) <= MOST_BYTES


def _one_layer(packed: bytes) -> tuple[bytes, bool]:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        return unpacking.decompress(packed, MOST_BYTES + 1), unpacking.eof
    except zlib.error:
        return _by_the_piece(packed)


_PIECE: Final = 512


def _by_the_piece(packed: bytes) -> tuple[bytes, bool]:
    """What stands before the damage; the bytes themselves where that is nothing."""
    unpacking = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    for start in range(0, len(packed), _PIECE):
        try:
            parts.append(unpacking.decompress(packed[start : start + _PIECE]))
        except zlib.error:
            break
    return b"".join(parts) or packed, False
