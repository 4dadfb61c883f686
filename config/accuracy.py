"""The recorded figures of the readers' accuracy, and what is known of the labels they were measured against.

accuracy.toml ─▶ Figures (by class, over all facts) + Known (labels in doubt, facts that labels leave out)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from audits.accuracy import FACTS, Beyond, Doubt, Figures, Known, Share
from config.files import read_text
from config.toml import bad, parsed
from config.unusable import Unusable

PATH = Path(__file__).parent / "accuracy.toml"


class BadFigures(Unusable):
    """The recorded figures cannot be used; the message names the file, the entry and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The figures that were last recorded, and what was known of the labels."""

    figures: Figures
    known: Known
    measured_over: str = ""  # SHA-256 of the folder's index: over other responses the figures say nothing


def load_accuracy() -> Recorded:
    """Read the recorded figures. Raises `BadFigures` or `BadFile`."""
    return read_accuracy(read_text(PATH), PATH.name)


def read_accuracy(text: str, name: str = "accuracy.toml") -> Recorded:
    """Recorded figures from their TOML text. Raises `BadFigures`."""
    declared = parsed(text, name, BadFigures)
    try:
        over = str(declared.get("measured_over", ""))
        return Recorded(figures=_figures(declared), known=_known(declared), measured_over=over)
    except KeyError as error:
        raise bad(BadFigures, name, "declared.missing", key=error) from error
    except (TypeError, ValueError) as error:
        raise bad(BadFigures, name, "declared.cannot_use", why=error) from error


def _figures(declared: Mapping[str, Any]) -> Figures:
    measured_on = declared["measured_on"]
    if not isinstance(measured_on, date):
        raise TypeError(f"measured_on must be a date such as 2026-11-22, not {measured_on!r}")
    return Figures(
        measured_on=measured_on,
        classes={label: Share(**share) for label, share in declared["classes"].items()},
        facts=Share(**declared["facts"]),
        invented=int(declared["invented"]),
    )


def _known(declared: Mapping[str, Any]) -> Known:
    doubts = [Doubt(**entry) for entry in declared.get("doubt", ())]
    beyond = [_beyond(entry) for entry in declared.get("beyond", ())]
    return Known(doubts={each.file: each for each in doubts}, beyond={each.file: each for each in beyond})


def _beyond(entry: Mapping[str, Any]) -> Beyond:
    unknown = set(entry["facts"]) - set(FACTS)
    if unknown:
        raise ValueError(f"{entry['file']}: unknown {', '.join(sorted(unknown))}; known are {', '.join(FACTS)}")
    return Beyond(file=entry["file"], facts=frozenset(entry["facts"]), why=entry["why"])
