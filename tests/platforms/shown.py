"""What the tests of every platform's reader share: pages to show, and what recorded ones must say.

tests/pages/<platform>/<name> ─▶ Page ─▶ reader ─▶ Reading      recorded ─▶ disagreements      damaged ─▶ mangled
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

from audits.model import UNSEEN, Activity, Existence, Facts, Page, PlatformId, Reading
from audits.platform import Platform, Subject
from config.markers import load_packs
from tests.corpus import Recording

TODAY: Final = date(2026, 11, 22)
NOW: Final = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PACKS: Final = load_packs(TODAY)
ACCUSATIONS: Final = frozenset(
    {Existence.GONE, Existence.SUSPENDED, Existence.PRIVATE, Existence.MOVED, Existence.DEACTIVATED}
)
_PAGES: Final = Path(__file__).parents[1] / "pages"


def made(body: str | bytes | object, **changes: Any) -> Page:
    """A page that came back just now; anything but text and bytes is sent as JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    data = text.encode() if isinstance(text, str) else text
    return Page(**{"url": "https://example.org/", "fetched_at": NOW, "status": 200, "body": data, **changes})


def kept(platform: str, name: str, **changes: Any) -> Page:
    """A page of `tests/pages`."""
    return made((_PAGES / platform / name).read_bytes(), **changes)


def read(platform: Platform, page: Page, key: str | None = None, *pinned: PlatformId) -> Reading:
    return platform.read(page, Subject(platform=platform.name, key=key, pinned=pinned), PACKS)


def plain(facts: Facts, field: str) -> Any:
    """A fact as the index of the recordings writes it; None where it was not seen."""
    value = facts.activity if field == "last_post_at" else getattr(facts, field, None)
    if isinstance(value, PlatformId):
        return value.value
    if isinstance(value, Activity):
        return value.at.strftime("%Y-%m-%dT%H:%M:%SZ") if value.at else None
    return None if value is UNSEEN else value


def disagreements(recording: Recording, reading: Reading) -> list[str]:
    """Every labelled fact that was read as something else, or not read. Facts nobody labelled are not compared."""
    return [
        f"{recording.file}: {field} is {told!r}, read {plain(reading.facts, field)!r}"
        for field, told in recording.truth.items()
        if told is not None and hasattr(Facts(), field if field != "last_post_at" else "activity")
        if _alike(field, plain(reading.facts, field), told) != _alike(field, told, told)
    ]


def the_time(facts: Facts) -> datetime | None:
    """When the account was last active; fails where that was not seen."""
    assert isinstance(facts.activity, Activity)
    return facts.activity.at


def _alike(field: str, value: Any, label: Any) -> Any:
    """Dates are compared as exactly as they were labelled: to the second, or to the day."""
    if not isinstance(value, str):
        return value
    words = " ".join(value.split())
    if field == "last_post_at":
        return re.sub(r"(\.\d+)?(\+00:?00|Z)$", "Z", words)[: len(label)]
    return words.lower().removeprefix("@") if field == "handle" else words


def mangled(body: bytes) -> Iterator[bytes]:
    """The page cut, stripped, shuffled and translated: still nobody's fault."""
    random, text = Random(1), body.decode("utf-8", "replace")  # noqa: S311 - a fixed choice of cuts, no secret
    pieces = re.split(r"(?=<)", text)
    random.shuffle(pieces)
    forms = [text[: len(text) * share // 8] for share in range(8)]
    forms += [text[len(text) * share // 4 :] for share in range(1, 4)]
    forms += [re.sub(rf"<{tag}\b.*?</{tag}>", "", text, flags=re.S) for tag in ("script", "head", "title", "style")]
    forms += ["".join(pieces), re.sub(r"<meta\b[^>]*>", "", text), re.sub(r"</?script\b[^>]*>", "", text)]
    forms += [text.replace('lang="en"', 'lang="sv"').replace("ollowers", "öljare"), text.replace("}", "", 3)]
    yield from (form.encode("utf-8", "replace") for form in forms)
