"""A word to the workers that a run waits for them; where nobody can hear it, the next tick finds the run by itself.

run ─▶ hint ─▶ Redis ─▶ the worker of re-checks        QueueUnavailable: the run stands in the database all the same
"""

from __future__ import annotations

from audits.wording.said import said
from config.settings import Settings


class QueueUnavailable(Exception):
    """Nobody could be told of the run. It stays open, and a tick takes it up; the message says so."""


def hint(run_id: int, settings: Settings) -> None:
    """Tell the worker of re-checks of this run. Raises `QueueUnavailable`."""
    from kombu.exceptions import OperationalError

    from worker.tasks import recheck

    try:
        recheck.delay(run_id)
    except OperationalError as error:
        where = _place_of(settings)
        raise QueueUnavailable(said("refused.queue", run=run_id, where=where)) from error


def _place_of(settings: Settings) -> str:
    """Host and port, without the password."""
    from urllib.parse import urlsplit

    address = urlsplit(settings.redis_url.get_secret_value() if settings.redis_url else "")
    return address.netloc.rpartition("@")[2]
