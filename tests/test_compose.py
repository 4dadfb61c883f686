"""The full deployment's declaration: valid by the Compose Specification, and careful in ways no schema knows."""

from __future__ import annotations

import copy
import json
import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from jsonschema import Draft201909Validator, ValidationError
from pydantic import SecretStr

from config.keys import load_keys
from config.settings import Settings
from worker.app import app
from worker.sending.connecting import Tls
from worker.wiring.telling import mail_server

Mapping: TypeAlias = dict[str, Any]

ROOT = Path(__file__).parents[1]
COMPOSE: Mapping = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DEVELOPMENT: Mapping = yaml.safe_load((ROOT / "docker-compose.dev.yml").read_text())
SERVICES: dict[str, Mapping] = COMPOSE["services"]
SECRET_FILES: dict[str, str] = {
    name: re.findall(r"\$\{(\w+):-", secret["file"])[0] for name, secret in COMPOSE["secrets"].items()
}
OURS = ["migrate", "worker", "recheck", "console", "beat"]
EVERY_SERVICE = pytest.mark.parametrize("name", sorted(SERVICES))


def check_against_the_specification(compose: Mapping) -> None:
    schema = json.loads((ROOT / "tests" / "compose_spec" / "compose_spec.json").read_text())
    Draft201909Validator(schema).validate(compose)  # by name: the file gives its dialect an address nobody looks up


def option(command: list[str], flag: str) -> str:
    return command[command.index(flag) + 1]


@pytest.mark.parametrize("compose", [COMPOSE, DEVELOPMENT], ids=["the deployment", "for development"])
def test_the_specification_accepts_it(compose: Mapping) -> None:
    check_against_the_specification(compose)


@pytest.mark.parametrize(("key", "value"), [("helthcheck", {}), ("read_only", "perhaps"), ("ports", "8025")])
def test_the_specification_refuses_a_slip(key: str, value: object) -> None:
    slipped = copy.deepcopy(COMPOSE)
    slipped["services"]["worker"][key] = value
    with pytest.raises(ValidationError):
        check_against_the_specification(slipped)


@EVERY_SERVICE
def test_every_service_says_when_it_is_well_or_runs_once(name: str) -> None:
    service = SERVICES[name]
    assert "healthcheck" in service or service["restart"] == "no"


@EVERY_SERVICE
def test_nobody_starts_before_what_it_needs_is_ready(name: str) -> None:
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        ready = "service_healthy" if "healthcheck" in SERVICES[needed] else "service_completed_successfully"
        assert how == {"condition": ready}


@pytest.mark.parametrize("name", ["worker", "recheck", "beat"])
def test_nobody_works_on_an_old_database(name: str) -> None:
    assert {"migrate", "redis"} <= set(SERVICES[name]["depends_on"])


@EVERY_SERVICE
def test_every_image_is_pinned_to_a_release(name: str) -> None:
    _, _, tag = SERVICES[name]["image"].partition(":")
    assert re.match(r"v?\d+\.\d+\.?\d*", tag)


