"""The little web's share of the YouTube Data API: three lists, each made of the channels that there are.

    channels?id=…,… | ?forHandle=…     playlistItems?playlistId=…     videos?id=…,…

developers.google.com/youtube/v3/docs (channels, playlistItems, videos).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

HOST: Final = "www.googleapis.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One invented channel with its one film. `item`, `upload` and `film` are as the interface lists them."""

    id: str
    handle: str
    uploads: str
    video: str
    item: Mapping[str, Any]
    upload: Mapping[str, Any]
    film: Mapping[str, Any]

    @classmethod
    def of(cls, words: Mapping[str, str], item: str, upload: str, film: str) -> Channel:
        """From the words of the story and its three pages, filled in."""
        return cls(
            **{name: words[name] for name in ("id", "handle", "uploads", "video")},
            item=json.loads(item),
            upload=json.loads(upload),
            film=json.loads(film),
        )


def list_answer(url: str, channels: Sequence[Channel]) -> bytes:
    """The list that the address asks for; of a channel that is not there, the list says nothing."""
    asked = {name: set(",".join(values).split(",")) for name, values in parse_qs(urlsplit(url).query).items()}
    ids = asked.get("id", set())
    match urlsplit(url).path.rpartition("/")[2]:
        case "channels":
            wanted = ids | asked.get("forHandle", set())
            return _list("channel", [each.item for each in channels if {each.id, each.handle} & wanted])
        case "playlistItems":
            lists = asked.get("playlistId", set())
            return _list("playlistItem", [each.upload for each in channels if each.uploads in lists])
        case _:
            return _list("video", [each.film for each in channels if each.video in ids])


def _list(kind: str, items: Sequence[Mapping[str, Any]]) -> bytes:
    page = {"totalResults": len(items), "resultsPerPage": 50}
    return json.dumps({"kind": f"youtube#{kind}ListResponse", "pageInfo": page, "items": items}).encode()
