"""Accounts that are to be closed, as a letter tells them: decisions, beside the remarks and none of them.

Leaving ─entry_of▶ Entry
"""

from __future__ import annotations

from audits.digest.letters import Leaving
from audits.digest.sheets import Entry, Fact
from audits.reading.scrub import one_line
from audits.wording import phrase
from audits.wording.dates import long_day


def entry_of(leaving: Leaving, channel: str, language: str) -> Entry:
    """What is decided of an account; `channel` is what people call it."""
    closing = leaving.closing
    facts = (
        ("closes", long_day(closing.closes_on, language)),
        ("decided_by", one_line(closing.by, 60)),
        ("decided_why", one_line(closing.reason)),
    )
    told = (Fact(label=phrase(f"column.{name}", language), text=text) for name, text in facts)
    return Entry(title=channel, facts=tuple(each for each in told if each.text))
