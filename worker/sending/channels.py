"""A second channel beside mail, through Apprise: chat rooms, telephones, whatever a city reads.

letter ─notify▶ Apprise ─▶ the service that its address names        (an optional part: pip install kanalkoll[notify])
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from worker.ports.telling import Fate, Handover, Letter, Started

CHANNEL: Final = "apprise"
_PLAIN: Final = "text"  # a service that shows markup is to show a stranger's as it is written


class NoApprise(RuntimeError):
    """Addresses of a second channel are set, and the package that knows them is not installed."""


@dataclass(frozen=True, slots=True)
class ApprisePost:
    """https://github.com/caronc/apprise: one address a service. It is asked once, since it says yes or no alone."""

    room: Any = field(repr=False)

    def hand_over(self, letter: Letter, started: Started) -> Handover:
        """Told, or not known to be: a service that failed may have shown it all the same."""
        if not started():
            return Handover(fate=Fate.LATER, answer="other_sender")
        told = self.room.notify(title=letter.subject, body=letter.message.decode(), body_format=_PLAIN)
        return Handover(fate=Fate.SENT) if told else Handover(fate=Fate.UNKNOWN, answer="not_every_service")

    def close(self) -> None:
        """Nothing is kept open."""


def apprise_post(addresses: list[str]) -> ApprisePost:
    """Raises `NoApprise`, or `ValueError` for an address that Apprise does not know."""
    try:
        from apprise import Apprise
    except ImportError as missing:
        raise NoApprise("install kanalkoll[notify]") from missing
    room = Apprise()
    for number, address in enumerate(addresses, 1):
        if not room.add(address):
            raise ValueError(f"number {number} is no address that Apprise knows")
    return ApprisePost(room)
