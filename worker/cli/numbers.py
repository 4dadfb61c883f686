"""Numbers that are typed: of accounts, cases, letters, changes."""

from __future__ import annotations

from typing import Any, Final

import click

_LARGEST: Final = 2**31 - 1  # that a column of numbers holds (postgresql.org/docs/15/datatype-numeric.html)


class _Number(click.types.IntParamType):
    """An integer that the database can hold: a slip of the finger is told, not broken down at."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        return int(click.IntRange(-_LARGEST, _LARGEST).convert(value, param, ctx))


NUMBER: Final = _Number()
