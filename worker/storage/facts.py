"""What a page stated, as JSON and back.

Facts, Marker ⇄ JSON

A fact that could not be seen is left out; one that was not there is null. Names that the JSON holds and the value no
longer knows are passed over, so that an older release can read a newer row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from audits.model import UNSEEN, Activity, Facts, Marker, PlatformId, Post, Precision
from worker.storage.columns import Cells, Columns, dumps

_FACTS = tuple(each.name for each in fields(Facts))
_MARKER = frozenset(each.name for each in fields(Marker))
_POST = tuple(each.name for each in fields(Post))


def facts_json(facts: Facts) -> Columns:
    """The facts that were looked for and could be seen, as JSON's own types."""
    seen = _seen(facts, _FACTS)
    if facts.more_ids:
        seen["more_ids"] = [_id_json(each) for each in facts.more_ids]
    else:
        del seen["more_ids"]
    for name, pack in _PACKED.items():
        if seen.get(name) is not None:
            seen[name] = pack(seen[name])
    return seen


def facts_from(stored: Cells) -> Facts:
    """The facts of `facts_json`."""
    known = {name: value for name, value in stored.items() if name in _FACTS}
    for name, unpack in _UNPACKED.items():
        if known.get(name) is not None:
            known[name] = unpack(known[name])
    return Facts(**known)


def markers_json(markers: Sequence[Marker]) -> str:
    if not markers:
        return "[]"
    return dumps([_marker_json(each) for each in markers])


def markers_from(stored: list[Cells]) -> tuple[Marker, ...]:
    return tuple(Marker(**{name: value for name, value in each.items() if name in _MARKER}) for each in stored)


def _marker_json(marker: Marker) -> Columns:
    words = {"is_words": True} if marker.is_words else {}
    return {"id": marker.id, "means": marker.means, "excerpt": marker.excerpt, **words}


def _seen(thing: Facts | Post, names: tuple[str, ...]) -> Columns:
    return {name: value for name in names if (value := getattr(thing, name)) is not UNSEEN}


def _id_json(platform_id: PlatformId) -> Columns:
    return {"namespace": platform_id.namespace, "value": platform_id.value}


def _activity_json(activity: Activity) -> Columns:
    return {
        "at": _iso(activity.at),
        "source": activity.source,
        "precision": activity.precision.value,
        "sees_newest": activity.sees_newest,
        **({"stirred": _iso(activity.stirred)} if activity.stirred else {}),
    }


def _activity_from(stored: Cells) -> Activity:
    times = {"at": _time(stored["at"]), "stirred": _time(stored.get("stirred"))}
    return Activity(**{**stored, **times, "precision": Precision(stored["precision"])})


def _post_json(post: Post) -> Columns:
    return {**_seen(post, _POST), "at": _iso(post.at)}


def _post_from(stored: Cells) -> Post:
    known = {name: value for name, value in stored.items() if name in _POST}
    return Post(**{**known, "at": _time(stored["at"])})


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_PACKED: Mapping[str, Callable[[Any], Any]] = {
    "platform_id": _id_json,
    "activity": _activity_json,
    "created_at": _iso,
    "posts": lambda posts: [_post_json(post) for post in posts],
}
_UNPACKED: Mapping[str, Callable[[Any], Any]] = {
    "platform_id": lambda stored: PlatformId(**stored),
    "more_ids": lambda stored: tuple(PlatformId(**each) for each in stored),
    "activity": _activity_from,
    "created_at": _time,
    "links": tuple,
    "posts": lambda stored: tuple(_post_from(each) for each in stored),
}
