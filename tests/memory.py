"""How much memory this process holds, as Linux counts it.

`ru_maxrss` is no measure of a child: it begins at what the process that started it held at most.
"""

from __future__ import annotations

from pathlib import Path


def memory(line: str) -> int:
    """Bytes of this process: `VmRSS` now, `VmHWM` at most since the mark was last wiped."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(each for each in status.splitlines() if each.startswith(line)).split()[1]) * 1024


def wipe_mark() -> None:
    """Count `VmHWM` from here on: what this process held before is forgotten."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
