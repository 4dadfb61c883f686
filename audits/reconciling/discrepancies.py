"""What the sources disagree about, each with the pages to mend and who acts.

The codes are those of the drift taxonomy (LI registry and lists, ID identity). A discrepancy is told of a channel or
of an account, never of a person, and always with the places where it can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from audits.model import Severity


class Disagreement(StrEnum):
    """What is the matter, in the order in which it is told."""

    ANOTHERS_STILL_LINKED = "anothers_still_linked"
    GONE_STILL_LINKED = "gone_still_linked"
    LINKED_NOT_REGISTERED = "linked_not_registered"
    LISTED_NOT_REGISTERED = "listed_not_registered"
    REGISTERED_NOT_LISTED = "registered_not_listed"
    CLOSED_STILL_LISTED = "closed_still_listed"
    OLD_ADDRESS = "old_address"
    TWO_ADDRESSES = "two_addresses"
    LISTED_OTHERWISE = "listed_otherwise"
    NOT_OURS_LISTED = "not_ours_listed"
    NOT_LINKED = "not_linked"
    LINKS_NOT_BACK = "links_not_back"
    WIKIDATA_OTHERWISE = "wikidata_otherwise"


CODES: Final[Mapping[Disagreement, tuple[str, Severity]]] = {
    Disagreement.ANOTHERS_STILL_LINKED: ("ID-3", Severity.CRITICAL),
    Disagreement.GONE_STILL_LINKED: ("ID-6", Severity.HIGH),
    Disagreement.LINKED_NOT_REGISTERED: ("LI-1", Severity.MEDIUM),
    Disagreement.LISTED_NOT_REGISTERED: ("LI-3", Severity.MEDIUM),
    Disagreement.REGISTERED_NOT_LISTED: ("LI-2", Severity.MEDIUM),
    Disagreement.CLOSED_STILL_LISTED: ("LI-5", Severity.MEDIUM),
    Disagreement.OLD_ADDRESS: ("LI-4", Severity.MEDIUM),
    Disagreement.TWO_ADDRESSES: ("LI-7", Severity.LOW),
    Disagreement.LISTED_OTHERWISE: ("LI-6", Severity.LOW),
    Disagreement.NOT_OURS_LISTED: ("LI-8", Severity.LOW),
    Disagreement.NOT_LINKED: ("LI-10", Severity.MEDIUM),
    Disagreement.LINKS_NOT_BACK: ("LI-10", Severity.MEDIUM),
    Disagreement.WIKIDATA_OTHERWISE: ("LI-9", Severity.LOW),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One disagreement. `pages` are where it can be seen and mended; `says` and `should` what stands and what would be
    right, where that can be told; `is_likely` is False where it is no more than a question whether the channel is ours.
    """

    what: Disagreement
    key: str
    url: str
    platform: str
    name: str = ""
    account_id: int | None = None
    administration: str | None = None
    pages: tuple[str, ...] = ()
    says: str = ""
    should: str = ""
    is_likely: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return CODES[self.what][0]

    @property
    def severity(self) -> Severity:
        return CODES[self.what][1]
