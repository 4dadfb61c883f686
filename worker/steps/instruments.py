"""What an audit looks, judges and tells with, and how much it keeps in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from audits.controls import Control
from audits.model import Account, Visit
from audits.platform import Platforms, keyless
from audits.reading.markers import Packs
from audits.wording import Terms
from config.rules import Rulebook

MOST_ACCOUNTS = 200  # of one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """What an audit looks and judges with."""

    platforms: Platforms
    packs: Packs
    rulebook: Rulebook
    zone: tzinfo  # whose days count
    keys: frozenset[str] = frozenset()  # names of the credentials this deployment holds
    visit: Callable[[Account, Instruments, datetime], Visit] | None = None  # another way to visit: a recording's
    order: Callable[[Sequence[Account]], Sequence[Account]] = tuple  # in which the accounts of a slice are asked for
    controls: Sequence[Control] = ()  # looked at before anything on their platforms is believed

    def terms(self, language: str, note: str = "") -> Terms:
        """The words in which this city's report, letters and list are written; `note` stands above everything."""
        return Terms(
            language=language,
            city=next(iter(self.rulebook.city.names), ""),
            note=note,
            labels={name: platform.called(language) for name, platform in self.platforms.items()},
            titles=self.rulebook.titles(language),
            keyless=keyless(self.platforms),
        )
