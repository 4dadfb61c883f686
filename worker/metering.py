"""The uses of keys, counted in the database, so that a quota holds for all processes together.

take(use) ─▶ None: go │ Stop: the ceiling of this day or month is reached, a calm no
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from audits.model import Transport
from config.keys import KeyUse
from worker.pacing import Stop
from worker.ports import KeyStore, StoreUnavailable

_UNCOUNTABLE = Stop(Transport.UNREACHABLE, "key_counter", own=True)


@dataclass(frozen=True, slots=True)
class StoreMeter:
    """`Meter` on the database. Where it does not answer no key is used: a count that nobody keeps is none."""

    store: KeyStore

    async def take(self, use: KeyUse) -> Stop | None:
        try:
            passed = await asyncio.to_thread(self.store.take_key_use, use)
        except StoreUnavailable:
            return _UNCOUNTABLE
        return Stop(Transport.NOT_PERMITTED, use.reached(passed), own=True) if passed else None

    async def give_back(self, use: KeyUse) -> None:
        """What cannot be given back stays counted: then a ceiling is reached too early, never too late."""
        try:
            await asyncio.to_thread(self.store.give_back_key_use, use)
        except StoreUnavailable:
            return
