"""Settings that are lists, as people write them in a variable.

a@city.example, b@city.example │ one a line │ ["a@city.example"] │ a TOML list ─▶ each by itself
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator
from pydantic_settings import NoDecode


def one_by_one(value: Any) -> Any:
    """What stands in a text, each by itself; a list that is cut off, and what is no text, as it is."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return [each.strip() for each in re.split(r"[,;\n]", value) if each.strip()]


Several: TypeAlias = Annotated[tuple[str, ...], NoDecode, BeforeValidator(one_by_one)]
SeveralHosts: TypeAlias = Annotated[frozenset[str], NoDecode, BeforeValidator(one_by_one)]
