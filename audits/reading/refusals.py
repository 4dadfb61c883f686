"""What an interface says where it refuses: the key, the limit or the service is the matter, and never the account.

"Invalid key" ─own_words▶ they_said: "Invalid key", as `audits.wording.reasons` tells another's own words
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Final

from audits.model import Reading, Transport
from audits.reading.embedded import Json

Codes = Mapping[Transport, Container[int | str]]
_LONGEST: Final = 300  # of another's own words
BY_STATUS: Final[Codes] = {Transport.NOT_PERMITTED: (401, 403), Transport.RATE_LIMITED: (429,)}


def refusal(code: Json, said: str, table: Codes = BY_STATUS) -> Reading | None:
    """Why the asking failed, by the interface's own `code`, a number or a word; None where it is of another thing."""
    meant = (transport for transport, codes in table.items() if isinstance(code, int | str) and code in codes)
    return next((Reading(transport=transport, reason=own_words(said)) for transport in meant), None)


def own_words(said: str) -> str:
    """The reason that an interface gave in its own words, or that it gave none."""
    return f'they_said: "{said[:_LONGEST]}"' if said else "unexplained"
