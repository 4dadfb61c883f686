"""What the tests left out, told once at the end instead of once a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def left_out(reasons: Iterable[str]) -> list[str]:
    """One line a reason, the commonest first."""
    return [
        f"Left out: {count} {'test' if count == 1 else 'tests'}: {reason}"
        for reason, count in Counter(reasons).most_common()
    ]
