"""Whether two profile pictures are the same picture, though scaled or saved anew.

bytes ─Pillow▶ 9 × 8 greys ─▶ 64 bits: is each grey lighter than the one to its left? (difference hash)
"""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Final

from PIL import Image

from audits.pictures import worth_opening

NEAR: Final = 6  # of 64 bits: as much as scaling and saving change
_WIDTH, _HEIGHT = 9, 8
_TELLING: Final = range(8, 57)  # bits set: a plain surface sets none or all of them, and so resembles every other


def picture_hash(data: bytes) -> int | None:
    """64 bits that stay alike when a picture is scaled; None for what is no picture, too large, or plain."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if not worth_opening(*picture.size):
                return None
            picture.draft("L", (_WIDTH * 8, _HEIGHT * 8))  # a JPEG need not be unpacked in full
            greys = picture.convert("RGBA").convert("L").resize((_WIDTH, _HEIGHT)).tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None  # Pillow's own words for a damaged picture
    rows = [greys[start : start + _WIDTH] for start in range(0, len(greys), _WIDTH)]
    bits = [right > left for row in rows for left, right in pairwise(row)]
    return sum(1 << at for at, bit in enumerate(bits) if bit) if sum(bits) in _TELLING else None


def same_picture(one: int | None, other: int | None) -> bool:
    """Whether two hashes are of one picture; unknown ones never are."""
    return one is not None and other is not None and (one ^ other).bit_count() <= NEAR
