"""Administrations that change names, merge and split: what becomes of their accounts and mailboxes.

    register rows, places, Wish ─plan▶ Reorganised(renamed, changes, mailboxes) | WishRefused
    Reorganised ─ready▶ the same, with the officer's word on letters where it takes one

Accounts keep their numbers, so their cases, limits and decisions go with them. An administration that is renamed stays
the same one; so does the first of those that merge into a name that is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from audits.recipients import NO_MAILBOX, Mailbox, Place, PlaceChange
from audits.refusal import Refused
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.wording.said import said


class WishKind(StrEnum):
    """What administrations may do."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to become of administrations, by name. `units` and `accounts` are what a split takes along."""

    kind: WishKind
    sources: tuple[str, ...]
    target: str
    effective_on: date
    units: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()
    letters: bool | None = None  # the officer's word whether what they become may be written to


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """So many accounts of which another mailbox is told from now on; None: their administration has none."""

    was: str
    now: str | None
    accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Administrations that become one, of which the officer has released some and not the others."""

    released: tuple[str, ...]
    unreleased: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganised:
    """What a wish comes to. `renamed`: old name and new of the administration that goes on under another name."""

    changes: tuple[RegisterChange, ...]
    mailboxes: tuple[PlaceChange, ...] = ()
    renamed: tuple[str, str] | None = None
    succeeds: str | None = None  # the administration that a new one is split from
    handed: tuple[Handed, ...] = ()  # letters that go elsewhere, as two mailboxes became one
    differing: Differing | None = None  # then it is for the officer to say whether what they become is written to

    @property
    def target(self) -> str:
        """The administration whose accounts they are from now on."""
        return next((each.after.administration or "" for each in self.changes if each.after), "")


class WishRefused(Refused):
    """The wish cannot be carried out; the message says why, and what would do."""


Rows = Mapping[int, RegisterRow]
Places = Mapping[Place, Mailbox]


def plan(rows: Rows, places: Places, wish: Wish, released: Collection[str] = ()) -> Reorganised:
    """What the wish changes of the register as it stands; `released` may be written to. Raises `WishRefused`."""
    _check(places, wish)
    moving = _moving(rows, wish)
    if not moving:
        raise WishRefused(said("refused.moves.nobody", names=", ".join(wish.sources)))
    is_new = Place(wish.target) not in places
    renamed = (wish.sources[0], wish.target) if is_new and wish.kind is not WishKind.SPLIT else None
    changes = tuple(
        RegisterChange(
            kind=ChangeKind.CHANGE, account_id=at, before=row, after=replace(row, administration=wish.target)
        )
        for at, row in moving.items()
    )
    split = wish.sources[0] if wish.kind is WishKind.SPLIT and is_new else None
    mailboxes = tuple(_mailboxes(places, wish, list(moving.values()), renamed))
    handed = tuple(_handed(places, changes, mailboxes, renamed))
    return Reorganised(
        changes=changes, mailboxes=mailboxes, renamed=renamed, succeeds=split, handed=handed,
        differing=_differing(places, wish, moving, released),
    )  # fmt: skip


def ready(reorganised: Reorganised, wish: Wish) -> Reorganised:
    """The same where it can be done. Raises `WishRefused` where the officer has not said whether letters may go out."""
    of = reorganised.differing
    if of is not None and wish.letters is None:
        names = {"released": ", ".join(of.released), "unreleased": ", ".join(of.unreleased)}
        raise WishRefused(said("refused.moves.letters", **names, target=wish.target))
    return reorganised


def _differing(places: Places, wish: Wish, moving: Rows, released: Collection[str]) -> Differing | None:
    """A release was given to one administration with its accounts, and is no word on another's."""
    came = dict.fromkeys(row.administration or "" for row in moving.values())
    together = [*came, wish.target] if Place(wish.target) in places else [*came]
    may = tuple(name for name in together if name in released)
    may_not = tuple(name for name in together if name not in released)
    return Differing(released=may, unreleased=may_not) if may and may_not else None


