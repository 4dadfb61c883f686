"""One field of a machine-made answer ─▶ told, told to be empty, or not told at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import TypeVar

from audits.model import UNSEEN, Facts, PlatformId, Seen, Unseen
from audits.reading.embedded import Json, as_count, as_text, dig
from audits.reading.written_values import plain

T = TypeVar("T")


def read_field(source: dict[str, Json], read: Callable[[Json], T | None], *keys: str) -> Seen[T]:
    """The first of the keys that says something; `None` where they are empty, `UNSEEN` where none is there.

    What is of a kind that cannot be read, as a text in a list, says nothing: neither something nor that it is empty.
    """
    here = [source[key] for key in keys if key in source]
    values = (read(value) for value in here)
    empty = any(not value or isinstance(value, str) for value in here)
    return next((value for value in values if value is not None), None if empty else UNSEEN)


def shown_text(node: dict[str, Json], *paths: str) -> Seen[str]:
    """The first text under one of the paths (dots part the steps); None where all that stand there are empty."""
    found = {path: value for path in paths for value in _at(node, path)}
    return read_field(found, as_text, *paths)


def shown_count(node: dict[str, Json], *paths: str) -> int | Unseen:
    """The first count under one of the paths; nobody states that there is no count."""
    counts = (as_count(dig(node, *_steps(path))) for path in paths)
    return next((count for count in counts if count is not None), UNSEEN)


def shown_flag(node: dict[str, Json], *paths: str) -> bool | Unseen:
    """The first of the paths at which a flag stands; `UNSEEN` where none does."""
    flags = (dig(node, *_steps(path)) for path in paths)
    return next((flag for flag in flags if isinstance(flag, bool)), UNSEEN)


def _at(node: dict[str, Json], path: str) -> tuple[Json, ...]:
    """What stands under the path, if anything does."""
    *way, last = _steps(path)
    holder = dig(node, *way)
    there = last in holder if isinstance(holder, dict) else isinstance(holder, list) and dig(holder, last) is not None
    return (dig(holder, last),) if there else ()


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def as_flag(value: Json) -> bool | None:
    """The value if it is true or false, else None."""
    return value if isinstance(value, bool) else None


def as_plain_text(value: Json) -> str | None:
    """The text of a field that holds markup."""
    return plain(as_text(value))


def without_placeholder(value: Seen[str], placeholders: Iterable[str]) -> Seen[str]:
    """`None` for a picture or text that the platform itself puts where the owner gave none."""
    return None if isinstance(value, str) and any(each in value for each in placeholders) else value


def or_unseen(value: T | None) -> Seen[T]:
    """`UNSEEN` instead of None: this page would not show it in any case."""
    return UNSEEN if value is None else value


def first_told(*values: T | None) -> Seen[T]:
    """The first that is there: a count of nought is."""
    return or_unseen(next((value for value in values if value is not None), None))


def filled(facts: Facts, more: Facts) -> Facts:
    """The facts, with what they leave unseen taken from elsewhere."""
    unseen = (each.name for each in fields(Facts) if getattr(facts, each.name) is UNSEEN)
    return replace(facts, **{name: getattr(more, name) for name in unseen})


def is_number(text: str) -> bool:
    """Whether this can be a number that a platform gives to its accounts: ASCII digits, at most 64 bits of them."""
    return text.isascii() and text.isdigit() and len(text) <= 20


def number_id(namespace: str, value: Json) -> PlatformId | None:
    """An id that is a number, given as one or in digits; None for anything else that stands in its place."""
    digits = str(value) if isinstance(value, int) and not isinstance(value, bool) else as_text(value) or ""
    return PlatformId(namespace, digits) if is_number(digits) and digits.strip("0") else None


def text_id(namespace: str, value: Json) -> PlatformId | None:
    """An id that may be any text; None where it is empty or no text."""
    text = as_text(value)
    return PlatformId(namespace, text) if text else None


def distinct_ids(*found: PlatformId | None) -> tuple[PlatformId, ...]:
    """The ids that were read, each once, in this order."""
    return tuple(dict.fromkeys(each for each in found if each))


def one_asked_for(
    listed: list[dict[str, Json]], number: str | None, name: str | None, id_key: str, *name_keys: str
) -> dict[str, Json] | None:
    """The one that was asked for: by number first, since names change hands. Whoever comes first, if nobody was."""
    if not number and not name:
        return next(iter(listed), None)
    by_id = (each for each in listed if number and str(each.get(id_key)) == number)
    by_name = (each for each in listed if name and str(read_field(each, as_text, *name_keys)).lower() == name.lower())
    return next(by_id, None) or next(by_name, None)


def owner_facts(name: Json, address: Json, handle_in: Callable[[str | None], str | None]) -> Facts:
    """The owner of a single thing, as embeds and pages name them; `handle_in` finds the handle in their address."""
    return Facts(display_name=or_unseen(as_text(name)), handle=or_unseen(handle_in(as_text(address))))


def card_owner(card: dict[str, Json], handle_in: Callable[[str | None], str | None]) -> Facts:
    """The owner of what an oEmbed card is about; `handle_in` finds the handle in their address."""
    return owner_facts(card.get("author_name"), card.get("author_url"), handle_in)
