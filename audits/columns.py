"""Which column of a register means what.

    header ─recognise▶ Columns(field → positions, wide platform columns, columns left over)

Names are recognised in Swedish, English, French and German; a mapping that a person has stated wins. In a wide
table each platform has a column of its own; in a long one a row is one account.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Meaning(StrEnum):
    ADMINISTRATION = "administration"
    UNIT = "unit"
    NAME = "name"
    PLATFORM = "platform"
    ADDRESS = "address"
    PLATFORM_ID = "platform_id"
    LANGUAGE = "language"
    KIND = "kind"
    PURPOSE = "purpose"
    REGISTERED_ON = "registered_on"
    ENDS_ON = "ends_on"
    SEASON = "season"
    RECIPIENT = "recipient"
    UNIT_RECIPIENT = "unit_recipient"
    UNIT_LANGUAGE = "unit_language"
    ADMINISTRATION_RECIPIENT = "administration_recipient"
    ADMINISTRATION_LANGUAGE = "administration_language"
    REF = "ref"


_NAMES: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.ADMINISTRATION: (
        "forvaltning", "forvaltningen", "ansvarig forvaltning", "namnd", "agare", "department", "agency",
        "administration", "owner", "organisation", "organization", "ministere", "departement", "chambre", "behorde",
        "amt", "category", "kategorie",
    ),
    Meaning.UNIT: ("enhet", "verksamhet", "avdelning", "unit", "school", "division", "section", "einheit"),
    Meaning.NAME: (
        "namn", "kontonamn", "konto", "sidans namn", "account", "account name", "name", "nom", "titel", "title",
    ),
    Meaning.PLATFORM: (
        "plattform", "kanal", "natverk", "tjanst", "platform", "network", "service", "channel", "social network",
        "reseau", "plateforme", "netzwerk",
    ),
    Meaning.ADDRESS: (
        "adress", "lank", "url", "webbadress", "adresser", "lankar", "address", "link", "links", "account url",
        "profile", "handle", "anvandarnamn", "username", "sites web", "sites", "adresse", "lien", "profil",
    ),
    Meaning.PLATFORM_ID: ("plattforms id", "platform id", "kanal id", "channel id", "sidans id", "page id"),
    Meaning.LANGUAGE: ("sprak", "language", "langue", "sprache", "lang"),
    Meaning.KIND: ("typ", "kontotyp", "kind", "type", "slag"),
    Meaning.PURPOSE: ("syfte", "andamal", "purpose", "beskrivning", "description", "malgrupp"),
    Meaning.REGISTERED_ON: (
        "startdatum", "registrerad", "registrerat", "date added", "added", "start date", "created at", "created",
    ),
    Meaning.ENDS_ON: ("slutdatum", "avslutas", "end date", "ends", "date deleted"),
    Meaning.SEASON: ("sasong", "manader", "season", "months"),
    Meaning.RECIPIENT: (
        "mottagare", "e post", "epost", "mejl", "funktionsbrevlada", "recipient", "email", "e mail", "mail",
    ),
    Meaning.UNIT_RECIPIENT: (
        "enhetens mottagare", "enhetens brevlada", "enhetens funktionsbrevlada", "enhetens e post", "unit recipient",
        "unit email",
    ),
    Meaning.UNIT_LANGUAGE: ("enhetens sprak", "unit language"),
    Meaning.ADMINISTRATION_RECIPIENT: (
        "forvaltningens mottagare", "forvaltningens brevlada", "forvaltningens funktionsbrevlada",
        "forvaltningens e post", "administration recipient", "department email", "administration email",
    ),
    Meaning.ADMINISTRATION_LANGUAGE: ("forvaltningens sprak", "administration language"),
    Meaning.REF: ("ref", "nr", "nummer", "id", "reference", "kontonummer"),
}  # fmt: skip
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "none", "null", "saknas", "ingen"})
_MEANING_OF = {name: meaning for meaning, names in _NAMES.items() for name in names}


class BadColumns(ValueError):
    """The table cannot be read as a register; the message names the columns and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Positions count from 0. `wide` maps a platform to the columns that hold its addresses."""

    found: Mapping[Meaning, int] = field(default_factory=dict)
    wide: Mapping[int, str] = field(default_factory=dict)
    left_over: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    def text(self, cells: Sequence[str], meaning: Meaning) -> str:
        """What a row says there; "" where it says nothing, or in a word that there is none."""
        text = self._bare(cells, meaning)
        return "" if says_none(text) else text

    def denies(self, cells: Sequence[str], meaning: Meaning) -> bool:
        """Whether the cell says in a word that there is none: an empty one may be a merged one."""
        text = self._bare(cells, meaning)
        return bool(text) and says_none(text)

    def _bare(self, cells: Sequence[str], meaning: Meaning) -> str:
        at = self.found.get(meaning)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def shown(self) -> dict[str, str]:
        """The mapping in the words of the file: header → meaning."""
        named = {self.header[at]: meaning.value for meaning, at in self.found.items()}
        return {**named, **{self.header[at]: f"address on {platform}" for at, platform in self.wide.items()}}


def recognise(
    header: Sequence[str], platform_of: Callable[[str], str | None], stated: Mapping[str, str] | None = None
) -> Columns:
    """Recognise the columns of a header row.

    `platform_of` tells which platform a word names. `stated` is a person's own mapping, header → meaning.
    Raises `BadColumns` where nothing could hold an address, or a stated column or meaning does not exist.
    """
    found = _stated(header, stated or {})
    wide: dict[int, str] = {}
    for at, title in enumerate(header):
        if at in found.values():
            continue
        platform = platform_of(title)
        meaning = _MEANING_OF.get(folded(title))
        if platform is not None:
            wide[at] = platform
        elif meaning is not None and meaning not in found:
            found[meaning] = at
    if Meaning.ADDRESS in found and not wide.keys() - {found[Meaning.ADDRESS]}:
        wide = {}
    return _checked(Columns(found=found, wide=wide, left_over=_left_over(header, found, wide), header=tuple(header)))


def says_none(text: str) -> bool:
    """Whether a cell is empty, or says in a word that there is nothing."""
    return text.strip().casefold() in _EMPTY


def folded(title: str) -> str:
    """Lower case, without accents, one space for any run of other signs."""
    bare = unicodedata.normalize("NFKD", title.casefold())
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def _stated(header: Sequence[str], stated: Mapping[str, str]) -> dict[Meaning, int]:
    found: dict[Meaning, int] = {}
    for title, meaning in stated.items():
        if title not in header:
            raise BadColumns(f"no column {title!r}; the file has {', '.join(map(repr, header))}")
        try:
            found[Meaning(meaning)] = list(header).index(title)
        except ValueError as error:
            known = ", ".join(each.value for each in Meaning)
            raise BadColumns(f"column {title!r}: unknown meaning {meaning!r}; one of {known}") from error
    return found


def _left_over(header: Sequence[str], found: Mapping[Meaning, int], wide: Mapping[int, str]) -> tuple[str, ...]:
    taken = {*found.values(), *wide}
    return tuple(title for at, title in enumerate(header) if at not in taken and title.strip())


def _checked(columns: Columns) -> Columns:
    if Meaning.ADDRESS not in columns.found and not columns.wide:
        raise BadColumns(
            f"no column holds addresses; found {', '.join(map(repr, columns.header))}. "
            "Name one: --column 'its heading=address'"
        )
    return columns
