"""A file that cannot be had is named, with what would mend it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from audits.wording.said import told_in
from config.controls import load_controls
from config.discover import load_discovery
from config.files import BadFile, is_of_a_file, read_text, told, write
from config.keys import load_keys
from config.lookalikes import load_places
from config.permissions import load_permissions
from config.public_list import load_public_list
from config.rules import load_rules
from config.wikidata import load_wikidata

READERS = (
    load_controls, load_discovery, load_keys, load_permissions, load_places, load_public_list, load_rules,
    load_wikidata,
)  # fmt: skip


@pytest.mark.parametrize("load", READERS)
def test_every_reader_names_a_file_that_is_no_text_and_the_remedy(load: object, tmp_path: Path):
    file = tmp_path / "some.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(BadFile, match=r"some\.xlsx: is not a text file in UTF-8; save it as UTF-8"):
        load(file)  # type: ignore[operator]  # each takes a path


@pytest.mark.parametrize("load", READERS)
def test_every_reader_names_a_file_that_is_not_there(load: object, tmp_path: Path):
    with pytest.raises(BadFile, match=r"none\.toml: there is no such file"):
        load(tmp_path / "none.toml")  # type: ignore[operator]  # each takes a path


def test_the_mark_that_an_editor_puts_before_a_text_is_none_of_it(tmp_path: Path):
    (tmp_path / "rules.toml").write_bytes(b'\xef\xbb\xbflanguage = "sv"')
    assert read_text(tmp_path / "rules.toml") == 'language = "sv"'


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(BadFile, match="is a folder; give the name of a file"):
        read_text(tmp_path)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "correct the path, or create the folder first"),
        (errno.ENOTDIR, "give the name of a folder"),
        (errno.EACCES, "change its permissions or choose another place"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EIO, "check the disk"),
    ],
)
def test_each_kind_of_error_has_its_remedy_in_both_languages(number: int, said: str):
    sentence = told(OSError(number, "why", "out/e.csv"))
    assert said in sentence
    assert told_in("sv", sentence).startswith("out/e.csv: ")
    assert said not in told_in("sv", sentence)


def test_a_full_disk_names_no_file_and_is_told_all_the_same():
    assert is_of_a_file(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_of_a_file(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))


def test_a_disk_that_fills_up_while_a_file_is_written_is_told_with_the_files_name():
    with pytest.raises(OSError, match="No space left") as full:
        write(Path("/dev/full"), "hej")
    assert told(full.value).startswith("/dev/full: the disk is full")
