"""A report in every shape, and the two parts of a letter.

page      one self-contained HTML file     rows ─▶ spreadsheets   CSV, XLSX       plain       JSON
grouping  a chapter's rows under what they share                  drawing     the figures of its lines and bars
letters   a sheet as HTML and text         links   what may be linked to          picturing   a page as a picture
template  the one environment that reads the templates of this package
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import orjson

from audits.reporting import Report
from worker.rendering.links import safe_link
from worker.rendering.page import render_page
from worker.rendering.plain import whole
from worker.rendering.rows import Rows
from worker.rendering.spreadsheets import as_csv, as_xlsx


def render_all(report: Report, zone: ZoneInfo) -> dict[str, bytes]:
    """The report by the endings of its files; days and times are those of `zone`, but UTC in the JSON."""
    rows = Rows(report, zone)
    return {
        "html": render_page(report, zone).encode(),
        "csv": as_csv(rows),
        "xlsx": as_xlsx(rows),
        "json": orjson.dumps(whole(report), option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS),
    }


__all__ = ["Rows", "as_csv", "as_xlsx", "render_all", "render_page", "safe_link"]
