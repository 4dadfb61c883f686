"""Canada's list of 1 June 2026, from which 44 % had vanished for one day, offered as a register."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from audits.registering import ChangeKind, RegisterRow
from worker.importing.preparing import Known, Prepared, prepare

DAY = "2026-06-01"
HEADER = ("Account", "Platform", "Department", "Language", "URL")


def the_list_at(corpus: Path, end: str) -> set[tuple[str, str]]:
    """Network and address of every account on the list at the end of a version, from its recorded differences."""
    listed: set[tuple[str, str]] = set()
    with gzip.open(corpus / "registries" / "ca-gc-socials-events.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["version_at"] <= end:
                change = listed.discard if row["event"] == "removed" else listed.add
                change((row["platform"], row["url"]))
    return listed


def offered(tmp_path: Path, name: str, listed: set[tuple[str, str]], standing: dict[int, RegisterRow]) -> Prepared:
    file = tmp_path / name
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(("", platform, "Government", "", url) for platform, url in sorted(listed))
    return prepare(file, Known(rows=standing))


def test_the_day_on_which_44_percent_vanished_is_held_for_a_person(tmp_path, corpus):
    before = offered(tmp_path, "before.csv", the_list_at(corpus, f"{DAY}T00:00:00"), {})
    standing = {at: each.row for at, each in enumerate(before.read.stated, 1)}
    vanished = offered(tmp_path, "vanished.csv", the_list_at(corpus, f"{DAY}T23:59:59"), standing)
    removed = len(vanished.plan.of(ChangeKind.REMOVE))
    assert vanished.plan.held
    assert 0.40 < removed / len(standing) < 0.48


def test_the_day_after_nothing_is_held(tmp_path, corpus):
    before = offered(tmp_path, "before.csv", the_list_at(corpus, f"{DAY}T00:00:00"), {})
    standing = {at: each.row for at, each in enumerate(before.read.stated, 1)}
    back = offered(tmp_path, "back.csv", the_list_at(corpus, "2026-06-02T23:59:59"), standing)
    assert not back.plan.held
