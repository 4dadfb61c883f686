"""Pictures from strangers, read with care: a fingerprint to compare by, and a small copy to show.

bytes ─▶ Depicted(dHash, PNG thumbnail) │ None: no picture of a known kind, or one too large to be worth opening
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from audits.pictures import HEIGHT, WIDTH, fingerprint, worth_opening
from worker.ports.pictures import Depicted

_KINDS: Final = ("PNG", "JPEG", "WEBP", "GIF")
_SIDE: Final = 96  # of the thumbnail, in pixels


def depict(body: bytes) -> Depicted | None:
    """The picture's fingerprint and its thumbnail; None where the bytes are no picture that may be opened."""
    try:
        with Image.open(BytesIO(body), formats=_KINDS) as picture:
            if not worth_opening(*picture.size):
                return None
            shown = _on_white(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None  # each is how Pillow says that this is no whole picture
    grey = shown.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    shown.thumbnail((_SIDE, _SIDE))
    small = BytesIO()
    shown.save(small, "PNG")
    return Depicted(fingerprint(list(grey.tobytes())), small.getvalue())


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent shows the page behind it, and becomes white where a platform makes it a JPEG."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    drawn = picture.convert("RGBA")
    page = Image.new("RGB", picture.size, "white")
    page.paste(drawn, mask=drawn.getchannel("A"))
    return page