def _check(places: Places, wish: Wish) -> None:
    known = [place.administration for place in places if place.unit is None]
    for name in wish.sources:
        if name not in known:
            raise WishRefused(said("refused.moves.unknown", name=name, known=", ".join(known) or "–"))
    if not wish.target.strip():
        raise WishRefused(said("refused.moves.name"))
    if wish.kind is WishKind.RENAME and wish.target in known:
        key = "called" if wish.target in wish.sources else "there"
        raise WishRefused(said(f"refused.moves.{key}", name=wish.target))
    if wish.kind is WishKind.MERGE and len({*wish.sources, wish.target}) < 2:
        raise WishRefused(said("refused.moves.two"))
    if wish.kind is WishKind.SPLIT and wish.target == wish.sources[0]:
        raise WishRefused(said("refused.moves.same"))


def _moving(rows: Rows, wish: Wish) -> Rows:
    from_here = {at: row for at, row in rows.items() if row.administration in wish.sources}
    if wish.kind is not WishKind.SPLIT:
        return {at: row for at, row in from_here.items() if row.administration != wish.target}
    lost = [str(at) for at in wish.accounts if at not in from_here]
    lost += [unit for unit in wish.units if unit not in {row.unit for row in from_here.values()}]
    if lost:
        raise WishRefused(said("refused.moves.lost", name=wish.sources[0], lost=", ".join(lost)))
    return {at: row for at, row in from_here.items() if at in wish.accounts or row.unit in wish.units}


def _mailboxes(
    places: Places, wish: Wish, moving: Sequence[RegisterRow], renamed: tuple[str, str] | None
) -> Sequence[PlaceChange]:
    """Mailboxes go along to a place that has none of its own; those of a renamed administration are there already."""
    taken = {renamed[0]} if renamed else set[str]()
    came = {(row.administration or "", row.unit) for row in moving if row.administration not in taken}
    wanted: dict[Place, Mailbox] = {}
    for administration, unit in sorted(came, key=str):
        if unit:
            wanted.setdefault(Place(wish.target, unit), places.get(Place(administration, unit), NO_MAILBOX))
        if places.get(Place(administration), NO_MAILBOX) != NO_MAILBOX:
            wanted.setdefault(Place(wish.target), places[Place(administration)])
    there = {Place(wish.target, place.unit) for place in places if place.administration in {wish.target, *taken}}
    changes = (PlaceChange(place=place, after=box) for place, box in wanted.items() if box != NO_MAILBOX)
    return [change for change in changes if change.place not in there or _has_none(places, change.place, taken)]


def _handed(
    places: Places, changes: Sequence[RegisterChange], mailboxes: Sequence[PlaceChange], renamed: tuple[str, str] | None
) -> Iterator[Handed]:
    """Whose letters change hands: those of accounts for which nobody nearer than their administration is named."""
    old, new = renamed or ("", "")
    after = {**places, **{Place(new, at.unit): box for at, box in places.items() if at.administration == old}}
    after.update({each.place: each.after for each in mailboxes})
    hands = Counter(
        (places.get(Place(before.administration or ""), NO_MAILBOX).recipient,
         after.get(Place(change.after.administration or ""), NO_MAILBOX).recipient)
        for change in changes
        if (before := change.before) and change.after and not _has_nearer(places, before)
    )  # fmt: skip
    return (Handed(was=was, now=now, accounts=count) for (was, now), count in hands.items() if was and was != now)


def _has_nearer(places: Places, row: RegisterRow) -> bool:
    of_unit = places.get(Place(row.administration or "", row.unit), NO_MAILBOX) if row.unit else NO_MAILBOX
    return bool(row.recipient or of_unit.recipient)


def _has_none(places: Places, place: Place, renamed: set[str]) -> bool:
    names = {place.administration, *renamed}
    return all(places.get(Place(name, place.unit), NO_MAILBOX) == NO_MAILBOX for name in names)
