"""What names a Facebook page: a handle, and two kinds of number.

A page that was moved to the New Pages Experience shows the id of its profile (1000… or 615…) and lives on under its
old page id as "delegate page"; the Graph interface keeps to the page id. Which kind a number is, its form tells, so
the same number is always in the same space. `pfbid…` is made anew again and again and is no id.
Recorded pages of one account before and after the move, 2022 and 2023; mikf/gallery-dl, facebook.py.
"""

from __future__ import annotations

import re

from audits.model import PlatformId
from audits.reading.embedded import Json

PAGE = "page"
PROFILE = "profile"
_PROFILE_FORM = re.compile(r"1000\d{11}|615\d{11}")
_INSTAGRAMS = re.compile(r"17841\d{12}")
_LONGEST = 20


def platform_id(value: Json) -> PlatformId | None:
    """The number in its own space; None for anything that is no number, or that is an account's of Instagram."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not (text.isascii() and text.isdigit() and text.strip("0") and len(text) <= _LONGEST) or _INSTAGRAMS.match(text):
        return None
    return PlatformId(PROFILE if _PROFILE_FORM.fullmatch(text) else PAGE, text)


def fold(handle: str) -> str:
    """The handle in one spelling: names differ neither by case nor by full stops (Facebook Help 105399436216001)."""
    return handle.removeprefix("@").lower().replace(".", "")
