"""Controls are declared by their addresses; each of them can be asked by its own route."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.controls import Control, Side, visits
from audits.model import Existence, PlatformId, Route
from audits.platforms import PLATFORMS
from config.controls import BadControls, load_controls, read_controls
from tests.platforms.shown import PACKS

NIGHT = datetime(2026, 11, 3, 2, 15, tzinfo=UTC)
KEYS = frozenset(offer.key for platform in PLATFORMS.values() for offer in platform.routes if offer.key)
SHIPPED = load_controls()
FIELDS = {
    "platform": '"x"',
    "route": '"page"',
    "present": '"https://x.com/X"',
    "absent": '"https://x.com/q7zkx2vw9jt4hbn"',
}


def declared(**changes: str | None) -> str:
    """A file with one control; None leaves a field out."""
    fields = {name: value for name, value in {**FIELDS, **changes}.items() if value is not None}
    return "[[control]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())


def named(control: Control) -> str:
    return f"{control.platform} by {control.route}"


@pytest.mark.parametrize("control", SHIPPED, ids=named)
def test_both_accounts_of_a_shipped_control_are_asked_for_by_its_own_route(control: Control) -> None:
    platform = PLATFORMS[control.platform]
    keyed = any(offer.route is control.route and offer.key for offer in platform.routes)
    asked = visits(control, platform, PACKS, KEYS if keyed else frozenset(), NIGHT)
    probes = {side: next(visit) for side, visit in asked.items()}
    assert probes[Side.PRESENT].url != probes[Side.ABSENT].url
    assert {probe.platform for probe in probes.values()} == {control.platform}
    assert all((probe.key is not None) == keyed for probe in probes.values())


def test_every_route_is_controlled_once() -> None:
    pairs = [control.pair for control in SHIPPED]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("platform", ["facebook", "instagram", "threads", "linkedin"])
def test_no_control_asks_a_platform_that_answers_the_missing_with_a_log_in_page(platform: str) -> None:
    assert platform not in {control.platform for control in SHIPPED}


def test_a_control_is_read_as_declared() -> None:
    (control,) = read_controls(declared(present_id='"user:783214"', absent_reads='"unknown"'))
    assert (control.platform, control.route, control.absent_reads) == ("x", Route.PAGE, Existence.UNKNOWN)
    assert control.accounts[Side.PRESENT].pinned == (PlatformId("user", "783214"),)
    assert control.accounts[Side.ABSENT].key == "x:q7zkx2vw9jt4hbn"


def test_a_deployment_may_declare_none() -> None:
    assert read_controls("") == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"platform": '"friendster"'}, "unknown platform “friendster”"),
        ({"route": '"oembed"'}, "x has no route “oembed”"),
        ({"present": '"https://www.youtube.com/@YouTube"'}, "present = .* is not an account on x"),
        ({"absent": None}, "absent = .. is not an account on x"),
        ({"absent": '"https://x.com/a/status/1"'}, "absent = .* is not an account on x"),
        ({"absent_reads": '"suspended"'}, "absent_reads = .suspended. is not one of gone, unknown"),
        ({"present_id": '"783214"'}, "an id is written namespace:value"),
        ({"name": '"X"'}, "unknown 'name'"),
    ],
)
def test_a_control_that_cannot_be_used_is_told_by_its_place(changes: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(BadControls, match=rf"controls.toml, \[\[control\]\] 1: .*{complaint}"):
        read_controls(declared(**changes))


def test_a_file_that_is_no_toml_is_told_by_its_line() -> None:
    with pytest.raises(BadControls, match="line 2"):
        read_controls("[[control]]\nplatform =\n")
