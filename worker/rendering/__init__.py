"""A report as a page, as JSON, and as the table of a terminal.

Templates escape everything, whatever the name of the file; there are no templates but those of this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from audits.reporting import Report
from audits.wording import phrase


def render_page(report: Report, zone: ZoneInfo) -> str:
    """One self-contained HTML page; times are shown in `zone`."""
    environment = Environment(loader=PackageLoader("worker.rendering"), autoescape=True, undefined=StrictUndefined)

    def say(key: str, **facts: object) -> str:
        return phrase(key, report.language, **facts)

    def day(at: datetime) -> str:
        return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")

    return environment.get_template("report.html").render(report=report, say=say, day=day, safe_link=safe_link)


def safe_link(url: str) -> str:
    """Only web addresses become links."""
    return url if url.startswith(("https://", "http://")) else ""


def report_as_json(report: Report) -> Mapping[str, Any]:
    """The whole report as plain values."""
    return asdict(report)
