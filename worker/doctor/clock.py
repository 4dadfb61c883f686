"""What the doctor says of this machine's clock: what holds letters back, and nothing else."""

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
    """What speaks against the clock: the latest run, or the dates of servers; nothing where neither does.

    Raises `StoreUnavailable`.
    """
    from worker.wiring.clocks import clock_doubt

    if not has_database(settings):
        return []
    with closing(open_store(settings)) as store:
        doubted = clock_doubt(store, utc_now())
    remedy = said("doctor.database.ahead.remedy")
    return [Answer(what="clock", state="wrong", told=doubted, remedy=remedy)] if doubted else []
