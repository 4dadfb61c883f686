"""What the doctor says of the controls: which read wrong in the latest run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from audits.controls import ControlReading
from audits.reached import is_unreached
from audits.wording.reasons import heard
from audits.wording.said import said
from config.controls import PATH, load_controls
from config.settings import Settings
from worker.doctor.answer import Answer, State
from worker.ports.night import RunState
from worker.wiring import has_database, open_store


def control_answers(settings: Settings) -> list[Answer]:
    """Which controls read wrong in the latest run: an answer each, one for all where none did."""
    declared = load_controls(settings.controls_file or PATH)
    not_yet = Answer(what="controls", state="absent", told=said("doctor.controls.not_yet", count=len(declared)))
    if not has_database(settings):
        return [not_yet]
    with closing(open_store(settings)) as store:
        run = store.latest_run()
        readings = store.control_readings(run.id) if run else ()
    if run is None or (run.state is RunState.OPEN and not readings):
        return [not_yet]
    asked = [reading for reading in readings if not reading.closed]
    if nobody := no_network(asked):
        return [nobody]
    if not asked:
        return [Answer(what="controls", state="absent", told=said("doctor.controls.none", count=len(declared)))]
    wrong = [_of_control(reading) for reading in asked if not reading.right]
    right = said("doctor.controls", count=len(declared), right=len(asked))
    return wrong or [Answer(what="controls", state="well", told=right)]


def no_network(readings: Sequence[ControlReading]) -> Answer | None:
    """One line for all of them, where not one was reached: what keeps every control away is no platform's doing."""
    if not readings or not all(is_unreached(each.reason) for each in readings):
        return None
    reason = said(f"doctor.reason.{readings[0].reason.partition(':')[0]}")
    told = said("doctor.network", reason=reason)
    return Answer(what="network", state="wrong", told=told, remedy=said("doctor.network.remedy"))


def _of_control(reading: ControlReading) -> Answer:
    """Wrong where the control was read as what it is not; only ageing where it could not be seen tonight."""
    saw = reading.existence.value if reading.misread else reading.transport.value
    seen = said(f"terminal.value.{saw}")
    because = said("doctor.control.because", saw=seen, reason=heard(reading.reason)) if reading.reason else seen
    told = said(f"doctor.control.{reading.side}", saw=because)
    remedy = said("doctor.control.remedy")
    state: State = "wrong" if reading.misread else "ageing"
    return Answer(what=f"control {reading.platform} {reading.route}", state=state, told=told, remedy=remedy)
