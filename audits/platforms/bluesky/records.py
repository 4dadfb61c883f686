"""Records as an account's own server keeps them, in com.atproto.repo.getRecord and listRecords.

    its profile ─▶ present: name and words      its posts ─▶ present, with the newest (a list may begin anywhere)
    others ─────▶ present: whose they are

A server answers for a repository that is taken down or deactivated with an error instead (lexicons
com.atproto.repo.getRecord and listRecords, bluesky-social/atproto).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Facts, PlatformId, Post, Reading, Seen
from audits.platforms.bluesky.ids import DID, NAMESPACE
from audits.reading.answer_fields import read_field
from audits.reading.embedded import Json, as_list, as_object, as_text, dig
from audits.reading.pages import present
from audits.reading.posts import agreed, latest
from audits.reading.urls import path_parts
from audits.reading.written_values import moment

_ADDRESS: Final = re.compile(rf"at://({DID})/[\w.]+/[^/\s]+")  # of a record: its owner, its kind, its key
_PROFILE: Final = "app.bsky.actor.profile"
_POST: Final = "app.bsky.feed.post"
_METHODS: Final = frozenset({"com.atproto.repo.getRecord", "com.atproto.repo.listRecords"})


def read_records(answer: dict[str, Json], asked: str, now: datetime) -> Reading | None:
    """What one record, or a list of them, says of whose they are; None where it is another answer. `now` is UTC."""
    if _METHODS.isdisjoint(path_parts(asked)):
        return None
    records = [as_object(each) for each in as_list(answer.get("records")) or [answer]]
    places = [_ADDRESS.fullmatch(as_text(record.get("uri")) or "") for record in records]
    owner = agreed(place[1] if place else None for place in places)
    if owner is None:
        return None
    posts = tuple(Post(at=moment(dig(each, "value", "createdAt"))) for each in records if _is(each, _POST))
    profile = next((as_object(each.get("value")) for each in records if _is(each, _PROFILE)), None)
    facts = replace(_own_words(profile) if profile is not None else Facts(), platform_id=PlatformId(NAMESPACE, owner))
    if not posts:
        return present(facts)
    return present(replace(facts, posts=posts, activity=latest(posts, now, "records")))


def _is(record: dict[str, Json], kind: str) -> bool:
    return dig(record, "value", "$type") == kind


def _own_words(profile: dict[str, Json]) -> Facts:
    """What the owner wrote in the profile's record; the picture is only named there, and lies elsewhere."""
    return Facts(
        display_name=_written(profile, "displayName"),
        description=_written(profile, "description"),
        avatar_url=UNSEEN if profile.get("avatar") else None,
        website_link=read_field(profile, as_text, "website"),
    )


def _written(profile: dict[str, Json], name: str) -> Seen[str]:
    """A record is whole: what is not in it was never written."""
    return read_field(profile, as_text, name) if profile.get(name) else None
