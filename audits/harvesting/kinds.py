"""What an address on a page is, from what it means and what the page does with it."""

from __future__ import annotations

from typing import Final

from audits.harvesting.exclusions import Effect, Exclusion
from audits.harvesting.mentions import Mention, Standing, Use
from audits.model import Address, AddressKind, SightingKind

_KINDS: Final = {
    AddressKind.PROFILE: SightingKind.PROFILE,
    AddressKind.POST: SightingKind.POST,
    AddressKind.SHARE: SightingKind.SHARE,
}
_WHY: Final = {
    SightingKind.SHARE: "passes a page on; no account",
    SightingKind.POST: "one post",
    SightingKind.EMBED: "shown or loaded from the platform",
    SightingKind.OTHER: "a page of the platform; no account",
}
_UNKNOWN_BY_NOTE: Final = {
    "short-link": "a short link: where it leads is not known",
    "invite-link": "an invitation to a closed room",
}
TARGET_UNKNOWN: Final = frozenset(_UNKNOWN_BY_NOTE.values())
"""Why an address that is told as `other` may still lead to an account."""


def kind_of(address: Address, mention: Mention, exclusion: Exclusion | None) -> tuple[SightingKind, str]:
    """The kind of one mention, and why it is no account where it is none."""
    kind = _KINDS.get(address.kind, SightingKind.OTHER)
    is_shown = mention.use is Use.SHOWN or mention.standing is Standing.EMBEDDED
    if mention.use in (Use.WIDGET, Use.LOADED) or (kind is SightingKind.POST and is_shown):
        return SightingKind.EMBED, _WHY[SightingKind.EMBED]
    if exclusion and exclusion.effect is Effect.NOT_AN_ACCOUNT:
        return SightingKind.OTHER, f"{exclusion.why} ({exclusion.id})"
    if hidden := next((why for note, why in _UNKNOWN_BY_NOTE.items() if note in address.notes), ""):
        return SightingKind.OTHER, hidden
    return kind, _WHY.get(kind, "")