@EVERY_SERVICE
def test_nothing_is_published_beyond_this_machine(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@EVERY_SERVICE
def test_nobody_writes_outside_its_volumes_or_gains_rights(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert SERVICES[name]["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_database_and_queue_are_never_root(name: str) -> None:
    assert SERVICES[name]["user"] == name  # of its image


@pytest.mark.parametrize("name", OURS)
def test_all_of_ours_work_in_the_city_s_own_folder_and_cannot_change_it(name: str) -> None:
    assert SERVICES[name]["working_dir"] == "/city"  # where kanalkoll.toml and the files it names are looked for
    assert SERVICES[name]["volumes"] == ["./city:/city:ro"]
    assert SERVICES[name]["env_file"] == ".env"


def test_one_service_alone_writes_files_for_people_and_only_when_it_is_asked() -> None:
    assert SERVICES["desk"]["volumes"] == ["./city:/city:ro", "./out:/out"]
    assert (SERVICES["desk"]["profiles"], SERVICES["desk"]["restart"]) == (["desk"], "no")
    assert SERVICES["desk"]["depends_on"] == SERVICES["worker"]["depends_on"]


def test_the_city_s_own_folders_are_never_committed() -> None:
    assert {"/city/", "out/"} <= set((ROOT / ".gitignore").read_text().splitlines())


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_database_and_queue_have_no_way_out(name: str) -> None:
    assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_a_recheck_never_waits_for_the_night() -> None:
    queues = {name: option(SERVICES[name]["command"], "-Q") for name in ("worker", "recheck")}
    assert queues == {"worker": "nightly", "recheck": "recheck"}


def test_every_queue_that_the_application_fills_is_emptied() -> None:
    filled = {app.conf.task_default_queue, *(route["queue"] for route in app.conf.task_routes.values())}
    assert filled == {option(SERVICES[name]["command"], "-Q") for name in ("worker", "recheck")}


@pytest.mark.parametrize("name", OURS)
def test_every_setting_that_is_given_exists(name: str) -> None:
    given = {variable.removeprefix("KANALKOLL_").lower() for variable in SERVICES[name]["environment"]}
    assert given == {"database_url", "redis_url"}
    assert given <= set(Settings.model_fields)


def test_workers_fetch_one_task_at_a_time() -> None:
    assert {option(SERVICES[name]["command"], "-O") for name in ("worker", "recheck")} == {"fair"}


@pytest.mark.parametrize("name", ["worker", "recheck"])
def test_a_worker_is_pinged_under_the_name_it_bears(name: str) -> None:
    bears = option(SERVICES[name]["command"], "-n").replace("%h", "$$HOSTNAME")
    assert bears in SERVICES[name]["healthcheck"]["test"][1]


def test_a_database_that_is_still_being_laid_out_is_not_taken_for_ready() -> None:
    """Meanwhile its image runs a server that is reached by its socket alone (docker-library, postgres, entrypoint)."""
    assert option(SERVICES["postgres"]["healthcheck"]["test"], "--host") == "127.0.0.1"


def test_there_is_one_beat() -> None:
    assert [name for name in SERVICES if "beat" in SERVICES[name].get("command", [])] == ["beat"]
    assert "deploy" not in SERVICES["beat"]


def test_a_clock_that_is_put_back_by_a_day_keeps_no_tick_waiting() -> None:
    ticks = app.conf.beat_schedule["tick"]["schedule"]
    now = ticks.now()
    assert [ticks.is_due(last).is_due for last in (now, now + timedelta(days=1))] == [False, True]


def test_a_full_queue_refuses_rather_than_forgets() -> None:
    assert option(SERVICES["redis"]["command"], "--maxmemory-policy") == "noeviction"


def test_the_mail_catcher_is_for_development_alone() -> None:
    assert {name for name, each in SERVICES.items() if "dev" in each.get("profiles", [])} == {"mailpit"}
    assert "SMTP" not in str(SERVICES["worker"]["environment"])


def test_in_development_the_worker_writes_to_the_mail_catcher_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    [(name, worker)] = DEVELOPMENT["services"].items()
    for variable, value in worker["environment"].items():
        monkeypatch.setenv(variable, value)
    server = mail_server(Settings())
    assert (server.host, server.port, server.tls) == ("127.0.0.1", 1025, Tls.LOOPBACK)
    assert SERVICES["mailpit"]["network_mode"] == f"service:{name}"  # loopback is the same for both
    assert worker["ports"] == ["127.0.0.1:8025:8025"]


def test_no_secret_is_committed() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    named = r"\[(?:kanalkoll_|\])|\{file: \"\$\{"  # the names of secrets, and where their files lie
    assert not re.search(rf"(?i)(password|secret|token)\w*: (?!\$\{{|{named})", text)
    assert "kanalkoll:${POSTGRES_PASSWORD:?" in text
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def offered() -> dict[str, str]:
    """What .env.example holds, by the variable's name."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_example_names_what_is_asked_for_and_fills_nothing() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= set(offered())
    assert not any(offered().values())


def test_the_example_names_every_setting_that_the_services_are_not_given() -> None:
    given = {*SERVICES["worker"]["environment"]}
    assert {f"KANALKOLL_{name.upper()}" for name in Settings.model_fields} - given <= set(offered())


def test_every_setting_that_the_example_offers_exists() -> None:
    settings = {f"KANALKOLL_{name.upper()}" for name in Settings.model_fields}
    keys = {f"KANALKOLL_KEY_{name.upper()}" for name in load_keys()}
    assert set(offered()) <= {"POSTGRES_PASSWORD"} | set(SECRET_FILES.values()) | settings | keys


def test_every_secret_is_a_setting_that_hides_its_value_and_lies_where_settings_look() -> None:
    for name in SECRET_FILES:
        setting = Settings.model_fields[name.removeprefix("kanalkoll_")]
        assert setting.annotation is SecretStr
    assert Settings.secrets == Path("/run/secrets")  # where a secret is mounted under its own name


@pytest.mark.parametrize("name", OURS)
def test_whoever_sends_or_asks_is_given_the_secrets_and_nobody_else(name: str) -> None:
    assert set(SERVICES[name]["secrets"]) == (set(SECRET_FILES) if name in {"worker", "recheck"} else set())


def test_a_secret_without_a_file_is_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in COMPOSE["secrets"].items():
        default = secret["file"].partition(":-")[2].removesuffix("}")
        (tmp_path / name).write_bytes((ROOT / default).read_bytes())
    before = Settings()
    monkeypatch.setattr(Settings, "secrets", tmp_path)
    assert Settings() == before
    assert Settings().model_fields_set == before.model_fields_set  # an empty file hides nothing of kanalkoll.toml
    (tmp_path / "kanalkoll_smtp_password").write_text("hemlig-0815\n")
    assert Settings().smtp_password.get_secret_value() == "hemlig-0815"


def test_the_folder_of_secrets_is_never_committed() -> None:
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_every_variable_of_the_example_is_told_in_the_line_above_it() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    untold = [line for above, line in pairwise(lines) if line.endswith("=") and not above.startswith("# ")]
    assert untold == []


def test_the_example_as_it_stands_changes_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Settings()
    for variable, value in offered().items():
        monkeypatch.setenv(variable, value)
    assert Settings() == before


class TestImage:
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    def test_both_stages_start_from_one_pinned_python(self) -> None:
        starts = {line.split()[1] for line in self.lines if line.startswith("FROM ")}
        assert len(starts) == 1
        assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm", starts.pop())

    def test_nothing_is_installed_without_its_hash(self) -> None:
        installs = [line for line in self.lines if "pip install" in line]
        assert all("--require-hashes" in line or "--no-deps --no-build-isolation ." in line for line in installs)

    def test_it_runs_as_nobody_in_particular(self) -> None:
        [user] = [line.split()[1] for line in self.lines if line.startswith("USER ")]
        assert user not in {"root", "0"}

    def test_the_build_sees_no_settings_and_no_history(self) -> None:
        patterns = (ROOT / ".dockerignore").read_text().splitlines()
        assert patterns[1] == "*"
        assert not [pattern for pattern in patterns if pattern.startswith(("!.env", "!.git", "!tests"))]
