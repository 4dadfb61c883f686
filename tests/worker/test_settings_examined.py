"""The doctor holds every setting that is set against its form, whatever else is set, and says what would mend it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.desk import Desk, json_lines
from tests.empty import empty_database
from worker.cli import main
from worker.doctor.mail import remedy_of

NONSENSE = "banan banan"
ROOT = Path(__file__).parents[2]
OFFERED = [
    line.partition("=")[0]
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
OF_COMPOSE = {name for name in OFFERED if not name.startswith("KANALKOLL_")}  # the containers' own: none of ours
ANY_TEXT = {"KANALKOLL_SMTP_USER", "KANALKOLL_SMTP_PASSWORD", "KANALKOLL_KEY_YOUTUBE"}  # only a server knows
HELD = [name for name in OFFERED if name not in OF_COMPOSE | ANY_TEXT]
IN_USE = {
    "KANALKOLL_CONSOLE_URL": "https://kanalkoll.almestad.example",
    "KANALKOLL_ACCESSIBILITY_STATEMENT": "https://almestad.example/tillgänglighet",
    "KANALKOLL_OFFICER_RECIPIENT": "kommunikation@almestad.example",
    "KANALKOLL_OPERATORS": "drift@almestad.example, it@almestad.example",
    "KANALKOLL_MAIL_FROM": "Kanalkoll <kanalkoll@almestad.example>",
    "KANALKOLL_MAIL_STOP": "stopp@almestad.example",
    "KANALKOLL_OWN_INTERNAL_HOSTS": "www.almestad.example, intranet",
    "KANALKOLL_CONSOLE_HOST": "::1",
    "KANALKOLL_SMTP_OAUTH_TENANT": "almestad.example", "KANALKOLL_SMTP_OAUTH_CLIENT": "c",
    "KANALKOLL_SMTP_OAUTH_SECRET": "s",
}  # fmt: skip


def wrong(**environment: str) -> dict[str, dict[str, Any]]:
    """What the doctor calls wrong beside the address that is named in requests, which is well."""
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("KANALKOLL_")}
    well = {
        "KANALKOLL_DATABASE_URL": f"sqlite:///{empty_database()}",
        "KANALKOLL_AGENT_CONTACT": "https://almestad.example/k",
    }
    done = CliRunner().invoke(main, ["doctor", "--json"], env={**unset, **well, **environment})
    found = {each["what"]: each for each in json_lines(done.stdout) if each["state"] == "wrong"}
    assert done.exit_code == bool(found)
    return found


@pytest.mark.parametrize("name", HELD)
def test_nonsense_in_any_setting_is_told_with_its_name_whatever_else_is_set(name: str):
    found = wrong(**{name: NONSENSE})
    assert found
    assert all(each["remedy"] for each in found.values())
    if "settings" in found:
        assert name in found["settings"]["told"]


@pytest.mark.parametrize("host", ["", "127.0.0.1"])
def test_several_that_cannot_be_used_are_each_told_with_a_mail_server_and_without(host: str):
    names = ("KANALKOLL_CONSOLE_URL", "KANALKOLL_OFFICER_RECIPIENT", "KANALKOLL_OPERATORS", "KANALKOLL_MAIL_FROM")
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("KANALKOLL_")}
    given = {**dict.fromkeys(names, "banan"), "KANALKOLL_SMTP_HOST": host}
    url = {"KANALKOLL_DATABASE_URL": f"sqlite:///{empty_database()}"}
    done = CliRunner().invoke(main, ["doctor", "--json"], env={**unset, **url, **given})
    told = [each["told"] for each in json_lines(done.stdout) if each["what"] == "settings"]
    assert [each.partition(":")[0] for each in told] == [*names[:2], names[3], names[2]]


def test_what_cities_write_is_well():
    assert wrong(**IN_USE) == {}


def test_a_mail_server_that_does_not_answer_is_mended_at_the_server_and_not_in_what_is_set():
    found = wrong(
        KANALKOLL_SMTP_HOST="127.0.0.1", KANALKOLL_SMTP_PORT="9", KANALKOLL_SMTP_TLS="loopback",
        KANALKOLL_MAIL_FROM="kanalkoll@almestad.example",
    )["mail"]  # fmt: skip
    assert found["remedy"].startswith("start the mail server, or correct KANALKOLL_SMTP_HOST and KANALKOLL_SMTP_PORT")


@pytest.mark.parametrize(
    ("reason", "mends"),
    [
        ("dns", "KANALKOLL_SMTP_HOST"),
        ("no_starttls: mail.almestad.example", "KANALKOLL_SMTP_TLS"),
        ("certificate: “self-signed”", "KANALKOLL_SMTP_CA_FILE"),
        ("not_let_in: “535 no”", "KANALKOLL_SMTP_USER"),
        ("554 no", "KANALKOLL_MAIL_FROM"),
    ],
)
def test_what_keeps_a_letter_from_the_server_names_the_setting_that_would_mend_it(reason: str, mends: str):
    assert mends in str(remedy_of(reason))


def test_a_file_of_a_key_that_cannot_be_read_is_named_and_is_for_whoever_runs_the_machine():
    found = wrong(KANALKOLL_KEY_YOUTUBE_FILE="/nope")["key youtube"]
    assert found["told"].startswith("KANALKOLL_KEY_YOUTUBE_FILE: /nope: there is no such file")
    assert found["remedy"].startswith("whoever runs this machine")


def test_a_key_that_was_written_where_its_files_path_should_stand_is_not_repeated():
    found = wrong(KANALKOLL_KEY_YOUTUBE_FILE="AIzaPahittad0815")["key youtube"]
    assert "AIza" not in json.dumps(found)


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [
        ("KANALKOLL_OFFICER_RECIPIENT", "banan", ("digest",)),
        ("KANALKOLL_MAIL_STOP", "banan", ("digest", "--preview", "letters")),
        ("KANALKOLL_SMTP_HOST", NONSENSE, ("digest", "--send")),
        ("KANALKOLL_ACCESSIBILITY_STATEMENT", "banan", ("console",)),
        ("KANALKOLL_OWN_INTERNAL_HOSTS", NONSENSE, ("audit",)),
    ],
)
def test_a_command_that_uses_what_cannot_be_used_names_it_with_its_value_and_the_remedy(
    name: str, value: str, command: tuple[str, ...], tmp_path: Path
):
    desk = Desk(tmp_path)
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"))
    desk.environment |= {"KANALKOLL_LIVE": "true", name: value}
    told = desk.run(*command)
    assert (told.exit_code, f"Error: {name}: " in told.stderr) == (2, True)
    assert value in told.stderr
    assert " such as " in told.stderr


def test_a_night_is_worked_where_no_letter_can_leave_and_says_so(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.environment |= {"KANALKOLL_MAIL_FROM": "kanalkoll@almestad.example", "KANALKOLL_OPERATORS": "banan"}
    told = desk.run("up", "--once")
    assert told.exit_code == 0
    assert "No letter can leave. KANALKOLL_OPERATORS: “banan” is not an e-mail address" in told.stderr
