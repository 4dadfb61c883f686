"""Profile pictures: looked at once where they stand, shown to a person, approved by one click.

last looks ─look_at_pictures▶ those whose picture stands at a new place ─asker▶ fingerprint, thumbnail, kept
approve, withdraw ─▶ what the rule about pictures holds them against from the next night on
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from audits.model import Account, Observation, Picture, Probe, Route, Transport
from audits.pictures import place_of
from audits.refusal import Refused
from audits.wording.said import said
from worker.ports import Asker, Clock
from worker.ports.pictures import Depict, Depicted, KeptPicture, PictureStore
from worker.ports.reporting import ReportStore

MOST_AT_ONCE: Final = 50
PAGE: Final = 200  # accounts read at once


@dataclass(frozen=True, slots=True)
class Desk:
    """What looking at pictures needs of the world."""

    store: ReportStore
    kept: PictureStore
    asker: Asker
    depict: Depict
    clock: Clock


class _Unlooked(NamedTuple):
    """A picture that nobody has looked at: whose it is, where it stands, and by which route the account was seen."""

    account: Account
    url: str
    route: Route | None


class PictureRefused(Refused):
    """An approval that cannot be taken; the message says why and what would do."""


def look_at_pictures(desk: Desk, seconds: float) -> int:
    """Look at profile pictures that stand at a new place, for at most `seconds`. Returns how many were kept."""
    waiting = _unlooked(desk.store, desk.kept)[:MOST_AT_ONCE]
    return asyncio.run(_look(desk, waiting, seconds)) if waiting else 0


def _unlooked(store: ReportStore, kept: PictureStore) -> list[_Unlooked]:
    """The pictures that profiles show and nobody has looked at; the accounts are read a page at a time."""
    found: list[_Unlooked] = []
    accounts = store.each_account()
    while len(found) < MOST_AT_ONCE and (page := list(islice(accounts, PAGE))):
        ids = [account.id for account in page]
        seen, known = store.last_observations(ids), kept.pictures_of(ids)
        found += [
            _Unlooked(account, url, seen[account.id].route)
            for account in page
            if (url := _shown_at(seen.get(account.id))) and place_of(url) != _place_known(known.get(account.id))
        ]
    return found


def _shown_at(seen: Observation | None) -> str:
    """Where the profile's picture stands; "" where none was seen."""
    url = seen.facts.avatar_url if seen is not None and seen.transport is Transport.OK else None
    return url if isinstance(url, str) and url.startswith("https://") else ""


def _place_known(picture: Picture | None) -> str | None:
    return place_of(picture.url) if picture else None


async def _look(desk: Desk, waiting: Sequence[_Unlooked], seconds: float) -> int:
    """One after another, by the route that saw the account; what may not be asked for stays unlooked."""
    count = 0
    try:
        async with asyncio.timeout(seconds):
            for account, url, route in waiting:
                if route is None:
                    continue
                page = await desk.asker.fetch(_probe(account, route, url))
                read = desk.depict(page.body) if page.transport is Transport.OK else None
                if read is not None:
                    desk.kept.keep_picture(_picture(account.id, url, read, desk.clock()))
                    count += 1
    except TimeoutError:
        pass  # the rest is looked at another time
    finally:
        await desk.asker.aclose()
    return count


def _probe(account: Account, route: Route, url: str) -> Probe:
    return Probe(url=url, platform=account.platform, route=route, accept="image/*", named_by=account.address or "")


def _picture(account_id: int, url: str, read: Depicted, now: datetime) -> KeptPicture:
    picture = Picture(url=url, fingerprint=read.fingerprint)
    return KeptPicture(account_id=account_id, picture=picture, thumbnail=read.thumbnail, seen_at=now)


def approve(kept: PictureStore, account_id: int, *, sub_brand: str, by: str, now: datetime) -> KeptPicture:
    """Approve the picture that an account shows, for a sub-brand. Raises `PictureRefused`."""
    if not by.strip() or not sub_brand.strip():
        raise PictureRefused(said("refused.picture.who"))
    shown = _shown(kept, account_id)
    kept.approve_picture(shown.picture.fingerprint, sub_brand.strip(), by.strip(), now)
    return _shown(kept, account_id)


def withdraw(kept: PictureStore, account_id: int, now: datetime, by: str = "") -> None:
    """Take the approval of the picture that an account shows back. Raises `PictureRefused`."""
    if not kept.withdraw_picture(_shown(kept, account_id).picture.fingerprint, now, by):
        raise PictureRefused(said("refused.picture.not_approved", number=account_id))


def _shown(kept: PictureStore, account_id: int) -> KeptPicture:
    shown = next((each for each in kept.kept_pictures() if each.account_id == account_id), None)
    if shown is None:
        raise PictureRefused(said("refused.picture.none", number=account_id))
    return shown


__all__ = ["Desk", "PictureRefused", "approve", "look_at_pictures", "withdraw"]
