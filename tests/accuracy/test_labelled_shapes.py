"""Answers of many kinds that were made and labelled by hand before any reader saw them: each is still read so.

tests/pages/labelled.jsonl: one answer a line, of what it is and of the facts in it ─▶ read ─▶ held against its label

The labels are those of recorded responses (`audits.accuracy.EXPECTED`); `nothing` is a page from which nothing may be
concluded: a fault, a server's own page, another's object, a refusal.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import pytest

from audits.accuracy import FactVerdict, Verdict, score
from audits.model import Existence, Page, Reading
from audits.platforms import PLATFORMS
from tests.accuracy.specimens import PAGES
from tests.platforms.shown import PACKS
from worker.inspecting import facts_of, subject_of

_OURS: Final = "Almestads stad"
_HIDING: Final = frozenset({"snapchat"})  # says nought where the owner hides the count
MADE: Final = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


@cache
def shapes() -> dict[str, list[dict[str, Any]]]:
    """The answers by platform, in their order."""
    by_platform: dict[str, list[dict[str, Any]]] = {}
    for line in (PAGES / "labelled.jsonl").read_text(encoding="utf-8").splitlines():
        shape = json.loads(line)
        by_platform.setdefault(shape["platform"], []).append(shape)
    return by_platform


def reading_of(shape: dict[str, Any]) -> Reading:
    body = shape["page"] if "page" in shape else json.dumps(shape["answer"], ensure_ascii=False)
    page = Page(
        url=shape["address"],
        fetched_at=MADE,
        status=shape.get("status", 200),
        final_url=shape.get("landed"),
        headers={name.lower(): value for name, value in shape.get("headers", {}).items()},
        body=body.encode(),
    )
    platform, subject = subject_of(page.url, PLATFORMS, shape["platform"])
    return platform.read(page, replace(subject, key=shape.get("key", subject.key)), PACKS)


def misread(shape: dict[str, Any]) -> list[str]:
    """What of an answer is read as something else than its label says."""
    name, label, reading = shape["name"], shape["label"], reading_of(shape)
    read_as = f"{name}: {label}, read as {reading.transport}/{reading.existence}"
    if label == "nothing":
        return [] if reading.existence is Existence.UNKNOWN else [read_as]
    answer = {
        "platform": shape["platform"],
        "transport": reading.transport.value,
        "existence": reading.existence.value,
        "markers": [],
        "facts": facts_of(reading.facts),
    }
    judged = score(name, label, shape.get("truth", {}), answer)
    facts = [f"{name}: {fact} {verdict}" for fact, verdict in judged.facts.items() if verdict is not FactVerdict.RIGHT]
    return facts if judged.verdict is Verdict.RIGHT else [read_as, *facts]


@pytest.mark.parametrize("platform", shapes())
def test_what_was_labelled_before_it_was_read_is_read_as_labelled(platform: str) -> None:
    assert not [wrong for shape in shapes()[platform] for wrong in misread(shape)]


@pytest.mark.parametrize(
    "name", ["Badet | Lund", "Hamnen (Lund)", "Bad - Sim", "A – B", "Almestad: nyheter", "1177", "Suspended"]
)
def test_a_name_is_read_whole_whatever_marks_of_titles_stand_in_it(name: str) -> None:
    told = [shape for all_of in shapes().values() for shape in all_of if _named(shape) == _OURS]
    renamed = (json.loads(json.dumps(shape, ensure_ascii=False).replace(_OURS, name)) for shape in told)
    assert not [wrong for shape in renamed for wrong in misread(shape)]


def test_no_followers_are_a_count() -> None:
    counted = (shape for all_of in shapes().values() for shape in all_of if shape.get("truth", {}).get("followers"))
    assert not [wrong for shape in counted if shape["platform"] not in _HIDING for wrong in misread(_of_nought(shape))]


def _named(shape: dict[str, Any]) -> Any:
    return shape.get("truth", {}).get("display_name")


def _of_nought(shape: dict[str, Any]) -> dict[str, Any]:
    """The same account when nobody followed it, where its count stands between the marks of its notation alone."""
    followers = str(shape["truth"]["followers"])
    count = re.compile(rf"(?<=[\"\s>:=]){followers}(?=[,}}\s<\"\]&\\])")
    text = json.dumps({key: shape[key] for key in ("page", "answer") if key in shape}, ensure_ascii=False)
    if text.count(followers) not in {len(count.findall(text))} - {0}:
        return shape
    return {**shape, **json.loads(count.sub("0", text)), "truth": {"followers": 0}}


def test_every_answer_has_a_name_of_its_own() -> None:
    names = [shape["name"] for all_of in shapes().values() for shape in all_of]
    assert len(names) == len(set(names))
