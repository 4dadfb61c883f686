"""A folder of labelled responses, read and scored: what `kanalkoll accuracy` prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from audits.accuracy import FactVerdict, Known, Score, Share, Tally, Verdict, score, sunk, tally
from audits.platform import Platforms
from audits.reading.markers import Packs
from config.accuracy import Recorded
from worker.inspecting import inspect_page
from worker.replay import Recorded as Response
from worker.replay import Recording, open_recording

NOT_PROFILES = frozenset({"robots"})


def worse(found: Tally, folder: Path, recorded: Recorded, on: date) -> list[str]:
    """What is worse than recorded, in words; nothing where the figures were recorded over another folder."""
    index = sha256((folder / "index.jsonl").read_bytes()).hexdigest()
    return list(sunk(found.figures(on), recorded.figures)) if index == recorded.measured_over else []


def measure(folder: Path, platforms: Platforms, packs: Packs, known: Known, now: datetime) -> Tally:
    """Read and score every response of the folder; `known` names the labels in doubt. Raises `BadRecording`."""
    return tally(_scores(open_recording(folder, now), platforms, packs, known))


def _scores(recording: Recording, platforms: Platforms, packs: Packs, known: Known) -> Iterator[Score]:
    for row in recording.rows:
        if row.platform not in NOT_PROFILES:
            answer = inspect_page(recording.page(row), platforms, packs, row.platform)
            yield score(row.file, _label(row), row.row.get("truth") or {}, answer, known)


def _label(row: Response) -> str:
    return str(row.row.get("class", "other"))


def as_rows(found: Tally) -> dict[str, Any]:
    """The tally as plain values."""
    return {
        "verdicts": [
            {"platform": platform, "class": label, **{str(name): count for name, count in row.items()}}
            for (platform, label), row in sorted(found.verdicts.items())
        ],
        "classes": {label: _share(found.share_right(label)) for label in found.labels()},
        "facts": {name: {str(kind): count for kind, count in row.items()} for name, row in sorted(found.facts.items())},
        "facts_read": _share(found.share_of_facts()),
        "invented": found.total_facts(FactVerdict.INVENTED),
        "false_accusations": found.total(Verdict.FALSE_ACCUSATION),
        "doubtful": [_doubtful(each) for each in found.doubtful],
        "wrong": [_wrong(each) for each in found.wrong],
    }


def _share(share: Share) -> dict[str, int | float | None]:
    return {"right": share.right, "of": share.of, "share": share.value}


def _wrong(score: Score) -> dict[str, Any]:
    facts = {name: kind for name, kind in score.facts.items() if kind not in (FactVerdict.RIGHT, FactVerdict.BEYOND)}
    return {
        "file": score.name,
        "class": score.label,
        "verdict": score.verdict,
        "read_as": score.read_as,
        "why": score.why,
        "facts": facts,
    }


def _doubtful(score: Score) -> dict[str, Any]:
    stands_for, why = (score.doubt.stands_for, score.doubt.why) if score.doubt else ("", "")
    return {
        "file": score.name,
        "class": score.label,
        "stands_for": stands_for,
        "why": why,
        "verdict": score.verdict,
        "read_as": score.read_as,
    }
