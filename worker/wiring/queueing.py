"""A word to the workers that a run waits for them; where nobody can hear it, the next tick finds the run by itself.

run ─▶ hint ─▶ Redis ─▶ the worker of re-checks        QueueUnavailable: the run stands in the database all the same

Said once, over a connection of its own, and soon given up: a tick is never further than minutes away, and a connection
that was kept since the last time may have died meanwhile.
"""

from __future__ import annotations

from typing import Final

from audits.wording.reasons import quoted
from audits.wording.said import said
from config.settings import Settings

PATIENCE: Final = 1.0  # seconds for Redis to take a connection, and for each of its answers


class QueueUnavailable(Exception):
    """Nobody could be told of the run. It stays open, and a tick takes it up; the message says so."""


def hint(run_id: int, settings: Settings) -> None:
    """Tell the worker of re-checks of this run. Raises `QueueUnavailable`."""
    from kombu.exceptions import OperationalError

    from worker.app import app
    from worker.tasks import recheck

    # `max_retries` is of the way to a channel, which is otherwise asked for again and again (kombu, Connection)
    soon = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 0}
    with app.connection_for_write(transport_options=soon) as connection:
        try:
            recheck.apply_async((run_id,), connection=connection, retry=False)
        except (OperationalError, *connection.connection_errors) as error:
            where, why = _place_of(settings), _first_line(error)
            raise QueueUnavailable(said("refused.queue", run=run_id, where=where, why=why)) from error


def _first_line(error: Exception) -> str:
    """What Redis said, or the way to it: it may be down, shut or full."""
    return said("reasons.own_words", words=quoted(next(iter(str(error).splitlines()), type(error).__name__)))


def _place_of(settings: Settings) -> str:
    """Host and port, without the password."""
    from urllib.parse import urlsplit

    address = urlsplit(settings.redis_url.get_secret_value() if settings.redis_url else "")
    return address.netloc.rpartition("@")[2]
