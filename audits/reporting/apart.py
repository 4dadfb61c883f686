"""What stands and is counted apart from what is open, in words.

Report ─apart▶ "1 explained" · "1 said to be somebody else's" · "2 questions unanswered"
"""

from __future__ import annotations

from collections.abc import Iterator

from audits.reporting.values import Report
from audits.wording import phrase


def apart(report: Report) -> Iterator[str]:
    """How many remarks stand beside the open ones, and why they ask nothing of anybody but the officer, and how many
    questions nobody has answered.
    """
    counts = (("explained", report.explained), ("said_not_ours", report.said_not_ours),
              ("unanswered", len(report.unanswered)))  # fmt: skip
    for name, count in counts:
        if count:
            yield phrase(f"apart.{name}", report.terms.language, count=count)
