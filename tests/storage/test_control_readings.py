from __future__ import annotations

from dataclasses import replace

from audits.controls import Side
from tests.builders import a_control_reading
from tests.storage.nights import a_night, registered
from worker.storage import SqlStore


def test_the_readings_of_a_run_come_back_as_they_were(store: SqlStore) -> None:
    run = a_night(store, registered(store, 1))
    both = [a_control_reading(Side.ABSENT), a_control_reading(Side.PRESENT, right=False, reason="HTTP 503")]
    store.save_control_readings(run.id, both)
    assert list(store.control_readings(run.id)) == both


def test_whoever_wrote_first_has_looked(store: SqlStore) -> None:
    run = a_night(store, registered(store, 1))
    first = a_control_reading()
    store.save_control_readings(run.id, [first])
    store.save_control_readings(run.id, [replace(first, right=False), a_control_reading(Side.ABSENT)])
    assert list(store.control_readings(run.id)) == [a_control_reading(Side.ABSENT), first]


def test_a_run_without_controls_has_no_readings(store: SqlStore) -> None:
    run = a_night(store, registered(store, 1))
    store.save_control_readings(run.id, [])
    assert store.control_readings(run.id) == ()
