"""The doctor tells what is held and what it will cost, and never what it is."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audits.controls import ControlReading, Side
from audits.days import Now
from audits.model import Existence, Transport
from config.keys import PATH
from config.permissions import PATH as PERMISSIONS
from tests.builders import NIGHT, TODAY, a_control_reading
from tests.desk import json_lines
from tests.empty import migrated
from tests.storage.nights import a_held_night, registered
from worker.cli import main
from worker.doctor.examining import database_answer
from worker.ports import KeptPage, Run, RunKind, RunState
from worker.storage import open_store
from worker.wiring import utc_now
from worker.wiring.clocks import clock_doubt

SECRET = "hemlig-nyckel-0815"


def examined(folder: Path, **environment: str) -> dict[str, dict[str, Any]]:
    """The doctor's answers by what they are about."""
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("KANALKOLL_")}
    own = {"KANALKOLL_DATABASE_URL": f"sqlite:///{folder / 'kanalkoll.sqlite3'}", **environment}
    done = CliRunner().invoke(main, ["doctor", "--json"], env={**unset, **own})
    assert SECRET not in done.output
    return {answer["what"]: answer for answer in json_lines(done.stdout)}


def test_a_deployment_without_keys_is_not_wrong(tmp_path: Path) -> None:
    answer = examined(tmp_path)["keys"]
    assert (answer["state"], answer["remedy"]) == ("absent", "kanalkoll reach shows what each key would open")


def test_a_held_key_is_told_with_what_it_has_used_up(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_KEY_X=SECRET)["key x"]
    assert answer["state"] == "well"
    assert "0 of 30 USD used in " in answer["told"]


def test_a_key_that_lacks_its_companion_is_told_what_to_set(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_KEY_TWITCH=SECRET)["key twitch"]
    assert (answer["state"], answer["remedy"]) == ("wrong", "set KANALKOLL_KEY_TWITCH_CLIENT_ID")


def test_a_misspelt_key_is_told(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_KEY_YOTUBE=SECRET)["keys"]
    assert answer["told"] == "KANALKOLL_KEY_YOTUBE does not belong to any declared key"


