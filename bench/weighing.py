"""A contender's module, run as `python -m` runs it, which leaves behind how much memory it held at most.

    python -m bench.weighing PEAK_FILE MODULE words… ─▶ PEAK_FILE: bytes

The parent cannot ask: what wait4 says of a child's memory begins at what its parent held.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from tests.memory import memory

if __name__ == "__main__":
    _, peak, module, *words = sys.argv
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    Path(peak).write_text(str(memory("VmHWM")), encoding="ascii")
