"""A report as a page and as JSON.

Templates escape everything, whatever the name of the file; there are no templates but those of this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from audits.model import CaseState
from audits.reporting import Report
from audits.wording import phrase

TOLD_STATES: Final = (
    CaseState.ACKNOWLEDGED, CaseState.EXPLAINED, CaseState.SAID_NOT_OURS, CaseState.NOT_OURS,
    CaseState.CLAIMED_FIXED,
)  # fmt: skip


def render_page(report: Report, zone: ZoneInfo) -> str:
    """One self-contained HTML page; times are shown in `zone`."""
    environment = Environment(
        loader=PackageLoader("worker.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(key: str, **facts: object) -> str:
        return phrase(key, report.terms.language, **facts)

    def day(at: datetime) -> str:
        return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")

    def date(at: datetime) -> str:
        return at.astimezone(zone).strftime("%Y-%m-%d")

    page = environment.get_template("report.html")
    return page.render(report=report, say=say, day=day, date=date, safe_link=safe_link, told_states=TOLD_STATES)


def safe_link(url: str) -> str:
    """Only web addresses become links."""
    return url if url.startswith(("https://", "http://")) else ""


def report_as_json(report: Report) -> Mapping[str, Any]:
    """The whole report as plain values."""
    return asdict(report)
