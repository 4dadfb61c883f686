"""The rules of the invented city as they stood at a moment: rules.toml is what they came to.

rules.toml + the rules that people turn on later ─rules_before▶ the file as it was: each of them still a proposal
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from demo.people import Deed


def rules_before(rules: str, later: Iterable[str]) -> str:
    """A rules file's text in which none of the `later` ones is in use yet. Raises `KeyError` for an unknown one."""
    for rule in later:
        table = f"[rule.{rule}]\n"
        if table not in rules:
            raise KeyError(f"{rule} is no rule of the file")
        rules = rules.replace(table, f"{table}enabled = false\n")
    return rules


def turned_on_after(deeds: Iterable[Deed], at: datetime) -> list[str]:
    """The rules that are turned on later than `at` (UTC)."""
    return [rule for deed in deeds if deed.at > at for rule in deed.rules]
