"""Which addresses a page or letter may link to: what a stranger wrote must not become a script.

address ─safe_link▶ the same, or ""
"""

from __future__ import annotations


def safe_link(url: str | None) -> str:
    """The address where it is one of the web, "" for anything else."""
    return url if url and url.startswith(("https://", "http://")) else ""
