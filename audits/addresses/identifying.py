"""From any pasted text to platform, kind, canonical URL and key.

    raw ─clean─▶ text ─locate─▶ Target ─find─▶ Match ─▶ Address
                    └── nowhere, or not an account ─▶ Address without a key, perhaps with a
                                                      `suggest_key` for a person to accept

Nothing is guessed: what is not one of the platform's own forms has no key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from audits.addresses.cleaning import clean
from audits.addresses.grammar import Grammar
from audits.addresses.locating import SEVERAL, locate
from audits.addresses.matching import Match, find
from audits.addresses.mending import like, nested_key, suggestion
from audits.addresses.patterns import Atlas, Book, atlas_of
from audits.addresses.splitting import Target, Unclear
from audits.model import Address, AddressKind

LONGEST: Final = 4096
"""Letters read of a pasted text. Clients and servers agree on some 2,000 to 8,000; no account's address is longer."""

_KEPT: Final = frozenset((AddressKind.PROFILE, AddressKind.POST, AddressKind.HASHTAG))


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text as it came, what was left after cleaning, with the notes of that, and what its column names."""

    raw: str
    text: str
    notes: tuple[str, ...]
    named: Book | None


def identify(raw: str, context: str | None, grammars: tuple[Grammar, ...]) -> Address:
    """What a pasted text points at; never raises.

    `context` is the value of a column that names the network, where there is one; the address beats it when
    they contradict. A text longer than `LONGEST` is not read, and only so much of it is kept.
    """
    if len(raw) > LONGEST:
        return Address(raw[:LONGEST], None, AddressKind.OTHER, notes=("too-long",))
    atlas = atlas_of(grammars)
    text, notes = clean(raw)
    pasted = Pasted(raw, text, notes, atlas.named(context))
    spot = locate(text, pasted.named, atlas)
    if isinstance(spot, Unclear):
        return _unclear(pasted, spot, None if spot.note == SEVERAL else nested_key(text, atlas))
    return _at(pasted, _without_final_stop(spot, text, atlas), atlas)


def _at(pasted: Pasted, target: Target, atlas: Atlas) -> Address:
    match = find(target, pasted.named, atlas)
    if match is None:
        meant = nested_key(pasted.text, atlas) or like(target, atlas)
        return _unclear(pasted, Unclear("unknown-host"), meant, target.notes)
    if target.doubtful:
        return _unclear(pasted, Unclear("host-or-handle", match.book), match.key(match.form.key), target.notes)
    is_unread = match.form.kind is AddressKind.OTHER
    return _address(pasted, match, target, suggestion(match, target, pasted.text, atlas) if is_unread else None)


def _unclear(pasted: Pasted, why: Unclear, meant: str | None, notes: tuple[str, ...] = ()) -> Address:
    return Address(
        raw=pasted.raw,
        platform=why.book.grammar.platform if why.book else None,
        kind=AddressKind.OTHER,
        suggest_key=meant,
        notes=(*pasted.notes, *notes, why.note, *_mend_note(meant)),
    )


def _address(pasted: Pasted, match: Match, target: Target, meant: str | None) -> Address:
    form = match.form
    return Address(
        raw=pasted.raw,
        platform=match.book.grammar.platform,
        kind=form.kind,
        canonical_url=match.url() if form.kind in _KEPT else None,
        key=match.key(form.key) if form.kind is AddressKind.PROFILE else None,
        owner_key=match.key(form.owner),
        suggest_key=meant,
        notes=(*pasted.notes, *target.notes, *match.notes, *_mend_note(meant)),
    )


def _mend_note(meant: str | None) -> tuple[str, ...]:
    return ("repair-needs-human",) if meant else ()


def _without_final_stop(target: Target, text: str, atlas: Atlas) -> Target:
    """The target without the full stop of a sentence, unless the platform's names may end in one."""
    if not text.endswith(".") or not target.segments or target.query:
        return target
    place = atlas.place(target.host) if target.host else None
    book = place.book if place else target.book
    if book and book.grammar.final_stop:
        return target
    kept = (*target.segments[:-1], target.segments[-1].rstrip("."))
    return replace(target, segments=tuple(segment for segment in kept if segment))
