"""A folder of labelled responses, read and scored: what `kanalkoll accuracy` prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from audits.accuracy import Score, Tally, score, tally
from audits.platform import Platforms
from audits.reading.markers import Packs
from worker.inspecting import inspect_page
from worker.replay import Recorded, Recording, open_recording

NOT_PROFILES = frozenset({"robots"})


def measure(folder: Path, platforms: Platforms, packs: Packs, now: datetime) -> Tally:
    """Read and score every response of the folder. Raises `BadRecording`."""
    return tally(_scores(open_recording(folder, now), platforms, packs))


def _scores(recording: Recording, platforms: Platforms, packs: Packs) -> Iterator[Score]:
    for row in recording.rows:
        if row.platform not in NOT_PROFILES:
            answer = inspect_page(recording.page(row), platforms, packs, row.platform)
            yield score(row.file, _label(row), row.row.get("truth") or {}, answer)


def _label(row: Recorded) -> str:
    return str(row.row.get("class", "other"))


def as_rows(found: Tally) -> dict[str, Any]:
    """The tally as plain values."""
    return {
        "verdicts": [
            {"platform": platform, "class": label, **{str(name): count for name, count in row.items()}}
            for (platform, label), row in sorted(found.verdicts.items())
        ],
        "facts": {name: {str(kind): count for kind, count in row.items()} for name, row in sorted(found.facts.items())},
        "wrong": [
            {"file": each.name, "class": each.label, "verdict": each.verdict, "read_as": each.read_as, "why": each.why,
             "facts": {name: kind for name, kind in each.facts.items() if kind != "right"}}
            for each in found.wrong
        ],
    }  # fmt: skip
