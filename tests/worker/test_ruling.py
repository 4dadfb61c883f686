"""Changing the rules: rehearsed on what was last seen, kept with their effect, and one night in the shadow."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from audits.model import Outcome, Severity
from audits.rehearsing import Effect, Grade, Grounds, changes_between, digests
from audits.wording import Terms
from config.rules import Rulebook, read_rules
from tests.builders import as_of
from tests.desk import json_lines
from tests.empty import migrated
from tests.fakes import board, some_instruments
from tests.telling.offices import office
from tests.worker.nights import City
from tests.worker.routines import NAMED, city_that_last_posted, rules, take
from worker.cli import main
from worker.reporting import rules_turned
from worker.steps.ruling import grounds, note_rules, what_if
from worker.storage import SqlStore
from worker.storage.ruling import SqlRules
from worker.wiring import utc_now
from worker.wiring.ruling import Ruling


@pytest.fixture
def city(store: SqlStore) -> City:
    """Three accounts, of which one last posted 64 days ago."""
    return city_that_last_posted(store, "2026-08-31")


def rehearsed(city: City, after: Rulebook) -> list[tuple[str, int, int]]:
    def counted(effect: Effect) -> tuple[str, int, int]:
        return effect.administration, len(effect.created), len(effect.removed)

    return [counted(each) for each in what_if(city.store, city.instruments.rulebook, after, as_of(city.clock()))]


def test_a_sharper_limit_would_create_findings_and_is_told_by_administration(city: City):
    asked = len(city.asker.asked)
    assert rehearsed(city, rules(60)) == [("KF", 1, 0)]
    assert len(city.asker.asked) == asked
    assert city.told() == set()


def test_an_easier_limit_would_remove_them(city: City):
    city.instruments = some_instruments(rules(60))
    assert rehearsed(city, rules(90)) == [("KF", 0, 1)]


def test_a_post_that_was_seen_once_counts_in_a_rehearsal_as_it_does_at_night(store: SqlStore):
    city = city_that_last_posted(store, "2026-07-20")  # so long ago that no kept copy lacks newer posts
    take(city, rules(170))
    city.night()
    city.web[city.addresses[0]] = board(posted="2026-05-10", number="0")
    city.night()
    assert rehearsed(city, rules(130)) == []
    assert rehearsed(city, rules(100)) == [("KF", 1, 0)]


def test_a_rule_that_goes_takes_its_findings_and_a_new_one_brings_its_own(city: City):
    city.instruments = some_instruments(rules(60))
    assert rehearsed(city, read_rules(NAMED)) == [("KF", 3, 1)]


@pytest.mark.parametrize(
    ("after", "level", "severity"),
    [(rules(30, deviation=60), "deviation", Severity.MEDIUM), (rules(30, severity="high"), "notice", Severity.HIGH)],
)
def test_a_finding_told_as_another_level_or_severity_is_an_effect_of_its_own(city: City, after, level, severity):
    city.instruments = some_instruments(rules(30))
    [effect] = what_if(city.store, city.instruments.rulebook, after, as_of(city.clock()))
    [shift] = effect.regraded
    assert (shift.before, shift.after) == (Grade("notice", Severity.LOW), Grade(level, severity))
    assert not effect.created
    assert not effect.removed


def test_rules_that_differ_in_words_alone_would_change_nothing(city: City):
    worded = read_rules(rules().text.replace("Tyst", "Inget nytt"))
    assert rehearsed(city, worded) == []
    assert not changes_between(digests(rules().routines), digests(worded.routines))


def test_a_window_and_an_exemption_are_changes_too():
    days = '[window.w]\nfirst = "01-01"\nlast = "01-31"\nsuspend = ["silence"]\n'
    freed = '[[exemption]]\nrules = ["silence"]\naccounts = [1]\nreason = "r"\ndecided_by = "d"\n'
    for extra in (days, freed):
        assert changes_between(digests(rules().routines), digests(rules(extra=extra).routines)).changed == ("silence",)


def test_a_rule_that_was_turned_off_is_told_by_the_title_that_it_had(tmp_path: Path):
    titled = NAMED + 'title.en = "The sender is not named"\n'
    with office(tmp_path) as opened:
        kept = SqlRules(opened.store.db)
        for book in (rules(extra=titled), rules()):
            opened.clock.pass_hours(1)
            note_rules(opened.store, kept, book, as_of(opened.clock()))
        turned = next(iter(rules_turned(opened.deployment, Terms(language="en", labels={})))).rows
    assert [cell.text for cell in turned[0]][:2] == ["The sender is not named", "turned off 10 November 2026"]


def test_rules_of_an_edition_that_cannot_be_read_any_more_are_told_by_their_ids(tmp_path: Path):
    with office(tmp_path) as opened:
        note_rules(opened.store, SqlRules(opened.store.db), rules(extra=NAMED), as_of(opened.clock()))
        ruling = Ruling(opened.deployment)
        [kept] = ruling.history()
        forgotten = replace(kept, text='[rule.named]\ncheck = "forgotten"\n')
        assert (set(ruling.last_known({"named"}, [kept])), ruling.last_known({"named"}, [forgotten])) == ({"named"}, {})


def test_each_version_is_kept_once_with_what_changed_and_to_what_effect(city: City):
    take(city, rules(60, NAMED))
    take(city, rules(60, NAMED))
    newest, first = SqlRules(city.store.db).rules_history()
    assert (newest.changes.added, newest.changes.changed) == (("named",), ("silence",))
    assert newest.effect == {"KF": (4, 0)}
    assert first.effect == {}
    assert newest.text.startswith("[rule.silence]")


def test_rules_that_another_release_kept_and_this_one_cannot_read_stop_no_night(city: City):
    kept = SqlRules(city.store.db)
    first = kept.rules_history()[0]
    kept.keep_rules(replace(first, digest="older", text='[rule.silence]\ncheck = "telepathy"\n'), first.digest)
    take(city, rules(60))
    newest = kept.rules_history()[0]
    assert (newest.changes.changed, newest.effect) == (("silence",), {})
    city.night()


def test_of_two_who_keep_at_once_one_does(city: City):
    kept = SqlRules(city.store.db)
    version = kept.rules_history()[0]
    assert not kept.keep_rules(version, "another")
    assert kept.keep_rules(version, version.digest)


def waiting(city: City) -> set[tuple[int, str]]:
    """What was found and is not told."""
    return {
        (account.id, finding.rule)
        for account, finding, standing in city.store.current_findings()
        if finding.outcome is Outcome.FAILED and standing.outcome is not Outcome.FAILED
    }


def test_a_changed_rule_is_judged_and_not_told_on_its_first_night(city: City):
    take(city, rules(60))
    city.night()
    assert waiting(city) == {(1, "silence")}
    assert city.store.cases() == ()
    city.night()
    assert city.told() == {(1, "silence")}


def test_a_shadow_night_holds_back_no_other_rule(store: SqlStore):
    city = city_that_last_posted(store, "2026-08-31", "2026-08-05")  # the second one is silent for 90 days by tomorrow
    take(city, rules(90, NAMED))
    city.night()
    assert city.told() == {(2, "silence")}


def test_the_very_first_rules_run_no_shadow_night(store: SqlStore):
    city = City(store, 1)
    city.web[city.addresses[0]] = board(posted="2026-05-01", number="0")
    take(city, rules())
    city.night()
    assert city.told() == {(1, "silence")}


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command on a database of its own, with the shipped rules in use."""
    monkeypatch.setenv("KANALKOLL_DATABASE_URL", migrated(tmp_path / "own.sqlite3"))
    return lambda *words: CliRunner().invoke(main, ["rules", *map(str, words)])