def test_an_expired_key_is_wrong_and_its_owner_is_named(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    keys.write_text(PATH.read_text().replace("[x]", "[x]\nexpires_on = 2020-01-01"))
    answer = examined(tmp_path, KANALKOLL_KEY_X=SECRET, KANALKOLL_KEYS_FILE=str(keys))["key x"]
    assert answer["state"] == "wrong"
    assert answer["told"].startswith("expired; last day 2020-01-01")
    assert answer["remedy"] == "communications officer: renew it"


def test_a_key_that_ends_within_thirty_days_is_told_in_time(tmp_path: Path) -> None:
    keys, last_day = tmp_path / "keys.toml", utc_now().date() + timedelta(days=29)
    keys.write_text(PATH.read_text().replace("[x]", f"[x]\nexpires_on = {last_day}"))
    answer = examined(tmp_path, KANALKOLL_KEY_X=SECRET, KANALKOLL_KEYS_FILE=str(keys))["key x"]
    assert (answer["state"], answer["remedy"]) == ("ageing", "communications officer: renew it")
    assert answer["told"].startswith(f"last day {last_day}")


def test_a_keys_file_that_cannot_be_read_is_told_by_its_place(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    keys.write_text('[x]\nplatforms = ["x"]\n')
    answer = examined(tmp_path, KANALKOLL_KEYS_FILE=str(keys))["keys"]
    assert (answer["state"], answer["told"]) == ("wrong", "keys.toml, [x]: hosts is missing")


def test_a_missing_contact_is_wrong_and_told_with_its_setting(tmp_path: Path) -> None:
    answer = examined(tmp_path)["contact"]
    assert answer["state"] == "wrong"
    assert "KANALKOLL_AGENT_CONTACT" in answer["remedy"]
    told = examined(tmp_path, KANALKOLL_AGENT_CONTACT="https://almestad.example/kanalkoll")["contact"]
    unfetched = "Kanalkoll does not fetch this page, so check it yourself in a browser"
    page = f"https://almestad.example/kanalkoll; {unfetched}"
    assert (told["state"], told["told"]) == ("set", page)


def test_a_contact_that_is_not_encrypted_is_warned_about_and_serves(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_AGENT_CONTACT="http://almestad.example/kanalkoll")["contact"]
    assert (answer["state"], "is not encrypted" in answer["told"], "https" in answer["remedy"]) == (
        "ageing",
        True,
        True,
    )
    [host] = tried("--try", "localhost", folder=tmp_path, KANALKOLL_AGENT_CONTACT="http://almestad.example/k")
    assert host["what"] == "host localhost"


def test_a_contact_may_be_written_in_capitals(tmp_path: Path) -> None:
    assert examined(tmp_path, KANALKOLL_AGENT_CONTACT="HTTPS://almestad.example/k")["contact"]["state"] == "set"


# --- controls and markers


def with_readings(folder: Path, *readings: ControlReading) -> dict[str, dict[str, Any]]:
    """The doctor's answers after a run whose controls were read like this."""
    url = migrated(folder / "kanalkoll.sqlite3")
    store = open_store(url)
    run, _ = store.start_run(RunKind.RECHECK, NIGHT.date(), NIGHT, [])
    store.save_control_readings(run.id, readings)
    store.close()
    return examined(folder)


def test_before_the_first_run_the_controls_are_merely_declared(tmp_path: Path) -> None:
    answer = examined(tmp_path)["controls"]
    assert answer["state"] == "absent"
    assert answer["told"].startswith("not checked yet")


def test_controls_that_a_run_under_way_has_not_come_to_are_not_told_as_left_out(tmp_path: Path) -> None:
    assert with_readings(tmp_path)["controls"]["told"].startswith("not checked yet")


def test_a_machine_that_reaches_nobody_is_told_in_one_line(tmp_path: Path) -> None:
    blind = a_control_reading(
        transport=Transport.UNREACHABLE, existence=Existence.UNKNOWN, right=False, reason="dns: no such name"
    )
    answers = with_readings(tmp_path, blind, replace(blind, side=Side.ABSENT))
    assert (answers["network"]["state"], answers["network"]["told"]) == (
        "wrong", "this machine cannot reach anyone (web addresses cannot be looked up)"
    )  # fmt: skip
    assert not [what for what in answers if what.startswith("control")]


def test_controls_that_read_right_are_well(tmp_path: Path) -> None:
    answer = with_readings(tmp_path, a_control_reading(), a_control_reading(Side.ABSENT))["controls"]
    assert "2 control checks were read correctly" in answer["told"]


def test_a_control_that_reads_as_what_it_is_not_is_wrong(tmp_path: Path) -> None:
    misread = a_control_reading(existence=Existence.GONE, right=False, reason="x.profile-not-found")
    answer = with_readings(tmp_path, misread)["control x page"]
    told = "the account that exists was read as gone (known by the sign x.profile-not-found)"
    assert (answer["state"], answer["told"]) == ("wrong", told)


def test_a_control_that_could_not_be_seen_is_only_to_be_watched(tmp_path: Path) -> None:
    blind = a_control_reading(transport=Transport.UNREACHABLE, existence=Existence.UNKNOWN, right=False)
    answer = with_readings(tmp_path, blind)["control x page"]
    assert (answer["state"], answer["told"]) == ("ageing", "the account that exists was read as no answer")


def test_a_control_of_a_closed_route_is_not_amiss(tmp_path: Path) -> None:
    closed = a_control_reading(transport=Transport.NOT_PERMITTED, existence=Existence.UNKNOWN, right=False)
    controls = with_readings(tmp_path, closed)["controls"]
    assert controls["state"] == "absent"
    assert "was used in the latest run" in controls["told"]


def test_a_controls_file_that_cannot_be_read_is_told_by_its_place(tmp_path: Path) -> None:
    controls = tmp_path / "controls.toml"
    controls.write_text('[[control]]\nplatform = "friendster"\n')
    answer = examined(tmp_path, KANALKOLL_CONTROLS_FILE=str(controls))["controls"]
    assert answer["told"].startswith("controls.toml, [[control]] 1: unknown platform “friendster”")


def test_markers_that_have_aged_or_soon_will_are_named(tmp_path: Path) -> None:
    today = utc_now().date()
    folder = tmp_path / "markers"
    folder.mkdir()
    signs = [("old", 200), ("ageing", 160), ("fresh", 10)]
    (folder / "x.toml").write_text(
        'platform = "x"\n'
        + "".join(
            f'[[marker]]\nid = "x.{name}"\nmeans = "gone"\nwhere = "text"\nvalues = ["borta"]\n'
            f"verified_on = {today - timedelta(days=days)}\n"
            for name, days in signs
        )
    )
    answer = examined(tmp_path, KANALKOLL_MARKERS_FOLDER=str(folder))["markers"]
    assert answer["state"] == "ageing"
    assert answer["told"] == "3 markers in 1 files; out of date: x.old; out of date within 30 days: x.ageing"


def test_a_decision_that_is_incomplete_or_has_ended_is_named_by_its_line(tmp_path: Path) -> None:
    shipped = PERMISSIONS.read_text()
    ended = (
        '[[decisions]]\nplatform = "facebook"\nroutes = ["page"]\nbasis = "own_assessment"\ndecided_by = "KD"\n'
        'reference = "KS 1"\nuntil = 2020-01-01\n'
    )
    file = tmp_path / "permissions.toml"
    file.write_text(f"{shipped}\n{ended}")
    answer = examined(tmp_path, KANALKOLL_PERMISSIONS_FILE=str(file))["permissions"]
    assert answer["state"] == "ageing"
    assert f"line {len(shipped.splitlines()) + 2}: the decision KS 1 on facebook ended on 2020-01-01" in answer["told"]
    assert examined(tmp_path)["permissions"]["state"] == "well"


def test_a_proxy_that_is_none_and_one_that_only_other_programs_follow_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in os.environ if each.lower().endswith(("_proxy", "_bundle", "_file", "_dir"))]:
        monkeypatch.delenv(name)
    wrong = examined(tmp_path, KANALKOLL_EGRESS_PROXY="proxy.almestad.example")["network"]
    assert (wrong["state"], "http://host:port" in wrong["remedy"]) == ("wrong", True)
    unused = examined(tmp_path, HTTPS_PROXY="http://namn:hemligt@proxy.example:8080")["network"]
    assert (unused["state"], "hemligt" in str(unused)) == ("ageing", False)


def test_a_host_that_the_network_keeps_from_us_is_told_with_the_setting(tmp_path: Path) -> None:
    [answer] = tried("--try", "localhost", folder=tmp_path, KANALKOLL_AGENT_CONTACT="https://almestad.example/k")
    assert (answer["what"], answer["state"]) == ("host localhost", "wrong")
    assert "KANALKOLL_OWN_INTERNAL_HOSTS" in answer["remedy"]


def test_no_host_is_asked_by_a_stranger_without_an_address(tmp_path: Path) -> None:
    [answer] = tried("--try", "localhost", folder=tmp_path)
    assert (answer["what"], answer["state"]) == ("contact", "wrong")


def test_what_is_no_host_is_not_blamed_on_the_network(tmp_path: Path) -> None:
    [answer] = tried("--try", "not a host", folder=tmp_path, KANALKOLL_AGENT_CONTACT="https://almestad.example/k")
    assert (answer["state"], answer["remedy"]) == ("ageing", "")


def tried(*arguments: str, folder: Path, **environment: str) -> list[dict[str, Any]]:
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("KANALKOLL_")}
    own = {"KANALKOLL_DATABASE_URL": f"sqlite:///{folder / 'kanalkoll.sqlite3'}", **environment}
    done = CliRunner().invoke(main, ["doctor", *arguments, "--json"], env={**unset, **own})
    return json_lines(done.stdout)


