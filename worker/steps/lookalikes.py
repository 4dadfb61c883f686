"""Accounts that could be taken for ours: among those that were seen, and on platforms with an open search.

register, sightings, search ─▶ Face … ─compare▶ Likeness …, for the communications officer alone
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from audits.harvesting.handles import handle_of
from audits.lookalikes import Comparer, Face, Likeness, picture_hash, questions
from audits.lookalikes.searching import Places, Refused, questions_to, read_found
from audits.model import Account, Own, Probe, Route, Transport
from audits.reconciling import Sources
from worker.ports import Asker, Store

MOST_PICTURES: Final = 60
MOST_NAMES: Final = 40


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found, and what was refused: then nothing is known there."""

    faces: tuple[Face, ...] = ()
    refused: tuple[Refused, ...] = ()


async def search(asker: Asker, places: Places, names: Iterable[str]) -> Search:
    """Ask every declared place for every name."""
    faces: list[Face] = []
    refused: list[Refused] = []
    for probe in questions_to(places, list(names)[:MOST_NAMES]):
        answer = read_found(await asker.fetch(probe))
        if isinstance(answer, Refused):
            refused.append(answer)
        else:
            faces.extend(answer)
    return Search(tuple({face.key: face for face in faces}.values()), tuple(refused))


async def with_pictures(asker: Asker, faces: Sequence[Face]) -> Sequence[Face]:
    """The faces with their pictures looked at, as far as they may be had."""
    return [await _with_picture(asker, face) if at < MOST_PICTURES else face for at, face in enumerate(faces)]


async def _with_picture(asker: Asker, face: Face) -> Face:
    if not face.picture_url.startswith("https://"):
        return face
    page = await asker.fetch(
        Probe(url=face.picture_url, platform=face.platform, route=Route.PAGE, accept="image/*", named_by=face.url)
    )
    return replace(face, picture=picture_hash(page.body)) if page.transport is Transport.OK else face


def names_of(accounts: Iterable[Account], city: Iterable[str]) -> tuple[str, ...]:
    """What to search for: what the city is called, then its accounts."""
    return tuple(dict.fromkeys((*city, *(account.name for account in accounts))))


def own_faces(store: Store, accounts: Iterable[Account]) -> Sequence[Face]:
    """Our accounts, each with the picture that it was last seen with."""
    return tuple(_own(store, account) for account in accounts if account.key)


def _own(store: Store, account: Account) -> Face:
    seen = store.last_observation(account.id)
    face = _face(account.key or "", account.address or "", account.name)
    picture = seen.facts.avatar_url if seen else None
    return replace(face, picture_url=picture) if isinstance(picture, str) else face


def ask_about(
    ours: Sequence[Face], sources: Sources, found: Iterable[Face], comparer: Comparer, domains: Collection[str]
) -> tuple[Likeness, ...]:
    """Every stranger among the sightings and the found accounts that could be taken for ours.

    What the city itself links or lists as its own is no stranger: it waits in triage. Nor is what stands under one of
    its `domains`.
    """
    passed = {*sources.not_ours, *sources.aliases}
    return questions(ours, (*_seen(sources), *found), comparer, passed, domains)


def _seen(sources: Sources) -> Iterator[Face]:
    for key, places in sources.places.items():
        if not any(each.sighting.own is Own.LIKELY for each in places):
            yield _face(key, places[0].sighting.url, places[0].sighting.text)


def face_of(key: str, url: str) -> Face:
    """What an address alone shows of an account."""
    return _face(key, url, "")


def _face(key: str, url: str, name: str) -> Face:
    handle = handle_of(key, url)
    platform = key.partition(":")[0]
    bare = handle.partition("@")[0] if platform == "mastodon" else handle.removesuffix(".bsky.social")
    return Face(platform=platform, key=key, handle=bare, name=name, url=url)
