"""A channel of YouTube's, by its names, and what is read of its pages."""

from __future__ import annotations

from audits.model import (
    Page,
    PlatformId,
    Reading,
)
from audits.platform import Subject
from audits.platforms.youtube import PLATFORM
from tests.platforms.shown import read

CHANNEL = "UChamnstad0000000000bibl"
OTHER = "UChamnstad0000000000teat"
PINNED = PlatformId("channel", CHANNEL)
KEY = "youtube:@hamnstadsbibliotek"
BY_ID = Subject(platform="youtube", key=f"youtube:channel:{CHANNEL}")
API = "https://www.googleapis.com/youtube/v3"


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def captions(reading: Reading) -> list[object]:
    """Whether the videos shown have captions, in order."""
    assert isinstance(reading.facts.posts, tuple)
    return [post.has_captions for post in reading.facts.posts]
