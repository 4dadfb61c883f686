"""The steps of profile pictures, wired to a deployment's database, network and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.depicting import depict
from worker.ports.pictures import KeptPicture
from worker.steps import pictures
from worker.storage.pictures import SqlPictures
from worker.wiring import Deployment


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a command, a task or a page calls; each method raises what its step raises."""

    deployment: Deployment

    def look(self, seconds: float) -> int:
        """Look for at most `seconds` at pictures that nobody has looked at; how many were kept."""
        own = self.deployment
        desk = pictures.Desk(own.store, self._kept(), own.asker, depict, own.clock)
        return pictures.look_at_pictures(desk, seconds)

    def every(self) -> Sequence[KeptPicture]:
        return self._kept().kept_pictures()

    def approve(self, account_id: int, *, sub_brand: str, by: str) -> KeptPicture:
        return pictures.approve(self._kept(), account_id, sub_brand=sub_brand, by=by, now=self.deployment.clock())

    def withdraw(self, account_id: int, by: str) -> None:
        pictures.withdraw(self._kept(), account_id, self.deployment.clock(), by)

    def _kept(self) -> SqlPictures:
        return SqlPictures(self.deployment.store.db)
