"""How much one visit may cost, in seconds, bytes and hops; and who asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from worker.fetching.outcomes import Failure, NoPage

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds are of network time: waiting for one's turn is not counted."""

    total_seconds: float = 20
    connect_seconds: float = 5
    read_seconds: float = 10
    wire_bytes: int = 2_000_000
    inflated_bytes: int = 3_000_000
    headers: int = 200
    header_chars: int = 8_000  # of one header, longer than any address that is followed; h11 allows 100 KiB in all
    hops: int = 5

    @property
    def timeouts(self) -> dict[str, float]:
        """As httpx hands them to a transport."""
        return {
            "connect": self.connect_seconds,
            "read": self.read_seconds,
            "write": self.read_seconds,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who asks, told in every request. `contact` is the address of a page that says who, why and how to object."""

    contact: str
    product: str = "Kanalkoll"  # what a robots.txt may call us by
    version: str = "0.1"
    purpose: str = "nightly look at a public body's own accounts"

    def check(self) -> None:
        """Raises `NoPage` where nobody could be asked about these visits."""
        if not self.contact.lower().startswith(("https://", "http://")) or not self.contact.isascii():
            raise NoPage(Failure.NO_CONTACT)

    @property
    def line(self) -> str:
        """The User-Agent header."""
        return f"{self.product}/{self.version} (+{self.contact}; {self.purpose})"


@dataclass(slots=True)
class Budget:
    """The network time that one visit has left, over all its hops."""

    seconds: float

    async def spend_on(self, work: Awaitable[T]) -> T:
        """What comes of the work, in the time that is left of the budget; raises `NoPage` (`deadline`) when none is."""
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(self.seconds):
                return await work
        except TimeoutError as late:
            raise NoPage(Failure.DEADLINE) from late
        finally:
            self.seconds -= now() - began
