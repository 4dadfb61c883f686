"""The controls of a run: looked at once, before anything on their platform is believed.

    lanes ─read(platforms)▶ controls not yet looked at in this run ─▶ kept with the run ─▶ trust

Lanes of one platform wait for each other here; should two processes look at the same controls at once, the first to
write has looked.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from audits import controls
from audits.controls import UNCONTROLLED, Control, ControlReading, Side, Trust
from audits.model import Observation, Page, Visit
from audits.platform import Platforms
from audits.reading.markers import Packs
from audits.visiting import Play
from worker.ports import Asker, Clock, ControlStore


@dataclass(slots=True, kw_only=True)
class Controlling:
    """One run's controls, as far as this worker needs them."""

    store: ControlStore
    run_id: int
    declared: Sequence[Control]
    platforms: Platforms
    packs: Packs
    keys: frozenset[str]
    clock: Clock
    trust: Trust = UNCONTROLLED
    _one_at_a_time: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def read(self, asker: Asker, platforms: Collection[str]) -> None:
        """Look at what has not been looked at in this run of these platforms' controls; `trust` then knows of it."""
        for platform in sorted(platforms):
            own = [control for control in self.declared if control.platform == platform]
            async with self._one_at_a_time[platform]:
                await self._read(asker, own)

    async def _read(self, asker: Asker, own: Sequence[Control]) -> None:
        known = {reading.pair for reading in self.store.control_readings(self.run_id)} if own else set()
        for control in own:
            if control.pair not in known:
                self.store.save_control_readings(self.run_id, await self._look(asker, control))
        if own:
            self.trust = controls.trust_in(self.store.control_readings(self.run_id))

    async def _look(self, asker: Asker, control: Control) -> list[ControlReading]:
        platform = self.platforms[control.platform]
        visits = controls.visits(control, platform, self.packs, self.keys, self.clock())
        seen = await played(visits, asker)
        return [controls.read(control, side, observation) for side, observation in seen.items()]


async def played(visits: Mapping[Side, Visit], asker: Asker) -> Mapping[Side, Observation]:
    """Both visits played to their end, one request after another."""
    stage = Play(visits)
    seen = dict(stage.observations())
    while not stage.over:
        for question in stage.questions():
            page = await asker.fetch(question.probe)
            stage.answer(question, page)
            seen.update(await _heeded(asker, page, stage.observations()))
    return seen


async def _heeded(
    asker: Asker, page: Page, observations: Sequence[tuple[Side, Observation]]
) -> Sequence[tuple[Side, Observation]]:
    for _, seen in observations:
        await asker.heed(page, seen.transport, seen.reason)
    return observations
