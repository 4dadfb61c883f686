"""What was set wrong is told by file, line and remedy, in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.stated import BadSettings, load_settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(folder: Path, text: str, environ: dict[str, str] | None = None) -> str:
    (folder / "kanalkoll.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as wrong:
        load_settings(environ or {})
    assert "pydantic" not in str(wrong.value)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('language = "sv"\nx = [\n', "kanalkoll.toml, line 2: "),
        ('langauge = "sv"\n', "kanalkoll.toml, line 1, langauge: there is no such setting; did you mean language?"),
        ('\nsmtp_port = "many"\n', 'kanalkoll.toml, line 2, smtp_port: "many" cannot be used; write a whole number'),
        ("smtp_port = 0\n", "kanalkoll.toml, line 1, smtp_port: 0 cannot be used: it must be at least 1"),
        ('night_starts = "noon"\n', "write a time of day, such as 03:15"),
        ('smtp_tls = "none"\n', '"none" cannot be used: it must be one of '),
        ('timezone = "Almestad"\n', "there is no time zone “Almestad”; write one such as Europe/Stockholm"),
    ],
)
def test_a_wrong_setting_is_told_by_its_line_and_remedy(folder: Path, text: str, told: str):
    assert told in complaint(folder, text)


def test_a_wrong_variable_is_told_by_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KANALKOLL_SMTP_PORT", "many")
    told = complaint(folder, "", {"KANALKOLL_SMTP_PORT": "many"})
    assert told == 'KANALKOLL_SMTP_PORT: "many" cannot be used; write a whole number'


def test_a_secret_is_not_repeated(folder: Path):
    assert "4711" not in complaint(folder, "smtp_password = 4711\n")


def test_a_list_that_is_none_is_told_by_its_variable(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KANALKOLL_OPERATORS", '["a@almestad.example"')
    told = complaint(folder, "", {"KANALKOLL_OPERATORS": "["})
    assert told.startswith("KANALKOLL_OPERATORS: is not a list; separate the items with commas")
    assert "kanalkoll.toml, line 1, operators: is not a list" in complaint(folder, "operators = 7\n", {})


@pytest.mark.parametrize(
    "written", ["a@almestad.example, b@almestad.example", '["a@almestad.example", "b@almestad.example"]',
                "a@almestad.example;b@almestad.example,", "a@almestad.example\nb@almestad.example"]
)  # fmt: skip
@pytest.mark.usefixtures("folder")
def test_a_list_may_be_written_as_people_do(written: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KANALKOLL_OPERATORS", written)
    monkeypatch.setenv("KANALKOLL_OWN_INTERNAL_HOSTS", "intern.almestad.example")
    settings = load_settings({})
    assert settings.operators == ("a@almestad.example", "b@almestad.example")
    assert settings.own_internal_hosts == {"intern.almestad.example"}


def test_the_mark_that_an_editor_puts_before_a_text_changes_no_line(folder: Path):
    assert "kanalkoll.toml, line 1, smtp_port" in complaint(folder, "\ufeffsmtp_port = 0\n", {})


def test_a_file_that_is_no_utf_8_is_told(folder: Path):
    (folder / "kanalkoll.toml").write_bytes('language = "å"'.encode("latin-1"))
    with pytest.raises(BadSettings, match="save it as UTF-8"):
        load_settings({})


def test_a_setting_that_is_half_written_is_told_with_the_first_that_begins_so(folder: Path):
    assert "officer_recipient" in complaint(folder, 'officer = "kommunikation@almestad.example"\n', {})


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        (
            "KANALKOLL_DATABSE_URL",
            "KANALKOLL_DATABSE_URL: there is no such setting; did you mean KANALKOLL_DATABASE_URL?",
        ),
        ("KANALKOLL_LANG", "KANALKOLL_LANG: there is no such setting; did you mean KANALKOLL_LANGUAGE?"),
        ("KANALKOLL_ZZZ", "KANALKOLL_ZZZ: there is no such setting; remove it"),
    ],
)
def test_a_mistyped_variable_is_told_with_the_nearest_known_name(folder: Path, variable: str, told: str):
    assert complaint(folder, "", {variable: "x"}) == told


@pytest.mark.parametrize(
    "variable", ["KANALKOLL_KEY_YOTUBE", "KANALKOLL_INIT_CITY", "KANALTEST_FUZZ", "kanalkoll_language"]
)
@pytest.mark.usefixtures("folder")
def test_a_variable_that_another_part_reads_is_left_to_it(variable: str):
    assert load_settings({variable: "x"}).language == "sv"
