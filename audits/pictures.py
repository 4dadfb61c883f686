"""Profile pictures compared as people would: alike when few bits of their fingerprints differ.

dHash (64 bits, 16 hexadecimal digits): each bit says whether a grey spot is brighter than the one to its right, so
that another size, format or compression changes little (Neal Krawetz, hackerfactor.com, "Kind of Like That", 2013).
Brighter by more than compression makes it: emblems are large plain surfaces, whose spots differ by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

WIDTH: Final = 9  # of the grey picture a fingerprint is made of; its height is one less
HEIGHT: Final = 8
MOST_POINTS: Final = 16_000_000  # a profile picture has far fewer; a bomb claims far more
LONGEST_SIDE: Final = 8_192  # a line of a million points takes as long to scale down as all of a picture's
_NOISE: Final = 2  # of 256 shades, averaged over a spot: what JPEG and WebP change at their lowest usual quality


def fingerprint(grey: Sequence[int]) -> str:
    """The dHash of a picture of `WIDTH` × `HEIGHT` grey values, row by row."""
    rows = (grey[start : start + WIDTH] for start in range(0, WIDTH * HEIGHT, WIDTH))
    bits = "".join("1" if left > right + _NOISE else "0" for row in rows for left, right in pairwise(row))
    return f"{int(bits, 2):016x}"


def worth_opening(width: int, height: int) -> bool:
    """Whether a picture that claims this size may be unpacked: whoever made it may want it to take all memory."""
    return width * height <= MOST_POINTS and max(width, height) <= LONGEST_SIDE


def bits_apart(one: str, other: str) -> int:
    """How many of the 64 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def place_of(url: str) -> str:
    """What stays of a picture's address: its path. Hosts and signatures differ from request to request."""
    return urlsplit(url).path
