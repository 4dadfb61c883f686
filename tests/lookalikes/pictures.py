"""Small pictures, drawn for a comparison."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def a_picture(size: int = 200, text: str = "A", kind: str = "PNG") -> bytes:
    picture = Image.new("RGB", (size, size), "navy")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((size // 8, size // 4, size // 2, size - size // 8), fill="gold")
    draw.rectangle((size // 2, size // 8, size - size // 6, size // 2), fill="white" if text == "A" else "black")
    draw.polygon([(size // 2, size), (size, size // 2), (size, size)], fill="red" if text == "A" else "navy")
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()
