"""The commands that scripts rely on: what they print, where, and how they end."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest

from tests.desk import PAGE, Desk
from tests.worker.registers import REGISTER
from worker.cli import main
from worker.wiring import utc_now


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_identify_answers_each_line_with_one_object(desk: Desk):
    given = 'https://m.facebook.com/Almestads.Stad/about\n{"raw": "@almestad", "context": "Instagram"}\n'
    result = desk.run("identify", "--json", given=given)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["key"] for each in answers] == ["facebook:almestadsstad", "instagram:almestad"]
    assert set(answers[0]) == {
        "raw", "platform", "kind", "canonical_url", "key", "owner_key", "suggest_key", "notes"
    }  # fmt: skip


def test_identify_takes_addresses_behind_its_name_too(desk: Desk):
    result = desk.run("identify", "https://www.x.com/Almestad", "instagram.com/almestad", "--json")
    assert [json.loads(line)["key"] for line in result.stdout.splitlines()] == ["x:almestad", "instagram:almestad"]


def test_lines_that_ask_nothing_are_named_and_the_others_answered(desk: Desk):
    result = desk.run("identify", "--json", given='https://x.com/a\n{"raw": \nhttps://x.com/b\n{"raw": 3}\n')
    assert [json.loads(line)["key"] for line in result.stdout.splitlines()] == ["x:a", "x:b"]
    assert (result.exit_code, "line 2" in result.stderr, "line 4" in result.stderr) == (2, True, True)


def test_inspect_answers_by_its_contract(desk: Desk):
    answer = desk.answer("inspect", "--url", "https://x.com/almestad", "--body", desk.file("page.html", PAGE))
    assert {"platform", "key", "transport", "existence", "route", "markers", "facts"} <= set(answer)
    assert (answer["platform"], answer["key"]) == ("x", "x:almestad")
    assert answer["existence"] == "unknown"


def test_a_wall_that_was_recorded_is_told_as_a_wall(desk: Desk):
    answer = desk.answer(
        "inspect", "--url", "https://www.linkedin.com/company/almestad/", "--status", "999", "--body",
        desk.file("page.html", ""),
    )  # fmt: skip
    assert (answer["transport"], answer["existence"]) == ("blocked", "unknown")


def test_what_could_not_be_seen_is_not_called_well(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    desk.run("audit")
    assert "One account could not be seen: neither passed nor remarked on" in desk.run("findings").stderr


def test_an_import_is_previewed_taken_undone_and_taken_again(desk: Desk):
    file = desk.file("register.csv", REGISTER)
    assert desk.answer("register", "import", file, "--dry-run")["written"] is False
    first = desk.answer("register", "import", file)
    assert (first["add"], len(first["rejected"])) == (1, 1)  # type: ignore[arg-type]  # the contract says a list
    assert desk.answer("register", "import", file)["same"] == 1
    assert desk.run("register", "undo", "--confirm-removals", "1", "--by", "test").exit_code == 0
    assert desk.answer("register", "import", file, "--dry-run")["add"] == 1


def test_text_that_is_no_register_is_refused_with_the_headings_that_are_known(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    text = desk.file("text.csv", "Namn;Adress\n" + "Möte;om en sak\n" * 3 + "A;https://x.com/a\n")
    told = desk.run("register", "import", text)
    assert (told.exit_code, "Administration, Unit, Name" in told.stderr, "removed" in told.stderr) == (2, True, False)


def test_a_slip_in_a_row_removes_no_account_and_says_so(desk: Desk):
    rows = [f"Konto {at};https://x.com/almestad{at};vanligt\n" for at in range(10)]
    desk.answer("register", "import", desk.file("a.csv", "Namn;Adress;Typ\n" + "".join(rows)))
    slips = [*rows[:8], *(row.replace("vanligt", "vanlgt") for row in rows[8:])]
    told = desk.run("register", "import", desk.file("b.csv", "Namn;Adress;Typ\n" + "".join(slips))).stderr
    assert "removed 0; unchanged 10" in told
    assert "their accounts stay as they were (2 accounts)" in told


def test_a_column_without_a_role_in_which_accounts_stand_is_told_of_last(desk: Desk):
    text = "Namn;Adress;Fejan\nMuseet;https://x.com/museet;https://facebook.com/museet\n"
    told = desk.run("register", "import", desk.file("a.csv", text), "--quiet").stderr
    assert told.splitlines()[-1].startswith("The column Fejan is not used, although it contains account addresses.")


def test_what_is_exported_can_be_imported_and_changes_nothing(desk: Desk):
    desk.run("register", "import", desk.file("register.csv", REGISTER))
    exported = str(desk.folder / "exported.csv")
    desk.run("register", "export", "--to", exported)
    again = desk.answer("register", "import", exported, "--dry-run")
    assert (again["add"], again["remove"]) == (0, 0)


def test_the_check_asks_about_a_person_s_profile_and_a_misspelt_administration(desk: Desk):
    rows = "Kulturförvaltningen;A;https://x.com/a\n" + "Kulturförvaltningen;B;https://x.com/b\n"
    rows += "Kulturförvaltnigen;C;https://www.linkedin.com/in/c-almestad/\n"
    desk.run("register", "import", desk.file("register.csv", "Förvaltning;Namn;Adress\n" + rows))
    told = [json.loads(line) for line in desk.run("register", "check", "--json").stdout.splitlines()]
    assert [(each["name"], each["rule"]) for each in told] == [("C", "a_person"), ("C", "near_name")]
    shown = " ".join(desk.run("register", "check", "--language", "sv").stdout.split())
    assert "En persons egen profil" in shown
    assert "Kulturförvaltningen?" in shown


def test_the_check_asks_what_the_import_asked_of_days_languages_abbreviations_and_names(desk: Desk):
    rows = "Vård- och omsorgsförvaltningen;A;https://x.com/a;2030-01-01;2020-01-01;xx\nVOF;B;https://x.com/b;;;sv\n"
    rows += "Vård- och omsorgsförvaltningen;C (nedlagt);https://x.com/c;;;sv\n"
    head = "Förvaltning;Namn;Adress;Startdatum;Slutdatum;Språk\n"
    taken = desk.answer("register", "import", desk.file("register.csv", head + rows))
    told = [json.loads(line) for line in desk.run("register", "check", "--json").stdout.splitlines()]
    assert [(each["name"], each["rule"]) for each in told] == [
        ("A", "ends_first"), ("A", "strange_language"), ("B", "near_name"),
        ("C (nedlagt)", "called_closed"),
    ]  # fmt: skip
    assert all(each["value"] in str(taken["remarks"]) for each in told)
    shown = " ".join(desk.run("register", "check", "--language", "sv").stdout.split())
    assert "Slutdatum före startdatum slutdatum 1 januari 2020" in shown


def test_an_import_says_how_many_accounts_its_empty_cells_would_empty(desk: Desk):
    desk.run("register", "import", desk.file("a.csv", "Förvaltning;Namn;Adress\nKF;A;https://x.com/a\n"))
    words = ("register", "import", desk.file("b.csv", "Förvaltning;Namn;Adress\n;A;https://x.com/a\n"), "--partial")
    assert "an empty cell" in " ".join(desk.run(*words, "--dry-run").stderr.split())
    assert desk.answer(*words, "--dry-run")["emptied"] == 1
    assert desk.answer("register", "import", str(desk.folder / "a.csv"), "--dry-run")["emptied"] == 0


def test_the_check_remarks_on_a_season_that_says_no_months(desk: Desk):
    rows = "KF;A;https://x.com/a;säsong;\nKF;B;https://x.com/b;säsong;6-8\n"
    desk.run("register", "import", desk.file("register.csv", "Förvaltning;Namn;Adress;Typ;Månader\n" + rows))
    told = desk.answer("register", "check")
    assert (told["name"], told["rule"], told["value"]) == ("A", "season_months", "no months")
    assert "Säsongskonto" in desk.run("register", "check", "--language", "sv").stdout


def test_a_list_that_lost_much_waits_for_a_person(desk: Desk):
    rows = "".join(f"https://x.com/almestad{number}\n" for number in range(20))
    desk.run("register", "import", desk.file("all.csv", "Adress\n" + rows))
    half = desk.file("half.csv", "Adress\n" + "".join(rows.splitlines(keepends=True)[:10]))
    held = desk.run("register", "import", half)
    assert held.exit_code == 1
    assert "--confirm-removals 10" in held.stderr
    assert desk.answer("register", "import", half, "--dry-run", "--partial")["remove"] == 0
    assert desk.answer("register", "import", half, "--confirm-removals", "10")["remove"] == 10


def test_an_audit_without_a_register_says_what_to_do(desk: Desk):
    result = desk.run("audit")
    assert result.exit_code == 1
    assert "register import" in result.stderr


def test_an_audit_of_a_recording_needs_no_register(desk: Desk):
    answer = desk.answer("audit", "--replay", desk.recording())
    assert (answer["accounts"], answer["observed"]) == (1, 1)
    assert answer["transports"] == {"unreadable": 1}


def test_an_account_without_an_address_is_a_finding_and_no_crash(desk: Desk):
    template = Path(__file__).parents[2] / "config" / "register-template.csv"
    imported = desk.answer("register", "import", str(template))
    assert imported["add"] == 7
    assert imported["rejected"] == []
    answer = desk.answer("audit")
    missing = [row for row in answer["findings"] if row["rule"] == "address-missing"]  # type: ignore[attr-defined]
    assert answer["observed"] == 7
    assert len(missing) == 7


def in_two_months() -> str:
    """By the clock of this machine, which a command goes by."""
    return str(utc_now().date() + timedelta(days=60))


def test_a_case_is_explained_and_stays_explained(desk: Desk):
    template = Path(__file__).parents[2] / "config" / "register-template.csv"
    desk.run("register", "import", str(template))
    desk.run("audit")
    words = ("--by", "Redaktionen", "--reason", "adressen beslutas om två månader", "--until", in_two_months())
    assert desk.answer("case", "explain", "1", "address-missing", *words)["state"] == "explained"
    desk.run("audit")
    states = [json.loads(line) for line in desk.run("case", "list", "--json").stdout.splitlines()]
    assert [each["state"] for each in states if each["account"] == 1] == ["explained"]


def test_a_case_of_an_address_that_has_changed_since_is_listed_as_waiting(desk: Desk):
    heading, row = "Förvaltning;Plattform;Namn;Adress\n", "KF;Instagram;Almestad;\n"
    desk.run("register", "import", desk.file("register.csv", heading + row))
    desk.run("audit")
    assert "confirmed" in desk.run("case", "list").stdout
    columns, cells = (line.split(";") for line in desk.run("register", "export").stdout.splitlines())
    cells[columns.index("Adress")] = "https://www.instagram.com/almestad/"
    named = desk.file("register.csv", f"{';'.join(columns)}\n{';'.join(cells)}\n")
    assert desk.run("register", "import", named).exit_code == 0
    listed = desk.run("case", "list").stdout
    assert "waits for a check that confirms it" in listed
    assert "confirmed," not in listed
    assert "until then, nobody is told of it" in desk.run("case", "show", "1").stderr


def test_an_explanation_without_an_end_is_refused(desk: Desk):
    template = Path(__file__).parents[2] / "config" / "register-template.csv"
    desk.run("register", "import", str(template))
    desk.run("audit")
    refused = desk.run("case", "explain", "1", "address-missing", "--by", "Redaktionen", "--reason", "snart")
    assert refused.exit_code == 2
    assert "end date" in refused.stderr


def test_a_broken_rules_file_is_named_with_its_line(desk: Desk):
    rules = desk.file("rules.toml", '[rule.gone]\ncheck = "gone"\nsevrity = "high"\n')
    desk.environment["KANALKOLL_RULES_FILE"] = rules
    result = desk.run("audit")
    assert result.exit_code == 2
    assert "line 3" in result.stderr
    assert "sevrity" in result.stderr


def test_a_folder_that_is_no_recording_is_named(desk: Desk):
    result = desk.run("audit", "--replay", str(desk.folder))
    assert result.exit_code == 2
    assert "index.jsonl" in result.stderr


@pytest.mark.parametrize("elsewhere", ["/etc/hostname", "../secret", "pages/../../secret"])
def test_a_recording_shows_no_file_outside_its_folder(desk: Desk, elsewhere: str):
    desk.file("index.jsonl", json.dumps({"file": elsewhere, "platform": "x", "request_url": "https://x.com/museet"}))
    result = desk.run("audit", "--replay", str(desk.folder))
    assert (result.exit_code, "outside the folder" in result.stderr) == (2, True)


def test_the_doctor_says_what_is_wrong_and_what_would_mend_it(desk: Desk):
    desk.environment["KANALKOLL_TIMEZONE"] = "Europe/Almestad"
    result = desk.run("doctor")
    assert result.exit_code == 1
    assert "Europe/Stockholm" in " ".join(result.stdout.split())


def test_an_empty_register_is_told_as_empty(desk: Desk):
    desk.environment["KANALKOLL_NIGHT_STARTS"] = "00:00"
    done = desk.run("findings")
    assert (done.exit_code, done.stderr) == (
        1, "The register is empty; start with kanalkoll register import or kanalkoll init\n"
    )  # fmt: skip
    ticked = desk.run("up", "--once").stderr
    assert ticked.startswith("There is no register yet")
    assert "worked" not in ticked


def test_one_tick_begins_the_night_and_works_it(desk: Desk):
    desk.environment["KANALKOLL_NIGHT_STARTS"] = "00:00"
    desk.run("register", "import", desk.file("register.csv", REGISTER))
    assert desk.run("up", "--once").exit_code == 0
    assert desk.run("findings", "--all", "--json").stdout


def test_a_tick_with_nothing_to_do_says_when_the_next_night_begins(desk: Desk):
    desk.environment["KANALKOLL_NIGHT_STARTS"] = "00:00"
    desk.run("register", "import", desk.file("register.csv", REGISTER))
    assert "The next night begins at " in desk.run("up", "--once").stderr
    again = desk.run("up", "--once")
    assert (again.exit_code, "Nothing to do at present. The next night begins at " in again.stderr) == (0, True)
    told = desk.answer("up", "--once")
    assert (told["accounts"], told["runs_worked"]) == (1, 0)
    assert "T00:00:00+" in str(told["next_night_at"])
    assert desk.run("up", "--json").exit_code == 2


def test_control_characters_never_reach_the_terminal(desk: Desk):
    file = desk.file("register.csv", "Namn;Adress\n\x1b[31mrött\x07;https://x.com/almestad\n")
    shown = desk.run("register", "import", file, "--dry-run").stdout
    assert "\x1b[31m" not in shown
    assert "\x07" not in shown


def seconds_of_cpu(*command: str) -> float:
    """By the operating system: other work on the machine does not count, and only slows what does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_is_quick(tmp_path: Path):
    empty = tmp_path / "empty.py"
    empty.write_text("import click\n@click.group()\ndef main(): pass\nmain()\n")
    ours, bare = (sys.executable, "-m", "worker.cli", "--help"), (sys.executable, str(empty), "--help")
    beside = (seconds_of_cpu(*ours) / seconds_of_cpu(*bare) for _ in range(5))  # in pairs: a machine's pace changes
    assert min(beside) <= 3


