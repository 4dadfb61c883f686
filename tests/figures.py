"""What a test has measured, told at the end of a run in which tests were asked for a figure.

record_property(FIGURE, "…") ─▶ reports ─figures▶ one line each, whether the test passed or failed
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pytest

FIGURE: Final = "figure"


def figures(reports: Iterable[object]) -> Iterator[str]:
    """The figures that the reports carry, in the order in which the tests ended."""
    for report in reports:
        if isinstance(report, pytest.TestReport) and report.when == "call":
            yield from (str(value) for name, value in report.user_properties if name == FIGURE)
