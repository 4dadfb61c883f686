"""From any pasted text to platform, kind, canonical URL and key.

    raw ─clean─▶ text ─locate─▶ Target ─find─▶ Match ─▶ Address
                    └── nowhere, or not an account ─▶ Address without a key, perhaps with a
                                                      `suggest_key` for a person to accept

Nothing is guessed: what is not one of the platform's own forms has no key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from audits.addresses.cleaning import clean
from audits.addresses.grammar import Grammar
from audits.addresses.locating import Target, Unclear, locate, web
from audits.addresses.matching import Match, find, match_in
from audits.addresses.patterns import Atlas, Book, atlas_of
from audits.model import Address, AddressKind

LONGEST: Final = 4096
"""Letters read of a pasted text. Clients and servers agree on some 2,000 to 8,000; no account's address is longer."""

_KEPT: Final = frozenset((AddressKind.PROFILE, AddressKind.POST, AddressKind.HASHTAG))


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post, as its address names it. The id is the platform's own; many carry the time of the post."""

    platform: str
    id: str
    owner_key: str | None


def identify(raw: str, context: str | None, grammars: tuple[Grammar, ...]) -> Address:
    """What a pasted text points at; never raises.

    `context` is the value of a column that names the network, where there is one; the address beats it when
    they contradict. A text longer than `LONGEST` is not read, and only so much of it is kept.
    """
    atlas = atlas_of(grammars)
    if len(raw) > LONGEST:
        return Address(raw[:LONGEST], None, AddressKind.OTHER, notes=("too-long",))
    text, notes = clean(raw)
    named = atlas.named(context)
    spot = locate(text, named, atlas)
    if isinstance(spot, Unclear):
        return _unclear(raw, spot, notes, _nested_key(text, atlas))
    return _at(raw, replace(_without_final_stop(spot, text, atlas), notes=(*notes, *spot.notes)), text, named, atlas)


def _at(raw: str, target: Target, text: str, named: Book | None, atlas: Atlas) -> Address:
    match = find(target, named, atlas)
    if match is None:
        return _unclear(raw, Unclear("unknown-host"), target.notes, _nested_key(text, atlas) or _like(target, atlas))
    if target.doubtful:
        return _unclear(raw, Unclear("host-or-handle", match.book), target.notes, match.key(match.form.key))
    suggestion = None if match.form.kind is not AddressKind.OTHER else _suggestion(match, target, text, atlas)
    return _address(raw, match, target, suggestion)


def _unclear(raw: str, why: Unclear, notes: tuple[str, ...], suggestion: str | None) -> Address:
    platform = why.book.grammar.platform if why.book else None
    return Address(
        raw, platform, AddressKind.OTHER, suggest_key=suggestion, notes=(*notes, why.note, *_mend_note(suggestion))
    )


def _address(raw: str, match: Match, target: Target, suggestion: str | None) -> Address:
    form = match.form
    return Address(
        raw=raw,
        platform=match.book.grammar.platform,
        kind=form.kind,
        canonical_url=match.url() if form.kind in _KEPT else None,
        key=match.key(form.key) if form.kind is AddressKind.PROFILE else None,
        owner_key=match.key(form.owner),
        suggest_key=suggestion,
        notes=(*target.notes, *match.notes, *_mend_note(suggestion)),
    )


def _mend_note(suggestion: str | None) -> tuple[str, ...]:
    return ("repair-needs-human",) if suggestion else ()


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


def _suggestion(match: Match, target: Target, text: str, atlas: Atlas) -> str | None:
    stated = match.key(match.form.suggest) or _nested_key(text, atlas)
    return stated or (_without_spaces(match.book, target) if match.book.grammar.mends_spaces else None)


def _without_spaces(book: Book, target: Target) -> str | None:
    closed = tuple(segment.replace(" ", "") for segment in target.segments)
    match = match_in(book, target, closed) if closed != target.segments else None
    return match.key(match.form.key) if match else None


def _like(target: Target, atlas: Atlas) -> str | None:
    """The key that the address would have on the platform whose host this one resembles (instagram.fr)."""
    book = atlas.like(target.host)
    match = match_in(book, target, target.segments) if book else None
    return match.key(match.form.key) if match else None


def _nested_key(text: str, atlas: Atlas) -> str | None:
    """The key of a whole address that stands inside a broken one (http://hhttps://…, facebook.com/facebook.com/…)."""
    spots = (web(f"https://{inner}") for inner in _inner_addresses(text, atlas))
    matches = (find(spot, None, atlas) for spot in spots if isinstance(spot, Target))
    return next((match.key(match.form.key) for match in matches if match and match.form.key), None)


def _inner_addresses(text: str, atlas: Atlas) -> Iterator[str]:
    """What follows each known host in the text, the last first; at most two, so that no text takes long."""
    tries = 2
    pieces = text.split("/")
    for index in range(len(pieces) - 2, -1, -1):
        host = pieces[index].lower().replace(":", " ").split(" ")[-1]
        if tries and atlas.place(host) and not (index == 0 and host == pieces[0].lower()):
            tries -= 1
            yield "/".join((host, *pieces[index + 1 :]))


def post_reference(address: Address, grammars: tuple[Grammar, ...]) -> PostRef | None:
    """The post that an address of kind `POST` names; None where the URL holds no id that lasts."""
    if address.kind is not AddressKind.POST or not address.canonical_url or not address.platform:
        return None
    atlas = atlas_of(grammars)
    spot = web(address.canonical_url)
    match = find(spot, None, atlas) if isinstance(spot, Target) else None
    post = match.post() if match else None
    return PostRef(address.platform, post, address.owner_key) if post else None
