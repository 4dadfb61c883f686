"""Times that people read on a terminal are the city's; what scripts read names its zone."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.desk import Desk

REGISTER = """Förvaltning;Namn;Plattform;Adress
Kulturförvaltningen;Museet;Instagram;
Kulturförvaltningen;Biblioteket;X;https://x.com/almestadsbibl
"""
FAR_AWAY = ZoneInfo("Pacific/Kiritimati")  # fourteen hours ahead: another hour than UTC's whenever this runs


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.environment |= {"KANALKOLL_TIMEZONE": FAR_AWAY.key, "COLUMNS": "200"}
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    return desk


def local(told: object) -> str:
    return f"{datetime.fromisoformat(str(told)).astimezone(FAR_AWAY):%Y-%m-%d %H:%M}"


def test_a_case_is_shown_by_the_citys_clock(desk: Desk):
    desk.run("audit")
    desk.answer("case", "acknowledge", "1", "address-missing", "--by", "KF")
    events = desk.answer("case", "show", "1")["events"]
    assert isinstance(events, list)
    shown = desk.run("case", "show", "1").stdout
    assert events
    assert all(each["at"].endswith("+00:00") and local(each["at"]) in shown for each in events)
    assert "+00:00" not in shown


def test_the_public_lists_history_is_told_by_the_citys_clock(desk: Desk):
    desk.run("public-list", "generate", "--to", str(desk.folder / "out"))
    kept = desk.answer("public-list", "history")
    shown = desk.run("public-list", "history").stdout
    assert local(kept["from"]) in shown
    assert "+00:00" not in shown


def test_a_timeline_is_told_by_the_citys_clock(desk: Desk):
    entries = [json.loads(line) for line in desk.run("timeline", "1", "--json").stdout.splitlines()]
    shown = desk.run("timeline", "1").stdout
    assert local(entries[0]["at"]) in shown
    assert "UTC" not in shown


def test_the_history_of_the_rules_is_told_by_the_citys_clock(desk: Desk):
    version = desk.answer("rules", "history")
    shown = desk.run("rules", "history").stdout
    assert local(version["at"]) in shown
    assert "UTC" not in shown
