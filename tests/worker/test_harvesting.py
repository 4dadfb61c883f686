"""`kanalkoll harvest`: one JSON object a line, by the names that scripts rely on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from click.testing import CliRunner, Result

from worker.cli import main

PAGE = Path(__file__).parents[1] / "pages" / "website" / "library.html"
URL = "https://bibliotek.almestad.example/"


def harvest(body: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["harvest", "--url", URL, "--body", str(body), *more])


def test_every_line_has_the_names_of_the_contract() -> None:
    done = harvest(PAGE, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert {tuple(line) for line in lines} == {("url", "platform", "key", "kind", "found_in", "own", "why")}
    assert lines[0] == {
        "url": "https://www.facebook.com/almestadsbibliotek",
        "platform": "facebook",
        "key": "facebook:almestadsbibliotek",
        "kind": "profile",
        "found_in": "footer",
        "own": "likely",
        "why": "in what frames the site's pages; named like the publisher",
    }


def test_a_page_that_names_nothing_is_done_and_says_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<p>Inget här.</p>")
    assert (harvest(empty).exit_code, harvest(empty).stdout) == (0, "")


def test_a_packed_body_is_unpacked(tmp_path: Path) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(PAGE.read_bytes()))
    assert harvest(packed).stdout == harvest(PAGE).stdout


def test_a_damaged_packed_body_is_bad_input(tmp_path: Path) -> None:
    damaged = tmp_path / "page.html.gz"
    damaged.write_bytes(gzip.compress(PAGE.read_bytes())[:40])
    done = harvest(damaged)
    assert done.exit_code == 2
    assert "cannot be unpacked" in done.stderr


def test_headers_decide_the_letters(tmp_path: Path) -> None:
    body = tmp_path / "page.html"
    body.write_bytes('<footer><a href="https://www.linkedin.com/company/älmestad">L</a></footer>'.encode("iso-8859-1"))
    done = harvest(body, "--headers", '{"Content-Type": "text/html; charset=iso-8859-1"}')
    assert json.loads(done.stdout)["key"] == "linkedin:company:älmestad"
