"""What the doctor answers to a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["well", "set", "ageing", "absent", "wrong"]
"""`set`: given, and tried by nobody. `ageing`: to be seen to soon. `absent`: optional, and not set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one question; `told` and `remedy` may be `Said`."""

    what: str
    state: State
    told: str = ""
    remedy: str = ""
