"""Contenders as child processes: run one, and know what it took.

    Contender(name, module, python) ─run(urls)▶ Took(cpu, peak, pages) | None where it cannot run here

CPU (user and system) comes from the operating system (wait4), the children of a contender included; the peak of
resident memory is its own, as it tells at its end (bench/weighing.py). A contender that does not end in time is ended
by its own process id.
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
MB: Final = 1 << 20
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
        asked, told, peak = (Path(folder, name) for name in ("urls.txt", "told.jsonl", "peak"))
        asked.write_text("\n".join(urls), encoding="ascii")
        if contender.prepare and child(contender, peak, "--prepare", asked)[0]:
            return None
        status, used = child(contender, peak, asked, told)
        if status or not told.exists():
            return None
        pages = tuple(json.loads(line) for line in told.read_text(encoding="utf-8").splitlines())
        return Took(used.ru_utime + used.ru_stime, int(peak.read_text(encoding="ascii")) / MB, pages)


def child(contender: Contender, peak: Path, *words: str | Path) -> tuple[int, Any]:
    """Its exit status, and what it used; `peak` is the file for the memory that it held at most."""
    weighed = ["-W", "ignore", "-m", "bench.weighing", str(peak), contender.module]
    command = [str(contender.python), *weighed, *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own modules
    timer = Timer(DEADLINE, os.kill, (process.pid, signal.SIGKILL))
    timer.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used
