"""What the invented city's people do about what they are told: people.toml, as values.

people.toml ─read_people▶ Deed(at, what, by, …) …, in the order of time
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from demo import PEOPLE

PASTE: Final = "paste"
RELEASE: Final = "release"
ANSWER: Final = "answer"
CLOSE: Final = "close"
SPLIT: Final = "split"
APPROVE: Final = "approve"
TURN_ON: Final = "turn_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that somebody does at `at` (UTC): `what`, of an account by its number, or of an administration.

    A link is pasted, a case decided, a question answered by its name with yes or no, a closing decided for a day
    (`on`), the picture that an account shows approved as a brand's, rules turned on, an administration let be written
    to, or units of it moved into another from a day.
    """

    at: datetime
    what: str
    by: str
    account: int = 0
    administration: str = ""
    rule: str = ""
    link: str = ""
    reason: str = ""
    until: date | None = None
    yes: Sequence[str] = ()
    no: Sequence[str] = ()
    units: Sequence[str] = ()
    into: str = ""
    brand: str = ""
    rules: Sequence[str] = ()
    on: date | None = None


def read_people() -> tuple[Deed, ...]:
    """Raises `TypeError` for a word that no deed has, `OSError` where the file cannot be read."""
    told = tomllib.loads(PEOPLE.read_text(encoding="utf-8"))["act"]
    deeds = [Deed(**{("account" if name == "nr" else name): value for name, value in each.items()}) for each in told]
    return tuple(sorted(deeds, key=lambda deed: deed.at))
