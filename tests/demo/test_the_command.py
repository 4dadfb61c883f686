"""`kanalkoll demo`: what is shown, what is written, and that it is the same every time."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from demo import RULES
from demo.story import read_register
from tests.demo.lived import COLUMNS, City, Shown, spoken_once, told_once
from worker.cli import main

FILES = ("report.html", "report.en.html", "findings.json", "timeline.json", "discoveries.json")


def test_it_ends_well_and_writes_all_it_promises(shown: Shown):
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert {path.name for path in shown.out.iterdir()} >= {*FILES, "almestad.sqlite3"}


def test_a_second_run_writes_the_same_to_the_byte_and_prints_nothing_but_json(shown: Shown, tmp_path_factory):
    again = told_once(tmp_path_factory)
    assert json.loads(again.stdout)["nights"] == 10
    assert [name for name in FILES if (again.out / name).read_bytes() != (shown.out / name).read_bytes()] == []


def test_the_public_list_is_left_in_every_form_and_names_no_mailbox(shown: Shown):
    listed = {path.name: path.read_text(encoding="utf-8") for path in (shown.out / "public-list").iterdir()}
    assert listed.keys() == {"accounts.html", "accounts.json", "accounts.csv", "accounts.jsonld", "trust.txt"}
    assert [name for name, text in listed.items() if "social.almestad.example/@bibliotek" not in text] == []
    assert [name for name, text in listed.items() if "kultur@almestad.example" in text] == []


def test_every_administration_and_the_officer_have_a_letter_and_nobody_else(city: City, shown: Shown):
    owners = {row["administration"] for row in city.findings if row["administration"]}
    letters = [path.read_text(encoding="utf-8") for path in (shown.out / "letters").glob("*.txt")]
    assert len(letters) == len(owners) + 2, "the overview, and what nobody else is named for"
    assert [owner for owner in owners if not any(owner in letter for letter in letters)] == []
    named = [path.stem.partition("-")[2] for path in (shown.out / "letters").glob("*.txt")]
    assert len(set(named)) == len(named), "two letters that only their numbers tell apart"


def test_report_and_overview_count_what_is_open_alike(shown: Shown):
    figures = json.loads((shown.out / "report.json").read_bytes())["figures"]
    overview = (shown.out / "letters" / "00-overview.txt").read_text(encoding="utf-8")
    told = re.search(r"öppet\? (\d+) anmärkningar[^.]*\.\s+Därtill (\d+)\s+som är förklarad", overview)
    assert told
    assert [int(count) for count in told.groups()] == [figures["remarks"], figures["explained"]]


def test_the_public_list_and_the_register_are_held_against_each_other(shown: Shown):
    found = json.loads((shown.out / "discoveries.json").read_bytes())["found"]
    told = {(each["what"], each["key"]) for each in found}
    assert ("listed_not_registered", "facebook:hundrastgardarialmestad") in told
    assert ("registered_not_listed", "bluesky:fritid.almestad.example") in told


def test_the_sites_link_to_channels_that_nobody_has_registered(shown: Shown):
    found = json.loads((shown.out / "discoveries.json").read_bytes())["found"]
    unknown = {each["key"]: each for each in found if each["what"] == "linked_not_registered"}
    assert unknown["instagram:almestadsstadsbibliotek"]["pages"] == ["https://bibliotek.almestad.example/"]
    assert unknown["x:almestaddrift"]["is_likely"] is False
    assert "instagram:forlagetlinden" not in unknown


def test_it_begins_by_saying_that_the_city_is_invented(shown: Shown):
    assert shown.stdout.startswith("Invented city: Almestad does not exist.")


def test_no_line_is_wider_than_the_terminal_but_the_commands_to_copy(shown: Shown):
    wide = [line for line in shown.stdout.splitlines() if len(line.rstrip()) > COLUMNS]
    assert [line for line in wide if "kanalkoll" not in line and "KANALKOLL" not in line] == []


def test_the_story_fits_a_tall_screen(shown: Shown):
    assert len(shown.stdout.splitlines()) <= 95


def test_every_night_has_its_line_and_says_how_many_could_be_read(city: City, shown: Shown):
    lines = re.findall(r"^\w{3} (\d+) Nov · (\d+) of (\d+) read", shown.stdout, re.MULTILINE)
    nights = [night for night in city.nights if night["kind"] == "nightly"]
    assert [(int(day), int(read), int(all_)) for day, read, all_ in lines] == [
        (int(night["at"][8:10]), night["read"], night["accounts"]) for night in nights
    ]


def test_every_way_not_to_see_is_told_with_what_would_open_it(shown: Shown):
    told = shown.stdout.partition("could not be seen")[2].partition("Read on")[0]
    unseen = " ".join(told.split())
    reasons = ["not allowed", "automatic reading", "consent page", "asked us to wait", "unknown layout", "log-in"]
    assert [reason for reason in reasons if reason not in unseen] == []
    assert "Paste the link to the latest post." in unseen


def test_a_key_that_ends_within_the_month_is_told(shown: Shown):
    assert "The key youtube ends on 30 November 2026" in shown.stdout


def test_the_terminal_speaks_swedish_too(tmp_path_factory):
    told = spoken_once(tmp_path_factory)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "tors 12 nov. · 48 av 65 lästa" in told.stdout


def test_it_ends_with_three_things_to_try_that_work(shown: Shown, tmp_path: Path):
    tried = re.findall(r"^ +(\S.*)$", shown.stdout.partition("Three things to try")[2], re.MULTILINE)
    assert [line for line in tried if re.match(r"\d\. ", line)] == list(tried[::2])
    case, imported = tried[1].split(), tried[3].split()
    settings = dict(word.split("=", 1) for word in case if word.startswith("KANALKOLL_"))
    words = case[len(settings) + 1 :]
    own = {"KANALKOLL_DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    assert settings.pop("KANALKOLL_DATABASE_URL") == f"sqlite:///{shown.out / 'almestad.sqlite3'}"
    copy = {"KANALKOLL_DATABASE_URL": f"sqlite:///{shutil.copy(shown.out / 'almestad.sqlite3', tmp_path)}"}
    decided = CliRunner().invoke(main, words, env={**settings, **copy})  # others read the demo's own database
    previewed = CliRunner().invoke(main, imported[1:], env=own)
    identified = CliRunner().invoke(main, ["identify"], input=tried[5].split("'")[1])
    assert [decided.exit_code, previewed.exit_code, identified.exit_code] == [0, 0, 0]
    assert "taking care of it" in decided.stderr
    assert "facebook:almestad" in identified.stdout


def test_neither_the_list_nor_an_answer_says_yes_of_an_account_that_somebody_else_holds(shown: Shown, tmp_path: Path):
    copy = {"KANALKOLL_DATABASE_URL": f"sqlite:///{shutil.copy(shown.out / 'almestad.sqlite3', tmp_path)}"}
    words = ["public-list", "generate", "--to", str(tmp_path / "list"), "--json"]
    told = CliRunner().invoke(main, words, env={**copy, "KANALKOLL_RULES_FILE": str(RULES)})
    doubtful = {each["url"]: (each["why"], each["vouched"]) for each in json.loads(told.stdout)["doubtful"]}
    assert doubtful["https://x.com/almestadkonst"] == ("anothers", False)
    assert "https://x.com/almestad" not in doubtful
    assert "social=https://x.com/almestadkonst\n" not in (tmp_path / "list" / "trust.txt").read_text(encoding="utf-8")
    asked = ["x.com/i/user/7000000018", "facebook.com/profile.php?id=700000000000004"]
    told = CliRunner().invoke(main, ["whose", *asked, "--json"], env={**copy, "KANALKOLL_RULES_FILE": str(RULES)})
    assert [json.loads(line)["whose"] for line in told.stdout.splitlines()] == ["doubted", "ours"]


def test_the_findings_name_what_was_seen_or_why_it_was_not(city: City):
    rows = city.findings
    assert {row["name"] for row in rows if row["state"] == "confirmed"} >= {"Almestad växer", "Almestads konsthall"}
    assert all(row["seen"] or row["value"] for row in rows if row["outcome"] == "failed")
    assert all(row["why"] for row in rows if row["outcome"] == "cannot_tell")


def test_the_findings_are_those_that_the_report_tells_also_where_the_last_look_was_blind(shown: Shown, city: City):
    lives = json.loads((shown.out / "report.json").read_bytes())["lives"]
    told = {(line["account"]["id"], line["rule"]) for life in lives for line in life["lines"]}
    assert {(row["account"], row["rule"]) for row in city.findings if row["state"] == "confirmed"} == told
    assert any(row["unseen"] for row in city.findings)


def test_the_timeline_tells_the_history_of_each_account(city: City):
    gone = next(each for each in city.accounts if each["name"] == "Almestad växer")
    assert {line["what"] for line in gone["lines"]} == {"register", "observation", "finding", "case"}


def test_the_history_names_another_id_beside_the_value_that_its_case_is_known_by(city: City):
    taken = [line for line in city.lines("Almestads konsthall", "x") if line.get("rule") == "taken-over"]
    assert {line["platform_id"] for line in taken if line.get("outcome") == "failed"} == {"user:7999999999"}


@pytest.mark.parametrize("name", ["report.html", "report.en.html"])
def test_the_report_stands_alone_and_links_only_to_accounts_and_to_what_was_found(shown: Shown, name: str):
    page = (shown.out / name).read_text(encoding="utf-8")
    assert not re.search(r"<(script src|link|img|iframe)\b", page)
    hosts = {link.split("/")[2] for link in re.findall(r'href="(https?://[^"]+)"', page)}
    registered = {urlsplit(row["Adress"]).hostname for row in read_register() if row["Adress"]}
    found = json.loads((shown.out / "discoveries.json").read_bytes())["found"]
    named = (urlsplit(address).hostname for each in found for address in (each["url"], each["should"], *each["pages"]))
    assert hosts <= registered | {"social.almestad.example"} | set(named)


def test_the_report_is_in_the_language_it_says(shown: Shown):
    swedish, english = ((shown.out / name).read_text(encoding="utf-8") for name in FILES[:2])
    assert '<html lang="sv">' in swedish
    assert '<html lang="en">' in english
    assert "Påhittad stad" in swedish
    assert "Invented city" in english


def test_a_folder_that_cannot_be_written_is_bad_input(tmp_path: Path):
    (tmp_path / "out").write_text("a file")
    result = CliRunner().invoke(main, ["demo", "--out", str(tmp_path / "out" / "below")])
    assert result.exit_code == 2
