"""The part of the store that reports and letters read beside a night's own.

method of `ports.ReportStore` ─▶ Database.read ─▶ a function of the concern's own module, given a connection
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from audits.model import Account, Closing, Finding, Observation, RegisteredId, Sighted
from worker.ports import NightSeen
from worker.storage import circumstances, histories, last_shown, nights, register, sightings
from worker.storage.engine import OnDatabase

if TYPE_CHECKING:
    from audits.digest import CaseKey
    from audits.history import History


@dataclass(frozen=True, slots=True)
class ReportRows(OnDatabase):
    """Every method may raise `StoreUnavailable`."""

    def last_known(self, accounts: Sequence[Account]) -> Mapping[int, Observation]:
        from worker.storage import believing

        return self.db.read(lambda conn: believing.last_known(conn, accounts))

    def last_shown(self, account_ids: Collection[int]) -> Mapping[int, Mapping[tuple[str, str], Finding]]:
        return self.db.read(lambda conn: last_shown.of(conn, account_ids)) if account_ids else {}

    def registered_ids(self, account_ids: Collection[int]) -> Mapping[int, Sequence[RegisteredId]]:
        return self.db.read(lambda conn: register.registered_ids(conn, account_ids)) if account_ids else {}

    def closings_of(self, account_ids: Collection[int]) -> Mapping[int, Closing]:
        return self.db.read(lambda conn: circumstances.closings(conn, account_ids)) if account_ids else {}

    def histories(self, account_ids: Collection[int], since: datetime) -> Mapping[int, History]:
        return self.db.read(lambda conn: histories.of(conn, account_ids, since))

    def first_told(self) -> Mapping[CaseKey, datetime]:
        from worker.storage import told_before

        return self.db.read(told_before.first_told)

    def site_sightings(self, keys: Collection[str]) -> Sequence[Sighted]:
        return self.db.read(lambda conn: sightings.of_site(conn, keys))

    def nights(self, since: datetime, most: int) -> Sequence[NightSeen]:
        return self.db.read(lambda conn: nights.since(conn, since, most))
