"""What an interface says where it refuses: the key, the limit or the service is the matter, and never the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from audits.model import Reading, Transport
from audits.reading.embedded import Json

BY_STATUS: Final = {401: Transport.NOT_PERMITTED, 403: Transport.NOT_PERMITTED, 429: Transport.RATE_LIMITED}


def refusal(code: Json, said: str, table: Mapping[int, Transport] = BY_STATUS) -> Reading | None:
    """Why the asking failed, by the interface's own `code`; None where the code is about something else."""
    transport = table.get(code) if isinstance(code, int) else None
    return Reading(transport=transport, reason=said) if transport else None
