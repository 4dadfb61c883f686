"""The profile pictures of the little web, painted when it begins: simple shapes, and each says that it is invented.

coat-of-arms            an elm on blue, as Almestad carries it
coat-of-arms-framed     the same in a thin frame: another file, and the same picture to whoever looks
tram                    a new picture of the city's own
stranger                somebody else's
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final, TypeAlias

from PIL import Image
from PIL.ImageDraw import Draw, ImageDraw
from PIL.PngImagePlugin import PngInfo

SIDE: Final = 96  # pixels
SAYS: Final = "Påhittad bild i Kanalkolls lilla webb. Almestad finns inte."
_BLUE, _GOLD, _RED, _WHITE, _GREEN = "#1f4e8c", "#f2c14e", "#b3202c", "#f7f5ef", "#2f7d4f"

Painter: TypeAlias = Callable[[ImageDraw], None]


def painted() -> Mapping[str, bytes]:
    """Every picture as a PNG file, by its name."""
    return {name: _png(ground, paint) for name, (ground, paint) in _PICTURES.items()}


def _png(ground: str, paint: Painter) -> bytes:
    picture, file, said = Image.new("RGB", (SIDE, SIDE), ground), BytesIO(), PngInfo()
    paint(Draw(picture))
    said.add_itxt("Comment", SAYS, lang="sv")
    picture.save(file, "PNG", pnginfo=said)
    return file.getvalue()


def _arms(draw: ImageDraw) -> None:
    """A shield, and an elm on it."""
    draw.polygon([(12, 8), (84, 8), (84, 52), (48, 90), (12, 52)], fill=_BLUE)
    draw.rectangle([44, 46, 52, 74], fill=_GOLD)
    for left, top in ((24, 26), (36, 14), (48, 26)):
        draw.ellipse([left, top, left + 24, top + 24], fill=_GOLD)


def _framed(draw: ImageDraw) -> None:
    _arms(draw)
    draw.rectangle([0, 0, SIDE - 1, SIDE - 1], outline=_GOLD, width=1)


def _tram(draw: ImageDraw) -> None:
    """A tram under its wire."""
    draw.line([(0, 14), (SIDE, 14)], fill=_WHITE, width=3)
    draw.line([(48, 14), (62, 30)], fill=_WHITE, width=3)
    draw.rounded_rectangle([10, 30, 86, 76], radius=8, fill=_WHITE)
    for left in (18, 42, 66):
        draw.rectangle([left, 38, left + 14, 54], fill=_GREEN)
    for left in (22, 60):
        draw.ellipse([left, 70, left + 16, 86], fill=_GOLD)


def _stranger(draw: ImageDraw) -> None:
    """A coin that shines."""
    for left in range(0, SIDE, 24):
        draw.rectangle([left, 0, left + 11, SIDE], fill=_WHITE)
    draw.ellipse([20, 20, 76, 76], fill=_GOLD)
    draw.polygon([(48, 28), (64, 62), (32, 62)], fill=_RED)


_PICTURES: Final[Mapping[str, tuple[str, Painter]]] = {
    "coat-of-arms": (_WHITE, _arms),
    "coat-of-arms-framed": (_WHITE, _framed),
    "tram": (_GREEN, _tram),
    "stranger": (_RED, _stranger),
}
