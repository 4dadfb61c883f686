"""A day given at the command line: 2027-01-31."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import click

from worker.cli.speaking import words


class Day(click.ParamType[date]):
    """Reads a day as everybody who stores days writes it; anything else is refused with how to write it."""

    name = "day"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(words("day.bad", value=value), param, ctx)


DAY: Final = Day()
