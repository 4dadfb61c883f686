"""What both of Kanalkoll's own contenders are made of: everything as deployed, but for where the web is and its pace.

http://127.0.0.7:4711/@konto7 ─▶ https://h7.example/@konto7, which the loopback fetcher finds at 127.0.0.7:4711
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from audits.model import Facts
from bench.pages import HOST, number_in
from config.permissions import Pace, Permissions
from worker.fetching.fetcher import Fetcher
from worker.fetching.kept_pages import MemoryPages
from worker.fetching.limits import Agent
from worker.fetching.making import Conduct, loopback_fetcher
from worker.pacing import InProcessPacer, no_jitter
from worker.wiring import utc_now
from worker.wiring.asking import jitter

PLATFORM: Final = "mastodon"


def named(url: str) -> str:
    """The address under which the register knows the page."""
    parts = urlsplit(url)
    return f"https://{_name(parts.hostname or '')}{parts.path}"


def _name(address: str) -> str:
    return f"h{address.rpartition('.')[2]}.example"


def key_of(url: str) -> str:
    return f"{PLATFORM}:konto{number_in(urlsplit(url).path)}@{HOST}"


def fetcher_for(urls: Iterable[str], paces: Mapping[str, float] | None = None) -> Fetcher:
    """Asks the hosts of these addresses, without a pause between requests unless `paces` (seconds by name) has one."""
    parts = [urlsplit(url) for url in urls]
    sites = {_name(each.hostname or ""): (each.hostname or "", each.port or 80) for each in parts}
    no_pause = Pace(seconds=0, at_once=1, nightly=1_000_000)
    permissions = Permissions(
        pace=no_pause, paces={name: Pace(seconds=pace, nightly=1_000_000) for name, pace in (paces or {}).items()}
    )
    return loopback_fetcher(
        sites,
        Conduct(
            permissions=permissions,
            pacer=InProcessPacer(time.monotonic, asyncio.sleep, jitter if paces else no_jitter),
            agent=Agent(contact="https://almestad.example/kanalkoll"),
            clock=utc_now,
            kept_pages=MemoryPages(),
        ),
    )


def told(url: str, facts: Facts) -> dict[str, Any]:
    """The line of one page."""
    return {"url": url, "name": facts.display_name, "handle": facts.handle, "description": facts.description}
