"""What a report costs: adding up, writing, the size of each shape, and how soon a browser shows it.

    python -m bench.reporting [--accounts 2000] [--openings 5]

The city is invented: of ten accounts four are told of, three could not be read and three are well; each has sixty
nights.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser import chromium, opener, opening
from tests.browser.cities import a_city
from tests.builders import STOCKHOLM
from worker.rendering import render_all


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--accounts", type=int, default=2_000)
    asked.add_argument("--openings", type=int, default=5)
    options = asked.parse_args()
    adding, report = timed(lambda: a_city(options.accounts))
    writing, shapes = timed(lambda: render_all(report, STOCKHOLM))
    tell(f"{options.accounts} accounts: added up in {adding:.1f} s of CPU, written in {writing:.1f} s")
    for shape, content in shapes.items():
        tell(f"  report.{shape}: {len(content) / 1e6:.2f} MB")
    painted, loaded = opened(shapes["html"], options.openings)
    tell(f"first painted after {painted:.0f} ms, all there after {loaded:.0f} ms (best of {options.openings})")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds, and what came of it."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def opened(page: bytes, times: int) -> tuple[float, float]:
    """By the browser's own timing, in ms; the best, for the machine may have other things to do."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, opener(browser, Path(folder)) as page_of:
        file = Path(folder) / "report.html"
        file.write_bytes(page)
        took = [opening(page_of(file)) for _ in range(times)]
    return min(each.painted for each in took), min(each.loaded for each in took)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
