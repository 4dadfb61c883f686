"""`lookalikes.toml`, read and checked: where may be searched.

text ─▶ Places
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from audits.addresses import named_host
from audits.lookalikes.searching import Places
from config.files import read_text
from config.toml import bad, only_known, parsed
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "lookalikes.toml"


class BadLookalikes(Unusable):
    """The declaration cannot be used; the message says what is wrong and what would do."""


def load_places(path: Path = PATH) -> Places:
    """The declaration in a file. Raises `BadLookalikes` or `BadFile`."""
    return read_places(read_text(path), path.name)


def read_places(text: str, name: str = "lookalikes.toml") -> Places:
    """The declaration, from TOML text. Raises `BadLookalikes`."""
    declared = parsed(text, name, BadLookalikes)
    only_known(declared, ("bluesky", "mastodon"), BadLookalikes, name)
    bluesky, servers = declared.get("bluesky", False), declared.get("mastodon", [])
    if not isinstance(bluesky, bool):
        raise bad(BadLookalikes, name, "declared.no_truth", key="bluesky", value=bluesky)
    if not isinstance(servers, list) or not all(isinstance(each, str) and named_host(each) for each in servers):
        raise bad(BadLookalikes, name, "declared.servers", key="mastodon", value=servers)
    return Places(bluesky=bluesky, mastodon=tuple(servers))
