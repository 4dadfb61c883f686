"""Other towns: who is called after one of them is no copy of this one.

config/towns.toml ─▶ {"Ale", "Alingsås", …}
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_PATH: Final = Path(__file__).parent / "towns.toml"


@cache
def load_towns() -> frozenset[str]:
    """The names as they are written."""
    return frozenset(tomllib.loads(_PATH.read_text(encoding="utf-8"))["towns"])
