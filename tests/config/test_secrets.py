"""Secrets in files of their own, as containers have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Settings]:
    """Settings whose secrets lie in a folder of the test's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KANALKOLL_SMTP_PASSWORD", raising=False)

    class Here(Settings):
        secrets = tmp_path

    return Here


def a_file(here: type[Settings], text: str) -> None:
    (here.secrets / "kanalkoll_smtp_password").write_text(text)


def test_a_secret_may_lie_in_a_file_of_its_own(here: type[Settings]):
    a_file(here, "a made-up password\n")
    settings = here()
    assert settings.smtp_password.get_secret_value() == "a made-up password"
    assert "made-up" not in repr(settings)


def test_the_environment_wins_and_an_empty_variable_is_none(here: type[Settings], monkeypatch: pytest.MonkeyPatch):
    a_file(here, "in the file")
    monkeypatch.setenv("KANALKOLL_SMTP_PASSWORD", "")
    assert here().smtp_password.get_secret_value() == "in the file"
    monkeypatch.setenv("KANALKOLL_SMTP_PASSWORD", "on the spot")
    assert here().smtp_password.get_secret_value() == "on the spot"


def test_where_there_is_no_such_folder_nothing_is_missing(here: type[Settings]):
    here.secrets = here.secrets / "none"
    assert here().smtp_password.get_secret_value() == ""
