"""Recorded real responses, read where they lie; never copied into the project.

KANALTEST_CORPUS, else ../shared/corpus ─▶ index.jsonl ─▶ [Recording] ─▶ Page

Tests that need them ask for `recordings(...)`, which skips aloud where the folder is absent.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from audits.model import Page

CORPUS = Path(os.environ.get("KANALTEST_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")).absolute()
NOT_HERE = "recorded responses are not here: set KANALTEST_CORPUS to read them"
AUDITED_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded response, and what a person read in it."""

    file: str
    platform: str
    label: str  # the index's `class`: live, login_wall, blocked, gone, …
    kind: str
    truth: Mapping[str, Any]
    row: Mapping[str, Any]

    def page(self, **changes: Any) -> Page:
        """As it would come in from the edge."""
        headers = {name.lower(): str(value) for name, value in (self.row.get("headers") or {}).items()}
        given = {
            "url": self.row.get("request_url") or "",
            "final_url": self.row.get("final_url"),
            "status": self.row["status"],
            "headers": headers,
            "body": self.body(),
            "fetched_at": AUDITED_AT,
        }
        return Page(**{**given, **changes})

    def body(self) -> bytes:
        return gzip.decompress((CORPUS / self.file).read_bytes())


def have_corpus() -> bool:
    return (CORPUS / "index.jsonl").is_file()


def recordings(*platforms: str) -> tuple[Recording, ...]:
    """Those of the platforms (all, where none is named); skips the test, with the reason, where there are none."""
    if not have_corpus():
        pytest.skip(NOT_HERE)
    return tuple(each for each in _all() if not platforms or each.platform in platforms)


@cache
def _all() -> tuple[Recording, ...]:
    lines = (CORPUS / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_recording(json.loads(line)) for line in lines if line.strip())


def _recording(row: Mapping[str, Any]) -> Recording:
    return Recording(row["file"], row["platform"], row["class"], row.get("kind", ""), row.get("truth") or {}, row)