def test_the_command_tells_what_a_file_would_change_and_refuses_a_bad_one_by_line(command, tmp_path: Path):
    file = tmp_path / "other.toml"
    file.write_text(NAMED, encoding="utf-8")
    told = command("--what-if", file, "--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["changes"]["added"] == ["named"]
    file.write_text('[rule.a]\ncheck = "gnoe"\n', encoding="utf-8")
    refused = command("what-if", file)
    assert refused.exit_code == 2
    assert "other.toml, line 2, rule “a”: unknown check “gnoe”" in refused.stderr


def test_the_command_lists_each_rule_with_the_sentence_it_comes_from(command):
    listed = [json.loads(line) for line in command("list", "--json").stdout.splitlines()]
    assert {"facebook-picture", "rota-week"} <= {row["rule"] for row in listed}
    assert all(row["source"] for row in listed)


def test_the_history_begins_with_the_rules_in_use(command):
    [first] = [json.loads(line) for line in command("history", "--json").stdout.splitlines()]
    assert (first["effect"], "inactive" in first["changes"]["added"]) == ({}, True)


def test_a_rehearsal_shows_each_limit_as_it_was_and_would_be(command, tmp_path: Path):
    shipped = (Path(__file__).parents[2] / "config" / "rules.toml").read_text(encoding="utf-8")
    file = tmp_path / "other.toml"
    changed = shipped.replace("\ndeviation_days = 90\n", "\ndeviation_days = 60\n")
    file.write_text(
        changed.replace("youtube = { notice_days = 90", "youtube = { notice_days = 80", 1), encoding="utf-8"
    )
    told = command("--what-if", file).stderr
    assert "No new post: days until a deviation: 90 → 60" in told
    assert "No new post (YouTube): days until a reminder: 90 → 80" in told
    assert "Nothing to judge from: the changed rules apply to no account in the register." in told


@pytest.mark.parametrize("words", ["--what-if FILE --accounts", "--accounts what-if FILE", "what-if FILE --accounts"])
def test_every_account_can_be_asked_for_in_either_way_of_asking(command, tmp_path: Path, words: str):
    file = tmp_path / "other.toml"
    file.write_text(NAMED, encoding="utf-8")
    told = command(*(str(file) if word == "FILE" else word for word in words.split()), "--json")
    assert told.exit_code == 0, told.output


@pytest.fixture
def seen(city: City, command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command on the city's database, with its rules in use."""
    (tmp_path / "used.toml").write_text(rules().text, encoding="utf-8")
    monkeypatch.setenv("KANALKOLL_DATABASE_URL", city.store.db.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KANALKOLL_RULES_FILE", str(tmp_path / "used.toml"))
    return command


FREED = '[[exemption]]\nrules = ["silence"]\nreason = "beslut"\ndecided_by = "KA"\naccounts = [1, "board:konto"]\n'


def test_an_open_case_of_an_account_that_the_last_look_did_not_see_is_named_beside_the_effects(
    city: City, seen, tmp_path: Path
):
    city.clock.pass_hours(24 * 60)
    city.night()
    [case] = city.store.cases()
    city.web[city.addresses[0]] = "<title>Log in</title>"
    city.night()
    (tmp_path / "other.toml").write_text(rules(extra=FREED).text, encoding="utf-8")
    told = json.loads(seen("--what-if", tmp_path / "other.toml", "--json").stdout)
    assert told["effects"] == []
    [unjudged] = told["unjudged"]
    assert (unjudged["account"], unjudged["rule"], unjudged["ends"]) == (case.account_id, "silence", True)
    assert [each["named"] for each in told["unmet"]] == ["board:konto"]


def test_the_list_shows_what_frees_accounts_of_a_rule_and_whom_the_register_does_not_have(seen, tmp_path: Path):
    (tmp_path / "used.toml").write_text(rules(extra=FREED).text, encoding="utf-8")
    told = " ".join(seen("list").output.split())
    assert "exemption for 1, board:konto: beslut (decided by KA)" in told
    assert (
        "The exemption for board:konto (silence) does not match any account in the register. Did you mean board:konto"
        in told
    )


def test_a_rule_that_the_file_has_lost_is_named_by_list_and_doctor_while_cases_wait_for_it(
    city: City, seen, tmp_path: Path
):
    city.clock.pass_hours(24 * 60)
    city.night()
    assert [case.rule for case in city.store.cases()] == ["silence"]
    assert "lacks rules" not in seen("list").output
    (tmp_path / "used.toml").write_text(NAMED, encoding="utf-8")
    told = " ".join(seen("list").output.split())
    assert "The file lacks rules that open cases depend on (number of cases): silence (1)" in told
    doctor = CliRunner().invoke(main, ["doctor", "--json"])
    [answer] = [each for each in json_lines(doctor.stdout) if each["what"] == "rules"]
    assert (answer["state"], "silence (1)" in answer["told"]) == ("ageing", True)


def test_accounts_of_which_no_post_is_known_are_nothing_to_judge_from(store: SqlStore):
    city = City(store, 2)
    assert grounds(store, rules(), rules(60), as_of(city.clock())) == Grounds(bound=2, judged=0)


def test_where_no_latest_post_is_known_a_rehearsal_says_so(command, tmp_path: Path):
    root = Path(__file__).parents[2] / "config"
    CliRunner().invoke(main, ["register", "import", str(root / "register-template.csv")])
    file = tmp_path / "other.toml"
    shipped = (root / "rules.toml").read_text(encoding="utf-8")
    file.write_text(shipped.replace("\ndeviation_days = 90\n", "\ndeviation_days = 60\n"), encoding="utf-8")
    assert "Nothing to judge from: no account has a known latest post." in command("--what-if", file).stderr


def test_what_a_rehearsal_rests_on_is_counted(city: City):
    assert grounds(city.store, rules(), rules(60), as_of(city.clock())) == Grounds(bound=3, judged=3)


def test_the_accounts_concerned_are_named(seen, tmp_path: Path):
    (tmp_path / "other.toml").write_text(NAMED, encoding="utf-8")
    told = seen("--what-if", tmp_path / "other.toml")
    assert "Accounts affected" in told.stdout
    assert told.stdout.count("named") == 3


def looked_at_lately(city: City) -> None:
    """In the last night before the day that the command counts from: one account posted 64 days before, the others one
    day before.
    """
    city.clock.pass_hours(24 * (utc_now() - city.clock()).days)
    for at, address in enumerate(city.addresses):
        posted = city.clock().date() - timedelta(days=1 if at else 64)
        city.web[address] = board(posted=posted.isoformat(), number=str(at))
    city.night()


def test_each_account_is_told_with_what_becomes_of_its_finding(city: City, seen, tmp_path: Path):
    looked_at_lately(city)
    (tmp_path / "used.toml").write_text(rules(30).text, encoding="utf-8")
    (tmp_path / "other.toml").write_text(rules(30, deviation=60).text, encoding="utf-8")
    told = seen("--what-if", tmp_path / "other.toml")
    assert (
        "Would create 0 findings in 0 administrations, remove 0, and change the level or severity of 1." in told.stderr
    )
    assert "reminder, to review → deviation, should be fixed" in " ".join(told.stdout.split())
    [effect] = json.loads(seen("--what-if", tmp_path / "other.toml", "--json").stdout)["effects"]
    [row] = effect["regraded"]
    assert row["from"] == {"level": "notice", "severity": "low"}
    assert row["to"] == {"level": "deviation", "severity": "medium"}


def test_no_word_of_the_list_of_rules_is_broken_at_eighty_columns(command, monkeypatch: pytest.MonkeyPatch):
    rows = [json.loads(line) for line in command("list", "--json").stdout.splitlines()]
    monkeypatch.setenv("COLUMNS", "80")
    shown = command("list").stdout
    assert max(map(len, shown.splitlines())) <= 80
    said = {word for row in rows for word in f"{row['title']} {row['source']} {row['acts']}".split()}
    assert {word.strip(",:") for word in said} <= {word.strip(",:") for word in shown.split()}
