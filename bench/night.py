"""How long a night lasts: to the requests of its longest host, times that host's pace.

hosts with 60, 50, … accounts ─one audit, as deployed─▶ seconds, and what each host heard by its own clock

Waiting overlaps across hosts and never within one, so the longest host alone should decide.
"""

from __future__ import annotations

import json
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any, Final

from bench.contenders.kanalkoll import fetcher_for, named
from bench.contenders.kanalkoll_audit import audit, prepare
from bench.pages import address_path
from bench.serving import served

PACE: Final = 2.0  # seconds; beside it an answer takes what 0.25 s are beside the usual ten
LONGEST: Final = 30  # accounts of the longest host
STEP: Final = 5
HOSTS: Final = 6


def night() -> dict[str, Any]:
    """Seconds of one audit, the longest host's requests times its pace, and the ratio of the two."""
    with served(HOSTS, 0.05) as port, tempfile.TemporaryDirectory() as folder:
        urls = addresses(port)
        asked = Path(folder, "urls.txt")
        asked.write_text("\n".join(urls), encoding="ascii")
        prepare(asked)
        began = time.monotonic()
        audit(urls, asked.with_suffix(".sqlite3"), fetcher_for(urls, {host_of(url): PACE for url in urls}))
        lasted = time.monotonic() - began
        longest = max(heard(port).values()) * PACE
    return {"night_s": round(lasted, 1), "longest_host_s": round(longest, 1), "ratio": round(lasted / longest, 3)}


def addresses(port: int) -> list[str]:
    """So many accounts at the first host, fewer at each that follows."""
    accounts = ((host, number) for host in range(HOSTS) for number in range(LONGEST - STEP * host))
    return [f"http://127.0.0.{host + 1}:{port}{address_path(1000 * host + number)}" for host, number in accounts]


def host_of(url: str) -> str:
    return named(url).split("/")[2]


def heard(port: int) -> Counter[str]:
    """How many requests each host was sent, robots.txt among them."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/heard", timeout=10) as answer:
        return Counter(host for host, _, _ in json.loads(answer.read()))
