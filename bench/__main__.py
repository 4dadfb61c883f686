"""What Kanalkoll costs, beside the floor and its peers in the same run.

    python -m bench [--only fetch|parse|night|writes] [--pages 1000] [--rounds 5] [--hosts 50] [--delay 0.05]

fetch    CPU per 1,000 pages of every contender (rounds.py)          night    how long a night lasts (night.py)
parse    reading recorded profile pages, to lexbor alone             writes   databases and memory (writes.py)

Prints one JSON object a line, then one line for each bar; exits 1 where a bar is missed or could not be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any, Final, NamedTuple

from bench.night import night
from bench.parsing import parsing
from bench.rounds import compare, lines, ratios

READ, AUDIT = "kanalkoll", "kanalkoll, whole audit"


class Bar(NamedTuple):
    """What may be so much `at_most`; `measured` is None where that could not be had."""

    what: str
    measured: float | None
    at_most: float

    @property
    def is_met(self) -> bool:
        return self.measured is not None and self.measured <= self.at_most

    def __str__(self) -> str:
        said = "not measured" if self.measured is None else f"{self.measured:.2f}"
        return f"{'met   ' if self.is_met else 'MISSED'} {self.what}: {said}, at most {self.at_most:g}"


def fetching(options: argparse.Namespace) -> list[Bar]:
    """Every contender, round after round; the ratios of ours to the floor and to Scrapy."""
    scores = compare(options.pages, options.rounds, options.hosts, options.delay)
    for line in lines(scores):
        tell(line)
    return [
        Bar("fetch and read, to the floor", middle(ratios(scores, READ, "floor")), 6.0),
        Bar("fetch and read, to Scrapy", middle(ratios(scores, READ, "Scrapy")), 0.4),
        Bar("whole audit, to the floor", middle(ratios(scores, AUDIT, "floor")), 9.0),
    ]


def parse(_: argparse.Namespace) -> list[Bar]:
    figures = parsing()
    tell({"parse": figures})
    return [Bar("document of a profile page, to lexbor", figures.get("document_to_lexbor"), 2.0)]


def lasting(_: argparse.Namespace) -> list[Bar]:
    figures = night()
    tell({"night": figures})
    return [Bar("a night, to its longest host's requests times pace", figures["ratio"], 1.05)]


def writes(_: argparse.Namespace) -> list[Bar]:
    """`bench.writes` knows its own bars and tells its own lines; here only whether it was red."""
    done = subprocess.run([sys.executable, "-m", "bench.writes"], check=False)
    return [Bar("databases and memory, bars missed", float(done.returncode), 0.0)]


PARTS: Final[Mapping[str, Callable[[argparse.Namespace], list[Bar]]]] = {
    "fetch": fetching,
    "parse": parse,
    "night": lasting,
    "writes": writes,
}


def middle(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def where() -> dict[str, Any]:
    """What the figures were measured on."""
    packages = ("httpx", "h11", "selectolax", "lxml", "beautifulsoup4", "orjson", "sqlalchemy")
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(each, 1) for each in os.getloadavg()],
        **{name: version(name) for name in packages},
    }


def tell(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--pages", type=int, default=1000, choices=range(2, 5001), metavar="2-5000")
    parser.add_argument("--rounds", type=int, default=5, choices=range(1, 21), metavar="1-20")
    parser.add_argument("--hosts", type=int, default=50, choices=range(1, 255), metavar="1-254")
    parser.add_argument("--delay", type=float, default=0.05)
    options = parser.parse_args()
    tell({"measured_on": where()})
    bars = [each for name, part in PARTS.items() if name in (options.only or PARTS) for each in part(options)]
    tell({"load_after": [round(each, 1) for each in os.getloadavg()]})
    sys.stdout.writelines(f"{line}\n" for line in bars)
    sys.exit(0 if all(bar.is_met for bar in bars) else 1)


if __name__ == "__main__":
    main()
