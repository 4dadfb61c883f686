"""Contenders as child processes: run one, and know what it took.

    Contender(name, module, python) ─run(urls)▶ Took(cpu, peak, pages) | None where it cannot run here

CPU (user and system) and the peak of resident memory come from the operating system (wait4), the children of a
contender included. A contender that does not end in time is ended by its own process id.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
DEADLINE: Final = 300.0  # seconds for one contender's one round


@dataclass(frozen=True, slots=True)
class Contender:
    """A program under the contract `python -m MODULE URLS_FILE OUT_JSONL`; `prepare` runs before the clock does."""

    name: str
    module: str
    python: Path
    prepare: bool = False


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of CPU, MB of memory at the peak, and one line a page."""

    cpu: float
    peak: float
    pages: tuple[dict[str, Any], ...]


def run(contender: Contender, urls: Sequence[str]) -> Took | None:
    """One round of one contender; None where it fails, whatever it has written."""
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "urls.txt"), Path(folder, "told.jsonl")
        asked.write_text("\n".join(urls), encoding="ascii")
        if contender.prepare and child(contender, "--prepare", asked)[0]:
            return None
        status, used = child(contender, asked, told)
        if status or not told.exists():
            return None
        pages = tuple(json.loads(line) for line in told.read_text(encoding="utf-8").splitlines())
        return Took(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, pages)


def child(contender: Contender, *words: str | Path) -> tuple[int, Any]:
    """Its exit status, and what it used."""
    command = [str(contender.python), "-W", "ignore", "-m", contender.module, *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own modules
    timer = Timer(DEADLINE, os.kill, (process.pid, signal.SIGKILL))
    timer.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used
