"""`kanalkoll accuracy` fails where a living account was accused, and where a recorded figure has sunk."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audits.accuracy import Share
from audits.platforms import PLATFORMS
from config.accuracy import Recorded, load_accuracy
from tests.builders import NIGHT
from tests.platforms.shown import PACKS, kept
from worker.cli import main
from worker.measuring import measure, worse

# The signs of pages grow old and accuse nobody then; what the protocol itself says accuses in any year.
ACTOR = "https://social.almestad.example/users/almestad"
TOMBSTONE = json.dumps({"type": "Tombstone", "id": ACTOR}).encode()


def a_folder(folder: Path, label: str, words: str) -> Path:
    """One labelled response: YouTube's notice in a channel's place."""
    body = kept("youtube", "alert.html").body.replace(b"ALERT", words.encode())
    return labelled(folder, body, label, platform="youtube", request_url="https://www.youtube.com/@almestad")


def labelled(folder: Path, body: bytes, label: str, **row: object) -> Path:
    (folder / "one.gz").write_bytes(gzip.compress(body))
    (folder / "index.jsonl").write_text(json.dumps({"file": "one.gz", "class": label, **row}) + "\n")
    return folder


def told(folder: Path) -> Result:
    return CliRunner().invoke(main, ["accuracy", str(folder), "--json"])


def recorded_over(folder: Path, right: int) -> Recorded:
    """Figures that were recorded over this very folder, or over another one."""
    recorded = load_accuracy()
    figures = replace(recorded.figures, classes={"gone": Share(right, 1)}, facts=Share(0, 0), invented=1)
    index = sha256((folder / "index.jsonl").read_bytes()).hexdigest()
    return replace(recorded, figures=figures, measured_over=index)


@pytest.mark.parametrize(("label", "code"), [("live", 1), ("login_wall", 1), ("gone", 0)])
def test_a_false_accusation_fails_the_command(label: str, code: int, tmp_path: Path) -> None:
    said = told(labelled(tmp_path, TOMBSTONE, label, platform="mastodon", request_url=ACTOR, status=410))
    assert said.exit_code == code
    assert json.loads(said.stdout)["false_accusations"] == code


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path).exit_code == 2


@pytest.mark.parametrize(("words", "sinks"), [("This channel does not exist.", False), ("Kanalen vilar.", True)])
def test_a_figure_that_sinks_is_told_over_the_responses_it_was_recorded_over(
    words: str, sinks: bool, tmp_path: Path
) -> None:
    folder = a_folder(tmp_path, "gone", words)
    recorded = recorded_over(folder, right=1)
    found = measure(folder, PLATFORMS, PACKS, recorded.known, NIGHT)
    assert bool(worse(found, folder, recorded, NIGHT.date())) is sinks
    assert not worse(found, folder, replace(recorded, measured_over="another folder"), NIGHT.date())
