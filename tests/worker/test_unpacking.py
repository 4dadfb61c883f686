"""A stored body is unpacked as far as it goes, however damaged, and `inspect` reads what is left."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.platforms.shown import kept
from worker.cli import main
from worker.unpacking import MOST_BYTES, unpack

PAGE = kept("instagram", "shell.html").body


def test_a_body_is_unpacked_however_often_it_was_packed() -> None:
    assert unpack(PAGE) == (PAGE, True)
    assert unpack(gzip.compress(PAGE)) == (PAGE, True)
    assert unpack(gzip.compress(gzip.compress(PAGE))) == (PAGE, True)


def test_a_body_that_breaks_off_is_told_from_a_whole_one() -> None:
    body, whole = unpack(gzip.compress(PAGE)[:-200])
    assert PAGE.startswith(body)
    assert body
    assert not whole


def test_what_stands_before_the_damage_is_kept() -> None:
    packed = bytearray(gzip.compress(PAGE * 50, compresslevel=0))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) - len(packed) // 2)
    body, whole = unpack(bytes(packed))
    assert body.startswith(PAGE)
    assert not whole


def test_what_only_begins_like_gzip_is_handed_on_as_it_lies() -> None:
    assert unpack(b"\x1f\x8bnothing of the kind") == (b"\x1f\x8bnothing of the kind", False)


def test_a_bomb_is_taken_in_only_so_far() -> None:
    body, whole = unpack(gzip.compress(bytes(MOST_BYTES * 4)))
    assert (len(body), whole) == (MOST_BYTES, False)


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_raise(body: bytes, packed: bool) -> None:
    assert isinstance(unpack(b"\x1f\x8b\x08" + body if packed else zlib.compress(body))[0], bytes)


@pytest.mark.parametrize(
    ("stored", "transport"),
    [
        (b"", "unreadable"),
        (gzip.compress(PAGE), "ok"),
        (gzip.compress(PAGE)[:-8], "ok"),
        (b"\x1f\x8bnothing of the kind", "unreadable"),
        (bytes(range(256)) * 1000, "unreadable"),
        ("<title>Almestad (@almestad) • Instagram</title>".encode("utf-16"), "ok"),
    ],
    ids=["empty", "packed", "its end is missing", "damaged", "no text", "another charset"],
)
def test_any_body_is_inspected_without_a_complaint(stored: bytes, transport: str, tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes(stored)
    said = CliRunner().invoke(
        main, ["inspect", "--url", "https://www.instagram.com/almestad/", "--body", str(file), "--json"]
    )
    assert (said.exit_code, json.loads(said.stdout)["transport"]) == (0, transport)
