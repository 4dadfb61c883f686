"""`lookalikes.toml`, read and checked: where may be searched.

text ─▶ Places
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from audits.addresses import named_host
from audits.lookalikes.searching import Places
from config.files import read_text
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "lookalikes.toml"


class BadLookalikes(Unusable):
    """The declaration cannot be used; the message says what is wrong and what would do."""


def load_places(path: Path = PATH) -> Places:
    """The declaration in a file. Raises `BadLookalikes` or `BadFile`."""
    return read_places(read_text(path), path.name)


def read_places(text: str, name: str = "lookalikes.toml") -> Places:
    """The declaration, from TOML text. Raises `BadLookalikes`."""
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLookalikes(f"{name}: {error}") from error
    if unknown := sorted(set(declared) - {"bluesky", "mastodon"}):
        raise BadLookalikes(f"{name}: unknown {unknown[0]!r}; known are bluesky and mastodon")
    bluesky, servers = declared.get("bluesky", False), declared.get("mastodon", [])
    if not isinstance(bluesky, bool):
        raise BadLookalikes(f"{name}: bluesky is {bluesky!r}; give true or false")
    if not isinstance(servers, list) or not all(isinstance(each, str) and named_host(each) for each in servers):
        raise BadLookalikes(f"{name}: mastodon is {servers!r}; give a list of servers such as ['mastodon.social']")
    return Places(bluesky=bluesky, mastodon=tuple(servers))
