"""In which language a terminal speaks, and that no command keeps English words for a Swedish city."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from audits.platforms import PLATFORMS
from audits.wording import LANGUAGES, catalogue
from audits.wording.said import said, told_in
from config.settings import Settings
from tests.builders import NIGHT, STOCKHOLM
from tests.desk import Desk
from worker.cli import main
from worker.cli.findings import seen_in_words, shown_value
from worker.cli.showing import print_table, shares
from worker.cli.speaking import headings
from worker.ports import RunKind
from worker.wiring import alone, open_store, utc_now


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


SOURCES = Path(__file__).parents[2] / "worker"


def keys_named_in(folder: Path) -> set[str]:
    """Every whole key that the commands and the doctor speak by."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    spoken = {f"terminal.{key}" for key in re.findall(r'(?<!\.)\bwords\("([\w.]+)"', text)}
    return spoken | set(re.findall(r'\bsaid\("([\w.]+)"', text))


def headings_named_in(folder: Path) -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    named = re.findall(r"\bheadings\(((?:\"\w+\"(?:, )?)+)\)", text)
    return {name for names in named for name in re.findall(r'"(\w+)"', names)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_commands_say_is_written(language: str):
    assert not keys_named_in(SOURCES) - catalogue(language).keys()
    assert len(keys_named_in(SOURCES)) > 150
    headed = headings_named_in(SOURCES)
    known = catalogue(language).keys()
    assert [each for each in headed if not {f"terminal.column.{each}", f"column.{each}"} & known] == []
    assert len(headed) > 50


def test_a_sentence_is_english_text_that_can_be_said_in_swedish():
    told = said("doctor.key.expired", told=said("doctor.key.renew", owner="IT"))
    assert told == "expired; IT: renew it"
    assert told_in("sv", told) == "har upphört; IT: förnya den"


def test_what_is_no_sentence_of_ours_is_told_as_it_stands():
    assert told_in("sv", "connection refused") == "connection refused"


def test_a_terminal_speaks_english_where_nobody_said_otherwise(desk: Desk):
    assert "Remedy" in desk.run("doctor").stdout


def test_a_terminal_speaks_the_language_that_the_city_has_set(desk: Desk):
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    assert "Åtgärd" in desk.run("doctor").stdout
    assert "Registret är tomt" in desk.run("findings").stderr


def test_an_option_goes_before_what_the_city_has_set(desk: Desk):
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    assert "Remedy" in desk.run("doctor", "--language", "en").stdout


def test_scripts_read_the_same_in_every_language(desk: Desk):
    english = desk.run("doctor", "--json").stdout
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    assert desk.run("doctor", "--json").stdout == english


def test_a_file_that_is_not_what_its_name_says_is_told_in_the_language_of_the_city(desk: Desk):
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    (desk.folder / "lista.xlsx").write_bytes(b"\x7fELF" + b"\0" * 40)
    assert "ett program och ingen lista" in desk.run("register", "import", str(desk.folder / "lista.xlsx")).stderr
    renamed = desk.file("konton.xlsx", "Namn;Adress\nMuseet;https://x.com/museet\n")
    assert "är i själva verket CSV" in desk.run("register", "import", renamed, "--dry-run").stderr


def test_a_second_audit_says_what_the_first_is_doing_and_what_it_leaves_to_it(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"))
    settings = Settings(database_url=SecretStr(desk.environment["KANALKOLL_DATABASE_URL"]))
    now, store = utc_now(), open_store(settings)
    first, _ = store.start_run(RunKind.RECHECK, now.date(), now, [(1, "x.com")], request_id="the first")
    assert store.at_work(now) == ()
    store.lease(first.id, store.lanes(first.id, now), 10, now, 3600)
    assert [run.id for run in store.at_work(now)] == [first.id]
    with alone(settings):
        told = desk.run("audit").stderr
    store.close()
    assert f"Another audit is running on this database: run {first.id}, started " in told
    assert "none is checked twice in a run" in told
    assert "One account is still being checked by another process" in told


def test_who_joins_an_audit_that_another_is_at_is_told_so_in_a_way_that_no_script_takes_for_all_well(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"))
    settings = Settings(database_url=SecretStr(desk.environment["KANALKOLL_DATABASE_URL"]))
    whole, store, now = desk.answer("audit", "--json"), open_store(settings), utc_now()
    closed = store.latest_run()
    assert closed is not None
    name = str(closed.request_id).rpartition(":")[0]
    first, _ = store.start_run(RunKind.RECHECK, now.date(), now, [(1, "x.com")], request_id=name, comes_again=True)
    store.lease(first.id, store.lanes(first.id, now), 10, now, 3600)
    with alone(settings):
        joined = desk.run("audit", "--json")
    told = json.loads(joined.stdout)
    assert (whole["left"], told["left"], told["run"], joined.exit_code) == (0, 1, first.id, 1)
    assert "One account is still being checked by another process" in joined.stderr
    assert len(store.open_runs()) == 1
    store.close()


def test_what_one_at_work_beside_us_has_leased_is_not_taken_for_dead(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"))
    settings = Settings(database_url=SecretStr(desk.environment["KANALKOLL_DATABASE_URL"]))
    store, now = open_store(settings), utc_now()
    with ExitStack() as before:
        before.enter_context(alone(settings))
        with alone(settings) as is_first:
            before.close()
            run, _ = store.start_run(RunKind.RECHECK, now.date(), now, [(1, "x.com")], request_id="beside")
            store.lease(run.id, store.lanes(run.id, now), 10, now, 3600)
            desk.answer("up", "--once", "--json")
            assert (is_first, [each.id for each in store.at_work(now)]) == (False, [run.id])
        desk.answer("up", "--once", "--json")
        assert store.at_work(now) == ()
    store.close()


LISTS = [
    "findings", "rules history", "register check", "register history", "register planned",
    "register recipients list", "rest list", "closing show", "pictures list", "attest rounds", "case list", "held list",
    "timeline 1", "timeline 1 --all", "report --administration X", "rest end 1 --by A",
    "closing show 1", "case show 99",
    "register recipients set --administration X --to a@b.example", "attest hand-over 9 --to A --by B", "triage show 99",
    "case explain 1 inactive --by A --reason B --until 2020-01-20", "pictures withdraw 1 --by A",
    "paste https://x.com/ --by A",
]  # fmt: skip
ENGLISH = re.compile(r"\b(the|there|is|are|no|not|has|have|of|who|with|nothing|account|accounts|Error|Aborted)\b")


@pytest.mark.parametrize("command", LISTS)
def test_no_command_of_an_officer_keeps_english_words_for_a_swedish_city(desk: Desk, command: str):
    file = desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n")
    desk.answer("register", "import", file, "--by", "A")
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    result = desk.run(*command.split())
    assert result.exit_code in (0, 1, 2)
    told = re.sub(r"kanalkoll [a-z -]+|--[a-z-]+|\([a-z-]+\)", "", result.stdout + result.stderr)
    assert not ENGLISH.findall(told), told


@pytest.mark.parametrize(("language", "named"), [("sv", "Podd"), ("en", "Podcast")])
def test_a_platform_is_called_as_its_readers_call_it(language: str, named: str):
    assert PLATFORMS["podcast"].called(language) == named
    assert PLATFORMS["youtube"].called(language) == "YouTube"


def test_what_a_rule_looks_at_in_the_register_is_told_by_its_title_alone():
    row = {"seen": {"of": "purpose"}, "registered": None, "observed_at": NIGHT.isoformat()}
    assert not seen_in_words(row, STOCKHOLM)


def test_a_column_has_room_for_its_longest_word_before_a_longer_one_is_folded():
    assert shares([14, 30, 7], 40) == [14, 19, 7]
    assert shares([5, 5], 40) == [5, 5]
    assert shares([30, 30, 30], 20) == [8, 6, 6]


def test_a_table_is_no_wider_than_its_terminal_and_its_headings_are_whole(desk: Desk):
    desk.environment["COLUMNS"] = "80"
    row = "Kulturförvaltningen;Museienheten;Museet;Instagram;;kultur.funktionsbrevlada@almestad.example"
    file = desk.file("register.csv", f"Förvaltning;Enhet;Namn;Plattform;Adress;Mottagare\n{row}\n")
    desk.answer("register", "import", file)
    shown = desk.run("register", "recipients", "list").stdout
    assert all(len(line) <= 80 for line in shown.splitlines())
    for heading in ("administration", "unit", "account", "recipient", "language", "answering"):
        assert headings(heading)[0] in shown


@pytest.mark.parametrize("width", ["40", "60"])
def test_where_a_table_has_no_room_for_its_words_it_is_told_entry_by_entry(desk: Desk, width: str):
    desk.environment["COLUMNS"] = width
    row = "Kulturförvaltningen;Museet;https://x.com/museet;museet@almestad.example"
    file = desk.file("register.csv", f"Förvaltning;Namn;Adress;Mottagare\n{row}\n")
    desk.answer("register", "import", file)
    shown = desk.run("register", "recipients", "list").stdout
    assert "Administration: Kulturförvaltningen\n" in shown
    assert "Account: 1\n" in shown


def test_a_sign_that_a_terminal_lacks_costs_nothing_but_that_sign(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"))
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseét;https://x.com/museet\n"))
    told = CliRunner(charset="ascii").invoke(main, ["register", "history"], env=desk.environment)
    assert (told.exit_code, "Museet ? Muse?t" in " ".join(told.stdout.split())) == (0, True)


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_colour_is_shown_to_whoever_wants_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
):
    monkeypatch.chdir(desk.folder)
    monkeypatch.delenv("NO_COLOR", raising=False)
    asked = ["init", "--city", "Almestad", "--site", "almestad.example", "--yes", "--dry-run", "--show-diff"]
    told = CliRunner().invoke(main, asked, color=True, env={**desk.environment, **environment})
    assert told.exit_code == 0
    assert ("\x1b[" in told.stderr) is coloured


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    "word",
    [
        "kommunik@almestad.example",
        f"{'kommunikation' * 5}@almestad.example",
        "Kulturförvaltningen;",
        "e0cc8e96cc683112",
        "https://almestad.example/k",
    ],
)
def test_no_word_in_a_table_is_ever_broken(capsys: pytest.CaptureFixture[str], word: str):
    with click.Context(main):
        print_table("Brevlådor", ("Förvaltning", "", "Adress"), [("Kulturförvaltningen " * 3, "står så", word)])
    shown = capsys.readouterr().out
    assert word in shown
    assert "  : " not in shown, "a column without a heading"


@pytest.mark.usefixtures("narrow")
def test_where_a_cell_tells_several_things_each_has_a_line_of_its_own(capsys: pytest.CaptureFixture[str]):
    reasons = f"står på listan\n{'har stadens namn i sitt eget ' * 4}\nkanske Museet"
    with click.Context(main):
        print_table("Kanaler", ("Nr", "Vad som talar för"), [("1", reasons * 3)])
    shown = capsys.readouterr().out.splitlines()
    assert shown[2] == "    Vad som talar för: står på listan"
    assert shown[3].startswith("      har stadens namn i sitt eget har")
    assert shown[4].startswith("      i sitt eget har")


def test_an_id_that_is_as_it_should_be_is_shown_by_its_number_alone():
    row = {"outcome": "passed", "value": "account@almestad.social:001"}
    assert shown_value(row) == "001"
    assert shown_value({**row, "value": "https://almestad.example/"}) == "https://almestad.example/"
    assert shown_value({**row, "value": "did:did:plc:abc"}) == "did:plc:abc"
    assert shown_value({**row, "outcome": "failed", "seen": {}}) == "account@almestad.social:001"
