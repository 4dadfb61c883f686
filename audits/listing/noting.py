"""What is written as a purpose and reads like a note to oneself: the public list shows it to everybody.

text ─reads_like_a_note▶ whether it holds a day, a mailbox, a telephone number, or a word of a note
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(
    r"\b(?:obs|nb|kolla|fråga|lösen(?:ord)?|stäng[dts]\w*|avslut\w*|nedlagt|byter namn|todo|password|closed|ask)\b",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}\b")
_MAILBOX: Final = re.compile(r"\S@\S")
_PHONE: Final = re.compile(r"(?:\d[ \-/()]{0,2}){7}")


def reads_like_a_note(text: str) -> bool:
    """Whether a person should look at it before it is published; nothing is left out for it."""
    return any(sign.search(text) for sign in (_WORD, _DAY, _MAILBOX, _PHONE))
