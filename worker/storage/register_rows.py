"""The part of the store that holds the register: its accounts, its changes, the organisation, and who is told.

method of `ports.RegisterStore` and `RecipientStore` ─▶ Database ─▶ a function of the concern's own module
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from audits.model import Account, Occasion
from worker.storage import correspondence, importing, organisation, places, register, undoing
from worker.storage.engine import OnDatabase

if TYPE_CHECKING:
    from audits.recipients import Mailbox, Mailboxes, Place, PlaceChange
    from audits.register_put_back import Earlier
    from audits.registering import RegisterChange, RegisterRow
    from audits.reorganising import Reorganised, Wish
    from worker.ports.organisation import Planned, Told, Undoable


@dataclass(frozen=True, slots=True)
class RegisterRows(OnDatabase):
    """Every method may raise `StoreUnavailable`."""

    # --- who is registered

    def accounts(
        self, *, administration: str | None = None, platform: str | None = None, ids: Collection[int] | None = None
    ) -> Sequence[Account]:
        return self.db.read(
            lambda conn: register.accounts(conn, administration=administration, platform=platform, ids=ids)
        )

    def each_account(self) -> Iterator[Account]:
        return register.each(self.db)

    def shared_keys(self) -> Mapping[str, Sequence[int]]:
        return self.db.read(register.shared_keys)

    def administrations(self) -> frozenset[str]:
        return self.db.read(register.administrations)

    def may_be_written_to(self) -> frozenset[str]:
        return frozenset(self.db.read(correspondence.released))

    def sites(self) -> frozenset[str]:
        return self.db.read(register.sites)

    # --- changing the register

    def register_rows(self) -> Sequence[tuple[int, RegisterRow]]:
        return self.db.read(importing.rows)

    def last_import(self) -> int:
        return self.db.read(importing.last_import)

    def earlier_changes(self, account_ids: Collection[int], since: datetime) -> Sequence[Earlier]:
        return self.db.read(lambda conn: importing.earlier(conn, account_ids, since))

    def apply_changes(
        self,
        changes: Sequence[RegisterChange],
        occasion: Occasion,
        *,
        source: str,
        mailboxes: Sequence[PlaceChange] = (),
        after_import: int | None = None,
        told: Callable[[int], None] | None = None,
    ) -> int:
        entry = importing.Entry(occasion, source)
        with importing.told_apart():
            return self.db.write(
                lambda conn: importing.apply(
                    conn, changes, entry, mailboxes=mailboxes, after_import=after_import, told=told
                )
            )

    def undo_last_import(
        self, occasion: Occasion, *, number: int | None = None, after_import: int | None = None
    ) -> int | None:
        with importing.told_apart():
            return self.db.write(lambda conn: importing.undo(conn, number, occasion, after_import=after_import))

    def undoable(self, number: int | None = None) -> Undoable | None:
        return self.db.read(lambda conn: undoing.undoable(conn, number))

    def removed_rows(self) -> Sequence[tuple[int, RegisterRow]]:
        return self.db.read(importing.removed_rows)

    def name_administrations(self, short_forms: Mapping[str, str], now: datetime) -> None:
        self.db.write(lambda conn: importing.name_administrations(conn, short_forms, now))

    # --- what becomes of the organisation

    def reorganise(self, reorganised: Reorganised, wish: Wish, occasion: Occasion, *, planned: int | None) -> int:
        return self.db.write(lambda conn: importing.reorganise(conn, reorganised, wish, occasion, planned=planned))

    def plan_reorganisation(self, wish: Wish, occasion: Occasion) -> int:
        return self.db.write(lambda conn: organisation.plan(conn, wish, occasion))

    def planned_reorganisations(self) -> Sequence[Planned]:
        return self.db.read(organisation.waiting)

    def drop_reorganisation(self, id_: int, now: datetime) -> bool:
        return self.db.write(lambda conn: organisation.drop(conn, id_, now))

    def history(self, account_id: int | None = None, limit: int = 200) -> Sequence[Told]:
        return self.db.read(lambda conn: organisation.history(conn, account_id, limit))

    # --- who is told

    def mailboxes_around(self, account_ids: Collection[int] | None = None) -> Mapping[int, Mailboxes]:
        return self.db.read(lambda conn: places.around(conn, account_ids))

    def places(self, *, ended: bool = False) -> Mapping[Place, Mailbox]:
        return self.db.read(lambda conn: places.every(conn, ended=ended))

    def short_forms(self) -> Mapping[str, str]:
        return self.db.read(places.short_forms)
