"""A report as one HTML file that needs nothing but itself.

    Report ─▶ templates (text, escaped) + report.css + report.js ─▶ page, with a policy that lets only these two in

The page is whole without its script, which searches, filters and opens what an address names.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from audits.days import day_of
from audits.model import Route
from audits.reading.scrub import straight
from audits.reporting import (
    REMEDIES,
    Coverage,
    Report,
    Section,
    Silence,
    apart,
    counted_told,
    left_out,
    read_as,
    silence,
    silence_told,
    some,
)
from audits.wording import phrase
from audits.wording.dates import long_day, long_moment, told
from worker.rendering import drawing
from worker.rendering.grouping import groups
from worker.rendering.links import safe_link
from worker.rendering.template import template

DRAWN: Final = timedelta(days=60)  # at most, of an account's life
MOST_TOLD: Final = 12  # things in full where more are folded or told elsewhere
_WAYS: Final = {
    Route.API_BY_ID.value: "by-api", Route.API_BY_HANDLE.value: "by-api", Route.OPEN.value: "by-open",
    Route.OEMBED.value: "by-card", Route.PAGE.value: "by-page", "": "by-page",
}  # fmt: skip
_WAY_WORDS: Final = {"by-api": Route.API_BY_ID, "by-open": Route.OPEN, "by-card": Route.OEMBED, "by-page": Route.PAGE}
BEFORE: Final = timedelta(days=14)  # drawn before the first look, where there is room
_PARTS: Final = re.compile(r"(?<=[/.@])(?=[^/.@])")
_BETWEEN: Final = re.compile(r">[^\S\n]*+\n\s*+<")  # an empty line is a node of the page all the same


def render_page(report: Report, zone: ZoneInfo) -> str:
    """The page; times are shown in `zone`."""
    page = template("report.html")
    days = drawing.window((life.history for life in report.lives), report.made_at, DRAWN, BEFORE)
    whole = page.render(
        report=report,
        apart=list(apart(report)),
        policy=_policy(),
        soonest=min((line.due_on for line in report.urgent if line.due_on and not line.overdue), default=None),
        days=days,
        most=MOST_TOLD,
        known={life.account.id for life in report.lives},
        draw=drawing,
        groups=groups,
        safe_link=safe_link,
        ways=ways,
        way_words=_WAY_WORDS,
        standing_of=standing_of,
        remedies=remedies_in(report),
        untold=bool(report.open) and not any(line.due_on for line in report.lines),
        unknown=silence(report.read, report.accounts) is Silence.UNKNOWN,
        **_words(report.terms.language, zone),
    )
    return _BETWEEN.sub("><", whole)


def ways(*rows: Coverage) -> list[tuple[str, int]]:
    """How many accounts were read by each way, by the colour it is drawn in."""
    counts: Counter[str] = Counter()
    for row in rows:
        for route, count in row.routes.items():
            counts[_WAYS[route]] += count  # two routes may be one way: an interface by id, and by handle
    return [(kind, counts[kind]) for kind in dict.fromkeys(_WAYS.values()) if counts[kind]]


def standing_of(section: Section) -> list[tuple[str, int]]:
    """How an administration's accounts stand; one that was not read may still be remarked on, and is counted there."""
    told = {line.account.id for line in section.remarks}
    unread = sum(each.account.id not in told for each in section.unread)
    return [("is-told", len(told)), ("is-well", len(section.well)), ("is-unread", unread)]


def remedies_in(report: Report) -> list[str]:
    """What would open the accounts that this report could not see."""
    wanted = {name for section in report.sections for each in section.unread for name in each.remedies}
    return [name for name in REMEDIES if name in wanted]


def foldable(address: str) -> Markup:
    """An address that may be folded where its parts meet, before it has to be in the middle of a name."""
    return Markup("<wbr>").join(_PARTS.split(straight(address)))  # join escapes each part


def _words(language: str, zone: ZoneInfo) -> dict[str, Any]:
    """What the templates say things with."""

    def say(key: str, **facts: object) -> str:
        return phrase(key, language, **facts)

    def moment(at: datetime) -> str:
        return long_moment(at, language, zone)

    def day(at: datetime | date) -> str:
        return long_day(day_of(at, zone) if isinstance(at, datetime) else at, language)

    def iso(at: datetime | date) -> str:
        return (day_of(at, zone) if isinstance(at, datetime) else at).isoformat()

    def plain(value: str) -> str:
        return told(value, language)

    def quiet(seen: Report | Section, of: str = "silence") -> str:
        unseen = seen.accounts - seen.read
        return say(f"{of}.{silence(seen.read, seen.accounts)}", count=seen.read, unseen=unseen)

    return {
        "foldable": foldable,
        "some": some,
        "read_as": lambda name, seen: read_as(name, seen, language),
        "silence_told": lambda seen, on: silence_told(seen, on, language, plain),
        "counted_told": lambda seen: counted_told(seen, language, plain),
        "left_out": lambda seen: left_out(seen, language),
        "quiet": quiet,
        "say": say,
        "moment": moment,
        "day": day,
        "iso": iso,
        "plain": plain,
    }


@cache
def _policy() -> str:
    """A content security policy that lets in this package's own style and script, by their hashes, and nothing else."""
    style, script = (_hash(template(name).render()) for name in ("report.css", "report.js"))
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
