"""The invented city, audited."""

from __future__ import annotations

import click


@click.command()
def demo() -> None:
    """Audit an invented city."""
