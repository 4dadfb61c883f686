"""What the doctor says of this machine's clock, by the dates in servers' answers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from audits.wording.said import said
from worker.doctor.answer import Answer
from worker.wiring import has_database, open_store, utc_now

if TYPE_CHECKING:
    from config.settings import Settings


def clock_answers(settings: Settings) -> Sequence[Answer]:
    """What servers' dates say against the clock; nothing where they do not, or nobody was asked.

    Raises `StoreUnavailable`.
    """
    from worker.wiring.clocks import clock_doubt

    if not has_database(settings):
        return []
    with closing(open_store(settings)) as store:
        doubted = clock_doubt(store, utc_now(), of_servers=True)
    remedy = said("doctor.database.ahead.remedy")
    return [Answer(what="clock", state="wrong", told=doubted, remedy=remedy)] if doubted else []
