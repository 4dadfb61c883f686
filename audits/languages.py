"""The languages in which people are told things: a new one is named here, with how its days and clocks are written.

Language ─▶ LANGUAGES: the first answers for a language that is not there
NEIGHBOURS ─▶ in which lists are read besides
CALLED   ─▶ what people write for each, in a register or at a prompt
LOCALES  ─▶ whose days and months are written; CLOCKS and MOMENTS ─▶ in which pattern, all of them CLDR's
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

Language: TypeAlias = Literal["sv", "en"]
LANGUAGES: Final[tuple[str, ...]] = get_args(Language)
NEIGHBOURS: Final = ("nb", "da", "fi", "de")  # a list may come from across the border
CALLED: Final[Mapping[str, str]] = {
    "sv": "sv", "svenska": "sv", "swedish": "sv", "en": "en", "engelska": "en", "english": "en",
}  # fmt: skip
LOCALES: Final[Mapping[str, str]] = {"sv": "sv_SE", "en": "en_GB"}
CLOCKS: Final[Mapping[str, str]] = {"sv": "HH.mm", "en": "HH:mm"}
MOMENTS: Final[Mapping[str, str]] = {"sv": "d MMMM y 'kl.' HH.mm", "en": "d MMMM y, HH:mm"}
