"""The dated marker packs, read and checked.

    config/markers/<platform>.toml ─▶ Pack

Replacing a file replaces a pack; nothing about a pack is written in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any

from audits.model import Existence, Transport
from audits.reading.markers import How, MarkerRule, Pack, Packs, Strength, Where
from config.files import read_text
from config.toml import bad, parsed
from config.unusable import Unusable

FOLDER = Path(__file__).parent / "markers"
_FIELDS = {"id", "means", "where", "how", "values", "verified_on", "strength", "header", "statuses", "text_under",
           "source"}  # fmt: skip
_MEANINGS: Mapping[str, Transport | Existence] = {
    **{each.value: each for each in Transport if each is not Transport.OK},
    **{each.value: each for each in Existence if each is not Existence.UNKNOWN},
}


class BadPack(Unusable):
    """A marker pack that cannot be used; the message names the file, the marker and the remedy."""


def load_packs(today: date, folder: Path = FOLDER, zone: tzinfo = UTC) -> Packs:
    """Every pack of the folder, to be judged on `today`, a day of `zone`. Raises `BadPack`."""
    packs = (read_pack(path.stem, read_text(path)) for path in sorted(folder.glob("*.toml")))
    return Packs(by_platform={pack.platform: pack for pack in packs}, today=today, zone=zone)


@lru_cache(maxsize=256)
def read_pack(name: str, text: str) -> Pack:
    """One pack from its TOML text; a worker asks for the same ones at every slice of a night. Raises `BadPack`."""
    declared = parsed(text, f"{name}.toml", BadPack)
    markers = tuple(_marker(name, entry) for entry in declared.get("marker", ()))
    return Pack(platform=declared.get("platform", name), version=str(declared.get("version", "")), markers=markers)


def _marker(pack: str, entry: Mapping[str, Any]) -> MarkerRule:
    label = f"{pack}.toml, {entry.get('id', '[[marker]]')}"
    unknown = set(entry) - _FIELDS
    if unknown:
        raise bad(BadPack, label, "declared.unknown", name=", ".join(sorted(unknown)), known=", ".join(sorted(_FIELDS)))
    try:
        return MarkerRule(
            id=entry["id"],
            means=_MEANINGS[entry["means"]],
            where=Where(entry["where"]),
            how=How(entry.get("how", "has")),
            values=tuple(str(value) for value in entry["values"]),
            verified_on=_day(entry["verified_on"], label),
            strength=Strength(entry.get("strength", "explicit")),
            header=entry.get("header", "").lower(),
            statuses=tuple(entry.get("statuses", ())),
            text_under=int(entry.get("text_under", 0)),
            source=entry.get("source", ""),
        )
    except KeyError as error:
        raise bad(BadPack, label, "declared.missing_or_unknown", name=error) from error
    except BadPack:
        raise
    except ValueError as error:
        raise bad(BadPack, label, "declared.cannot_use", why=error) from error


def _day(value: object, label: str) -> date:
    if not isinstance(value, date):
        raise bad(BadPack, label, "declared.no_day", key="verified_on", value=value)
    return value
