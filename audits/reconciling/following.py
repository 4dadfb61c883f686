"""A list that is read again and again: what was added, what is gone, and when neither may be believed yet.

    known × now ─┬ a fifth or more is missing at once ─▶ held: a notice, and nothing counts as missed
                 ├ new ─▶ added
                 ├ back ─▶ returned; it keeps the day on which it was first seen
                 └ missing ─▶ doubted ─a second look, hours later─▶ removed

A list may come out half for a day: one of its files is late, or a page is half made. So much vanishing at once is told
to a person, who may confirm it; until then everything stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audits.discovering.comparing import APART, compared, mark_of
from audits.model import Look, Sighted, Sighting

_TOO_MANY: Final = 3  # fewer may vanish at once and still be believed,
_SHARE: Final = 0.20  # and less than this of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What one reading of the list changes. `held` tells how many are missing of how many, where that is too much."""

    look: Look
    added: tuple[Sighting, ...] = ()
    returned: tuple[Sighted, ...] = ()
    doubted: tuple[Sighted, ...] = ()  # missing for the first time
    removed: tuple[Sighted, ...] = ()
    held: tuple[int, int] | None = None


def follow(
    known: Sequence[Sighted],
    seen: Iterable[Sighting],
    now: datetime,
    *,
    last_look: datetime | None = None,
    confirmed: int | None = None,
) -> Followed:
    """Hold one reading against all that the list ever named.

    `last_look` is when the list was read before (UTC): two looks within hours do not make a second look. `confirmed`
    is a person's word that so many are rightly missing.
    """
    look = compared(known, seen, now)
    here = {mark_of(each) for each in look.seen}
    ever = {mark_of(each.sighting) for each in known}
    missing = [each for each in known if each.stands and mark_of(each.sighting) not in here]
    standing = sum(each.stands for each in known)
    too_many = len(missing) >= max(_TOO_MANY, _SHARE * standing) and confirmed != len(missing)
    missed = {each.id for each in missing} if confirmed == len(missing) else set(look.missed)
    gone = missed if confirmed == len(missing) else set(look.gone)
    counts = not too_many and (last_look is None or now - last_look >= APART or confirmed is not None)
    return Followed(
        look=Look(
            seen=look.seen,
            missed=tuple(sorted(missed)) if counts else (),
            gone=tuple(sorted(gone)) if counts else (),
        ),
        added=tuple(each for each in look.seen if mark_of(each) not in ever),
        returned=tuple(each for each in known if not each.stands and mark_of(each.sighting) in here),
        doubted=tuple(each for each in missing if counts and each.id in missed - gone),
        removed=tuple(each for each in missing if counts and each.id in gone),
        held=(len(missing), standing) if too_many else None,
    )


def notice_is_new(held: tuple[int, int] | None, was_held: bool) -> bool:
    """One loss is told once, however many days it lasts."""
    return held is not None and not was_held
