"""What a platform's addresses look like, as data.

    Grammar ── names ───▶ the words people write for it ("fb", "insta")
            ── hosts ───▶ Host: which hosts are its own, and what an alias host stands for; `ALIASES` in all
            ── forms ───▶ Form: which path means what
            ── fields ──▶ Field: which letters a part may hold, and when two spellings are one; `STANDING` in all
            ── reserved ▶ first words of a path that are never a handle, by reason

A form's path is a template: `{name}` a field, `a|b` either word, a last `/*` any further segments (noted
as "subpage"), a last `/**` the same without the note, `?v={post}` a query parameter that must be there.
Words are compared without case, fields with it. Forms that open with a word come before forms that open
with a field, whatever their order in the table; and a word that opens any form is never a handle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

from audits.model import AddressKind

Fold = Callable[[str], str | None]

LETTERS: Final = r"[A-Za-z0-9_.\-]|[^\x00-\xa0\s\ufffd]"
"""Handles in any script: ASCII letters, digits, `_ - .`, and everything visible beyond ASCII."""


def keep(text: str) -> str:
    """The name as it stands: letter case tells accounts apart."""
    return text


def lower(text: str) -> str:
    """The name in small letters, in Unicode's composed form (NFC)."""
    return text.lower() if text.isascii() else normalize("NFC", text.lower())


def trimmed(text: str) -> str:
    """In lower case, and without full stops at either end."""
    return lower(text).strip(".")


def without_stops(text: str) -> str:
    """The name without full stops, which tell no accounts apart."""
    return text.replace(".", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One part of an address. `fold` is applied everywhere (None: not such a field), `squash` in keys only."""

    pattern: str
    fold: Fold = keep
    squash: Callable[[str], str] = keep


STANDING: Final[Mapping[str, Field]] = MappingProxyType({"target": Field(r".+"), "tag": Field(r"[^/\s]+")})
"""The fields that every grammar has: an address within another, and the word of a hashtag."""


@dataclass(frozen=True, slots=True)
class Form:
    """One meaning of a path. `key`, `url`, `owner`, `author`, `suggest` and `post` are templates over its fields.

    `author` opens with the name of who posted and "_", where the path tells no more of the owner.
    `follow` names the field that holds another address: the form stands for that one.
    `bare` is the note for the same form when it came as a bare handle. Beside its own fields a template may use
    `{host}`, `{scheme}` and `{query}` (without what only follows a visitor about).
    """

    path: str
    kind: AddressKind = AddressKind.PROFILE
    key: str = ""
    url: str = ""
    owner: str = ""
    author: str = ""
    suggest: str = ""
    post: str = ""
    follow: str = ""
    notes: tuple[str, ...] = ()
    bare: str = "handle"


ALIASES: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "short:": Form("/short:/**", AddressKind.SHARE, notes=("short-link",)),
        "service:": Form("/service:/**", AddressKind.OTHER, notes=("service-host",)),
    }
)
"""What these paths of alias hosts mean in every grammar: an address made short, and a host without accounts."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host of the platform; a leading `www.` is always taken off first.

    `subs` lists labels before it, parted by spaces: plain ones, `{cc}` (two letters), `{locale}` (`sv-se`) or `*`.
    `path` is what the host stands for, put before the path (`{sub}` is the label); where no form reads that,
    the path is read as on the main host.
    """

    name: str
    subs: str = ""
    path: str = ""
    notes: tuple[str, ...] = ()


class Strangers(StrEnum):
    """What a grammar may say of hosts that no grammar names."""

    NOTHING = "nothing"
    BY_FORM = "by_form"  # they are the platform's where one of its forms fits
    BY_NAME = "by_name"  # they are the platform's where the column says so


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grammar:
    """The address grammar of one platform. The first host is the main one. Compared by identity.

    `platform` is None for hosts that only point elsewhere. `schemes` maps a URI scheme (`at`) to the path
    it stands for. `final_stop` says that handles may end in a full stop; `dotted` that handles look like
    hosts; `mends_spaces` that a space inside a slug is a slip, whose mending may be suggested.
    """

    platform: str | None
    forms: tuple[Form, ...]
    hosts: tuple[Host, ...] = ()
    names: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    reserved: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, str] = field(default_factory=dict)
    strangers: Strangers = Strangers.NOTHING
    final_stop: bool = False
    dotted: bool = False
    mends_spaces: bool = False


WEB_FIELDS: Final[Mapping[str, Field]] = MappingProxyType(
    {
        "path": Field(r"[^\x00-\x1f\x7f\ufffd]*", lambda path: path.rstrip("/. ")),
        "host": Field(r".+", squash=lambda host: host.removeprefix("www.")),
    }
)
"""The fields of grammars that read any web address: `www.` makes no other site."""
