"""The Celery application: messages are hints, the database is the truth.

    beat ─tick (every 5 minutes)─▶ nightly queue ─▶ work(run) ─▶ work(run) …
    an officer's re-check ───▶ recheck queue, with a worker process of its own

Settings: a killed child's message comes back (`acks_late`, `reject_on_worker_lost`), nothing waits in the broker
longer than the visibility timeout, no results are kept and only JSON is accepted. The visibility timeout is three
times the hard time limit, so that no living task is handed out twice.
"""

from __future__ import annotations

from datetime import datetime

from celery import Celery
from celery.schedules import schedstate, schedule
from celery.signals import after_setup_logger, after_setup_task_logger

from config.settings import Settings
from config.stated import load_settings
from worker.logs import make_plain, speak_plainly

SOFT_LIMIT, HARD_LIMIT, VISIBILITY = 240, 300, 900


class Ticks(schedule):  # type: ignore[misc]  # Celery ships no types
    """Every so many seconds, and at once where the last tick lies ahead: the clock was put back, by a day perhaps."""

    def is_due(self, last_run_at: datetime) -> schedstate:
        """Whether to tick now, and the seconds until that is to be asked again."""
        if self.maybe_make_aware(last_run_at) > self.now():
            return schedstate(is_due=True, next=self.seconds)
        return super().is_due(last_run_at)


def make_app(settings: Settings) -> Celery:
    """The application for one deployment; with no Redis configured it cannot be sent anything."""
    broker = settings.redis_url.get_secret_value() if settings.redis_url else "memory://"
    app = Celery("kanalkoll", broker=broker, include=["worker.tasks"])
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        result_backend=None,
        task_serializer="json",
        accept_content=["json"],
        task_default_queue="nightly",
        task_routes={"worker.tasks.recheck": {"queue": "recheck"}},
        task_soft_time_limit=SOFT_LIMIT,
        task_time_limit=HARD_LIMIT,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=200,
        worker_max_memory_per_child=400_000,  # KiB
        worker_hijack_root_logger=False,
        worker_soft_shutdown_timeout=30,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_channel_error_retry=True,  # a full Redis refuses in words: whoever waits for room ends no work by it
        broker_transport_options=_transport(broker),
        timezone=settings.timezone,
        enable_utc=True,
        beat_schedule={
            "tick": {
                "task": "worker.tasks.tick",
                "schedule": Ticks(settings.tick_seconds),
                "options": {"expires": settings.tick_seconds * 0.8},
            }
        },
    )
    after_setup_logger.connect(make_plain)
    after_setup_task_logger.connect(make_plain)
    return app


def _transport(broker: str) -> dict[str, object]:
    if broker.startswith("memory"):
        return {"polling_interval": 0.05}
    return {
        "visibility_timeout": VISIBILITY,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 15,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }


speak_plainly()
app = make_app(load_settings())
