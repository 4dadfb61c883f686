"""What a broken address may have meant: a key for a person to accept, never for a program to use.

facebook.com/https://www.facebook.com/name ─▶ the address inside
instagram.fr/name                          ─▶ the platform whose host it resembles
linkedin.com/company/na me                 ─▶ the slug without the space
"""

from __future__ import annotations

from collections.abc import Iterator

from audits.addresses.matching import Match, find, match_in
from audits.addresses.patterns import Atlas, Book
from audits.addresses.splitting import Target, web


def suggestion(match: Match, target: Target, text: str, atlas: Atlas) -> str | None:
    """A key for something on a platform's host that names no account."""
    stated = match.key(match.form.suggest) or nested_key(text, atlas)
    return stated or (_without_spaces(match.book, target) if match.book.grammar.mends_spaces else None)


def _without_spaces(book: Book, target: Target) -> str | None:
    closed = tuple(segment.replace(" ", "") for segment in target.segments)
    match = match_in(book, target, closed) if closed != target.segments else None
    return match.key(match.form.key) if match else None


def like(target: Target, atlas: Atlas) -> str | None:
    """The key that the address would have on the platform whose host this one resembles (instagram.fr)."""
    book = atlas.like(target.host)
    match = match_in(book, target, target.segments) if book else None
    return match.key(match.form.key) if match else None


def nested_key(text: str, atlas: Atlas) -> str | None:
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