@pytest.mark.parametrize(
    ("ahead", "confirming", "wrong"),
    [(timedelta(days=700), 0, True), (timedelta(days=700), 3, False), (timedelta(minutes=5), 0, False)],
    ids=["unconfirmed", "confirmed by three servers", "minutes alone"],
)
def test_the_doctor_calls_the_clock_wrong_where_letters_wait_for_it_and_nowhere_else(
    tmp_path: Path, ahead: timedelta, confirming: int, wrong: bool
) -> None:
    now = utc_now()
    with closing(open_store(migrated(tmp_path / "kanalkoll.sqlite3"))) as store:
        registered(store, 1)
        store.start_run(RunKind.NIGHTLY, now.date() + ahead, now + ahead, [])
        store.start_run(RunKind.RECHECK, now.date(), now, [])
        for number in range(confirming):
            page = KeptPage(status=200, headers={"date": format_datetime(now)}, body=b"", etag="1", last_modified="")
            store.keep_page(f"https://{number}.example/", page, now)
        assert (clock_doubt(store, now) is not None) is wrong
    told = examined(tmp_path)
    assert (told["clock"]["state"] if "clock" in told else "well") == ("wrong" if wrong else "well")
    assert told["database"]["state"] == "well"


def test_a_run_that_lies_ahead_is_told_with_the_database() -> None:
    run = Run(id=1, kind=RunKind.NIGHTLY, local_date=TODAY, state=RunState.CLOSED, started_at=NIGHT)
    gaps = (timedelta(minutes=5), timedelta(days=700))
    soon, years = (database_answer(65, run, Now(NIGHT - gap, UTC)) for gap in gaps)
    assert ("in the future" in soon.told, "in the future" in years.told) == (False, True)


