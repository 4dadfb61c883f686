"""How pages are written, for the console: as letters and reports are."""

from __future__ import annotations

from worker.rendering.template import templates_of

__all__ = ["templates_of"]
