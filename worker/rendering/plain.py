"""A report as plain values for programs: every chapter of the page, under the name of its anchor where it has one.

Report ─whole▶ its own values · figures · urgent · mended · administrations · reading
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from audits.reporting import REMEDIES, Report, Section
from audits.wording import phrase

_READING: Final = ("confirmed", "wall", "person", "due")  # the sentences under "how to read this"


def whole(report: Report) -> dict[str, Any]:
    """Everything that the page tells. Lines are told in full under `sections`; elsewhere by account and rule."""
    language = report.terms.language
    return {
        **{each.name: getattr(report, each.name) for each in fields(report)},
        "title": phrase("report.title", language),
        "figures": _figures(report),
        "urgent": [
            {"account": line.account.id, "rule": line.rule, "severity": line.severity, "title": line.title,
             "administration": line.account.administration, "due_on": line.due_on, "due_days": line.due_days}
            for line in report.urgent
        ],
        "administrations": list(map(_administration, report.sections)),
        "mended": report.mended,
        "reading": [phrase(f"reading.{each}", language) for each in _READING],
        "remedies": {
            each: {"title": phrase(f"remedy.{each}", language), "how": phrase(f"how.{each}", language)}
            for each in REMEDIES
        },
    }  # fmt: skip


def _figures(report: Report) -> dict[str, int]:
    return {
        "accounts": report.accounts,
        "read": report.read,
        "critical": len(report.critical),
        "urgent": len(report.urgent),
        "remarks": len(report.open),
        "explained": report.explained,
        "said_not_ours": report.said_not_ours,
        "mended": len(report.mended),
    }


def _administration(section: Section) -> dict[str, Any]:
    """One row of the table of administrations."""
    return {
        "administration": section.administration,
        "accounts": section.accounts,
        "read": section.read,
        "with_remarks": section.told,
        "without_remarks": len(section.well),
        "not_read": len(section.unread),
        "remarks": len(section.open),
        "mended": len(section.mended),
    }
