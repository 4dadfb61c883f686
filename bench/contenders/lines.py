"""The contract's two files: addresses in, one JSON object a page out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def urls() -> list[str]:
    """The addresses to ask, from the file that the first word names."""
    return Path(sys.argv[1]).read_text(encoding="ascii").split()


def tell(lines: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line to the file that the second word names."""
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def hosts(of: Iterable[str]) -> dict[str, list[str]]:
    """The addresses by host."""
    found: dict[str, list[str]] = {}
    for url in of:
        found.setdefault(urlsplit(url).netloc, []).append(url)
    return found