@pytest.mark.parametrize(("days", "state"), [(1, "well"), (2, "ageing"), (10, "wrong")])
def test_accounts_that_nobody_has_looked_at_are_a_warning_and_soon_an_error(days: int, state: str) -> None:
    run = Run(id=1, kind=RunKind.NIGHTLY, local_date=TODAY, state=RunState.CLOSED, started_at=NIGHT)
    answer = database_answer(65, run, Now(NIGHT + timedelta(days=days), UTC))
    assert (answer.state, "no run for 10 days" in answer.told) == (state, days == 10)
    assert ("kanalkoll up" in answer.remedy) is (state != "well")
    of_a_demo = database_answer(65, run, Now(NIGHT + timedelta(days=days), UTC), live=False)
    assert of_a_demo.state != "wrong"


def test_a_held_change_is_told_with_what_shows_whose_it_is(tmp_path: Path) -> None:
    url = migrated(tmp_path / "kanalkoll.sqlite3")
    with closing(open_store(url)) as store:
        a_held_night(store, registered(store, 7))
    answer = examined(tmp_path)["held"]
    assert answer["state"] == "ageing"
    assert answer["told"].startswith(
        "Mastodon, The account no longer exists: 7 of 7 accounts changed within a few nights"
    )
    assert "kanalkoll held list" in answer["remedy"]
    assert "kanalkoll held believe mastodon gone" in answer["remedy"]


def test_keys_are_told_of_where_the_database_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "kanalkoll.sqlite3").write_bytes(b"no database" * 1000)
    answers = examined(tmp_path, KANALKOLL_KEY_X=SECRET)
    assert answers["database"]["state"] == "wrong"
    assert answers["key x"]["state"] == "well"
