"""Nothing that comes back can make reading raise or take long. `KANALTEST_FUZZ=20000` reads more of the same."""

from __future__ import annotations

import dataclasses
import json
import os
import traceback
from collections.abc import Callable
from typing import Any, Final

import pytest

from audits.model import Facts, Page
from audits.platform import Subject
from audits.platforms import PLATFORMS
from audits.reading.charsets import decode
from audits.reading.feeds import read_feed
from audits.reading.guarded_json import loads
from audits.reading.html import read_html
from audits.reading.scrub import scrub
from tests.platforms.shown import PACKS, made
from tests.quickness import seconds_of
from tests.reading.fuzzing import Damaged, documents
from worker.fetching.robots import copy_of

COUNT: Final = int(os.environ.get("KANALTEST_FUZZ", "2000"))
PARTS: Final = 10  # so that a fault names a part of the documents and the rest is read all the same
LONGEST: Final = 1.0  # seconds
TYPES: Final = (None, "text/html", "text/html; charset=utf-8", "application/json", "text/html; charset=iso-2022-jp")


def as_text(document: Damaged) -> None:
    text = decode(document.body, TYPES[document.number % len(TYPES)])
    scrub(text, 2000).encode("utf-8")
    read_html(text)
    read_feed(text)
    loads(text)
    loads(document.body)


def as_robots(document: Damaged) -> None:
    copy_of(made(document.body), "kanalkoll", made("").fetched_at).allows("http://pub.example/a/b.php?c=d", "kanalkoll")


def as_a_page(document: Damaged) -> None:
    """By the reader of its own platform, and by that of another."""
    own = document.platform if document.platform in PLATFORMS else "website"
    names = (own, [*PLATFORMS][document.number % len(PLATFORMS)])
    for name in names:
        page = made(document.body, headers={"content-type": TYPES[document.number % len(TYPES)] or ""})
        reading = PLATFORMS[name].read(page, subject_of(name, page), PACKS)
        assert storable(reading.facts)


def subject_of(platform: str, page: Page) -> Subject:
    return Subject(platform=platform, key=f"{platform}:almestad", url=page.url)


def storable(facts: Facts) -> bool:
    """Whether every text in it can be written as UTF-8."""
    written: dict[str, Any] = dataclasses.asdict(facts)
    json.dumps(written, default=str, ensure_ascii=False).encode("utf-8")
    return True


READERS: Final[tuple[Callable[[Damaged], None], ...]] = (as_text, as_robots, as_a_page)


def fault_of(document: Damaged, read: Callable[[Damaged], None]) -> str:
    """What went wrong with reading one document, "" where nothing did."""
    try:
        took = seconds_of(lambda: read(document), LONGEST)
    except Exception:  # noqa: BLE001 - whatever it raises is what is looked for
        return f"document {document.number}, {read.__name__}: {traceback.format_exc(limit=-3)}"
    return f"document {document.number}, {read.__name__}: {took:.1f} s" if took > LONGEST else ""


@pytest.mark.parametrize("part", range(PARTS))
def test_no_document_raises_or_takes_a_second(part: int) -> None:
    mine = (document for document in documents(COUNT) if document.number % PARTS == part)
    faults = [fault for document in mine for read in READERS if (fault := fault_of(document, read))]
    assert not faults, f"{len(faults)} faults of {COUNT} documents\n" + "\n".join(faults[:5])


def test_the_same_documents_come_again() -> None:
    assert list(documents(50)) == list(documents(50))
    assert list(documents(50)) != list(documents(50, seed=2))