def test_help_loads_nothing_of_what_the_commands_do():
    heavy = ("audits.model", "audits.wording", "babel", "pydantic", "rich")
    loads = f"import sys, worker.cli; print([name for name in sys.modules if name.startswith({heavy})])"
    done = subprocess.run([sys.executable, "-c", loads], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_choice_that_fits_no_account_is_told_apart_from_an_empty_register(desk: Desk):
    nothing = desk.run("audit")
    assert (nothing.exit_code, "Import a register" in nothing.stderr) == (1, True)
    desk.run("register", "import", desk.file("r.csv", "platform,address\nx,https://x.com/almestad\n"))
    chosen = desk.run("audit", "--account", "99")
    assert (chosen.exit_code, "matches that choice" in chosen.stderr) == (1, True)


def every_command(command: click.Command = main, *path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, under in command.commands.items():
            yield from every_command(under, *path, name)
    else:
        yield " ".join(path), command


def test_every_command_that_ends_by_itself_answers_programs_too():
    without = {path for path, each in every_command() if not any("--json" in option.opts for option in each.params)}
    assert without == {"console"}


def numbers(command: click.Command) -> Iterator[click.Parameter]:
    return (each for each in command.params if each.type.name in ("integer", "integer range"))


def test_no_number_is_taken_that_the_database_cannot_hold():
    """Otherwise the database breaks down at it, with a page of Python."""
    taken = [(path, each.name) for path, command in every_command() for each in numbers(command) if _takes_all(each)]
    assert taken == []


def _takes_all(parameter: click.Parameter) -> bool:
    try:
        parameter.type.convert("99999999999999999999", parameter, None)
    except click.BadParameter:
        return False
    return True


GROUPS = [(name,) for name, command in main.commands.items() if isinstance(command, click.Group)]


@pytest.mark.parametrize("words", [*GROUPS, ("register", "recipients"), ("case",), ("held",)], ids=" ".join)
def test_a_group_takes_json_and_alone_answers_with_objects_or_nothing(desk: Desk, words: tuple[str, ...]):
    result = desk.run(*words, "--json")
    assert (result.exit_code, bool(result.stderr)) in {(0, False), (1, True)}  # 1: there is nothing yet, and why
    assert all(isinstance(json.loads(line), dict) for line in result.stdout.splitlines())


def test_json_before_a_command_of_a_group_is_the_commands(desk: Desk):
    assert desk.run("rules", "--json", "list").stdout == desk.run("rules", "list", "--json").stdout != ""
    assert desk.run("rules", "--json").stdout == desk.run("rules", "list", "--json").stdout


@pytest.mark.parametrize("words", [("case", "show", "7"), ("pictures", "approve", "7"), ("attest", "list", "7")])
def test_what_goes_wrong_under_json_is_told_on_standard_error_alone(desk: Desk, words: tuple[str, ...]):
    result = desk.run(*words, "--json")
    assert result.exit_code in (1, 2)
    assert result.stdout == ""
    assert result.stderr


def test_a_receipt_says_which_number_is_the_cases_and_which_the_accounts(desk: Desk):
    template = Path(__file__).parents[2] / "config" / "register-template.csv"
    desk.run("register", "import", str(template))
    desk.run("audit")
    told = desk.run("case", "acknowledge", "3", "address-missing", "--by", "Redaktionen").stderr
    number = re.search(r"kanalkoll case undo (\d+)", told)
    assert number
    rule = "The register has no address (address-missing)"
    assert f"Case {number[1]} is about account 3 (Helsingborgs stad) under the rule {rule}." in told


def test_a_database_file_that_is_there_and_empty_is_not_begun_anew_without_a_word(desk: Desk):
    emptied = desk.folder / "emptied.sqlite3"
    emptied.touch()
    desk.environment["KANALKOLL_DATABASE_URL"] = f"sqlite:///{emptied}"
    told = [desk.run("up", "--once").stderr for _ in range(2)]
    assert ["emptied.sqlite3 is empty, so a new database was started" in " ".join(each.split()) for each in told] == [
        True,
        False,
    ]
