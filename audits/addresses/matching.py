"""Which form of which platform a target has.

Target ─place─▶ Book ─shapes─▶ Match ──(a link shim)──▶ the Match of what it points at
   └── a host that nobody claims ─▶ the fediverse's forms, or the kind that the column names
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from audits.addresses.cleaning import clean
from audits.addresses.grammar import Form, Strangers
from audits.addresses.hosts import is_host_name
from audits.addresses.locating import locate
from audits.addresses.patterns import Atlas, Book, Place, Values
from audits.addresses.splitting import Target
from audits.model import AddressKind

_HOPS: Final = 3
# Parameters that only say how somebody came here.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|mc_[ce]id|mibextid|ref_src|_gl", re.IGNORECASE)
_SAFE = re.compile(r"[A-Za-z0-9_.~@:/+\-]*")
_UNREAD: Final = Form("", AddressKind.OTHER)


@dataclass(frozen=True, slots=True)
class Match:
    """A form that fits, with its fields."""

    book: Book
    form: Form
    values: Values
    notes: tuple[str, ...] = ()

    def key(self, template: str) -> str | None:
        """The key that a template of the form makes: without what two spellings of one name may differ in."""
        if not template:
            return None
        squashed = {name: field.squash(self.values[name]) for name, field in self.book.squashes if name in self.values}
        return f"{self.book.grammar.platform}:{template.format_map(self.values | squashed)}"

    def url(self) -> str | None:
        if not self.form.url:
            return None
        quoted = {
            name: value if _SAFE.fullmatch(value) else _quoted(name, value) for name, value in self.values.items()
        }
        return self.form.url.format_map(quoted)

    def post(self) -> str | None:
        """The post's own id, where the address names one that does not change."""
        return self.form.post.format_map(self.values) if self.form.post else self.values.get("post")


def _quoted(name: str, value: str) -> str:
    return value if name == "query" else quote(value, safe="@:/+")


def find(target: Target, named: Book | None, atlas: Atlas, hops: int = 0) -> Match | None:
    """The form that a target has; None for a host that no platform claims."""
    place = atlas.place(target.host) if target.host else None
    match = _at_place(target, place, atlas) if place else _elsewhere(target, named, atlas)
    return _followed(match, atlas, hops) if match and match.form.follow else match


def _at_place(target: Target, place: Place, atlas: Atlas) -> Match:
    notes = (*place.host.notes, *_sub_note(place))
    if _is_nested(target.segments, atlas):
        return Match(place.book, _UNREAD, {}, (*notes, "nested-address"))
    alias = place.host.path.replace("{sub}", place.sub)
    prefixed = match_in(place.book, target, (*alias.split("/"), *target.segments), notes) if alias else None
    return prefixed or match_in(place.book, target, target.segments, notes) or unread(place.book, target, notes)


def _sub_note(place: Place) -> tuple[str, ...]:
    return (f"subdomain:{place.sub}",) if place.sub and "{sub}" not in place.host.path else ()


def _is_nested(segments: Sequence[str], atlas: Atlas) -> bool:
    return bool(segments) and "." in segments[0] and atlas.place(segments[0].lower()) is not None


def _elsewhere(target: Target, named: Book | None, atlas: Atlas) -> Match | None:
    if target.book:
        return _at_home(target, target.book)
    if not is_host_name(target.host):
        return None
    if named and named.grammar.strangers is Strangers.BY_NAME:
        return match_in(named, target, target.segments)
    matches = (match_in(book, target, target.segments) for book in atlas.strangers)
    return next((match for match in matches if match and match.form.kind is not AddressKind.OTHER), None)


def _at_home(target: Target, book: Book) -> Match:
    """A bare handle, on the platform's main host; a platform without one has no handles."""
    match = match_in(book, target, target.segments) if book.grammar.hosts else None
    return match or unread(book, target)


def match_in(book: Book, target: Target, segments: Sequence[str], notes: tuple[str, ...] = ()) -> Match | None:
    """The first of a book's forms that these segments have; None where none fits."""
    path, query = "".join(f"/{segment}" for segment in segments), target.parameters
    for shape in book.shapes(segments[0] if segments else ""):
        read = shape.read(path, query) if target.host or not shape.needs_host else None
        if read:
            values, rest = read
            values |= _own_values(target, shape.form)
            return Match(book, shape.form, values, (*notes, *_form_notes(shape.form, rest, target)))
    return None


def _own_values(target: Target, form: Form) -> Values:
    """What a template may use beside the form's own fields."""
    query = _identity_query(target.query) if "{query}" in form.url else ""
    return {"host": target.host, "scheme": target.scheme, "query": query}


def _identity_query(query: str) -> str:
    pairs = [(name, value) for name, value in parse_qsl(query, errors="replace") if not _TRACKING.fullmatch(name)]
    return f"?{urlencode(pairs)}" if pairs else ""


def _form_notes(form: Form, rest: bool, target: Target) -> tuple[str, ...]:
    tail = ("subpage",) if rest else ()
    if target.bare:
        return (form.bare, *tail)
    return (*(note.replace("{host}", target.host) for note in form.notes), *tail)


def unread(book: Book, target: Target, notes: tuple[str, ...] = ()) -> Match:
    """An address on a platform's host, or under its name, that has none of its forms."""
    return Match(book, _UNREAD, {}, (*notes, _why_unread(target.segments)))


def _why_unread(segments: Sequence[str]) -> str:
    if not segments:
        return "no-account"
    is_handle_like = segments[0].isascii() and not re.search(r"[\s\-]", segments[0])
    return "not-a-handle" if is_handle_like else "display-name-not-handle"


def _followed(match: Match, atlas: Atlas, hops: int) -> Match | None:
    """What a link shim points at, with the shim's notes before its own."""
    text = clean(match.values[match.form.follow])[0]
    if text.startswith("/") and not text.startswith("//"):
        text = f"https://{match.book.grammar.hosts[0].name}{text}"
    spot = locate(text, None, atlas) if hops < _HOPS else None
    if not isinstance(spot, Target):
        return Match(match.book, _UNREAD, {}, match.notes)
    inner = find(spot, None, atlas, hops + 1)
    return replace(inner, notes=(*match.notes, *inner.notes)) if inner else None
